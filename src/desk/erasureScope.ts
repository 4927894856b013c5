import { type AuditEntry, type AuditRecord } from '../core/audit';
import { MomentosError } from '../core/errors';
import { externalIdsOf } from '../core/erasedPost';
import { coveringHolds, standingHolds } from '../core/hold';
import { heldBy, type LegalHold } from '../core/legalHold';
import { type Mention } from '../core/mention';
import { ErasureSelection, type RedactionTarget } from '../core/redaction';
import { type DeskContext } from './context';
import { heldError, legalHoldOn, standingLegalHolds } from './legalHolds';

type Deps = Pick<DeskContext, 'inbox' | 'audit'>;

/** Everything that goes with a target, as the desk stands now. */
export interface ErasureScope {
  /** Those in the inbox, by time of posting. */
  readonly mentions: readonly Mention[];
  /** The mention that stays, where one entry is meant. */
  readonly thinned: readonly Mention[];
  readonly selection: ErasureSelection;
  readonly entry: AuditEntry | undefined;
}

/** Reads the log once. Errors: `mention.notFound`, `redaction.wholeMention`, `redaction.nothing` when nothing of it is left. */
export async function erasureScope({ inbox, audit }: Deps, target: RedactionTarget): Promise<ErasureScope> {
  const mentions = mentionsOf(inbox, target);
  const entry = target.kind === 'entry' ? await entryOf(audit, target.seq) : undefined;
  const thinned = entry === undefined ? [] : mentionOfEntry(inbox, entry);
  const selection = new ErasureSelection({
    mentions: new Set(mentions.map(({ id }) => id)),
    authors: new Set(target.kind === 'author' ? [target.id] : []),
    references: referencesTo(inbox, mentions),
    entry: target.kind === 'entry' ? target : undefined,
  });
  for await (const { entry: each } of audit.read({ valuesOf: [] })) selection.take(each);
  if (selection.erased.length === 0 && mentions.length === 0) throw new MomentosError('redaction.nothing', {});
  return { mentions, thinned, selection, entry };
}

/** The log's texts about some mentions, for the disposal of them. Reads the log once. */
export async function selectionOf({ inbox, audit }: Deps, mentions: readonly Mention[]): Promise<ErasureSelection> {
  const selection = new ErasureSelection({ mentions: new Set(mentions.map(({ id }) => id)), authors: new Set(), references: referencesTo(inbox, mentions) });
  for await (const { entry } of audit.read({ valuesOf: [] })) selection.take(entry);
  return selection;
}

/** Errors: `redaction.held` (legal hold), `redaction.onHold` (crisis), `redaction.underWay` while an answer is on its way or waits for a second person. */
export async function assertMayGo(context: DeskContext, scope: ErasureScope, target: RedactionTarget): Promise<void> {
  const legal = await standingLegalHolds(context);
  const other = heldBy(legal, { ...(target.kind === 'author' ? { authorId: target.id } : {}), times: scope.entry === undefined ? [] : [scope.entry.at] });
  if (other !== undefined) throw heldError(other);
  await assertMentionsMayGo(context, [...scope.mentions, ...scope.thinned], legal);
}

/** `legal`: the legal holds that stand. Errors: as `assertMayGo`. */
export async function assertMentionsMayGo(context: DeskContext, mentions: readonly Mention[], legal: readonly LegalHold[]): Promise<void> {
  const crisis = standingHolds(await context.holds.read(), context.clock.now());
  for (const mention of mentions) {
    const held = legalHoldOn(legal, context.inbox, mention);
    if (held !== undefined) throw heldError(held);
    const hold = coveringHolds(crisis, mention, context.config.topics)[0];
    if (hold !== undefined) throw new MomentosError('redaction.onHold', { hold: hold.id, reason: hold.reason, by: hold.by.name });
    const open = mention.replies.find(({ state }) => state === 'intended' || state === 'unsettled');
    if (open !== undefined || mention.submission !== undefined) throw new MomentosError('redaction.underWay', { mention: mention.id, reply: open?.id ?? mention.submission?.id ?? '', waits: open === undefined });
  }
}

function mentionsOf(inbox: Deps['inbox'], target: RedactionTarget): readonly Mention[] {
  switch (target.kind) {
    case 'entry': return [];
    case 'author': return inbox.byAuthor(target.id);
    case 'mention': return [inbox.get(target.id) ?? notFound(target.id)];
  }
}

function notFound(id: string): never {
  throw new MomentosError('mention.notFound', { id });
}

/** Errors: `redaction.nothing`, `redaction.wholeMention`. */
async function entryOf(audit: Deps['audit'], seq: number): Promise<AuditEntry> {
  let found: AuditRecord | undefined;
  for await (const record of audit.read({ fromSeq: seq, valuesOf: [] })) {
    found = record;
    break;
  }
  if (found?.entry.seq !== seq) throw new MomentosError('redaction.nothing', { seq });
  // Its words would come back with the next look at the network, and the inbox could not do without them.
  if (found.entry.kind === 'mention.received' || found.entry.kind === 'mention.edited') throw new MomentosError('redaction.wholeMention', { mention: found.entry.subject });
  return found.entry;
}

/** The mention that an entry of the log is about, if it is in the inbox. */
export function mentionOfEntry(inbox: Deps['inbox'], { subject, body }: AuditEntry): readonly Mention[] {
  const named = typeof body['mention'] === 'string' ? body['mention'] : subject;
  const mention = inbox.get(named) ?? inbox.byReply(subject);
  return mention === undefined ? [] : [mention];
}

/** Mentions that stay and answer an erased post: its id stands in the log of their arrival. */
function referencesTo(inbox: Deps['inbox'], mentions: readonly Mention[]): ReadonlyMap<string, readonly string[]> {
  const references = new Map<string, readonly string[]>();
  if (mentions.length === 0) return references;
  const gone = new Set(mentions.map(({ id }) => id));
  const external = new Set(mentions.flatMap((mention) => externalIdsOf(mention).map((id) => `${mention.channel} ${id}`)));
  for (const { id, channel, post } of inbox.all()) {
    if (!gone.has(id) && post.parentId !== undefined && external.has(`${channel} ${post.parentId}`)) references.set(id, ['parentId']);
  }
  return references;
}
