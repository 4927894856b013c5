import { type AuditJson } from '../core/audit';
import { type Draft } from '../core/draft';
import { asMomentosError, isMomentosError, MomentosError } from '../core/errors';
import { localId } from '../core/localId';
import { type Mention, type Reply, type Visibility } from '../core/mention';
import { type Thread } from '../core/ports';
import { judgeReply, narrower, refusalIn, unconfirmedIn, type ReplyVerdict } from '../core/replyRules';
import { type Template } from '../core/template';
import { isFor, onNetwork } from '../core/templateForms';
import { type LengthRule } from '../core/text/countText';
import { placeholderNames, render } from '../core/text/placeholders';
import { type DeskContext } from './context';
import { type CheckedReply, type DeskReplies, type ReplyContext, type ReplyDraft, type SendOptions, type SentResult } from './deskApi';
import { answerLanguage, knownValues } from './knownValues';
import { answeredByUs, findOurs, recordFailed, recordSent, recordUnsettled, settleReplies, withReply } from './settle';
import { withdrawReply } from './withdraw';

const rulesAreFreshMs = 24 * 3_600_000;
/** A draft that is still marked so long after its time to be taken back was not sent, and nobody is sending it. */
const interruptedAfterMs = 15_000;

/** What the desk needs of the operating system to send: who this process is, and whether another one lives. */
export interface Senders {
  readonly self: () => NonNullable<Reply['sender']>;
  readonly isAlive: (sender: NonNullable<Reply['sender']>) => boolean;
}

interface Prepared {
  readonly mention: Mention;
  readonly text: string;
  readonly greeting: string;
  readonly visibility: Visibility;
  readonly template: Template | undefined;
  readonly approvedAt: number | undefined;
  readonly rule: LengthRule;
  readonly verdict: ReplyVerdict;
}

/** The answers of the desk: write ahead of each network call, never send twice, never lose a text. */
export function createReplies(context: DeskContext, senders: Senders): DeskReplies {
  const { inbox, clock, config, drafts, channelState } = context;

  const mentionOf = (id: string): Mention => {
    const mention = inbox.get(id);
    if (mention === undefined) throw new MomentosError('mention.notFound', { id });
    return mention;
  };

  const ruleOf = async (channelId: string, network: boolean, signal?: AbortSignal): Promise<LengthRule> => {
    const state = await channelState.read(channelId);
    const fresh = state.lengthRule !== undefined && clock.now() - (state.lengthRuleAt ?? 0) < rulesAreFreshMs;
    if (fresh || !network) return state.lengthRule ?? { max: 500, method: 'mastodon', urlLength: 23 };
    try {
      const lengthRule = await context.channel(channelId).lengthRule(signal);
      await channelState.update(channelId, (old) => ({ ...old, lengthRule, lengthRuleAt: clock.now() }));
      return lengthRule;
    } catch (thrown) {
      const error = asMomentosError(thrown);
      if (error.code === 'network.cancelled') throw error;
      return state.lengthRule ?? { max: 500, method: 'mastodon', urlLength: 23 };
    }
  };

  const prepare = async (mention: Mention, draft: ReplyDraft, options: { readonly network: boolean; readonly thread?: Thread | undefined; readonly signal?: AbortSignal | undefined }): Promise<Prepared> => {
    const channel = { id: mention.channel, network: context.channel(mention.channel).network };
    const usable = draft.template === undefined ? [] : await context.templates.usable();
    const found = usable.find(({ id, version }) => id === draft.template?.id && version === draft.template.version);
    const approved = found === undefined ? undefined : onNetwork(found, channel.network);
    const status = approved === undefined ? undefined : await context.templates.get(approved.id);
    const language = draft.template?.language ?? '';
    const template = draft.template === undefined ? undefined : approved === undefined || approved.bodies[language] === undefined || !isFor(approved, channel) ? 'missing' : { approved, language, values: draft.values };
    const text = draft.text.normalize('NFC').replace(/\r\n?/gu, '\n').trim();
    const greeting = context.channel(mention.channel).greeting(mention.post, text);
    const visibility = draft.private === true ? 'direct' : narrower(mention.post.visibility, 'public');
    const rule = await ruleOf(mention.channel, options.network, options.signal);
    const verdict = judgeReply({
      mention,
      text,
      language: draft.template?.language ?? draft.language ?? answerLanguage(config, mention),
      greeting,
      visibility,
      template,
      templateId: draft.template?.id,
      config,
      rule,
      againReason: draft.again?.reason,
      answeredAlready: mention.answeredElsewhereAt !== undefined || answeredByUs(options.thread, mention.post.externalId) !== undefined,
    });
    const approvedAt = status?.approval === undefined ? undefined : Date.parse(status.approval.at);
    return { mention, text, greeting, visibility, template: template === 'missing' ? undefined : template?.approved, approvedAt, rule, verdict };
  };

  const readThread = async (mention: Mention, signal: AbortSignal | undefined): Promise<Thread | undefined> => {
    const channel = context.channel(mention.channel);
    if (!channel.capabilities.thread) return undefined;
    try {
      return await channel.thread(mention.post.externalId, signal);
    } catch (error) {
      if (isMomentosError(error, 'network.notFound')) throw new MomentosError('mention.gone', { id: mention.id }, { cause: error });
      throw error;
    }
  };

  const settle = (only?: string, signal?: AbortSignal): Promise<readonly SentResult[]> => settleReplies(context, senders.isAlive, only, signal);

  const replies: DeskReplies = {
    async context(id, options = {}): Promise<ReplyContext> {
      const mention = mentionOf(id);
      const channel = context.channel(mention.channel);
      const network = options.network !== false;
      let thread: Thread | undefined;
      if (network && channel.capabilities.thread) {
        thread = await channel.thread(mention.post.externalId, options.signal);
        await noteAnswerElsewhere(context, mention, thread);
      }
      const ranked = await context.templates.rank(mention);
      const languages = [...new Set([...config.institution.languages, ...ranked.flatMap(({ template }) => Object.keys(template.bodies))])];
      return {
        mention: mentionOf(id),
        thread,
        rule: await ruleOf(mention.channel, network, options.signal),
        greeting: channel.greeting(mention.post, ''),
        templates: ranked.filter(({ template }) => isFor(template, channel)).map((each) => ({ ...each, template: onNetwork(each.template, channel.network) })),
        known: knownValues(config, mention, languages),
        language: answerLanguage(config, mention),
        capabilities: channel.capabilities,
      };
    },

    async check(id, draft): Promise<CheckedReply> {
      const prepared = await prepare(mentionOf(id), draft, { network: false });
      const { verdict, greeting, text, rule } = prepared;
      return { text: greeting + text, checks: verdict.findings, length: verdict.length, rule, origin: verdict.origin, kept: verdict.kept };
    },

    async render(id, templateId, language, given) {
      const mention = mentionOf(id);
      const approved = (await context.templates.usable()).find((candidate) => candidate.id === templateId);
      if (approved === undefined) {
        await context.templates.get(templateId);
        throw new MomentosError('reply.notApproved', { template: templateId });
      }
      const template = onNetwork(approved, context.channel(mention.channel).network);
      const chosen = language ?? [answerLanguage(config, mention), ...config.institution.languages].find((candidate) => template.bodies[candidate] !== undefined) ?? Object.keys(template.bodies)[0] ?? '';
      const body = template.bodies[chosen];
      if (body === undefined) throw new MomentosError('template.noLanguage', { id: templateId, language: chosen, languages: Object.keys(template.bodies) });
      const known = knownValues(config, mention, [chosen]);
      const values: Record<string, string> = {};
      for (const name of placeholderNames(body)) {
        const value = given[name] ?? known[name]?.[chosen];
        if (value !== undefined) values[name] = value;
      }
      const strange = Object.keys(given).filter((name) => !placeholderNames(body).includes(name));
      if (strange.length > 0) throw new MomentosError('reply.invalidValue', { names: strange.join(', '), reason: 'unknown' });
      return { text: render(body, template.placeholders, values).text, template: { id: template.id, version: template.version, language: chosen }, values, language: chosen };
    },

    async send(id, draft, options) {
      await inbox.refresh();
      if (inbox.unsettled().some((mention) => mention.id === id)) await settle(id, options.signal);
      const first = await prepare(mentionOf(id), draft, { network: false });
      refuse(first.verdict);
      const thread = await readThread(first.mention, options.signal);
      const prepared = await prepare(mentionOf(id), draft, { network: true, thread, signal: options.signal });
      refuse(prepared.verdict);
      askToConfirm(prepared.verdict, options);
      const reply = await intend(context, senders, prepared, draft, options);
      return transmit(context, prepared, reply);
    },

    withdraw: (replyId, reason) => withdrawReply(context, replyId, reason),

    async settle(replyId, sent) {
      const mention = inbox.byReply(replyId);
      const reply = mention?.replies.find((candidate) => candidate.id === replyId);
      if (mention === undefined || reply === undefined) throw new MomentosError('reply.notFound', { id: replyId });
      if (!sent) return recordFailed(context, mention.id, replyId, 'network.outcomeUnknown', 'person');
      return recordSent(context, mention.id, replyId, { externalId: undefined, url: undefined, sentAt: reply.intendedAt, confirmedAt: clock.now() }, 'person');
    },

    async settleAll(signal) {
      // Under the lock once: what a process that ended in the middle of a write left is made whole before it is looked at.
      await inbox.update(() => undefined);
      return settle(undefined, signal);
    },

    find(replyId) {
      const mention = inbox.byReply(replyId);
      const reply = mention?.replies.find((candidate) => candidate.id === replyId);
      if (mention === undefined || reply === undefined) throw new MomentosError('reply.notFound', { id: replyId });
      return { mention, reply };
    },

    draft: (mentionId) => drafts.read(mentionId),

    async saveDraft(mentionId, draft, options = {}) {
      const savedAt = clock.now();
      const stored: Draft = {
        mentionId,
        text: draft.text,
        values: draft.values,
        savedAt,
        by: context.operator.name,
        ...(draft.template === undefined ? {} : { template: draft.template }),
        ...(draft.private === undefined ? {} : { private: draft.private }),
        ...(draft.again === undefined ? {} : { again: draft.again }),
        ...(options.sendingAt === undefined ? {} : { sendingAt: options.sendingAt }),
        ...(options.failure === undefined ? {} : { failure: options.failure }),
      };
      await drafts.write(stored);
      return savedAt;
    },

    removeDraft: (mentionId) => drafts.remove(mentionId),

    async interruptedDrafts() {
      const underWay = (mentionId: string): boolean => inbox.get(mentionId)?.replies.some(({ state }) => state === 'intended') === true;
      const interrupted = (await drafts.list()).filter(({ sendingAt, mentionId }) => sendingAt !== undefined && sendingAt < clock.now() - interruptedAfterMs && !underWay(mentionId));
      for (const { sendingAt: _sendingAt, ...draft } of interrupted) await drafts.write(draft);
      return interrupted;
    },

    drafts: () => drafts.list(),
  };
  return replies;
}

function refuse(verdict: ReplyVerdict): void {
  const refusal = refusalIn(verdict.findings);
  if (refusal !== undefined) throw refusal;
}

function askToConfirm(verdict: ReplyVerdict, options: SendOptions): void {
  const open = unconfirmedIn(verdict.findings, options.confirm);
  if (open.length > 0) throw new MomentosError('reply.toConfirm', { confirm: open.map(({ code }) => code), ...Object.assign({}, ...open.map(({ details }) => details)) as Record<string, string | number> });
}

/** Writes `reply.intended`, synced, before any network call; refuses when another window was faster. */
async function intend(context: DeskContext, senders: Senders, prepared: Prepared, draft: ReplyDraft, options: SendOptions): Promise<Reply> {
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
  };
  return inbox.update((transaction) => {
    const mention = transaction.get(prepared.mention.id);
    if (mention === undefined) throw new MomentosError('mention.notFound', { id: prepared.mention.id });
    if (mention.replies.some(({ state }) => state === 'intended')) throw new MomentosError('reply.inProgress', { id: mention.id });
    if (mention.status === 'closed') throw new MomentosError('mention.wrongStatus', { id: mention.id, status: mention.status });
    const others = mention.replies.filter(({ state }) => state === 'sent' || state === 'unsettled').length;
    const known = prepared.mention.replies.filter(({ state }) => state === 'sent' || state === 'unsettled').length;
    if (others > known && !options.confirm.includes('answered')) throw new MomentosError('reply.toConfirm', { confirm: ['answered'] });
    transaction.put({ ...withReply(mention, reply), revision: mention.revision + 1 });
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
      ...(template === undefined ? {} : { template: template.id, version: template.version, contentHash: template.contentHash }),
      ...(prepared.approvedAt === undefined ? {} : { approvedAt: prepared.approvedAt }),
      ...(draft.again === undefined ? {} : { again: draft.again.corrects === undefined ? 'followUp' : 'correction' }),
      ...(draft.again?.corrects === undefined ? {} : { corrects: draft.again.corrects }),
    };
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
      },
    });
    return reply;
  });
}

/** The network call and what is written after it. */
async function transmit(context: DeskContext, prepared: Prepared, reply: Reply): Promise<SentResult> {
  const { mention } = prepared;
  const channel = context.channel(mention.channel);
  let sent;
  try {
    sent = await channel.reply({ parent: mention.post, text: reply.text, language: reply.language, visibility: reply.visibility, idempotencyKey: reply.id });
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

/** A colleague answered in the network's own app: said once, with its latency; the mention is settled as answered elsewhere. */
async function noteAnswerElsewhere(context: DeskContext, mention: Mention, thread: Thread): Promise<void> {
  const answer = answeredByUs(thread, mention.post.externalId);
  if (answer === undefined || mention.answeredElsewhereAt !== undefined) return;
  if (mention.replies.some(({ externalId, state, text }) => externalId === answer.externalId || state === 'intended' || state === 'unsettled' || (state === 'withdrawn' && text === answer.text))) return;
  await context.inbox.update((transaction) => {
    const current = transaction.get(mention.id);
    if (current === undefined || current.answeredElsewhereAt !== undefined) return;
    const open = current.status !== 'answered' && current.status !== 'closed';
    transaction.put({ ...current, answeredElsewhereAt: answer.postedAt, ...(open ? { status: 'answered' as const, snoozedUntil: undefined } : {}), revision: current.revision + 1 });
    transaction.audit({
      kind: 'mention.answeredElsewhere',
      at: context.clock.now(),
      actor: 'desk',
      subject: mention.id,
      body: { at: answer.postedAt, latencyMs: Math.max(0, answer.postedAt - current.post.postedAt), conversation: current.conversation, channel: current.channel },
      values: { externalId: answer.externalId, text: answer.text },
    });
  });
}

