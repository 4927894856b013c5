import { asMomentosError, isMomentosError, MomentosError } from '../core/errors';
import { coveringHolds, standingHolds } from '../core/hold';
import { type Mention, type Visibility } from '../core/mention';
import { type Thread } from '../core/channelPort';
import { judgeReply, narrower, type ReplyVerdict } from '../core/replyRules';
import { type Template } from '../core/template';
import { isFor, onNetwork } from '../core/templateForms';
import { type LengthRule } from '../core/text/countText';
import { usualLengthRule } from '../core/text/networkLengths';
import { type DeskContext } from './context';
import { type ReplyDraft } from './deskApi';
import { answerLanguage } from './knownValues';
import { answeredByUs } from './settle';

const rulesAreFreshMs = 24 * 3_600_000;

/** An answer with all that the rules say of it. */
export interface Prepared {
  readonly mention: Mention;
  readonly text: string;
  readonly greeting: string;
  readonly visibility: Visibility;
  readonly template: Template | undefined;
  readonly approvedAt: number | undefined;
  readonly rule: LengthRule;
  readonly verdict: ReplyVerdict;
  /** When the rules were looked at, UTC ms. */
  readonly at: number;
}

/** What goes before every answer: its mention, how its network counts, the rules, the conversation as it stands there. */
export interface ReplyPreparation {
  /** Errors: `mention.notFound`. */
  mention(id: string): Mention;
  rule(channelId: string, network: boolean, signal?: AbortSignal): Promise<LengthRule>;
  /** `approving`: the waiting answer that a second person is letting go. */
  prepare(mention: Mention, draft: ReplyDraft, options: PrepareOptions): Promise<Prepared>;
  /** undefined = the network shows no conversations. Errors: `mention.gone`, `network.*`. */
  thread(mention: Mention, signal: AbortSignal | undefined): Promise<Thread | undefined>;
}

export interface PrepareOptions {
  readonly network: boolean;
  readonly thread?: Thread | undefined;
  readonly approving?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export function createPreparation(context: DeskContext): ReplyPreparation {
  const { inbox, clock, config, channelState } = context;

  const mentionOf = (id: string): Mention => {
    const mention = inbox.get(id);
    if (mention === undefined) throw new MomentosError('mention.notFound', { id });
    return mention;
  };

  const ruleOf = async (channelId: string, network: boolean, signal?: AbortSignal): Promise<LengthRule> => {
    const channel = context.channel(channelId);
    // Where people give the answer no server has to be asked how it counts.
    if (!channel.capabilities.reply) return channel.lengthRule(signal);
    const state = await channelState.read(channelId);
    const fresh = state.lengthRule !== undefined && clock.now() - (state.lengthRuleAt ?? 0) < rulesAreFreshMs;
    if (fresh || !network) return state.lengthRule ?? usualLengthRule(context.channel(channelId).network);
    try {
      const lengthRule = await channel.lengthRule(signal);
      await channelState.update(channelId, (old) => ({ ...old, lengthRule, lengthRuleAt: clock.now() }));
      return lengthRule;
    } catch (thrown) {
      const error = asMomentosError(thrown);
      if (error.code === 'network.cancelled') throw error;
      return state.lengthRule ?? usualLengthRule(context.channel(channelId).network);
    }
  };

  const prepare = async (mention: Mention, draft: ReplyDraft, options: PrepareOptions): Promise<Prepared> => {
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
    const at = clock.now();
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
      holds: coveringHolds(standingHolds(await context.holds.read(), clock.now()), mention, config.topics, approved?.topics ?? []),
      operator: context.operator,
      approving: options.approving,
      answeredAlready: mention.answeredElsewhereAt !== undefined || answeredByUs(options.thread, mention.post.externalId) !== undefined,
    });
    const approvedAt = status?.approval === undefined ? undefined : Date.parse(status.approval.at);
    return { mention, text, greeting, visibility, template: template === 'missing' ? undefined : template?.approved, approvedAt, rule, verdict, at };
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

  return { mention: mentionOf, rule: ruleOf, prepare, thread: readThread };
}
