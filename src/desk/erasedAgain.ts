import { type AuditEntry } from '../core/audit';
import { canonicalForm, sha256Hex } from '../core/auditChain';
import { erasureOf } from '../core/auditErasure';
import { type DecidedErasure } from '../core/erasurePorts';
import { heldBy } from '../core/legalHold';
import { localId } from '../core/localId';
import { type Mention } from '../core/mention';
import { countValues, redactedDrafts, type ErasedValues } from '../core/redaction';
import { type DeskContext } from './context';
import { assertMentionsMayGo, mentionOfEntry } from './erasureScope';
import { heldError, standingLegalHolds } from './legalHolds';
import { type ErasedAgain, type ReturnedTexts } from './redactionApi';
import { redactionReviewer } from './redactionRight';
import { type ReturnedNotes, ReturnedNoteSearch } from './returnedNotes';

/** What stands in the folder again though the log says that it was erased. */
interface Returned {
  readonly values: readonly ErasedValues[];
  /** Those that were erased as a whole and stand in the inbox. */
  readonly mentions: readonly Mention[];
  /** Ids of erased mentions, in the inbox or not, of which a draft stands there. */
  readonly drafts: readonly string[];
  /** Mentions that stay, of which single entries were erased. */
  readonly thinned: readonly Mention[];
  readonly entries: readonly AuditEntry[];
  /** Of single entries whose words came back in the inbox alone. */
  readonly notes: ReturnedNotes;
}

/** What a backup brought back after it was erased. Changes nothing. */
export async function returnedTexts(context: DeskContext): Promise<ReturnedTexts> {
  await context.inbox.refresh();
  const { values, mentions, drafts, notes } = await returnedOf(context);
  return { values: countValues(values) + notes.words.size, mentions, drafts: drafts.length };
}

/** Erases once more what was erased. Two people decided on it then, or a signed schedule did, and it stands in the log: one person with the role does it. */
export async function eraseAgain(context: DeskContext): Promise<ErasedAgain | undefined> {
  const { clock, operator, config } = context;
  const { key } = await redactionReviewer(context);
  let id = '';
  const outcome = await context.eraser.erase(async (): Promise<DecidedErasure | undefined> => {
    const returned = await returnedOf(context);
    const { mentions, drafts, thinned, notes } = returned;
    const values = [...returned.values, ...notes.values].sort(([one], [other]) => one - other);
    if (values.length === 0 && mentions.length === 0 && drafts.length === 0) return undefined;
    await assertNotHeld(context, returned);
    const at = clock.now();
    id = localId('x', context.random);
    const signed = { kind: 'redacted', redaction: id, institution: config.institution.id, at, erased: sha256Hex(canonicalForm(values.map((each) => [...each]))) };
    return {
      id,
      drafts: redactedDrafts({ id, actor: operator, at, scope: 'again', basis: 'broughtBack', mentions: mentions.length, more: { key: key.fingerprint, signature: key.sign(signed) } }, values),
      erased: values,
      mentions: [...new Set([...mentions.map((mention) => mention.id), ...drafts])],
      thinned: thinned.map((mention) => mention.id),
      words: notes.words,
      again: true,
    };
  });
  return outcome === undefined ? undefined : { id, outcome };
}

async function returnedOf(context: DeskContext): Promise<Returned> {
  const { audit, eraser, inbox, drafts } = context;
  const search = new ReturnedNoteSearch(context);
  const values = await eraser.returned();
  const standing = new Set(values.map(([seq]) => seq));
  const withDraft = new Set((await drafts.list()).map(({ mentionId }) => mentionId));
  /** Where those arrived that could have come back. */
  const arrivals = new Map<number, string>();
  const gone = new Set<string>();
  const thinned = new Map<string, Mention>();
  const entries: AuditEntry[] = [];
  for await (const { entry } of audit.read({ valuesOf: [] })) {
    const { kind, subject, seq } = entry;
    if (standing.has(seq)) entries.push(entry);
    if (kind === 'mention.received' && (inbox.get(subject) !== undefined || withDraft.has(subject))) arrivals.set(seq, subject);
    search.read(entry);
    if (kind !== 'redacted' || arrivals.size === 0) continue;
    for (const [erased, ...fields] of erasureOf(entry) ?? []) {
      if (!standing.has(erased)) search.take([erased, ...fields]);
      const mention = erased < seq ? arrivals.get(erased) : undefined;
      // Of a mention that answers an erased one only that one's id goes.
      if (mention !== undefined && fields.some((field) => field !== 'parentId')) gone.add(mention);
    }
  }
  for (const entry of entries) for (const mention of mentionOfEntry(inbox, entry)) if (!gone.has(mention.id)) thinned.set(mention.id, mention);
  const notes = await search.found(gone);
  for (const mention of notes.mentions) thinned.set(mention.id, mention);
  return { values, notes, mentions: [...gone].flatMap((id) => inbox.get(id) ?? []), drafts: [...gone].filter((id) => withDraft.has(id)), thinned: [...thinned.values()], entries };
}

/** Errors: `redaction.held`, `redaction.onHold`, `redaction.underWay`. */
async function assertNotHeld(context: DeskContext, { mentions, thinned, entries, notes }: Returned): Promise<void> {
  const legal = await standingLegalHolds(context);
  for (const { at, body } of entries) {
    const held = heldBy(legal, { times: [at], ...(typeof body['author'] === 'string' ? { authorId: body['author'] } : {}) });
    if (held !== undefined) throw heldError(held);
  }
  const held = heldBy(legal, { times: notes.times });
  if (held !== undefined) throw heldError(held);
  await assertMentionsMayGo(context, [...mentions, ...thinned], legal);
}
