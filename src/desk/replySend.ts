import { type AuditJson } from '../core/audit';
import { asMomentosError, MomentosError } from '../core/errors';
import { coveringHolds } from '../core/hold';
import { localId } from '../core/localId';
import { type Mention, type Reply } from '../core/mention';
import { refusalIn, unconfirmedIn, type ReplyVerdict } from '../core/replyRules';
import { type Submission } from '../core/submission';
import { keptShare } from '../core/text/changes';
import { type DeskContext } from './context';
import { type ReplyDraft, type SendOptions, type SentResult } from './deskApi';
import { answerLanguage } from './knownValues';
import { type Prepared, type ReplyPreparation } from './replyPreparation';
import { findOurs, recordFailed, recordSent, recordUnsettled, settleReplies, withReply } from './settle';

/** What the desk needs of the operating system to send: who this process is, and whether another one lives. */
export interface Senders {
  readonly self: () => NonNullable<Reply['sender']>;
  readonly isAlive: (sender: NonNullable<Reply['sender']>) => boolean;
}

export interface Sending {
  readonly context: DeskContext;
  readonly senders: Senders;
  readonly preparation: ReplyPreparation;
}

/**
 * The one way in which an answer leaves the desk: the rules, the conversation, the rules again, `reply.intended`, the network, the outcome.
 * `approving`: the waiting answer that the operator lets go as the second person; the caller has seen that he may. Errors: as `DeskReplies.send`.
 */
export async function deliver(sending: Sending, id: string, draft: ReplyDraft, options: SendOptions, approving?: Submission): Promise<SentResult> {
  const { context, senders, preparation } = sending;
  await context.inbox.refresh();
  if (context.inbox.unsettled().some((mention) => mention.id === id)) await settleReplies(context, senders.isAlive, id, options.signal);
  const first = await preparation.prepare(preparation.mention(id), draft, { network: false, approving: approving?.id });
  refuse(first.verdict);
  if (approving === undefined) assertNoSecondPerson(id, first.verdict);
  const thread = await preparation.thread(first.mention, options.signal);
  const prepared = await preparation.prepare(preparation.mention(id), draft, { network: true, thread, approving: approving?.id, signal: options.signal });
  refuse(prepared.verdict);
  if (approving === undefined) assertNoSecondPerson(id, prepared.verdict);
  askToConfirm(prepared.verdict, options);
  const reply = await intend(context, senders, prepared, draft, options, approving);
  // Where no network takes it, a person gives it and says so (`DeskReplies.settle`).
  if (reply.byHand === true) return { mention: preparation.mention(id), reply };
  return transmit(context, prepared, reply);
}

function assertNoSecondPerson(id: string, verdict: ReplyVerdict): void {
  if (verdict.secondPerson !== undefined) throw new MomentosError('reply.needsSecondPerson', { id, why: verdict.secondPerson });
}

/** Errors: the first refusal. */
export function refuse(verdict: ReplyVerdict): void {
  const refusal = refusalIn(verdict.findings);
  if (refusal !== undefined) throw refusal;
}

/** Errors: `reply.toConfirm`. */
export function askToConfirm(verdict: ReplyVerdict, options: SendOptions): void {
  const open = unconfirmedIn(verdict.findings, options.confirm);
  if (open.length > 0) throw new MomentosError('reply.toConfirm', { confirm: open.map(({ code }) => code), ...Object.assign({}, ...open.map(({ details }) => details)) as Record<string, string | number> });
}

/** Writes `reply.intended`, synced, before any network call; refuses when another window was faster. */
async function intend(context: DeskContext, senders: Senders, prepared: Prepared, draft: ReplyDraft, options: SendOptions, approving: Submission | undefined): Promise<Reply> {
  const { clock, inbox, operator } = context;
  const { text, greeting, verdict, template } = prepared;
  const at = clock.now();
  const confirmed = verdict.findings.filter(({ severity }) => severity === 'confirm').map(({ code }) => code);
  const language = draft.template?.language ?? draft.language ?? answerLanguage(context.config, prepared.mention);
  const reply: Reply = {
    id: localId('r', context.random),
    state: 'intended',
    text: greeting + text,
    visibility: prepared.visibility,
    language,
    by: operator.name,
    intendedAt: at,
    sender: senders.self(),
    ...(template === undefined ? {} : { template: { id: template.id, version: template.version } }),
    ...(prepared.approvedAt === undefined ? {} : { approvedAt: prepared.approvedAt }),
    ...(draft.again === undefined ? {} : { again: draft.again }),
    ...(draft.private === true ? { private: true } : {}),
    ...(context.channel(prepared.mention.channel).capabilities.reply ? {} : { byHand: true }),
  };
  const intended: Reply = approving === undefined ? reply : { ...reply, approved: { submission: approving, at, approvalMs: Math.max(0, at - approving.at) + (prepared.mention.inApprovalMs ?? 0) } };
  return inbox.update(async (transaction) => {
    // Set while the conversation was being read: it counts for this answer too, so that the next try says why.
    const fresh = coveringHolds(await context.holds.read(), prepared.mention, context.config.topics, template?.topics ?? []).find((hold) => hold.at >= prepared.at && !(hold.statement === template?.id && verdict.origin === 'approved'));
    if (fresh !== undefined) throw new MomentosError('reply.onHold', { hold: fresh.id, reason: fresh.reason, by: fresh.by.name, statement: fresh.statement ?? '' });
    const mention = transaction.get(prepared.mention.id);
    if (mention === undefined) throw new MomentosError('mention.notFound', { id: prepared.mention.id });
    if (mention.replies.some(({ state }) => state === 'intended')) throw new MomentosError('reply.inProgress', { id: mention.id });
    if (mention.status === 'closed') throw new MomentosError('mention.wrongStatus', { id: mention.id, status: mention.status });
    // Two reviewers at once, or the author who takes it back meanwhile: the first one counts.
    if (mention.submission?.id !== approving?.id) throw approving === undefined ? new MomentosError('reply.waitsForApproval', { id: mention.id, by: mention.submission?.by.name }) : new MomentosError('reply.notWaiting', { id: mention.id });
    const others = mention.replies.filter(({ state }) => state === 'sent' || state === 'unsettled').length;
    const known = prepared.mention.replies.filter(({ state }) => state === 'sent' || state === 'unsettled').length;
    if (others > known && !options.confirm.includes('answered')) throw new MomentosError('reply.toConfirm', { confirm: ['answered'] });
    transaction.put({ ...withReply(mention, intended), submission: undefined, revision: mention.revision + 1 });
    const body: Record<string, AuditJson> = {
      mention: mention.id,
      conversation: mention.conversation,
      channel: mention.channel,
      key: reply.id,
      language,
      origin: verdict.origin,
      kept: Math.round(verdict.kept * 1000),
      confirmed,
      private: reply.private === true,
      visibility: reply.visibility,
      ...(reply.byHand === true ? { byHand: true } : {}),
      ...(template === undefined ? {} : { template: template.id, version: template.version, contentHash: template.contentHash }),
      ...(prepared.approvedAt === undefined ? {} : { approvedAt: prepared.approvedAt }),
      ...(draft.again === undefined ? {} : { again: draft.again.corrects === undefined ? 'followUp' : 'correction' }),
      ...(draft.again?.corrects === undefined ? {} : { corrects: draft.again.corrects }),
      ...(intended.approved === undefined ? {} : approvalFacts(intended.approved, text)),
    };
    if (approving !== undefined) {
      const { mended, authorsKept } = approvalFacts({ submission: approving, at, approvalMs: 0 }, text);
      transaction.audit({ kind: 'reply.approved', at, actor: operator, subject: approving.id, body: { mention: mention.id, reply: reply.id, author: approving.by.id, mended, kept: authorsKept, confirmed }, values: { text, authorName: approving.by.name } });
    }
    transaction.audit({
      kind: 'reply.intended',
      at,
      actor: operator,
      subject: reply.id,
      body,
      values: {
        text: reply.text,
        ...(Object.keys(draft.values).length === 0 || template === undefined ? {} : { values: draft.values }),
        ...(draft.again === undefined ? {} : { againReason: draft.again.reason }),
        ...(approving === undefined ? {} : { authorName: approving.by.name, ...(approving.by.email === undefined ? {} : { authorEmail: approving.by.email }) }),
      },
    });
    return intended;
  });
}

/** What stands with an answer of which two people decided; `authorsKept`: share of the author's words that went out, in thousandths. */
function approvalFacts({ submission, at, approvalMs }: NonNullable<Reply['approved']>, text: string) {
  return {
    submission: submission.id,
    author: submission.by.id,
    submittedAt: submission.at,
    secondApprovedAt: at,
    approvalMs,
    mended: submission.text !== text,
    authorsKept: Math.round((submission.text === text ? 1 : keptShare(submission.text, text)) * 1000),
  };
}

/** The network call and what is written after it. */
async function transmit(context: DeskContext, prepared: Prepared, reply: Reply): Promise<SentResult> {
  const { mention } = prepared;
  const channel = context.channel(mention.channel);
  let sent;
  try {
    sent = await channel.reply({ parent: mention.post, text: reply.text, language: reply.language, visibility: reply.visibility, idempotencyKey: reply.id, intendedAt: reply.intendedAt });
  } catch (thrown) {
    const error = asMomentosError(thrown);
    if (error.code !== 'network.outcomeUnknown' && error.code !== 'unexpected') {
      await recordFailed(context, mention.id, reply.id, error.code);
      throw error.code === 'network.notFound' ? new MomentosError('mention.gone', { id: mention.id }, { cause: error }) : error;
    }
    return whenUnknown(context, mention, reply, error);
  }
  if (!sent.attached) {
    await channel.delete(sent.externalId);
    await recordFailed(context, mention.id, reply.id, 'mention.gone');
    throw new MomentosError('mention.gone', { id: mention.id });
  }
  const now = context.clock.now();
  const result = await recordSent(context, mention.id, reply.id, { externalId: sent.externalId, url: sent.url, sentAt: now, confirmedAt: sent.postedAt });
  await context.drafts.remove(mention.id);
  return result;
}

/** The connection broke in the middle: the thread may tell at once; else a person is asked. */
async function whenUnknown(context: DeskContext, mention: Mention, reply: Reply, error: MomentosError): Promise<SentResult> {
  try {
    const thread = await context.channel(mention.channel).thread(mention.post.externalId);
    const found = findOurs(thread, mention.post.externalId, reply.text);
    if (found !== undefined) {
      const result = await recordSent(context, mention.id, reply.id, { externalId: found.externalId, url: found.url, sentAt: context.clock.now(), confirmedAt: found.postedAt }, 'thread');
      await context.drafts.remove(mention.id);
      return result;
    }
  } catch (thrown) {
    context.logger.info('outcome not readable', { reply: reply.id, code: asMomentosError(thrown).code });
  }
  await recordUnsettled(context, mention.id, reply.id);
  throw new MomentosError('reply.unsettled', { id: mention.id, reply: reply.id }, { cause: error });
}
