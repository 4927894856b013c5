import { type AuditEntry } from '../core/audit';
import { commitmentsOf } from '../core/auditChain';
import { type Mention } from '../core/mention';
import { type ErasedValues } from '../core/redaction';
import { wordsIn } from '../core/thinnedMention';
import { type DeskContext } from './context';
import { mentionOfEntry } from './erasureScope';

/** What a message of the inbox keeps of an entry, by the entry's kind. */
const textsOf: Readonly<Partial<Record<AuditEntry['kind'], (mention: Mention, subject: string) => readonly (string | undefined)[]>>> = {
  'mention.noted': ({ notes }) => notes.map(({ text }) => text),
  'mention.referred': ({ referral }) => [referral?.note],
  'mention.unitAnswered': ({ referral }) => [referral?.answer?.text],
  'mention.closed': ({ closed }) => [closed?.note],
  'reply.intended': ({ replies }, subject) => replies.filter(({ id }) => id === subject).map(({ text }) => text),
};

interface Place {
  readonly at: number;
  readonly kind: AuditEntry['kind'];
  readonly subject: string;
  readonly mention: string;
}

/** Texts that stand in messages of the inbox although the single entries that brought them were erased. */
export interface ReturnedNotes {
  readonly words: ReadonlySet<string>;
  /** Messages that stay. */
  readonly mentions: readonly Mention[];
  /** The erased values that they may be. */
  readonly values: readonly ErasedValues[];
  /** When those were written, UTC ms. */
  readonly times: readonly number[];
}

/** Finds them while the log is read once, and a second time where there may be some. */
export class ReturnedNoteSearch {
  private readonly places = new Map<number, Place>();
  private readonly erased = new Map<number, readonly string[]>();

  constructor(private readonly context: Pick<DeskContext, 'audit' | 'inbox'>) {}

  /** Every entry, in order. */
  read(entry: AuditEntry): void {
    const { kind, subject, seq, at } = entry;
    if (textsOf[kind] === undefined) return;
    for (const { id } of mentionOfEntry(this.context.inbox, entry)) this.places.set(seq, { at, kind, subject, mention: id });
  }

  /** What a `redacted` entry names. */
  take([seq, ...fields]: readonly [number, ...string[]]): void {
    const texts = fields.filter((field) => !field.startsWith('actor.'));
    if (this.places.has(seq) && texts.length > 0) this.erased.set(seq, texts);
  }

  /**
   * After the reading. A text has come back when it is no standing value of any entry about its message: the log of what was erased does not tell the words.
   * `gone`: messages that were erased as a whole.
   */
  async found(gone: ReadonlySet<string>): Promise<ReturnedNotes> {
    const suspected = new Map<string, Set<string>>();
    for (const [seq] of this.erased) {
      const place = this.places.get(seq);
      const mention = place === undefined || gone.has(place.mention) ? undefined : this.context.inbox.get(place.mention);
      if (place === undefined || mention === undefined) continue;
      const texts = (textsOf[place.kind]?.(mention, place.subject) ?? []).flatMap((text) => (text === undefined || text === '' ? [] : [text]));
      if (texts.length > 0) suspected.set(mention.id, new Set([...(suspected.get(mention.id) ?? []), ...texts]));
    }
    if (suspected.size === 0) return { words: new Set(), mentions: [], values: [], times: [] };
    await this.clear(suspected);
    const returned = [...suspected].filter(([, texts]) => texts.size > 0);
    const ids = new Set(returned.map(([id]) => id));
    const values = [...this.erased].filter(([seq]) => ids.has(this.places.get(seq)?.mention ?? ''));
    return {
      words: new Set(returned.flatMap(([, texts]) => [...texts])),
      mentions: [...ids].flatMap((id) => this.context.inbox.get(id) ?? []),
      values: values.map(([seq, fields]): ErasedValues => [seq, ...fields]),
      times: values.flatMap(([seq]) => this.places.get(seq)?.at ?? []),
    };
  }

  /** Takes away what stands in the log; all of a message of which the log lost a text that nobody erased, since nothing can be told then. */
  private async clear(suspected: ReadonlyMap<string, Set<string>>): Promise<void> {
    const about = (entry: AuditEntry): Set<string> | undefined => mentionOfEntry(this.context.inbox, entry).flatMap(({ id }) => suspected.get(id) ?? [])[0];
    for await (const { entry, values } of this.context.audit.read({ valuesIf: (each) => about(each) !== undefined })) {
      const texts = about(entry);
      if (texts === undefined) continue;
      for (const word of wordsIn(values)) texts.delete(word);
      const erased = this.erased.get(entry.seq) ?? [];
      if (textsOf[entry.kind] !== undefined && Object.keys(commitmentsOf(entry)).some((field) => values[field] === undefined && !field.startsWith('actor.') && !erased.includes(field))) texts.clear();
    }
  }
}
