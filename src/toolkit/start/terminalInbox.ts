import * as l10n from '@vscode/l10n';
import { type Clock } from '../../core/clock';
import { type Desk } from '../../desk/deskApi';
import { sentence } from '../../desk/sentences';
import { dueWords } from '../../desk/words';

const shownMentions = 40;

/**
 * The inbox of a desk as lines for a terminal: pulls once, then the open mentions in the order of work.
 * What kept a channel from answering stands in the lines; nothing is thrown for it.
 */
export async function terminalInbox(desk: Desk, clock: Clock, width = 100): Promise<string[]> {
  const lines: string[] = [];
  for (const { id, error } of await desk.pulling.pull()) {
    if (error) lines.push(`${id}: ${sentence(error)}`);
  }
  const mentions = desk.inbox.list();
  lines.push(l10n.t('{0} open mentions at the practice desk:', mentions.length));
  const channels = await desk.channels.list();
  if (channels.length > 1) for (const { id, name } of channels) lines.push(`  ${name}: ${String(mentions.filter(({ channel }) => channel === id).length)}`);
  for (const mention of mentions.slice(0, shownMentions)) {
    const text = onOneLine(`${mention.post.author.name}: ${mention.post.text}`);
    lines.push(cut(`  ${dueWords(mention, clock.now())}  ${text}`, width));
  }
  if (mentions.length > shownMentions) lines.push(l10n.t('  and {0} more', mentions.length - shownMentions));
  return lines;
}

/** Control and formatting characters of a citizen's text must not reach the terminal. */
function onOneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
}

function cut(line: string, width: number): string {
  const letters = [...line];
  return letters.length > width ? `${letters.slice(0, width - 1).join('')}…` : line;
}
