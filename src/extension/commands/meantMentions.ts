import * as l10n from '@vscode/l10n';
import { type Desk } from '../../desk/deskApi';
import { placeWords, timeLeftWords } from '../../desk/words';
import { askOne } from '../ask';
import { type ReplyPanels } from '../panels/replyPanels';
import { plainNotice } from '../safeText';
import { type InboxView } from '../tree/inboxView';
import { messageStart, shortName } from '../tree/mentionRow';

/** Where a command finds out which mentions are meant. */
export interface MentionSources {
  readonly inbox: InboxView;
  readonly panels: ReplyPanels;
}

/**
 * The mentions that a command was called for: an id (from a panel), the row with the selection around it, the row with the focus, else the mention of the active
 * panel, the selection, or the one that the person picks from a list. undefined = the person let it be.
 */
export async function meantMentions(args: readonly unknown[], desk: Desk, sources: MentionSources): Promise<readonly string[] | undefined> {
  const [first, second] = args;
  if (typeof first === 'string') return [first];
  const clicked = mentionIdOf(first);
  if (clicked !== undefined) {
    const selected = Array.isArray(second) ? second.flatMap((node) => mentionIdOf(node) ?? []) : [];
    return selected.includes(clicked) ? [...new Set(selected)] : [clicked];
  }
  // A panel stays the active editor while the view has the focus: a key of the view (package.json) is about the rows.
  if (property(first, 'from') === 'selection') return sources.inbox.focused();
  if (sources.panels.active !== undefined) return [sources.panels.active];
  if (sources.inbox.selected.length > 0) return [...new Set(sources.inbox.selected)];
  const picked = await pickMention(desk);
  return picked === undefined ? undefined : [picked];
}

/** As `meantMentions`, for what can be done with one at a time: the first. */
export async function meantMention(args: readonly unknown[], desk: Desk, sources: MentionSources): Promise<string | undefined> {
  return (await meantMentions(args, desk, sources))?.[0];
}

export async function pickMention(desk: Desk, ids?: readonly string[]): Promise<string | undefined> {
  const now = Date.now();
  const mentions = ids === undefined ? desk.inbox.list() : ids.map((id) => desk.inbox.get(id));
  return askOne(
    l10n.t('Which Mention?'),
    mentions.slice(0, 500).map((mention) => ({
      label: plainNotice(`${timeLeftWords(mention, now) ?? '·'} · ${shortName(mention.post.author)}`, 60),
      description: plainNotice(messageStart(mention, 100), 110),
      detail: plainNotice([placeWords(desk.config, mention.channel), mention.caseNumber ?? ''].filter((part) => part !== '').join(' · '), 80),
      value: mention.id,
    })),
    mentions.length === 0 ? l10n.t('Nothing is waiting') : l10n.t('Type a name, a word or a case number'),
  );
}

function mentionIdOf(node: unknown): string | undefined {
  const id = property(node, 'kind') === 'mention' ? property(node, 'mentionId') : undefined;
  return typeof id === 'string' ? id : undefined;
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}
