import { type AuditJson, type AuditRecord } from '../../core/audit';
import { erasedFields, isStaffField } from '../../core/citizenEntries';
import { type Draft } from '../../core/draft';
import { type Mention, type Reply } from '../../core/mention';
import { type Submission } from '../../core/submission';

/** Undefined members are left out by JSON; times are ISO 8601 in UTC. */
export interface CitizenMention {
  readonly id: string;
  readonly channel: string;
  readonly author: { readonly id: string; readonly networkId: string; readonly handle: string; readonly name: string; readonly url: string | undefined };
  readonly text: string;
  readonly warning: string | undefined;
  readonly language: string;
  readonly postedAt: string;
  readonly editedAt: string | undefined;
  readonly receivedAt: string;
  readonly openedAt: string | undefined;
  readonly deletedAt: string | undefined;
  /** Its words were erased when its author deleted it. */
  readonly wordsErased: boolean;
  readonly networkId: string;
  readonly url: string | undefined;
  readonly visibility: Mention['post']['visibility'];
  readonly media: Mention['post']['media'];
  readonly earlierWordings: readonly { readonly text: string; readonly until: string }[];
  /** Of this text; never of its author. Score and confidence in thousandths. */
  readonly sentimentOfText: { readonly label: string; readonly score: number; readonly confidence: number; readonly correctedTo: string | undefined; readonly words: readonly { readonly text: string; readonly weight: number }[] };
  readonly priority: Mention['priority'];
  readonly status: Mention['status'];
  readonly dueAt: string;
  readonly caseNumber: string | undefined;
  readonly conversation: string;
  readonly closed: { readonly reason: NonNullable<Mention['closed']>['reason']; readonly note: string | undefined; readonly at: string; readonly by: string | undefined } | undefined;
  readonly notes: readonly { readonly text: string; readonly at: string; readonly by: string | undefined }[];
  readonly referral: { readonly unit: string; readonly note: string; readonly at: string; readonly by: string | undefined; readonly answer: { readonly text: string; readonly at: string; readonly by: string | undefined } | undefined } | undefined;
  readonly answers: readonly CitizenAnswer[];
  readonly waitingAnswer: { readonly text: string; readonly at: string; readonly by: string | undefined } | undefined;
  readonly returnedAnswer: { readonly reason: string; readonly at: string; readonly by: string | undefined } | undefined;
  readonly draft: { readonly text: string; readonly savedAt: string; readonly by: string | undefined } | undefined;
}

export interface CitizenAnswer {
  readonly id: string;
  readonly state: Reply['state'];
  readonly byHand: boolean;
  readonly text: string;
  readonly intendedAt: string;
  readonly sentAt: string | undefined;
  readonly url: string | undefined;
  readonly language: string | undefined;
  readonly visibility: Reply['visibility'];
  readonly template: Reply['template'];
  readonly reasonForAnother: string | undefined;
  readonly withdrawn: { readonly reason: string; readonly at: string; readonly by: string | undefined } | undefined;
  readonly by: string | undefined;
}

/** An entry of the log, with what is left of its values. */
export interface CitizenLogEntry {
  readonly seq: number;
  readonly at: string;
  readonly kind: string;
  readonly subject: string;
  readonly body: Readonly<Record<string, AuditJson>>;
  readonly values: Readonly<Record<string, AuditJson>>;
  /** Fields whose values are gone. */
  readonly erased: readonly string[];
}

const iso = (at: number): string => new Date(at).toISOString();
const isoIf = (at: number | undefined): string | undefined => (at === undefined ? undefined : iso(at));

/** A mention with all that the desk did with it. Names of the staff only `withStaff`. */
export function citizenMention(mention: Mention, draft: Draft | undefined, withStaff: boolean): CitizenMention {
  const by = (name: string): string | undefined => (withStaff ? name : undefined);
  const { post, sentiment, referral, closed, submission, returned } = mention;
  return {
    id: mention.id,
    channel: mention.channel,
    author: { id: mention.authorId, networkId: post.author.id, handle: post.author.handle, name: post.author.name, url: post.author.url },
    text: post.text,
    warning: post.warning,
    language: mention.language,
    postedAt: iso(post.postedAt),
    editedAt: isoIf(post.editedAt),
    receivedAt: iso(mention.receivedAt),
    openedAt: isoIf(mention.openedAt),
    deletedAt: isoIf(mention.deletedAt),
    wordsErased: mention.erased === true,
    networkId: post.externalId,
    url: post.url,
    visibility: post.visibility,
    media: post.media,
    earlierWordings: (mention.earlierTexts ?? []).map(({ text, until }) => ({ text, until: iso(until) })),
    sentimentOfText: {
      label: sentiment.label,
      score: Math.round(sentiment.score * 1000),
      confidence: Math.round(sentiment.confidence * 1000),
      correctedTo: sentiment.correctedTo,
      words: sentiment.evidence.map(({ text, weight }) => ({ text, weight: Math.round(weight * 1000) })),
    },
    priority: mention.priority,
    status: mention.status,
    dueAt: iso(mention.target.dueAt),
    caseNumber: mention.caseNumber,
    conversation: mention.conversation,
    closed: closed === undefined ? undefined : { reason: closed.reason, note: closed.note, at: iso(closed.at), by: by(closed.by) },
    notes: mention.notes.map((note) => ({ text: note.text, at: iso(note.at), by: by(note.by) })),
    referral: referral === undefined ? undefined : {
      unit: referral.unit,
      note: referral.note,
      at: iso(referral.at),
      by: by(referral.by),
      answer: referral.answer === undefined ? undefined : { text: referral.answer.text, at: iso(referral.answer.at), by: by(referral.answer.by) },
    },
    answers: mention.replies.map((reply) => answer(reply, by)),
    waitingAnswer: submission === undefined ? undefined : waiting(submission, by),
    returnedAnswer: returned === undefined ? undefined : { reason: returned.reason, at: iso(returned.at), by: by(returned.by) },
    draft: draft === undefined ? undefined : { text: draft.text, savedAt: iso(draft.savedAt), by: by(draft.by) },
  };
}

function answer(reply: Reply, by: (name: string) => string | undefined): CitizenAnswer {
  const { withdrawn } = reply;
  return {
    id: reply.id,
    state: reply.state,
    byHand: reply.byHand === true,
    text: reply.text,
    intendedAt: iso(reply.intendedAt),
    sentAt: isoIf(reply.sentAt),
    url: reply.url,
    language: reply.language,
    visibility: reply.visibility,
    template: reply.template,
    reasonForAnother: reply.again?.reason,
    withdrawn: withdrawn === undefined ? undefined : { reason: withdrawn.reason, at: iso(withdrawn.at), by: by(withdrawn.by) },
    by: by(reply.by),
  };
}

function waiting({ text, at, by: author }: Submission, by: (name: string) => string | undefined): CitizenMention['waitingAnswer'] {
  return { text, at: iso(at), by: by(author.name) };
}

/** An entry of the log as the citizen gets it: without the proof's own parts, and without the staff unless `withStaff`. */
export function citizenLogEntry({ entry, values }: AuditRecord, withStaff: boolean): CitizenLogEntry {
  const { values: _commitments, key: _key, signature: _signature, ...body } = entry.body;
  const shown = (fields: Readonly<Record<string, AuditJson>>): Record<string, AuditJson> => Object.fromEntries(Object.entries(fields).filter(([field, value]) => withStaff || !(isStaffField(field) || isStaffId(value))));
  return { seq: entry.seq, at: iso(entry.at), kind: entry.kind, subject: entry.subject, body: shown(body), values: shown(values), erased: erasedFields(entry, values).filter((field) => withStaff || !isStaffField(field)) };
}

function isStaffId(value: AuditJson): boolean {
  return typeof value === 'string' && /^p-[a-z0-9]+$/u.test(value);
}
