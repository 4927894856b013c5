import { type AuditJson } from '../core/audit';
import { type Clock, type Randomness } from '../core/clock';
import { externalIdsOf } from '../core/erasedPost';
import { type Mention } from '../core/mention';
import { type DecidedErasure, type Eraser, type ErasureOutcome } from '../core/erasurePorts';
import { type ChannelStateStore, type DraftStore } from '../core/ports';
import { type ErasedValues } from '../core/redaction';
import { thinnedMention, wordsIn } from '../core/thinnedMention';
import { type FileAuditLog } from './auditLog';
import { type CutOffJob } from './cutOffWork';
import { type DeskFolder } from './deskFolder';
import { draftsMissing } from './draftsMissing';
import { erasureMarker, type BegunErasure } from './erasureMarker';
import { hashedWords, wordsAgain } from './hashedWords';
import { type FileInboxStore } from './inboxStore';
import { type DeskLock } from './lock';
import { type FileRedactionStore } from './redactionStore';
import { returnedValues } from './returnedValues';
import { removeSetAside } from './setAsideFiles';
import { assertErasable, eraseValues, segmentErasures, standingValues, type SegmentErasure } from './valuesErasing';
import { type WorkMarker } from './workMarker';

export interface EraserOptions {
  readonly folder: DeskFolder;
  readonly lock: DeskLock;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly audit: FileAuditLog;
  readonly inbox: FileInboxStore;
  readonly drafts: DraftStore;
  readonly channelState: ChannelStateStore;
  readonly redactions: FileRedactionStore;
}

/** Shorter texts prove nothing about the file they stand in. */
const shortestNeedle = 4;
const wordSaltBytes = 16;

/**
 * Erases for good, all or nothing: a marker says what has begun; then it stands in the log; then the words go from the drafts, the inbox and the values;
 * then the marker goes. Whoever takes the lock after a crash goes on where the log says that it was decided, and drops the marker where it was not.
 */
export class FileEraser implements Eraser, CutOffJob {
  readonly kind = 'erasure';
  private readonly marker: WorkMarker<BegunErasure>;

  constructor(private readonly options: EraserOptions) {
    this.marker = erasureMarker(options);
  }

  async erase(prepare: () => Promise<DecidedErasure | undefined>): Promise<ErasureOutcome | undefined> {
    const { lock, audit, inbox, folder, random } = this.options;
    return lock.run(async () => {
      await inbox.settled();
      // What could not be finished at settling says here why.
      await this.finish();
      const decided = await prepare();
      if (decided === undefined) return undefined;
      const { words, ...erasure } = decided;
      // The end of the newest segment is whole from here on.
      const { count } = await audit.headLocked();
      const segments = await segmentErasures(folder, erasure.erased);
      if (erasure.again !== true) for (const segment of segments) await assertErasable(folder, segment, () => undefined);
      const begun: BegunErasure = { ...erasure, count, ...(words === undefined || words.size === 0 ? {} : { words: hashedWords(words, random.bytes(wordSaltBytes)) }) };
      await this.marker.write(begun);
      try {
        await audit.appendLocked(erasure.drafts);
      } catch (error) {
        if (!audit.mayHaveLeftEntries) await this.marker.remove();
        throw error;
      }
      return this.carryOut(begun, segments);
    });
  }

  returned(): Promise<readonly ErasedValues[]> {
    return returnedValues(this.options.folder);
  }

  get isCutOff(): boolean {
    return this.marker.exists;
  }

  async finish(): Promise<ErasureOutcome | 'dropped' | undefined> {
    const { audit, folder } = this.options;
    const begun = await this.marker.read();
    if (begun === undefined) return undefined;
    await audit.headLocked();
    const missing = draftsMissing(begun.drafts, await audit.entriesFrom(begun.count));
    if (missing.length === begun.drafts.length) {
      await this.marker.remove();
      return 'dropped';
    }
    // Before anything goes: what cannot be ended is not begun again each time.
    const segments = await segmentErasures(folder, begun.erased);
    await audit.appendLocked(missing);
    return this.carryOut(begun, segments);
  }

  async examine(): Promise<void> {
    const { audit, folder } = this.options;
    const begun = await this.marker.read();
    if (begun === undefined) return;
    const missing = draftsMissing(begun.drafts, await audit.entriesFrom(begun.count));
    if (missing.length < begun.drafts.length) await segmentErasures(folder, begun.erased);
  }

  /** Each step may be done already. The words are known from the inbox until it is rewritten, so what is found by them goes first. */
  private async carryOut(begun: BegunErasure, segments: readonly SegmentErasure[]): Promise<ErasureOutcome> {
    const { folder, inbox, redactions } = this.options;
    const found = begun.mentions.flatMap((id) => inbox.get(id) ?? []);
    const staying = begun.thinned.flatMap((id) => inbox.get(id) ?? []);
    const words = staying.length === 0 ? new Set<string>() : new Set([...(begun.words === undefined ? [] : wordsAgain(begun.words, staying)), ...(await this.wordsOf(segments))]);
    // A single text that is erased may be as common as "Resuelto": it counts where it is all that stands there.
    const whole = [...words].filter(({ length }) => length >= shortestNeedle).map((word) => JSON.stringify(word));
    const needles = [...new Set([...begun.mentions, ...found.flatMap(needlesOf), ...whole])];
    let setAside = await removeSetAside(folder, needles);
    const drafts = await this.removeDrafts(begun.mentions);
    await this.forgetCursors(found);
    const thinned = words.size === 0 ? [] : staying.map((mention) => thinnedMention(mention, words));
    const lines = needles.map((needle) => Buffer.from(needle));
    const gone = await inbox.erase(new Set(begun.mentions), thinned, (line) => lines.some((needle) => Buffer.from(line.buffer, line.byteOffset, line.byteLength).includes(needle)));
    const values = await this.eraseValues(segments);
    setAside += await removeSetAside(folder, needles);
    await redactions.remove(begun.id);
    await this.marker.remove();
    return { ...gone, values, drafts, setAside };
  }

  private async eraseValues(segments: readonly SegmentErasure[]): Promise<number> {
    const { folder, lock, audit } = this.options;
    let gone = 0;
    for (const segment of segments) {
      gone += await eraseValues(folder, segment, () => {
        lock.assertHeld();
      });
      await audit.valuesRewritten(segment.segment);
    }
    return gone;
  }

  private async removeDrafts(ids: readonly string[]): Promise<number> {
    const { drafts } = this.options;
    let removed = 0;
    for (const id of ids) {
      if ((await drafts.read(id)) !== undefined) removed += 1;
      await drafts.remove(id);
    }
    return removed;
  }

  /** A cursor that is the id of an erased post: the network is read again from that time on, and what is known or erased is passed over. */
  private async forgetCursors(mentions: readonly Mention[]): Promise<void> {
    const { channelState } = this.options;
    const ids = new Map<string, Set<string>>();
    for (const mention of mentions) for (const id of externalIdsOf(mention)) ids.set(mention.channel, (ids.get(mention.channel) ?? new Set()).add(id));
    for (const [channel, own] of ids) {
      const { cursor } = await channelState.read(channel);
      if (cursor === undefined || ![...own].some((id) => cursor.value.includes(id))) continue;
      await channelState.update(channel, (state) => ({ ...state, cursor: undefined, resumeFrom: Math.min(state.resumeFrom ?? Infinity, cursor.at - resumeEarlierMs) }));
    }
  }

  /** Texts of the values that go, for mentions that stay; not who acted, whose name stands in many entries. */
  private async wordsOf(segments: readonly SegmentErasure[]): Promise<ReadonlySet<string>> {
    const words = new Set<string>();
    for (const segment of segments) {
      await standingValues(this.options.folder, segment, (_seq, field, value: AuditJson) => {
        if (field.startsWith('actor.')) return;
        for (const word of wordsIn(value)) words.add(word);
      });
    }
    return words;
  }
}

/** Networks tell of a post a while after its time. */
const resumeEarlierMs = 24 * 60 * 60_000;

/** What of a mention would be recognised in a file, as it stands there: inside JSON. */
function needlesOf(mention: Mention): readonly string[] {
  const { post, replies, notes, submission, referral, closed, returned } = mention;
  const texts = [
    ...externalIdsOf(mention), post.text, post.url, post.author.handle, post.author.name, post.author.id, post.author.url, ...post.media.map(({ url }) => url), ...(mention.earlierTexts ?? []).map(({ text }) => text),
    ...replies.flatMap(({ id, text, url, approved }) => [id, text, url, approved?.submission.id, approved?.submission.text]),
    ...notes.map(({ text }) => text), submission?.id, submission?.text, referral?.note, referral?.answer?.text, closed?.note, returned?.reason,
  ];
  return texts.flatMap((text) => (text === undefined || text.length < shortestNeedle ? [] : [JSON.stringify(text).slice(1, -1)]));
}
