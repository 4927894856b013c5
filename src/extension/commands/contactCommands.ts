import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type Clock } from '../../core/clock';
import { asMomentosError } from '../../core/errors';
import { everyChannel } from '../../core/handChannels';
import { isCaseNumber } from '../../core/text/placeholderValue';
import { parseCitizen } from '../../desk/citizenWords';
import { type GivenAnswer } from '../../desk/contactsApi';
import { parseContactTime, writtenTime } from '../../desk/contactTime';
import { type Desk } from '../../desk/deskApi';
import { sentence } from '../../desk/sentences';
import { channelWords, mediumWords, nameWords } from '../../desk/words';
import { askOne, askText, type Choice } from '../ask';
import { type Deeds } from '../deeds';
import { type DeskSession } from '../deskSession';
import { commands } from '../ids';
import { plainNotice } from '../safeText';
import { type MentionSources } from './meantMentions';

export interface ContactCommandParts extends MentionSources {
  readonly session: DeskSession;
  readonly clock: Clock;
}

/** Notes what came without a network: by phone, at the counter, by letter. */
export function registerContactCommands(deeds: Deeds, parts: ContactCommandParts): vscode.Disposable {
  return deeds.register(commands.contactRecord, () => recordContact(parts));
}

/** One question after the other; whoever lets one be notes nothing. */
async function recordContact({ session, clock, panels, inbox }: ContactCommandParts): Promise<void> {
  const desk = await session.use();
  const { timeZone } = desk.config.institution;
  const step = (number: number): string => l10n.t('Record a Contact ({0}/6)', number);

  const channel = await askOne(step(1), channelChoices(desk), l10n.t('How did the citizen come?'));
  if (channel === undefined) return;
  const began = clock.now();
  const at = await askTime(step(2), l10n.t('When did the citizen speak? A time (10:30), how long ago (15m, 2h) or a date (2026-03-14 08:30).'), began, timeZone, clock);
  if (at === undefined) return;
  const who = await askText({ title: step(3), prompt: l10n.t('Who? A name, a number or an address; both as: María Pérez <809 555 0101>. Empty: nobody is named.') });
  if (who === undefined) return;
  const text = await askText({ title: step(4), prompt: l10n.t('What did the citizen say?'), required: true });
  if (text === undefined) return;
  const caseNumber = await askText({
    title: step(5),
    prompt: l10n.t('Case number, if there is one: the contact joins its conversation. Empty: none.'),
    check: (words) => (words === '' || isCaseNumber(words) ? undefined : l10n.t('Use up to 40 letters, digits, dots, slashes and hyphens.')),
  });
  if (caseNumber === undefined) return;
  const then = await askOne<'later' | 'now' | 'given'>(step(6), [
    { label: l10n.t('$(clock) Not yet; somebody answers later'), value: 'later' },
    { label: l10n.t('$(reply) Not yet; I write the answer now'), value: 'now' },
    { label: l10n.t('$(check) Yes, it was answered on the spot'), value: 'given' },
  ], l10n.t('Has it been answered?'));
  if (then === undefined) return;
  const answer = then === 'given' ? await askAnswer(step(6), at, timeZone, clock) : undefined;
  if (then === 'given' && answer === undefined) return;

  const mention = await desk.contacts.record({ channel, at, citizen: parseCitizen(who), text, ...(caseNumber === '' ? {} : { case: caseNumber }), ...(answer === undefined ? {} : { answer }) });
  if (then === 'now') {
    await panels.open(mention.id);
    return;
  }
  const name = nameWords(mention.post.author);
  const said = answer === undefined ? l10n.t('Noted: {0}, {1}. The target runs from the moment of the contact.', channelWords(desk.config, channel), name) : l10n.t('Noted with its answer: {0}, {1}.', channelWords(desk.config, channel), name);
  const show = l10n.t('Show');
  void vscode.window.showInformationMessage(plainNotice(said), show).then((item) => (item === show ? panels.open(mention.id) : undefined));
  if (answer === undefined) await inbox.select(mention.id);
}

async function askAnswer(title: string, contactAt: number, timeZone: string, clock: Clock): Promise<GivenAnswer | undefined> {
  const text = await askText({ title, prompt: l10n.t('What was answered?'), required: true });
  if (text === undefined) return undefined;
  const at = await askTime(title, l10n.t('When was it answered?'), contactAt, timeZone, clock, contactAt);
  return at === undefined ? undefined : { text, at };
}

/** A moment that has passed; UTC ms. `offered` stands in the box. */
async function askTime(title: string, prompt: string, offered: number, timeZone: string, clock: Clock, notBefore = 0): Promise<number | undefined> {
  const value = writtenTime(offered, timeZone);
  const read = (text: string): number => (text === value ? offered : parseContactTime(text, clock.now(), timeZone));
  const text = await askText({
    title,
    prompt,
    value,
    check: (words) => {
      try {
        const at = read(words);
        if (at > clock.now()) return l10n.t('That time has not come yet.');
        return at < notBefore ? l10n.t('That is before the contact.') : undefined;
      } catch (thrown) {
        return sentence(asMomentosError(thrown));
      }
    },
  });
  return text === undefined ? undefined : read(text);
}

function channelChoices(desk: Desk): readonly Choice<string>[] {
  return everyChannel(desk.config).flatMap((channel): readonly Choice<string>[] => {
    if (channel.network !== 'by-hand') return [];
    const label = plainNotice(channelWords(desk.config, channel.id), 60);
    const medium = mediumWords(channel.medium);
    return [{ label: `$(${mediumIcons[channel.medium]}) ${label}`, ...(label === medium ? {} : { description: medium }), value: channel.id }];
  });
}

const mediumIcons = { phone: 'call-outgoing', counter: 'person', letter: 'mail', email: 'inbox', whatsapp: 'comment-discussion', form: 'note', other: 'ellipsis' } as const;
