import * as l10n from '@vscode/l10n';
import { DateTime } from 'luxon';
import { weekdaysOf } from '../core/officeHours';
import { type ContactMedium, type DeskConfig, isNetworkChannel } from '../core/config';
import { channelOf } from '../core/handChannels';
import { type CloseReason, type Mention, type MentionStatus, type Priority, type ReplyState, type Visibility } from '../core/mention';
import { type AgreementFigures } from '../core/agreement';
import { type Mood } from '../core/mood';
import { type SentimentLabel } from '../core/sentiment';
import { type MentionKind } from '../core/textReading';
import { type PersonalDataRule } from '../core/text/statedPersonalData';
import { type TemplateState, type TemplateStatus } from '../core/template';
import { type InboxGroup } from './deskApi';
import { type TemplateHistoryItem } from './reviewApi';

/** `42 min`, `3 h`, `5 d`: the largest unit that fits, rounded down. */
export function spanWords(ms: number): string {
  const minutes = Math.floor(Math.abs(ms) / 60_000);
  if (minutes < 60) return l10n.t('{0} min', minutes);
  if (minutes < 48 * 60) return l10n.t('{0} h', Math.floor(minutes / 60));
  return l10n.t('{0} d', Math.floor(minutes / 1_440));
}

/** What is left until the target, as a label: `12 min`, `−42 min`; undefined when the clock no longer runs or never did. */
export function timeLeftWords(mention: Mention, now: number): string | undefined {
  if (mention.backlog || mention.status === 'answered' || mention.status === 'closed') return undefined;
  const left = mention.target.dueAt - now;
  return left < 0 ? `−${spanWords(left)}` : spanWords(left);
}

/** As a sentence for the header of the panel. */
export function dueWords(mention: Mention, now: number): string {
  if (mention.status === 'answered') return l10n.t('answered');
  if (mention.status === 'closed') return l10n.t('closed');
  if (mention.backlog) return l10n.t('posted before the desk was connected');
  const left = mention.target.dueAt - now;
  return left < 0 ? l10n.t('overdue by {0}', spanWords(left)) : l10n.t('answer in {0}', spanWords(left));
}

export function targetWords(mention: Mention): string {
  const span = spanWords(mention.target.allowedMs);
  const priority = priorityWords(mention.target.priority);
  return mention.target.officeHours ? l10n.t('target: {0} of office time, {1}', span, priority) : l10n.t('target: {0}, {1}', span, priority);
}

export function priorityWords(priority: Priority): string {
  switch (priority) {
    case 'urgent': return l10n.t('urgent');
    case 'high': return l10n.t('high');
    case 'normal': return l10n.t('normal');
    case 'low': return l10n.t('low');
  }
}

/** What a text is, as a word within a sentence. */
export function kindWords(kind: MentionKind): string {
  switch (kind) {
    case 'question': return l10n.t('question');
    case 'request': return l10n.t('request');
    case 'complaint': return l10n.t('complaint');
    case 'praise': return l10n.t('praise');
    case 'informationRequest': return l10n.t('request for public information');
    case 'spam': return l10n.t('advertising');
    case 'abuse': return l10n.t('insult');
  }
}

/** How often people agreed with the scorer, on one line. */
export function agreementWords({ language, week, seen, corrected }: AgreementFigures, own: string): string {
  const name = language === 'other' ? l10n.t('other languages') : languageWords(language, own);
  const [year = '', number = ''] = week.split('-W');
  return l10n.t('Week {0} of {1}, {2}: {3} % agreement on sentiment (looked at: {4}, corrected: {5})', Number(number), year, name, Math.round((100 * (seen - corrected)) / seen), seen, corrected);
}

/** What a datum about a person is called. */
export function personalDataWords(rule: PersonalDataRule): string {
  switch (rule) {
    case 'cedula': return l10n.t('Dominican identity number');
    case 'curp': return 'CURP';
    case 'rfc': return 'RFC';
    case 'dni': return 'DNI/NIE';
    case 'rut': return 'RUT';
    case 'cpf': return 'CPF';
    case 'nir': return 'NIR';
    case 'cuit': return 'CUIT/CUIL';
    case 'ssn': return l10n.t('social security number');
    case 'iban': return l10n.t('bank account');
    case 'card': return l10n.t('payment card');
    case 'phone': return l10n.t('telephone number');
    case 'email': return l10n.t('e-mail address');
    case 'passport': return l10n.t('passport number');
    case 'document': return l10n.t('identity document');
    case 'birthDate': return l10n.t('date of birth');
    case 'address': return l10n.t('home address');
  }
}

/** Why this priority, for a rule's name. */
export function priorityReasonWords(reason: string): string {
  switch (reason) {
    case 'danger': return l10n.t('words of danger');
    case 'fire': return l10n.t('fire or smoke');
    case 'gas': return l10n.t('a leak of gas');
    case 'electricity': return l10n.t('dangerous cables');
    case 'collapse': return l10n.t('something collapses');
    case 'flood': return l10n.t('a flood');
    case 'injury': return l10n.t('somebody is hurt');
    case 'illness': return l10n.t('a life is at risk');
    case 'frail': return l10n.t('somebody frail without power or water');
    case 'suicide': return l10n.t('somebody does not want to live');
    case 'violence': return l10n.t('violence or threats');
    case 'missing': return l10n.t('somebody is missing');
    case 'away': return l10n.t('somebody is not where they should be');
    case 'animal': return l10n.t('a dangerous animal');
    case 'trapped': return l10n.t('somebody cannot get out');
    case 'signs': return l10n.t('several signs of danger');
    case 'emergency': return l10n.t('a call for help');
    case 'longOutage': return l10n.t('a service has been down for long');
    case 'outage': return l10n.t('a service is down');
    case 'deadline': return l10n.t('a deadline is near');
    case 'money': return l10n.t('a charge or a bribe is reported');
    case 'informationRequest': return l10n.t('asks for public information');
    case 'spam': return l10n.t('reads like spam');
    case 'negative': return l10n.t('clearly negative');
    default: return reason.startsWith('topic:') ? l10n.t('topic {0}', reason.slice(6)) : reason;
  }
}

export function statusWords(status: MentionStatus): string {
  switch (status) {
    case 'open': return l10n.t('open');
    case 'claimed': return l10n.t('claimed');
    case 'referred': return l10n.t('waiting for a unit');
    case 'waiting': return l10n.t('waiting for the citizen');
    case 'snoozed': return l10n.t('snoozed');
    case 'answered': return l10n.t('answered');
    case 'closed': return l10n.t('closed');
  }
}

export function groupWords(group: InboxGroup): string {
  switch (group) {
    case 'overdue': return l10n.t('Overdue');
    case 'dueSoon': return l10n.t('Due soon');
    case 'waitingApproval': return l10n.t('Waiting for approval');
    case 'open': return l10n.t('Open');
    case 'waitingUnit': return l10n.t('Waiting for a unit');
    case 'waitingCitizen': return l10n.t('Waiting for the citizen');
    case 'snoozed': return l10n.t('Snoozed');
    case 'answeredToday': return l10n.t('Answered today');
  }
}

export function sentimentWords(label: SentimentLabel): string {
  switch (label) {
    case 'negative': return l10n.t('negative');
    case 'neutral': return l10n.t('neutral');
    case 'positive': return l10n.t('positive');
  }
}

/** How a text sounds, or that the desk does not say. */
export function moodWords(mood: Mood): string {
  return mood === 'unsure' ? l10n.t('uncertain') : sentimentWords(mood);
}

/** Why no word of a text speaks for a side; undefined = one does. */
export function silenceWords({ sentiment, unscored, language }: Pick<Mention, 'sentiment' | 'unscored' | 'language'>): string | undefined {
  if (unscored === true) return l10n.t('The desk could not read its words when it came; it will do so by itself.');
  if (language === 'other') return l10n.t('The language of the text is none that the desk reads.');
  return sentiment.evidence.length === 0 ? l10n.t('No word of it weighs either way.') : undefined;
}

export function visibilityWords(visibility: Visibility): string {
  switch (visibility) {
    case 'public': return l10n.t('public');
    case 'unlisted': return l10n.t('public, not listed');
    case 'private': return l10n.t('followers only');
    case 'direct': return l10n.t('private message');
  }
}

/** Where an answer with this visibility will stand, and who will see it. */
export function audienceWords(visibility: Visibility, handle: string, place: string): string {
  switch (visibility) {
    case 'public': return l10n.t('It will stand under the message on {0}, where everyone sees it.', place);
    case 'unlisted': return l10n.t('It will stand under the message on {0}; whoever opens the conversation sees it.', place);
    case 'private': return l10n.t('It will stand under the message on {0}; only followers and the people named in it see it.', place);
    case 'direct': return l10n.t('On {0} only @{1} and the people named in it will see it.', place, handle);
  }
}

export function closeReasonWords(reason: CloseReason): string {
  switch (reason) {
    case 'noAnswerNeeded': return l10n.t('No answer needed');
    case 'spam': return l10n.t('Spam');
    case 'abuse': return l10n.t('Abuse');
    case 'duplicate': return l10n.t('Duplicate');
    case 'answeredElsewhere': return l10n.t('Answered elsewhere');
    case 'deletedByAuthor': return l10n.t('Deleted by its author');
    case 'notForUs': return l10n.t('Not for this institution');
  }
}

export function replyStateWords(state: ReplyState): string {
  switch (state) {
    case 'intended': return l10n.t('being sent');
    case 'sent': return l10n.t('sent');
    case 'failed': return l10n.t('not sent');
    case 'unsettled': return l10n.t('check whether it was sent');
    case 'withdrawn': return l10n.t('withdrawn');
  }
}

/** The state of an answer that a person gives. */
export function givenStateWords(state: ReplyState): string {
  switch (state) {
    case 'intended': return l10n.t('to be given');
    case 'sent': return l10n.t('given');
    case 'failed': return l10n.t('not given');
    case 'unsettled': return l10n.t('say whether it was given');
    case 'withdrawn': return l10n.t('withdrawn');
  }
}

/** The state of one template, within a line. */
export function templateStateWords(state: TemplateState): string {
  switch (state) {
    case 'draft': return l10n.t('draft');
    case 'inReview': return l10n.t('in review');
    case 'approved': return l10n.t('approved');
    case 'rejected': return l10n.t('rejected');
    case 'withdrawn': return l10n.t('withdrawn');
    case 'expired': return l10n.t('expired');
  }
}

/** The state of one template as it is known, within a line: what is missing of signatures too. */
export function templateStatusWords(status: TemplateStatus): string {
  if (status.unsigned === true) return l10n.t('approved without signature');
  const words = templateStateWords(status.state);
  return status.signatures === undefined || status.state !== 'inReview' ? words : l10n.t('{0}, {1} of {2} signatures', words, status.signatures.given, status.signatures.needed);
}

/** The heading of the templates in one state. */
export function templateGroupWords(state: TemplateState): string {
  switch (state) {
    case 'draft': return l10n.t('Drafts');
    case 'inReview': return l10n.t('In review');
    case 'approved': return l10n.t('Approved');
    case 'rejected': return l10n.t('Rejected');
    case 'withdrawn': return l10n.t('Withdrawn');
    case 'expired': return l10n.t('Expired');
  }
}

/** What happened to a template, by whom; the reason or the text of a comment stands beside it. */
export function templateStepWords({ kind, version, by: name }: TemplateHistoryItem): string {
  const by = name === 'desk' ? l10n.t('the desk itself') : name;
  switch (kind) {
    case 'template.proposed': return l10n.t('Version {0} proposed by {1}', version, by);
    case 'template.approved': return l10n.t('Version {0} approved by {1}', version, by);
    case 'template.rejected': return l10n.t('Version {0} rejected by {1}', version, by);
    case 'template.withdrawn': return l10n.t('Version {0} withdrawn by {1}', version, by);
    case 'template.commented': return l10n.t('{1} on version {0}', version, by);
  }
}

/** The name of a language by its code, in the language of the interface. */
export function languageWords(code: string, language: string): string {
  try {
    return new Intl.DisplayNames([language], { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** What an author is called; a contact by hand may have no name. */
export function nameWords(author: { readonly name: string; readonly handle: string }): string {
  return author.name || author.handle || l10n.t('no name');
}

/** An author's account as it is shown beside the name; '' where there is none. */
export function handleWords(author: { readonly handle: string; readonly plain?: boolean | undefined }): string {
  return author.handle === '' || author.plain === true ? author.handle : `@${author.handle}`;
}

/** The name of a channel, by its id, as people read it everywhere; the id itself where nothing is known of it. */
export function channelWords(config: Pick<DeskConfig, 'channels'>, id: string): string {
  const channel = channelOf(config, id);
  if (channel === undefined) return id;
  return channel.name ?? (isNetworkChannel(channel) ? `${networkWords(channel.network)} (${channel.account})` : mediumWords(channel.medium));
}

/** Where a message was written, in short: the network, or by hand the channel itself. */
export function placeWords(config: Pick<DeskConfig, 'channels'>, id: string): string {
  const channel = channelOf(config, id);
  return channel === undefined || !isNetworkChannel(channel) ? channelWords(config, id) : networkWords(channel.network);
}

/** How a contact that was recorded by hand came. */
export function mediumWords(medium: ContactMedium): string {
  switch (medium) {
    case 'phone': return l10n.t('Telephone');
    case 'counter': return l10n.t('Counter');
    case 'letter': return l10n.t('Letter');
    case 'email': return l10n.t('E-mail');
    case 'whatsapp': return 'WhatsApp';
    case 'form': return l10n.t('Form');
    case 'other': return l10n.t('Other contact');
  }
}

export function networkWords(network: string): string {
  switch (network) {
    case 'mastodon': return 'Mastodon';
    case 'bluesky': return 'Bluesky';
    case 'x': return 'X';
    case 'inbox-api': return l10n.t('Inbox API');
    case 'by-hand': return l10n.t('Recorded by hand');
    default: return network;
  }
}

/** `10:02` today, `yesterday 10:02`, else `18 nov 10:02`, in the institution's time zone. */
export function timeWords(at: number, now: number, timeZone: string, language: string): string {
  const then = DateTime.fromMillis(at, { zone: timeZone, locale: language });
  const today = DateTime.fromMillis(now, { zone: timeZone }).startOf('day');
  const clock = then.toFormat('HH:mm');
  const days = Math.round(today.diff(then.startOf('day'), 'days').days);
  if (days === 0) return l10n.t('today {0}', clock);
  if (days === 1) return l10n.t('yesterday {0}', clock);
  return then.toFormat(then.year === today.year ? 'd LLL HH:mm' : 'd LLL yyyy HH:mm');
}

/** `22 November 2026`, in the zone: where the year counts, and the hour does not. */
export function dayWords(at: number, zone: string, language: string): string {
  return DateTime.fromMillis(at, { zone, locale: language }).toLocaleString(DateTime.DATE_FULL);
}

/** Office hours for a template: `de lunes a viernes, de 8:00 a. m. a 4:00 p. m.`; undefined when none are configured. Any of our template languages. */
export function officeHoursWords(config: DeskConfig, language: string): string | undefined {
  const entries = Object.entries(config.officeHours ?? {}).filter(([, spans]) => spans.length > 0);
  if (entries.length === 0) return undefined;
  const spanish = language === 'es';
  const and = spanish ? ' y ' : ' and ';
  const parts = entries.map(([days, spans]) => {
    const list = weekdaysOf(days);
    const names = list.map((day) => DateTime.fromObject({ weekday: day as 1 }, { locale: spanish ? 'es' : 'en' }).toFormat('cccc'));
    const dayPart =
      list.length === 1 ? (spanish ? `los ${names[0] ?? ''}` : `on ${names[0] ?? ''}`) : spanish ? `de ${names[0] ?? ''} a ${names.at(-1) ?? ''}` : `${names[0] ?? ''} to ${names.at(-1) ?? ''}`;
    const hours = spans.map((span) => {
      const [from = '', to = ''] = span.split('-').map((time) => clockWords(time, spanish));
      return spanish ? `de ${from} a ${to}` : `from ${from} to ${to}`;
    });
    return `${dayPart}, ${hours.join(and)}`;
  });
  return parts.join(spanish ? ' y ' : ' and ');
}

function clockWords(time: string, spanish: boolean): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const half = hour % 24 < 12 ? (spanish ? 'a. m.' : 'a.m.') : spanish ? 'p. m.' : 'p.m.';
  return `${hour % 12 === 0 ? 12 : hour % 12}:${String(minute).padStart(2, '0')} ${half}`;
}
