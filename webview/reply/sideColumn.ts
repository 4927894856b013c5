import * as l10n from '@vscode/l10n';
import { type ContactView, type EvidenceView, type MentionView } from '../../src/protocol/replyPanel';
import { type SentimentLabel } from '../../src/core/sentiment';
import { element, type Child } from '../ui/element';
import { hostileText, isolated } from '../ui/hostileText';
import { icon } from '../ui/icon';
import { numbers, type Numbers } from '../ui/numbers';
import { drawnPart, section, type Part } from '../ui/part';
import { quietButton } from '../ui/toolkit';
import { timeline } from './timeline';
import { type PageState } from './pageState';
import { type ReplyPage } from './replyPage';

/** So many earlier contacts are listed before "show all". */
const firstContacts = 5;

/** Who the citizen is to the desk: earlier contacts, the case, how the message reads, notes and what a unit was asked. */
export function sideColumn(page: ReplyPage): Part<PageState> {
  const frame = element('div', { class: 'side-facts' });
  let all: string | undefined;
  const part: Part<PageState> = drawnPart(
    frame,
    ({ panel, language }) => ({ mention: panel.mention, contacts: panel.earlierContacts, language, now: panel.conversation.find((post) => post.focused)?.at ?? panel.now, all: all === panel.mention.id }),
    (slice) => [
      citizen(slice.mention, slice.contacts, slice.now, slice.all, page, () => {
        all = slice.mention.id;
        part.update(page.state);
      }),
      sentiment(slice.mention, slice.language, page),
      referral(slice.mention, page),
      notes(slice.mention),
    ],
  );
  return part;
}

function citizen(mention: MentionView, contacts: readonly ContactView[], now: number, all: boolean, page: ReplyPage, showAll: () => void): HTMLElement {
  const channels = new Set([...contacts.map((contact) => contact.channel), mention.channel]).size;
  const total = contacts.length + 1;
  const shown = all ? contacts : contacts.slice(0, firstContacts);
  return section(
    l10n.t('Citizen'),
    'citizen',
    element(
      'dl',
      { class: 'facts' },
      ...fact(l10n.t('Contacts'), contacts.length === 0 ? l10n.t('the first') : channels > 1 ? l10n.t('{0} on {1} channels', total, channels) : String(total)),
      ...fact(l10n.t('Case'), mention.caseNumber === undefined ? element('span', { class: 'quiet-text' }, l10n.t('none')) : isolated(mention.caseNumber)),
    ),
    contacts.length > 0 && timeline(contacts, now),
    contacts.length > 0 &&
      element(
        'ol',
        { class: 'contacts', attributes: { 'aria-label': l10n.t('Earlier contacts') } },
        ...shown.map((contact) =>
          element(
            'li',
            {},
            element(
              'button',
              { class: 'contact', key: `contact ${contact.mentionId}`, attributes: { type: 'button' }, on: { click: () => void page.do('mention/show', { mentionId: contact.mentionId }) } },
              element('span', { class: 'contact-head' }, element('span', {}, contact.atWords), ' ', element('span', { class: 'quiet-text' }, contact.statusWords)),
              ' ',
              element('span', { class: 'contact-text' }, isolated(contact.text)),
            ),
          ),
        ),
      ),
    shown.length < contacts.length && quietButton(l10n.t('Show all {0}', contacts.length), { key: 'allContacts', class: 'link', onClick: showAll }),
  );
}

function sentiment(mention: MentionView, language: string, page: ReplyPage): HTMLElement {
  const words = numbers(language);
  const { sentiment: found } = mention;
  const unsure = found.unsure === true;
  return section(
    l10n.t('How it reads'),
    'sentiment',
    element(
      'p',
      { class: `sentiment-label ${unsure ? 'unsure' : found.label}` },
      icon(unsure ? 'unsure' : found.label),
      element('span', { class: 'sentiment-words' }, found.words),
      !unsure && (found.corrected || found.evidence.length > 0) && element('span', { class: 'quiet-text' }, found.corrected ? l10n.t('corrected by a person') : l10n.t('{0} % sure', found.confidence)),
    ),
    ...(unsure ? bothSides(found.evidence, words) : [evidenceList(found.evidence, words, l10n.t('Words that weighed'))]),
    found.evidence.length === 0 && element('p', { class: 'quiet-text' }, found.silence ?? l10n.t('No word of it weighs either way.')),
    (mention.findings ?? []).length > 0 &&
      element('ul', { class: 'finding-list', attributes: { 'aria-label': l10n.t('What the rules found') } }, ...(mention.findings ?? []).map((line) => element('li', {}, isolated(line)))),
    element(
      'p',
      { class: 'correct-sentiment', attributes: { role: 'group', 'aria-label': l10n.t('Say how the message really reads') } },
      element('span', { class: 'quiet-text' }, unsure ? l10n.t('It is:') : l10n.t('Not so? It is')),
      ...corrections(unsure ? undefined : found.label).flatMap(([label, words]) => [' ', quietButton(words, { key: `correctSentiment ${label}`, class: 'link', onClick: () => void page.do('sentiment/correct', { label }) })]),
    ),
    element('p', {}, quietButton(l10n.t('Why?'), { key: 'why', class: 'link', title: l10n.t('Why the desk shows the message as it does'), onClick: () => void page.do('mention/why', {}) })),
  );
}

/** Where the desk is not sure: what speaks for each side, or that nothing does. */
function bothSides(evidence: readonly EvidenceView[], words: Numbers): readonly Child[] {
  if (evidence.length === 0) return [];
  const side = (title: string, own: readonly EvidenceView[]): readonly Child[] => [
    element('h3', { class: 'side-title' }, title),
    own.length === 0 ? element('p', { class: 'quiet-text' }, l10n.t('nothing')) : evidenceList(own, words, title),
  ];
  return [
    element('p', { class: 'quiet-text' }, l10n.t('Neither side clearly weighs more. It is ranked no lower for that.')),
    ...side(l10n.t('For negative'), evidence.filter(({ weight }) => weight < 0)),
    ...side(l10n.t('For positive'), evidence.filter(({ weight }) => weight > 0)),
  ];
}

function evidenceList(evidence: readonly EvidenceView[], words: Numbers, name: string): Child {
  if (evidence.length === 0) return undefined;
  return element(
    'ul',
    { class: 'evidence-list', attributes: { 'aria-label': name } },
    ...evidence.map((each) => element('li', {}, isolated(each.text), ' ', element('span', { class: `weight ${each.weight < 0 ? 'negative' : 'positive'}` }, words.weight(each.weight)))),
  );
}

/** The labels that it does not have now, with their words; `undefined`: it has none. */
function corrections(label: SentimentLabel | undefined): readonly (readonly [SentimentLabel, string])[] {
  const all: readonly (readonly [SentimentLabel, string])[] = [['negative', l10n.t('negative')], ['neutral', l10n.t('neutral')], ['positive', l10n.t('positive')]];
  return all.filter(([other]) => other !== label);
}

function referral(mention: MentionView, page: ReplyPage): Child {
  const { referral: asked } = mention;
  if (asked === undefined) return undefined;
  return section(
    l10n.t('Asked of a unit'),
    'referral',
    element('p', {}, element('strong', {}, isolated(asked.unit)), ' ', element('span', { class: 'quiet-text' }, asked.atWords)),
    asked.note !== '' && element('p', { class: 'text' }, ...hostileText(asked.note)),
    asked.answer === undefined
      ? element('p', { class: 'quiet-text' }, l10n.t('No answer yet. The citizen’s time keeps running.'), ' ', quietButton(l10n.t('Record the answer…'), { key: 'sideUnitAnswer', class: 'link', onClick: () => void page.do('mention/unitAnswer', {}) }))
      : element('p', { class: 'text unit-answer' }, element('span', { class: 'unseen' }, l10n.t('The unit’s answer: ')), ...hostileText(asked.answer)),
  );
}

function notes(mention: MentionView): Child {
  if (mention.notes.length === 0) return undefined;
  return section(
    l10n.t('Notes, never sent'),
    'notes',
    element('ul', {}, ...mention.notes.map((note) => element('li', {}, element('p', { class: 'text' }, ...hostileText(note.text)), element('p', { class: 'quiet-text' }, isolated(note.by), ', ', note.atWords)))),
  );
}

function fact(name: string, value: Child): readonly HTMLElement[] {
  return [element('dt', {}, name), element('dd', {}, value)];
}
