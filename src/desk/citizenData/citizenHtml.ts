import { createHash } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import { DateTime } from 'luxon';
import { type DeskConfig } from '../../core/config';
import { type SentimentLabel } from '../../core/sentiment';
import { channelWords, closeReasonWords, givenStateWords, handleWords, languageWords, nameWords, priorityWords, replyStateWords, sentimentWords, statusWords, visibilityWords } from '../words';
import { citizenStyle } from './citizenStyle';
import { entryWords, fieldWords } from './entryWords';
import { type CitizenAnswer, type CitizenLogEntry, type CitizenMention } from './citizenRecord';
import { type CitizenDataSource } from './citizenJson';
import { html } from './htmlText';

export interface PageOptions {
  readonly config: Pick<DeskConfig, 'channels' | 'institution' | 'units'>;
  readonly language: 'es' | 'en';
}

/** One page without script that loads nothing, to read and to print; the return value is the number of entries of the log. */
export async function* citizenHtml(source: CitizenDataSource, options: PageOptions): AsyncGenerator<string, number> {
  const page = new CitizenPage(source, options);
  yield page.start();
  for (const mention of source.mentions) yield page.mention(mention);
  yield page.logStart();
  let count = 0;
  for await (const entry of source.entries()) {
    yield page.logRow(entry);
    count += 1;
  }
  yield page.end();
  return count;
}

class CitizenPage {
  /** Times at which data about this person were given out before. */
  private readonly given: CitizenLogEntry[] = [];
  private number = 0;

  constructor(
    private readonly source: CitizenDataSource,
    private readonly options: PageOptions,
  ) {}

  start(): string {
    const { head, mentions } = this.source;
    const title = l10n.t('Data about you at {0}', head.institution);
    const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(citizenStyle).digest('base64')}'; base-uri 'none'; form-action 'none'`;
    const people = [...new Map(mentions.map(({ author, channel }) => [`${channel} ${author.networkId}`, { author, channel }])).values()];
    return `<!DOCTYPE html>
<html lang="${this.options.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${html(title)}</title>
<style>${citizenStyle}</style>
</head>
<body>
<main>
<h1>${html(title)}</h1>
${facts([
  [l10n.t('Made on'), this.time(head.madeAt)],
  [l10n.t('Purpose'), text(head.purpose)],
  [l10n.t('Messages'), String(mentions.length)],
  [l10n.t('Names of our staff'), html(head.withStaff ? l10n.t('are in it') : l10n.t('are left out'))],
])}
<h2>${html(l10n.t('Who you are to us'))}</h2>
<p>${html(l10n.t('This is how the channels that you wrote on name you, and the number that this desk gave you by chance so that the audit log need not name you.'))}</p>
<table><caption>${html(l10n.t('Accounts'))}</caption>
<thead><tr>${[l10n.t('Channel'), l10n.t('Name'), l10n.t('Account'), l10n.t('Id at the network'), l10n.t('Number at this desk')].map((word) => `<th scope="col">${html(word)}</th>`).join('')}</tr></thead>
<tbody>${people.map(({ author, channel }) => `<tr><td>${html(channelWords(this.options.config, channel))}</td><td>${text(nameWords(author))}</td><td>${text(handleWords(author))}</td><td>${text(author.networkId)}</td><td>${html(author.id)}</td></tr>`).join('\n')}</tbody></table>
<h2>${html(l10n.t('Your messages and our answers'))}</h2>
<p>${html(l10n.t('The oldest first. A program read each text for its tone, so that urgent ones are found; it reads texts, never people, and nothing is decided by it alone.'))}</p>
`;
  }

  mention(mention: CitizenMention): string {
    this.number += 1;
    const { closed, referral, waitingAnswer: waiting, returnedAnswer: returned, draft } = mention;
    const unit = (id: string): string => this.options.config.units.find((one) => one.id === id)?.name ?? id;
    return `<article>
<h3>${html(l10n.t('Message {0}: {1}', this.number, channelWords(this.options.config, mention.channel)))}, ${this.time(mention.postedAt)}</h3>
${mention.wordsErased ? `<p class="quiet">${html(l10n.t('You deleted this message; its words were erased here too.'))}</p>` : quote(mention.text)}
${facts([
  [l10n.t('Received'), this.time(mention.receivedAt)],
  [l10n.t('Opened'), mention.openedAt === undefined ? undefined : this.time(mention.openedAt)],
  [l10n.t('Changed'), mention.editedAt === undefined ? undefined : this.time(mention.editedAt)],
  [l10n.t('Deleted by you'), mention.deletedAt === undefined ? undefined : this.time(mention.deletedAt)],
  [l10n.t('Address'), mention.url === undefined ? undefined : link(mention.url)],
  [l10n.t('Content warning'), mention.warning === undefined ? undefined : text(mention.warning)],
  [l10n.t('Who could see it'), html(visibilityWords(mention.visibility))],
  [l10n.t('Language found'), html(languageWords(mention.language, this.options.language))],
  [l10n.t('Case number'), mention.caseNumber === undefined ? undefined : text(mention.caseNumber)],
  [l10n.t('State'), html(statusWords(mention.status))],
  [l10n.t('Priority'), html(l10n.t('{0}, to be answered by {1}', priorityWords(mention.priority), this.instant(mention.dueAt)))],
  [l10n.t('Tone of this text'), this.tone(mention)],
  [l10n.t('Pictures and other media'), mention.media.length === 0 ? undefined : `<ul>${mention.media.map(({ url, alt }) => `<li>${link(url)}${alt === undefined ? '' : `: ${text(alt)}`}</li>`).join('')}</ul>`],
  [l10n.t('It was closed without an answer'), closed === undefined ? undefined : `${this.time(closed.at)}: ${html(closeReasonWords(closed.reason))}${closed.note === undefined ? '' : ` ${text(closed.note)}`}${byWords(closed.by)}`],
  [l10n.t('Referred to another unit'), referral === undefined ? undefined : `${this.time(referral.at)}: ${html(unit(referral.unit))}. ${text(referral.note)}${byWords(referral.by)}`],
  [l10n.t('The other unit answered'), referral?.answer === undefined ? undefined : `${this.time(referral.answer.at)}: ${text(referral.answer.text)}${byWords(referral.answer.by)}`],
])}
${mention.earlierWordings.length === 0 ? '' : `<table><caption>${html(l10n.t('Earlier wordings'))}</caption><thead><tr><th scope="col">${html(l10n.t('Until'))}</th><th scope="col">${html(l10n.t('Text'))}</th></tr></thead><tbody>${mention.earlierWordings.map((earlier) => `<tr><td>${this.time(earlier.until)}</td><td>${text(earlier.text)}</td></tr>`).join('')}</tbody></table>`}
${mention.answers.map((answer) => this.answer(answer)).join('\n')}
${waiting === undefined ? '' : `<h4>${html(l10n.t('Answer that waits for approval'))}, ${this.time(waiting.at)}</h4>${quote(waiting.text)}${byLine(waiting.by)}`}
${returned === undefined ? '' : `<h4>${html(l10n.t('Answer that was given back'))}, ${this.time(returned.at)}</h4><p>${text(returned.reason)}</p>${byLine(returned.by)}`}
${draft === undefined ? '' : `<h4>${html(l10n.t('Draft of an answer, not sent'))}, ${this.time(draft.savedAt)}</h4>${quote(draft.text)}${byLine(draft.by)}`}
${mention.notes.length === 0 ? '' : `<table><caption>${html(l10n.t('Notes of our staff'))}</caption><thead><tr><th scope="col">${html(l10n.t('When'))}</th><th scope="col">${html(l10n.t('Text'))}</th></tr></thead><tbody>${mention.notes.map((note) => `<tr><td>${this.time(note.at)}</td><td>${text(note.text)}${byWords(note.by)}</td></tr>`).join('')}</tbody></table>`}
</article>
`;
  }

  logStart(): string {
    return `<h2>${html(l10n.t('What the audit log holds about you'))}</h2>
<p>${html(l10n.t('Each thing that was done with your messages stands in a log that cannot be changed unseen. What was erased from it is gone; the log tells only that it was.'))}</p>
<table><caption>${html(l10n.t('Entries of the audit log'))}</caption>
<thead><tr><th scope="col">${html(l10n.t('Number'))}</th><th scope="col">${html(l10n.t('When'))}</th><th scope="col">${html(l10n.t('What'))}</th><th scope="col">${html(l10n.t('What it holds'))}</th></tr></thead>
<tbody>
`;
  }

  logRow(entry: CitizenLogEntry): string {
    if (entry.kind === 'data.given') this.given.push(entry);
    const values = Object.entries(entry.values).map(([field, value]) => `<li><b>${html(fieldWords(field))}:</b> ${text(typeof value === 'string' ? value : JSON.stringify(value))}</li>`);
    const erased = entry.erased.length === 0 ? [] : [`<li class="quiet">${html(l10n.t('Erased: {0}', entry.erased.map(fieldWords).join(', ')))}</li>`];
    const holds = [...values, ...erased];
    return `<tr><td>${String(entry.seq)}</td><td>${this.time(entry.at)}</td><td>${html(entryWords(entry.kind))}</td><td>${holds.length === 0 ? '' : `<ul>${holds.join('')}</ul>`}</td></tr>\n`;
  }

  end(): string {
    const { log } = this.source.head;
    return `</tbody></table>
<h2>${html(l10n.t('To whom these data were given before'))}</h2>
${this.given.length === 0 ? `<p>${html(l10n.t('To nobody, as far as this desk noted.'))}</p>` : `<table><caption>${html(l10n.t('Data given out'))}</caption><thead><tr><th scope="col">${html(l10n.t('When'))}</th><th scope="col">${html(l10n.t('Purpose'))}</th></tr></thead><tbody>${this.given.map(({ at, values }) => `<tr><td>${this.time(at)}</td><td>${text(typeof values['purpose'] === 'string' ? values['purpose'] : l10n.t('(erased)'))}</td></tr>`).join('')}</tbody></table>`}
<h2>${html(l10n.t('What is not in it'))}</h2>
<ul>
<li>${html(l10n.t('What stands on the networks themselves: ask them for it.'))}</li>
<li>${html(l10n.t('Copies that were made of this desk for safety, and exports that somebody saved elsewhere.'))}</li>
<li>${html(l10n.t('Conversations with other people, though they may be about the same matter.'))}</li>
</ul>
<p class="quiet">${html(l10n.t('Audit log: {0} entries, head {1}', log.count, log.hash))}</p>
</main>
</body>
</html>
`;
  }

  private answer(answer: CitizenAnswer): string {
    const state = answer.byHand ? givenStateWords(answer.state) : replyStateWords(answer.state);
    return `<h4>${html(l10n.t('Our answer ({0})', state))}, ${this.time(answer.sentAt ?? answer.intendedAt)}</h4>
${quote(answer.text)}
${facts([
  [l10n.t('Address'), answer.url === undefined ? undefined : link(answer.url)],
  [l10n.t('Who could see it'), html(visibilityWords(answer.visibility))],
  [l10n.t('Template'), answer.template === undefined ? undefined : html(`${answer.template.id} v${String(answer.template.version)}`)],
  [l10n.t('Why another answer'), answer.reasonForAnother === undefined ? undefined : text(answer.reasonForAnother)],
  [l10n.t('The answer was withdrawn'), answer.withdrawn === undefined ? undefined : `${this.time(answer.withdrawn.at)}: ${text(answer.withdrawn.reason)}${byWords(answer.withdrawn.by)}`],
  [l10n.t('Written by'), answer.by === undefined ? undefined : text(answer.by)],
])}`;
  }

  private tone({ sentimentOfText: tone }: CitizenMention): string {
    const label = (name: string): string => sentimentWords(name as SentimentLabel);
    const words = tone.words.map((word) => `<bdi>${html(word.text)}</bdi> (${html(thousandths(word.weight, this.options.language))})`);
    return [
      html(l10n.t('{0}; score {1} between -1 and 1, confidence {2}', label(tone.label), thousandths(tone.score, this.options.language), thousandths(tone.confidence, this.options.language))),
      ...(words.length === 0 ? [] : [`${html(l10n.t('Words that it rests on:'))} ${words.join(', ')}`]),
      ...(tone.correctedTo === undefined ? [] : [html(l10n.t('A person corrected it to: {0}', label(tone.correctedTo)))]),
    ].join('<br>');
  }

  private instant(at: string): string {
    return DateTime.fromISO(at, { zone: this.options.config.institution.timeZone, locale: this.options.language }).toLocaleString({ ...DateTime.DATE_FULL, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  }

  private time(at: string): string {
    return `<time datetime="${html(at)}">${html(this.instant(at))}</time>`;
  }
}

function facts(rows: readonly (readonly [string, string | undefined])[]): string {
  const shown = rows.filter(([, content]) => content !== undefined);
  return shown.length === 0 ? '' : `<dl>${shown.map(([name, content]) => `<div><dt>${html(name)}</dt><dd>${content ?? ''}</dd></div>`).join('\n')}</dl>`;
}

/** Words from outside: their own direction, their own line breaks. */
function text(words: string): string {
  return `<bdi class="words">${html(words)}</bdi>`;
}

function quote(words: string): string {
  return `<blockquote dir="auto" class="words">${html(words)}</blockquote>`;
}

/** A link where it leads to a web page, else the bare text. */
function link(url: string): string {
  return /^https:\/\//u.test(url) ? `<a rel="noopener noreferrer" href="${html(url)}">${html(url)}</a>` : text(url);
}

function byWords(name: string | undefined): string {
  return name === undefined ? '' : ` (${text(name)})`;
}

function byLine(name: string | undefined): string {
  return name === undefined ? '' : `<p class="quiet">${text(name)}</p>`;
}

function thousandths(value: number, language: string): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(value / 1000);
}
