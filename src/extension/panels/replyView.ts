import * as l10n from '@vscode/l10n';
import { freeTextRule } from '../../core/config';
import { type Draft } from '../../core/draft';
import { channelOf } from '../../core/handChannels';
import { type Hold } from '../../core/hold';
import { type Mention, type Visibility } from '../../core/mention';
import { moodOf } from '../../core/mood';
import { officialDomains } from '../../core/norm/norms';
import { shownConfidence } from '../../core/sentiment';
import { type ApprovalRights, type Desk, type ReplyContext } from '../../desk/deskApi';
import { type RankedTemplate } from '../../desk/reviewApi';
import { toBeGiven } from '../../desk/givenByHand';
import { findingLines } from '../../desk/findingLines';
import { labelOf } from '../../desk/inbox';
import { holdWords } from '../../desk/holdWords';
import { sentence } from '../../desk/sentences';
import { audienceWords, channelWords, dueWords, handleWords, moodWords, nameWords, placeWords, silenceWords, statusWords, targetWords, timeWords, visibilityWords } from '../../desk/words';
import { type ContactView, type DraftView, type MentionView, type ReplyPanelState, type SendPhase, type TemplateOption } from '../../protocol/replyPanel';
import { isSafeLink } from '../safeLink';
import { oneLine, visibleText } from '../safeText';
import { messageStart, rowAlert, shortName } from '../tree/mentionRow';
import { conversationView } from './conversationView';

const contactsShown = 20;

export interface ReplyViewSource {
  readonly desk: Desk;
  readonly mention: Mention;
  /** undefined = not even what is stored has been put together yet. */
  readonly context: ReplyContext;
  readonly conversationComplete: boolean;
  readonly draft: Draft | undefined;
  /** Where an answer waits for a second person. */
  readonly rights?: ApprovalRights | undefined;
  /** What holds answers to it back. */
  readonly holds?: readonly Hold[] | undefined;
  /** Of this window; undefined = none is running here. */
  readonly phase: SendPhase | undefined;
  readonly now: number;
}

/** All that the reply page shows, from what the desk knows. */
export function replyPanelState(source: ReplyViewSource): ReplyPanelState {
  const { desk, mention, context, draft, rights, holds = [], now } = source;
  const reviewing = rights?.approve === true ? mention.submission : undefined;
  return {
    mention: mentionView(desk, mention, now),
    conversation: conversationView(desk, mention, context, now),
    conversationComplete: source.conversationComplete,
    earlierContacts: desk.inbox.earlierContacts(mention).slice(0, contactsShown).map((other) => contactView(desk, other, now)),
    templates: context.templates.filter(({ template }) => holds.every(({ statement }) => statement === template.id)).map((ranked) => templateOption(ranked, desk.language, officialDomains(desk.config))),
    known: context.known,
    draft: draftView(draft ?? reviewing),
    lengthRule: context.rule,
    greeting: context.greeting,
    language: context.language,
    freeText: freeTextRule(desk.config) === 'forbid' ? 'forbid' : 'allow',
    canReplyPrivately: context.capabilities.privateReply,
    byHand: !context.capabilities.reply,
    audience: context.capabilities.reply ? { normal: audienceOf(desk, mention, mention.post.visibility), private: audienceOf(desk, mention, 'direct') } : { normal: l10n.t('You give this answer yourself; the desk sends nothing.'), private: '' },
    phase: source.phase ?? storedPhase(mention, draft),
    canSend: canSend(mention, draft ?? reviewing) && (mention.submission === undefined || reviewing !== undefined),
    ...(holds.length === 0 ? {} : { hold: holds.map((hold) => holdWords(hold, desk, now)).join(' ') }),
    ...approvalView(desk, mention, rights, now),
    answered: isAnswered(mention),
    now,
  };
}

function audienceOf(desk: Desk, mention: Mention, visibility: Visibility): string {
  return audienceWords(visibility, visibleText(mention.post.author.handle), visibleText(channelWords(desk.config, mention.channel)));
}

/** Name of the tab: who, and what it is about. */
export function panelTitle(mention: Mention): string {
  const strongest = [...mention.sentiment.evidence].filter(({ text }) => /\s/u.test(text.trim())).sort((one, other) => Math.abs(other.weight) - Math.abs(one.weight))[0];
  return `${shortName(mention.post.author)}: ${strongest === undefined ? messageStart(mention, 28) : oneLine(strongest.text, 32)}`;
}

function approvalView(desk: Desk, mention: Mention, rights: ApprovalRights | undefined, now: number): Pick<ReplyPanelState, 'waiting' | 'returned'> {
  const { submission, returned } = mention;
  const when = (at: number): string => timeWords(at, now, desk.config.institution.timeZone, desk.language);
  if (submission === undefined) return returned === undefined ? {} : { returned: { words: l10n.t('{0} returned the answer, {1}:', returned.by, when(returned.at)), reason: returned.reason } };
  const mode = rights?.approve === true ? 'reviewer' : rights?.takeBack === true ? 'author' : 'other';
  const words = {
    reviewer: l10n.t('{0} wants to answer this; it waits for your approval ({1}).', submission.by.name, when(submission.at)),
    author: l10n.t('Your answer waits for a second person ({0}). Nothing has been sent.', when(submission.at)),
    other: l10n.t('An answer of {0} waits for approval ({1}). Nothing has been sent.', submission.by.name, when(submission.at)),
  };
  return { waiting: { mode, words: words[mode], text: submission.text, whyNot: mode === 'other' && rights?.whyNot !== undefined ? sentence(rights.whyNot) : undefined } };
}

function mentionView(desk: Desk, mention: Mention, now: number): MentionView {
  const zone = desk.config.institution.timeZone;
  const words = (at: number): string => timeWords(at, now, zone, desk.language);
  const { author } = mention.post;
  const name = visibleText(nameWords(author));
  const place = channelNameWords(desk, mention);
  const { referral } = mention;
  return {
    id: mention.id,
    author: name,
    handle: visibleText(name === author.handle ? '' : handleWords(author)),
    initials: initialsOf(name),
    channel: place,
    subtitle:
      author.plain === true
        ? l10n.t('{place} · spoke {posted}, noted {seen}', { place, posted: words(mention.post.postedAt), seen: words(mention.receivedAt) })
        : l10n.t('{place}, {visibility} · posted {posted}, seen {seen}', { place, visibility: visibilityWords(mention.post.visibility), posted: words(mention.post.postedAt), seen: words(mention.receivedAt) }),
    status: mention.status,
    statusWords: mention.submission === undefined ? statusWords(mention.status) : l10n.t('waiting for approval'),
    priority: mention.priority,
    dueWords: dueWords(mention, now),
    dueState: dueState(desk, mention, now),
    targetWords: targetWords(mention),
    claimedBy: mention.claim?.name,
    claimedByMe: mention.claim?.actor === desk.operator.id,
    sentiment: {
      label: labelOf(mention),
      words: moodWords(moodOf(mention)),
      unsure: moodOf(mention) === 'unsure',
      silence: silenceWords(mention),
      confidence: shownConfidence(mention.sentiment),
      corrected: mention.sentiment.correctedTo !== undefined,
      evidence: mention.sentiment.evidence,
    },
    alert: rowAlert(mention) || undefined,
    findings: findingLines(mention, desk).map(visibleText),
    caseNumber: mention.caseNumber,
    referral:
      referral === undefined
        ? undefined
        : { unit: desk.config.units.find(({ id }) => id === referral.unit)?.name ?? referral.unit, note: referral.note, atWords: words(referral.at), answer: referral.answer?.text },
    notes: mention.notes.map((note) => ({ text: note.text, by: note.by, atWords: words(note.at) })),
    url: mention.post.url !== undefined && isSafeLink(mention.post.url) ? mention.post.url : undefined,
    visibility: mention.post.visibility,
  };
}

/** The channel's own name where it has one, else its network. */
function channelNameWords(desk: Desk, mention: Mention): string {
  return channelOf(desk.config, mention.channel)?.name ?? placeWords(desk.config, mention.channel);
}

function dueState(desk: Desk, mention: Mention, now: number): MentionView['dueState'] {
  if (mention.backlog || mention.status === 'answered' || mention.status === 'closed') return 'none';
  if (mention.target.dueAt < now) return 'overdue';
  return desk.inbox.groupOf(mention) === 'dueSoon' ? 'soon' : 'later';
}

function contactView(desk: Desk, mention: Mention, now: number): ContactView {
  return {
    mentionId: mention.id,
    at: mention.post.postedAt,
    atWords: timeWords(mention.post.postedAt, now, desk.config.institution.timeZone, desk.language),
    text: messageStart(mention, 200),
    statusWords: statusWords(mention.status),
    channel: channelNameWords(desk, mention),
  };
}

function templateOption({ template, reasons, words }: RankedTemplate, language: string, domains: readonly string[]): TemplateOption {
  return {
    id: template.id,
    version: template.version,
    title: template.title[language] ?? Object.values(template.title)[0] ?? template.id,
    reason: reasonWords(reasons, words),
    languages: Object.keys(template.bodies),
    bodies: template.bodies,
    placeholders: template.placeholders,
    domains,
  };
}

function reasonWords(reasons: RankedTemplate['reasons'], words: readonly string[]): string {
  const parts = reasons.map((reason) => {
    switch (reason) {
      case 'topic': return l10n.t('by the topic');
      case 'words': return words.length === 0 ? l10n.t('by the words') : l10n.t('by the words: {0}', words.slice(0, 3).map((word) => oneLine(word, 20)).join(', '));
      case 'kind': return l10n.t('by what is asked');
      case 'sentiment': return l10n.t('by the tone');
      case 'used': return l10n.t('used in similar cases');
      case 'language': return undefined;
    }
  });
  return parts.filter((part) => part !== undefined).join(', ');
}

export function draftView(draft: Pick<Draft, 'text' | 'template' | 'values' | 'private' | 'again'> | undefined): DraftView {
  return {
    text: draft?.text ?? '',
    template: draft?.template,
    values: draft?.values ?? {},
    private: draft?.private ?? false,
    again: draft?.again,
  };
}

/** What an earlier window or a crash left behind. */
function storedPhase(mention: Mention, draft: Draft | undefined): SendPhase {
  const given = toBeGiven(mention);
  if (given !== undefined) return { name: 'giving', replyId: given.id, text: visibleText(given.text), message: given.state === 'intended' ? l10n.t('Give this answer to the citizen, then say here whether it was given.') : l10n.t('This answer was copied, and the desk closed before anybody said whether it was given. Say it here.') };
  const unsettled = mention.replies.find(({ state }) => state === 'unsettled');
  if (unsettled !== undefined) return { name: 'unsettled', replyId: unsettled.id, message: l10n.t('It is not known whether the answer arrived. Look at the conversation on the network, then say here what you found.') };
  return draft?.failure === undefined ? { name: 'idle' } : { name: 'failed', message: draft.failure };
}

function canSend(mention: Mention, draft: Pick<Draft, 'again'> | undefined): boolean {
  if (mention.status === 'closed' || mention.deletedAt !== undefined) return false;
  if (mention.replies.some(({ state }) => state === 'unsettled' || state === 'intended')) return false;
  return draft?.again !== undefined || !mention.replies.some(({ state }) => state === 'sent');
}

function isAnswered(mention: Mention): boolean {
  return mention.answeredElsewhereAt !== undefined || mention.replies.some(({ state }) => state === 'sent');
}

function initialsOf(name: string): string {
  const letters = name.split(/\s+/u).flatMap((word) => /[\p{L}\p{N}]/u.exec(word)?.[0] ?? []);
  return letters.slice(0, 2).join('').toUpperCase();
}
