import { type AuditJson } from '../core/audit';
import { MomentosError } from '../core/errors';
import { handChannel } from '../core/handChannels';
import { localId } from '../core/localId';
import { type IncomingPost, type Mention, type Reply } from '../core/mention';
import { officialDomains } from '../core/norm/norms';
import { type InboxTransaction } from '../core/ports';
import { type Template } from '../core/template';
import { isFor, onNetwork } from '../core/templateForms';
import { fold, singleLine } from '../core/text/fold';
import { keptShare } from '../core/text/changes';
import { isCaseNumber } from '../core/text/placeholderValue';
import { render } from '../core/text/placeholders';
import { receive } from './arrival';
import { type DeskContext } from './context';
import { type Citizen, type DeskContacts, type GivenAnswer } from './contactsApi';
import { answerLanguage } from './knownValues';
import { settleWaiting } from './pullChannel';
import { readPosts } from './readPosts';
import { markSent } from './settle';

/** Longest text of a contact or of its answer, in UTF-16 units. */
const maxTextLength = 100_000;
const maxNameLength = 200;
/** Clocks of two people differ: what was noted so far ahead is still now, ms. */
const aheadMs = 60_000;

/** Scope of author ids of people whose words were written down by somebody at the desk: the same person by phone and at the counter is one. */
export const handAuthorScope = 'by-hand';

/** Contacts that reached the institution without a network: written down by a person, then mentions like any other. */
export function createContacts(context: DeskContext): DeskContacts {
  const { config, clock, random } = context;
  return {
    async record(contact) {
      const channel = handChannel(config, contact);
      const now = clock.now();
      const text = checkedText(contact.text, 'text');
      const at = checkedTime(contact.at, now, 'at');
      const caseNumber = checkedCase(contact.case);
      const answer = contact.answer === undefined ? undefined : await checkedAnswer(context, contact.answer, channel, at, now);
      const post: IncomingPost = {
        externalId: localId('n', random),
        author: authorOf(contact.citizen ?? {}, () => localId('a', random)),
        text,
        ...(contact.language === undefined ? {} : { language: contact.language }),
        postedAt: at,
        visibility: 'direct',
        media: [],
        mentions: [],
        own: false,
      };
      await context.inbox.refresh();
      const scored = (await readPosts(context, [post], { scope: handAuthorScope, conversationOf: () => joinedConversation(context, context.inbox, contact.conversation, caseNumber).conversation })).get(post.externalId);
      return context.inbox.update((transaction) => {
        const joined = joinedConversation(context, transaction, contact.conversation, caseNumber);
        const received = receive(context, transaction, channel.id, post, { conversation: joined.conversation, connectedAt: 0, by: context.operator, authorScope: handAuthorScope, medium: channel.medium, caseNumber: joined.caseNumber, scored });
        if (caseNumber !== undefined) nameCase(context, transaction, received, caseNumber);
        settleWaiting(context, transaction, received);
        const mention = transaction.get(received.id) ?? received;
        return answer === undefined ? mention : noteGiven(context, transaction, mention, answer);
      });
    },
  };
}

/** An answer that was given before it was noted, with what the desk knows of its words. */
export interface CheckedAnswer {
  readonly text: string;
  /** UTC ms. */
  readonly at: number;
  readonly template: Template | undefined;
  readonly language: string | undefined;
  readonly values: Readonly<Record<string, string>>;
  readonly origin: 'approved' | 'edited' | 'free';
  /** 0 to 1. */
  readonly kept: number;
}

/** A fact is noted as it is: no rule can refuse words that a citizen has heard already; the log says whose words they were. */
export async function checkedAnswer(context: DeskContext, answer: GivenAnswer, channel: { readonly id: string; readonly network: string }, contactAt: number, now: number): Promise<CheckedAnswer> {
  const text = checkedText(answer.text, 'answer');
  const at = checkedTime(answer.at, now, 'answerAt');
  if (at < contactAt) throw new MomentosError('contact.invalid', { reason: 'answerEarly' });
  const plain: CheckedAnswer = { text, at, template: undefined, language: answer.language, values: {}, origin: 'free', kept: 0 };
  if (answer.template === undefined) return plain;
  const { id, language } = answer.template;
  const found = (await context.templates.usable()).find((template) => template.id === id);
  if (found === undefined || !isFor(found, channel)) throw new MomentosError('reply.notApproved', { template: id });
  const template = onNetwork(found, channel.network);
  const body = template.bodies[language];
  if (body === undefined) throw new MomentosError('template.noLanguage', { id, language, languages: Object.keys(template.bodies) });
  const values = answer.values ?? {};
  const rendered = render(body, template.placeholders, values, { language, domains: officialDomains(context.config) }).text;
  const approved = rendered === text;
  return { text, at, template, language, values, origin: approved ? 'approved' : 'edited', kept: approved ? 1 : keptShare(rendered, text) };
}

/** `reply.intended` and `reply.sent` of an answer that was given already, in the transaction that notes the contact. */
export function noteGiven(context: DeskContext, transaction: InboxTransaction, mention: Mention, answer: CheckedAnswer): Mention {
  const { clock, operator, random } = context;
  const at = clock.now();
  const language = answer.language ?? answerLanguage(context.config, mention);
  const { template } = answer;
  const reply: Reply = {
    id: localId('r', random),
    state: 'intended',
    text: answer.text,
    visibility: mention.post.visibility,
    language,
    by: operator.name,
    intendedAt: at,
    byHand: true,
    ...(template === undefined ? {} : { template: { id: template.id, version: template.version } }),
  };
  const intended: Mention = { ...mention, replies: [...mention.replies, reply], revision: mention.revision + 1 };
  transaction.put(intended);
  const body: Record<string, AuditJson> = {
    mention: mention.id,
    conversation: mention.conversation,
    channel: mention.channel,
    key: reply.id,
    language,
    origin: answer.origin,
    kept: Math.round(answer.kept * 1000),
    confirmed: [],
    private: false,
    visibility: reply.visibility,
    givenBefore: true,
    ...(template === undefined ? {} : { template: template.id, version: template.version, contentHash: template.contentHash }),
  };
  transaction.audit({ kind: 'reply.intended', at, actor: operator, subject: reply.id, body, values: { text: reply.text, ...(Object.keys(answer.values).length === 0 ? {} : { values: answer.values }) } });
  return markSent(context, transaction, intended, reply, { externalId: undefined, url: undefined, sentAt: answer.at, confirmedAt: at }, undefined).mention;
}

/** Who spoke: the same handle, else the same name, is the same person; without either it is somebody new each time. */
export function authorOf({ handle, name }: Citizen, somebody: () => string): IncomingPost['author'] {
  const given = { handle: cleaned(handle).replace(/^@/u, ''), name: cleaned(name) };
  const id = given.handle !== '' ? `handle ${fold(given.handle)}` : given.name !== '' ? `name ${fold(given.name)}` : `nobody ${somebody()}`;
  return { id, ...given, plain: true };
}

function cleaned(text: string | undefined): string {
  return singleLine(text ?? '').normalize('NFC').slice(0, maxNameLength);
}

/** Errors: `contact.invalid`. */
export function checkedText(text: string, field: 'text' | 'answer'): string {
  const clean = text.normalize('NFC').replace(/\r\n?/gu, '\n').replaceAll('\u0000', '').trim();
  if (clean === '') throw new MomentosError('contact.invalid', { reason: field === 'text' ? 'empty' : 'answerEmpty' });
  if (clean.length > maxTextLength) throw new MomentosError('contact.invalid', { reason: 'tooLong', max: maxTextLength });
  return clean;
}

/** UTC ms, whole; a moment ahead of our clock counts as now. Errors: `contact.invalid`. */
export function checkedTime(at: number, now: number, field: 'at' | 'answerAt'): number {
  if (!Number.isFinite(at) || at < 0) throw new MomentosError('contact.invalid', { reason: 'time' });
  if (at > now + aheadMs) throw new MomentosError('contact.invalid', { reason: field === 'at' ? 'future' : 'answerFuture' });
  return Math.min(Math.round(at), now);
}

/** Errors: `case.invalid`. */
function checkedCase(text: string | undefined): string | undefined {
  const wanted = text?.trim() ?? '';
  if (wanted === '') return undefined;
  if (!isCaseNumber(wanted)) throw new MomentosError('case.invalid', { case: wanted.slice(0, 60) });
  return wanted;
}

/** The conversation that was named (by a mention of it), else the newest one with the case number; with the case number that it has already. */
export function joinedConversation(context: DeskContext, transaction: Pick<InboxTransaction, 'get' | 'conversation'>, named: string | undefined, caseNumber: string | undefined): { readonly conversation: string | undefined; readonly caseNumber: string | undefined } {
  if (named !== undefined) {
    const conversation = transaction.get(named)?.conversation ?? named;
    const others = transaction.conversation(conversation);
    if (others.length === 0) throw new MomentosError('mention.notFound', { id: named });
    return { conversation, caseNumber: others.find((other) => other.caseNumber !== undefined)?.caseNumber };
  }
  if (caseNumber === undefined) return { conversation: undefined, caseNumber: undefined };
  let newest: Mention | undefined;
  for (const mention of context.inbox.all()) {
    if (mention.caseNumber !== undefined && fold(mention.caseNumber) === fold(caseNumber) && (newest === undefined || mention.post.postedAt > newest.post.postedAt)) newest = mention;
  }
  return { conversation: newest?.conversation, caseNumber: newest?.caseNumber };
}

/** The case number on the whole conversation, as `setCase` would. */
function nameCase(context: DeskContext, transaction: InboxTransaction, received: Mention, caseNumber: string): void {
  for (const mention of transaction.conversation(received.conversation)) {
    if (mention.caseNumber === caseNumber) continue;
    transaction.put({ ...mention, caseNumber, revision: mention.revision + 1 });
    transaction.audit({ kind: 'mention.caseSet', at: context.clock.now(), actor: context.operator, subject: mention.id, body: { set: true }, values: { case: caseNumber } });
  }
}
