import * as l10n from '@vscode/l10n';
import { type Mention } from '../../core/mention';
import { type Desk } from '../../desk/deskApi';
import { whyWords } from '../../desk/why';
import { nameWords } from '../../desk/words';
import { escapeMarkdown, oneLine } from '../safeText';

const longestText = 2_000;

/** Why the desk shows a mention as it does, as Markdown; all that came from outside is escaped. */
export function whyText(mention: Mention, desk: Pick<Desk, 'config' | 'language'>, now: number): string {
  return [
    `# ${escapeMarkdown(oneLine(l10n.t('Why? {0}', nameWords(mention.post.author)), 80))}`,
    `> ${escapeMarkdown(oneLine(mention.post.text, longestText))}`,
    whyWords(mention, desk, now).map((sentence) => `- ${escapeMarkdown(sentence)}`).join('\n'),
    escapeMarkdown(l10n.t('All of it was found on this machine, in this text alone. The desk judges texts, never people.')),
  ].join('\n\n');
}
