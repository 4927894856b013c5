import { type AuditJson } from '../core/audit';
import { type Draft } from '../core/draft';
import { MomentosError } from '../core/errors';
import { localId } from '../core/localId';
import { type Mention } from '../core/mention';
import { findReviewer, keyHolder, mayReview, sameAccount, samePerson } from '../core/reviewRules';
import { submissionPayload } from '../core/secondPerson';
import { isSignedBy } from '../core/signing';
import { type Submission } from '../core/submission';
import { type DeskContext } from './context';
import { type DeskApprovals, type ReplyDraft, type WaitingAnswer } from './deskApi';
import { answerLanguage } from './knownValues';
import { askToConfirm, deliver, refuse, type Sending } from './replySend';

/** Answers that wait for a second person: handed in, let go, mended, given back, taken back. Every step stands in the audit log before it counts. */
export function createApprovals(sending: Sending): DeskApprovals {
  const { context, preparation } = sending;
  const { inbox, clock, operator, drafts } = context;

  const waiting = (id: string): WaitingAnswer => {
    const mention = preparation.mention(id);
    if (mention.submission === undefined) throw new MomentosError('reply.notWaiting', { id });
    return { mention, submission: mention.submission };
  };

  const secondPerson = async (answer: WaitingAnswer): Promise<void> => {
    const refusal = await refusesSecondPerson(context, answer);
    if (refusal !== undefined) throw refusal;
  };

  const end = async (id: string, reason: string | undefined): Promise<Mention> => {
    const { submission } = waiting(id);
    const at = clock.now();
    const ended = await inbox.update((transaction) => {
      const mention = transaction.get(id);
      if (mention?.submission?.id !== submission.id) throw new MomentosError('reply.notWaiting', { id });
      const next: Mention = {
        ...mention,
        submission: undefined,
        returned: reason === undefined ? undefined : { reason, by: operator.name, at, author: submission.by.id },
        inApprovalMs: (mention.inApprovalMs ?? 0) + Math.max(0, at - submission.at),
        revision: mention.revision + 1,
      };
      transaction.put(next);
      transaction.audit({
        kind: 'reply.returned',
        at,
        actor: operator,
        subject: submission.id,
        body: { mention: id, author: submission.by.id, takenBack: reason === undefined, waitedMs: Math.max(0, at - submission.at) },
        values: { text: submission.text, ...(reason === undefined ? {} : { reason }) },
      });
      return next;
    });
    await drafts.write(draftAgain(id, submission, at));
    return ended;
  };

  return {
    list: () =>
      [...inbox.all()]
        .flatMap((mention) => (mention.submission === undefined ? [] : [{ mention, submission: mention.submission }]))
        .sort((one, other) => one.submission.at - other.submission.at || (one.submission.id < other.submission.id ? -1 : 1)),

    async submit(id, draft, options) {
      await inbox.refresh();
      const prepared = await preparation.prepare(preparation.mention(id), draft, { network: true, signal: options.signal });
      refuse(prepared.verdict);
      askToConfirm(prepared.verdict, options);
      const { verdict, text, template } = prepared;
      const submission = await makeSubmission(context, id, { ...draft, text }, verdict);
      const result = await inbox.update((transaction) => {
        const mention = transaction.get(id);
        if (mention === undefined) throw new MomentosError('mention.notFound', { id });
        if (mention.submission !== undefined) throw new MomentosError('reply.waitsForApproval', { id, by: mention.submission.by.name });
        if (mention.replies.some(({ state }) => state === 'intended')) throw new MomentosError('reply.inProgress', { id });
        if (mention.status === 'closed') throw new MomentosError('mention.wrongStatus', { id, status: mention.status });
        const next: Mention = { ...mention, submission, returned: undefined, revision: mention.revision + 1 };
        transaction.put(next);
        const body: Record<string, AuditJson> = {
          mention: id,
          conversation: mention.conversation,
          channel: mention.channel,
          why: submission.why,
          language: submission.language ?? answerLanguage(context.config, mention),
          origin: verdict.origin,
          kept: Math.round(verdict.kept * 1000),
          confirmed: submission.confirmed,
          private: submission.private === true,
          ...(template === undefined ? {} : { template: template.id, version: template.version, contentHash: template.contentHash }),
          ...(submission.key === undefined ? {} : { key: submission.key.fingerprint, signature: submission.key.signature }),
        };
        transaction.audit({
          kind: 'reply.submitted',
          at: submission.at,
          actor: operator,
          subject: submission.id,
          body,
          values: { text, ...(template === undefined || Object.keys(draft.values).length === 0 ? {} : { values: draft.values }), ...(draft.again === undefined ? {} : { againReason: draft.again.reason }) },
        });
        return { mention: next, submission };
      });
      await drafts.remove(id);
      return result;
    },

    draft: (id) => draftOf(waiting(id).submission),

    async may(mention) {
      const { submission } = mention;
      if (submission === undefined) return { approve: false, takeBack: false, whyNot: new MomentosError('reply.notWaiting', { id: mention.id }) };
      const refusal = await refusesSecondPerson(context, { mention, submission });
      return { approve: refusal === undefined, takeBack: isAuthor(context, submission), whyNot: refusal };
    },

    async send(id, { draft, ...options }) {
      await inbox.refresh();
      const answer = waiting(id);
      await secondPerson(answer);
      const own = draftOf(answer.submission);
      const sent = draft === undefined ? own : { ...own, ...draft };
      const mended = sent.text.normalize('NFC').replace(/\r\n?/gu, '\n').trim() !== answer.submission.text;
      return deliver(sending, id, sent, { ...options, confirm: mended ? options.confirm : [...new Set([...answer.submission.confirmed, ...options.confirm])] }, answer.submission);
    },

    async giveBack(id, reason) {
      if (reason.trim() === '') throw new MomentosError('review.reasonMissing', { id });
      await inbox.refresh();
      await secondPerson(waiting(id));
      return end(id, reason.trim());
    },

    async takeBack(id) {
      await inbox.refresh();
      const { submission } = waiting(id);
      if (!isAuthor(context, submission)) throw new MomentosError('reply.waitsForApproval', { id, by: submission.by.name });
      return end(id, undefined);
    },
  };
}

/** Why the operator may not be the second person; undefined = he may: a reviewer whose entry counts, and somebody else than the author. */
async function refusesSecondPerson(context: DeskContext, { mention, submission }: WaitingAnswer): Promise<MomentosError | undefined> {
  const { operator, clock } = context;
  if (samePerson(submission.by, operator)) return new MomentosError('reply.ownAnswer', { id: mention.id });
  const registry = await context.registry();
  const reviewer = findReviewer(registry, operator);
  if (reviewer === undefined || (reviewer.entry.practice === true && !registry.practice)) return new MomentosError('review.notReviewer', { name: operator.name });
  if (reviewer.standing === 'notTrusted') return new MomentosError('trust.missing', { fingerprint: registry.claimedRoot });
  if (!mayReview(registry, reviewer, clock.now())) return new MomentosError('reviewer.notCounted', { name: reviewer.entry.name, standing: reviewer.revokedFrom === undefined ? reviewer.standing : 'revoked' });
  if (context.practice) return undefined;
  const held = (await context.signer.key().catch(() => undefined))?.fingerprint;
  const later = { osAccount: operator.osAccount, key: held !== undefined && held === reviewer.fingerprint ? held : undefined };
  const { key } = submission;
  const author = keyHolder(registry, key?.fingerprint)?.entry.key;
  const proven = key !== undefined && author !== undefined && isSignedBy(author, submissionPayload(submission, mention.id), key.signature);
  if (proven && later.key === key.fingerprint) return new MomentosError('reply.ownAnswer', { id: mention.id });
  return sameAccount({ osAccount: submission.by.osAccount, key: proven ? key.fingerprint : undefined }, later) ? new MomentosError('review.sameAccount', { account: operator.osAccount }) : undefined;
}

/** Anybody but somebody else: the same id, address or name. */
function isAuthor(context: DeskContext, submission: Submission): boolean {
  return samePerson(submission.by, context.operator);
}

async function makeSubmission(context: DeskContext, mention: string, draft: ReplyDraft, verdict: { readonly findings: readonly { readonly code: string; readonly severity: string }[]; readonly secondPerson: Submission['why'] | undefined }): Promise<Submission> {
  const { operator } = context;
  const id = localId('s', context.random);
  const at = context.clock.now();
  const key = await context.signer.key().catch(() => undefined);
  return {
    id,
    text: draft.text,
    values: draft.values,
    confirmed: verdict.findings.filter(({ severity }) => severity === 'confirm').map(({ code }) => code as Submission['confirmed'][number]),
    why: verdict.secondPerson ?? 'freeText',
    by: { id: operator.id, name: operator.name, osAccount: operator.osAccount, ...(operator.email === undefined ? {} : { email: operator.email }) },
    at,
    ...(draft.template === undefined ? {} : { template: draft.template }),
    ...(draft.language === undefined ? {} : { language: draft.language }),
    ...(draft.private === undefined ? {} : { private: draft.private }),
    ...(draft.again === undefined ? {} : { again: draft.again }),
    ...(key === undefined ? {} : { key: { fingerprint: key.fingerprint, signature: key.sign(submissionPayload({ id, at }, mention)) } }),
  };
}

function draftOf({ text, template, values, language, private: privately, again }: Submission): ReplyDraft {
  return { text, values, template, language, private: privately, again };
}

/** The author's words as a draft again. */
function draftAgain(mentionId: string, { text, values, template, private: privately, again, by }: Submission, savedAt: number): Draft {
  return { mentionId, text, values, savedAt, by: by.name, ...(template === undefined ? {} : { template }), ...(privately === undefined ? {} : { private: privately }), ...(again === undefined ? {} : { again }) };
}
