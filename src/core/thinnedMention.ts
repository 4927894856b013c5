import { type AuditJson } from './audit';
import { type Mention, type Reply } from './mention';
import { type Submission } from './submission';

/** The texts of a value, however deep. */
export function wordsIn(value: AuditJson): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value as Readonly<Record<string, AuditJson>>).flatMap(wordsIn);
}

/** What is asked of the texts to be taken away. */
export type SoughtWords = Pick<ReadonlySet<string>, 'has'>;

/** The mention without these texts wherever it holds one of them as a whole: in notes, referral, closing note, case number, and in our answers. */
export function thinnedMention(mention: Mention, words: SoughtWords): Mention {
  const kept = (text: string): string => (words.has(text) ? '' : text);
  const { referral, closed, caseNumber, returned, submission } = mention;
  return {
    ...mention,
    notes: mention.notes.filter(({ text }) => !words.has(text)),
    referral: referral === undefined ? undefined : { ...referral, note: kept(referral.note), ...(referral.answer === undefined ? {} : { answer: { ...referral.answer, text: kept(referral.answer.text) } }) },
    closed: closed?.note === undefined ? closed : { ...closed, note: kept(closed.note) },
    caseNumber: caseNumber === undefined || words.has(caseNumber) ? undefined : caseNumber,
    returned: returned === undefined ? undefined : { ...returned, reason: kept(returned.reason) },
    submission: submission === undefined ? undefined : thinnedSubmission(submission, words),
    replies: mention.replies.map((reply) => thinnedReply(reply, words)),
    revision: mention.revision + 1,
  };
}

function thinnedReply(reply: Reply, words: SoughtWords): Reply {
  const { again, withdrawn, approved, externalId, url } = reply;
  const kept = (text: string): string => (words.has(text) ? '' : text);
  return {
    ...reply,
    text: kept(reply.text),
    externalId: externalId === undefined || words.has(externalId) ? undefined : externalId,
    url: url === undefined || words.has(url) ? undefined : url,
    again: again === undefined ? undefined : { ...again, reason: kept(again.reason) },
    withdrawn: withdrawn === undefined ? undefined : { ...withdrawn, reason: kept(withdrawn.reason) },
    approved: approved === undefined ? undefined : { ...approved, submission: thinnedSubmission(approved.submission, words) },
  };
}

function thinnedSubmission(submission: Submission, words: SoughtWords): Submission {
  const kept = (text: string): string => (words.has(text) ? '' : text);
  const { again } = submission;
  return {
    ...submission,
    text: kept(submission.text),
    values: Object.fromEntries(Object.entries(submission.values).map(([name, value]) => [name, kept(value)])),
    again: again === undefined ? undefined : { ...again, reason: kept(again.reason) },
  };
}
