import { type Draft } from '../core/draft';
import { MomentosError } from '../core/errors';
import { type Thread } from '../core/channelPort';
import { isFor, onNetwork } from '../core/templateForms';
import { officialDomains } from '../core/norm/norms';
import { knownFor, placeholderNames, render } from '../core/text/placeholders';
import { type CheckedReply, type DeskReplies, type ReplyContext, type SentResult } from './deskApi';
import { answerLanguage, knownValues } from './knownValues';
import { settleByHand } from './givenByHand';
import { deliver, type Sending } from './replySend';
import { noteAnswerElsewhere } from './answeredElsewhere';
import { answeredByUs, recordFailed, recordSent, settleReplies } from './settle';
import { withdrawReply } from './withdraw';

/** A draft that is still marked so long after its time to be taken back was not sent, and nobody is sending it. */
const interruptedAfterMs = 15_000;

/** The answers of the desk: write ahead of each network call, never send twice, never lose a text. */
export function createReplies(sending: Sending): DeskReplies {
  const { context, senders, preparation } = sending;
  const { inbox, clock, config, drafts } = context;
  const { mention: mentionOf, rule: ruleOf, prepare } = preparation;

  const settle = (only?: string, signal?: AbortSignal): Promise<readonly SentResult[]> => settleReplies(context, senders.isAlive, only, signal);

  const replies: DeskReplies = {
    async context(id, options = {}): Promise<ReplyContext> {
      const mention = mentionOf(id);
      const channel = context.channel(mention.channel);
      const network = options.network !== false;
      let thread: Thread | undefined;
      if (network && channel.capabilities.thread) {
        thread = await channel.thread(mention.post.externalId, options.signal);
        const answer = answeredByUs(thread, mention.post.externalId);
        if (answer !== undefined) await noteAnswerElsewhere(context, mention, answer);
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

    async check(id, draft, options): Promise<CheckedReply> {
      const prepared = await prepare(mentionOf(id), draft, { network: false, approving: options?.approving });
      const { verdict, greeting, text, rule } = prepared;
      return { text: greeting + text, checks: verdict.findings, length: verdict.length, rule, origin: verdict.origin, kept: verdict.kept, secondPerson: verdict.secondPerson };
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
        const value = given[name] ?? knownFor(known, name, template.placeholders.find((each) => each.name === name))?.[chosen];
        if (value !== undefined) values[name] = value;
      }
      const strange = Object.keys(given).filter((name) => !placeholderNames(body).includes(name));
      if (strange.length > 0) throw new MomentosError('reply.invalidValue', { names: strange.join(', '), reason: 'unknown' });
      return { text: render(body, template.placeholders, values, { language: chosen, domains: officialDomains(config) }).text, template: { id: template.id, version: template.version, language: chosen }, values, language: chosen };
    },

    send: (id, draft, options) => deliver(sending, id, draft, options),

    withdraw: (replyId, reason) => withdrawReply(context, replyId, reason),

    async settle(replyId, sent, given = {}) {
      const { mention, reply } = replies.find(replyId);
      if (reply.byHand === true) return settleByHand(context, mention, reply, sent, given.at);
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
      // Another window may have erased the message: its answer must not come back with the next keystroke.
      await inbox.refresh();
      if (inbox.get(mentionId) === undefined) throw new MomentosError('mention.notFound', { id: mentionId });
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
