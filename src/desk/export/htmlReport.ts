import { createHash } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import { DateTime } from 'luxon';
import { type AuditHead } from '../../core/audit';
import { type DeskConfig } from '../../core/config';
import { closeReasons } from '../../core/mention';
import { type ResponseFigures } from '../../core/metrics';
import { moods } from '../../core/mood';
import { channelWords, closeReasonWords, moodWords } from '../words';
import { dayChart } from './dayChart';
import { markup, Markup } from './markup';
import { type ReportFigures } from './reportFigures';
import { reportStyle } from './reportStyle';
import { basisWords, durationText, erasedScopeWords, momentText, rangeText, sourceWords } from './reportWords';

export interface ReportFrame {
  readonly config: DeskConfig;
  readonly language: 'es' | 'en';
  readonly head: AuditHead;
}

/**
 * The report as one page that loads nothing and runs nothing. The words are those of the language that is spoken when it is called (`inLanguage`). It names no
 * citizen in any case.
 */
export function htmlReport(figures: ReportFigures, frame: ReportFrame): string {
  const { config, language, head } = frame;
  const { institution } = config;
  const zone = institution.timeZone;
  const { metrics } = figures;
  const title = l10n.t('Report on the answers to citizens');
  const range = rangeText(figures.from, figures.to, zone, language);
  const style = createHash('sha256').update(reportStyle).digest('base64');
  return markup`<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${style}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Momentos">
<title>${title} – ${institution.name} – ${range}</title>
<style>${new Markup(reportStyle)}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p class="range">${institution.name}<br>${range}</p>
<p class="soft">${l10n.t('Computed from the audit log alone, as it stood at its entry {0} of {1}. Days and times are those of {2}.', head.count, head.count === 0 ? '–' : momentText(head.at, zone, language), zone)}</p>
</header>
<main>
${cards(metrics, language)}
${chart(figures, frame)}
${summary(figures, language)}
${breakdown(l10n.t('By channel'), l10n.t('Channel'), Object.entries(metrics.byChannel).map(([id, own]) => [channelWords(config, id), own]), language)}
${breakdown(l10n.t('By topic'), l10n.t('Topic'), Object.entries(metrics.byTopic).map(([id, own]) => [config.topics.find((topic) => topic.id === id)?.name ?? id, own]), language)}
${breakdown(l10n.t('By sentiment'), l10n.t('Sentiment'), moods.map((label) => [capitalised(moodWords(label)), metrics.bySentiment[label]]), language)}
${closed(figures)}
${people(figures)}
${erased(figures, frame)}
${proof(frame, figures)}
</main>
<footer><p>${l10n.t('This report holds figures only: no citizen is named in it and none of their words stand in it.')}</p></footer>
</body>
</html>
`.text;
}

function cards({ arrivals, answered, open, firstResponse, targetMet, targetCounted }: ReportFigures['metrics'], language: string): Markup {
  const facts: readonly (readonly [string, string])[] = [
    [number(arrivals, language), l10n.t('messages received')],
    [number(answered, language), l10n.t('messages answered')],
    [number(open, language), l10n.t('open at the end')],
    [durationText(firstResponse.medianMs), l10n.t('median time to the first answer')],
    [share(targetMet, targetCounted, language), l10n.t('of first answers within the target')],
  ];
  return markup`<ul class="cards">${facts.map(([value, name]) => markup`<li><b>${value}</b><span>${name}</span></li>`)}</ul>`;
}

function chart({ periods, unit }: ReportFigures, { language }: ReportFrame): Markup {
  const title = { day: l10n.t('Received and answered, by day'), week: l10n.t('Received and answered, by week'), month: l10n.t('Received and answered, by month') }[unit];
  const name = (day: string): string => DateTime.fromISO(day, { zone: 'utc', locale: language }).toLocaleString(unit === 'month' ? { month: 'short', year: 'numeric' } : { day: 'numeric', month: 'short' });
  const full = (day: string): string => DateTime.fromISO(day, { zone: 'utc', locale: language }).toLocaleString(unit === 'month' ? { month: 'long', year: 'numeric' } : unit === 'week' ? DateTime.DATE_MED : { weekday: 'short', day: 'numeric', month: 'short' });
  const every = Math.max(1, Math.ceil(periods.length / 12));
  const bars = periods.map(({ day, arrivals, answered }, index) => ({ label: index % every === 0 ? name(day) : '', received: arrivals, answered }));
  const received = periods.reduce((sum, { arrivals }) => sum + arrivals, 0);
  const answered = periods.reduce((sum, period) => sum + period.answered, 0);
  const busiest = periods.reduce((most, period) => (period.arrivals > most.arrivals ? period : most), periods[0] ?? { day: '', arrivals: 0, answered: 0 });
  const description = busiest.arrivals === 0
    ? l10n.t('No message was received.')
    : l10n.t('{0} received, {1} answered. Most were received on {2}: {3}. The figures stand in the table below.', received, answered, full(busiest.day), busiest.arrivals);
  const heading = { day: l10n.t('Day'), week: l10n.t('Week from'), month: l10n.t('Month') }[unit];
  const perTable = periods.length <= 12 ? periods.length : Math.ceil(periods.length / 3);
  const tables = perTable === 0 ? [] : Array.from({ length: Math.ceil(periods.length / perTable) }, (_unused, index) => periods.slice(index * perTable, (index + 1) * perTable));
  return markup`<section>
<h2>${title}</h2>
<p class="legend" aria-hidden="true"><span><svg viewBox="0 0 14 14"><rect class="received" width="14" height="14"/></svg>${l10n.t('Arrivals')}</span><span><svg viewBox="0 0 14 14"><rect fill="url(#hatch)" width="14" height="14"/></svg>${l10n.t('Answered')}</span></p>
${dayChart(bars, { title, description })}
<div class="columns">${tables.map((rows) => markup`<table><thead><tr><th scope="col">${heading}</th><th scope="col" class="number">${l10n.t('Arrivals')}</th><th scope="col" class="number">${l10n.t('Answered')}</th></tr></thead><tbody>
${rows.map((row) => markup`<tr><th scope="row">${full(row.day)}</th><td class="number">${number(row.arrivals, language)}</td><td class="number">${number(row.answered, language)}</td></tr>
`)}</tbody></table>`)}</div>
</section>`;
}

function summary({ metrics, entries }: ReportFigures, language: string): Markup {
  const { firstResponse, firstResponseOffice, approval } = metrics;
  const rows: (readonly [string, string, string])[] = [
    [l10n.t('Arrivals'), number(metrics.arrivals, language), l10n.t('messages that the desk received in the range')],
    [l10n.t('Answered'), number(metrics.answered, language), l10n.t('messages whose answer was sent in the range and stands; an answer also counts for the earlier messages of the same citizen that it covers')],
    [l10n.t('Open at the end'), number(metrics.open, language), l10n.t('neither answered nor closed at the end of the range')],
    [l10n.t('Oldest open'), durationText(metrics.oldestOpenMs), l10n.t('time since the oldest open message was posted')],
    [l10n.t('First answers'), number(firstResponse.n, language), l10n.t('first answers sent in the range and not withdrawn; the times below are theirs')],
    [l10n.t('First answer, median'), durationText(firstResponse.medianMs), l10n.t('from the time at which the network shows the oldest message that waited, to the sending of the answer; half are faster')],
    [l10n.t('First answer, 9 of 10 within'), durationText(firstResponse.p90Ms), l10n.t('90th percentile, by nearest rank')],
    [l10n.t('First answer, longest'), durationText(firstResponse.maxMs), ''],
  ];
  if (firstResponseOffice !== undefined) {
    rows.push([l10n.t('First answer in office hours, median'), durationText(firstResponseOffice.medianMs), l10n.t('the same, counting only the office hours of the institution')]);
    rows.push([l10n.t('First answer in office hours, 9 of 10 within'), durationText(firstResponseOffice.p90Ms), '']);
  }
  rows.push([l10n.t('Within the target'), metrics.targetCounted === 0 ? '–' : l10n.t('{0} ({1} of {2})', share(metrics.targetMet, metrics.targetCounted, language), metrics.targetMet, metrics.targetCounted), l10n.t('first answers sent by the time that was due when the message came; what was posted before the channel was connected is left out')]);
  if (approval.n > 0) rows.push([l10n.t('Waited for a second person, median'), l10n.t('{0} (of {1})', durationText(approval.medianMs), approval.n), l10n.t('part of the time to the answer')]);
  rows.push([l10n.t('Answered in the network itself'), number(metrics.answeredElsewhere, language), l10n.t('without the desk; not counted as answered above')]);
  rows.push([l10n.t('Answers withdrawn'), number(metrics.withdrawn, language), '']);
  rows.push([l10n.t('Entries of the log'), number(entries, language), l10n.t('all that is written in the log in the range')]);
  return markup`<section>
<h2>${l10n.t('Figures and how they are computed')}</h2>
<table class="figures"><thead><tr><th scope="col">${l10n.t('Figure')}</th><th scope="col" class="number">${l10n.t('Value')}</th><th scope="col">${l10n.t('How it is computed')}</th></tr></thead><tbody>
${rows.map(([name, value, formula]) => markup`<tr><th scope="row">${name}</th><td class="number">${value}</td><td class="formula">${formula}</td></tr>
`)}</tbody></table>
</section>`;
}

function breakdown(title: string, heading: string, rows: readonly (readonly [string, ResponseFigures])[], language: string): Markup {
  if (rows.length === 0) return markup``;
  const heads = [l10n.t('Arrivals'), l10n.t('Answered'), l10n.t('Open'), l10n.t('Median'), l10n.t('9 of 10 within'), l10n.t('Within the target')];
  return markup`<section>
<h2>${title}</h2>
<div class="wide" tabindex="0" role="region" aria-label="${title}"><table><thead><tr><th scope="col">${heading}</th>${heads.map((head) => markup`<th scope="col" class="number">${head}</th>`)}</tr></thead><tbody>
${rows.map(([name, own]) => markup`<tr><th scope="row">${name}</th>${[
    number(own.arrivals, language), number(own.answered, language), number(own.open, language), durationText(own.firstResponse.medianMs), durationText(own.firstResponse.p90Ms), share(own.targetMet, own.targetCounted, language),
  ].map((cell) => markup`<td class="number">${cell}</td>`)}</tr>
`)}</tbody></table></div>
</section>`;
}

function closed({ metrics }: ReportFigures): Markup {
  const rows = closeReasons.filter((reason) => (metrics.closedByReason[reason] ?? 0) > 0);
  if (rows.length === 0) return markup``;
  return markup`<section>
<h2>${l10n.t('Closed without an answer')}</h2>
<table><thead><tr><th scope="col">${l10n.t('Reason')}</th><th scope="col" class="number">${l10n.t('Count')}</th></tr></thead><tbody>
${rows.map((reason) => markup`<tr><th scope="row">${closeReasonWords(reason)}</th><td class="number">${metrics.closedByReason[reason] ?? 0}</td></tr>
`)}</tbody></table>
</section>`;
}

function people({ sources }: ReportFigures): Markup {
  return markup`<section>
<h2>${l10n.t('How those who acted are known')}</h2>
<table><thead><tr><th scope="col">${l10n.t('Known by')}</th><th scope="col" class="number">${l10n.t('Entries')}</th><th scope="col" class="number">${l10n.t('People')}</th></tr></thead><tbody>
${sources.map(({ source, entries, people: count }) => markup`<tr><th scope="row">${sourceWords(source)} <code>${source}</code></th><td class="number">${entries}</td><td class="number">${source === 'desk' ? '–' : count}</td></tr>
`)}</tbody></table>
<p class="soft">${l10n.t('What is only declared proves nothing by itself: anybody who can use the machine could declare it.')}</p>
</section>`;
}

function erased({ redactions }: ReportFigures, { config, language }: ReportFrame): Markup {
  const title = l10n.t('What was erased from the log');
  const heading = markup`<h2>${title}</h2>`;
  if (redactions.length === 0) return markup`<section>${heading}<p>${l10n.t('Nothing that belongs to this range was erased.')}</p></section>`;
  const heads = [l10n.t('When'), l10n.t('By whom'), l10n.t('Why'), l10n.t('What')];
  return markup`<section>
${heading}
<div class="wide" tabindex="0" role="region" aria-label="${title}"><table><thead><tr>${heads.map((head) => markup`<th scope="col">${head}</th>`)}<th scope="col" class="number">${l10n.t('Messages')}</th><th scope="col" class="number">${l10n.t('Texts')}</th><th scope="col" class="number">${l10n.t('Entry')}</th></tr></thead><tbody>
${redactions.map((fact) => markup`<tr><td>${momentText(fact.at, config.institution.timeZone, language)}</td><td>${fact.byName ?? fact.byId} <code>${fact.knownBy}</code>${fact.proposedBy === undefined ? '' : markup`<br><span class="soft">${l10n.t('proposed by {0}', fact.proposedBy)}</span>`}</td><td>${basisWords(fact.basis)}${fact.rule === undefined ? '' : markup`<br><span class="soft">${l10n.t('rule {0}', fact.rule)}${fact.authority === undefined ? '' : `, ${fact.authority}`}</span>`}</td><td>${erasedScopeWords(fact.scope)}</td><td class="number">${fact.mentions}</td><td class="number">${fact.values}</td><td class="number">${fact.firstSeq}</td></tr>
`)}</tbody></table></div>
<p class="soft">${l10n.t('Erased texts leave their fingerprints in the log: it verifies before and after.')}</p>
</section>`;
}

function proof({ head }: ReportFrame, { entries }: ReportFigures): Markup {
  return markup`<section>
<h2>${l10n.t('How to verify this report')}</h2>
<p>${l10n.t('Head of the log ({0} entries; {1} of them in this range):', head.count, entries)}</p>
<p class="hash">${head.hash}</p>
<ol>
<li>${l10n.t('Ask the institution for a copy of the folder {0} of its desk.', '.momentos/audit')}</li>
<li>${l10n.t('Check it without a network, with either of the two verifiers:')}<br><code>momentos audit verify --expect ${head.hash}</code><br><code>python3 verify_audit.py audit --expect ${head.hash}</code></li>
<li>${l10n.t('Compare the head with one that was noted elsewhere at the time, such as a signed memo: whoever can write the folder could have made a new log.')}</li>
</ol>
</section>`;
}

function share(met: number, counted: number, language: string): string {
  return counted === 0 ? '–' : new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(met / counted);
}

function number(value: number, language: string): string {
  return new Intl.NumberFormat(language).format(value);
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
