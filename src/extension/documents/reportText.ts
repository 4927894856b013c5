import * as l10n from '@vscode/l10n';
import { DateTime } from 'luxon';
import { closeReasons } from '../../core/mention';
import { type DeskMetrics, type ResponseFigures } from '../../core/metrics';
import { moods } from '../../core/mood';
import { type Desk } from '../../desk/deskApi';
import { agreementWords, channelWords, closeReasonWords, moodWords, spanWords } from '../../desk/words';
import { escapeMarkdown } from '../safeText';

const barWidth = 20;

/** Today's report as Markdown; every figure comes from the audit log. */
export function reportText(report: DeskMetrics, desk: Pick<Desk, 'config' | 'language'>): string {
  const { institution } = desk.config;
  const zone = institution.timeZone;
  const day = DateTime.fromMillis(report.from, { zone, locale: desk.language }).toLocaleString(DateTime.DATE_FULL);
  const until = DateTime.fromMillis(report.to, { zone, locale: desk.language }).toFormat('HH:mm');
  return [
    `# ${escapeMarkdown(institution.name)}`,
    escapeMarkdown(l10n.t('{0}, until {1} ({2})', day, until, zone)),
    table([l10n.t('Today'), ''], summary(report, desk.language)),
    ...breakdown(l10n.t('By channel'), channelRows(report, desk), desk.language),
    ...breakdown(l10n.t('By sentiment'), moods.map((label) => [capitalised(moodWords(label)), report.bySentiment[label]]), desk.language),
    ...closed(report),
    ...agreement(report, desk.language),
    `---\n\n${escapeMarkdown(l10n.t('Computed from the audit log alone, up to the entry {0}.', `${report.head.slice(0, 16)}…`))}`,
  ].join('\n\n');
}

function summary(report: DeskMetrics, language: string): readonly (readonly string[])[] {
  const { firstResponse, firstResponseOffice } = report;
  const rows: (readonly string[])[] = [
    [l10n.t('Arrived'), String(report.arrivals)],
    [l10n.t('Answered'), String(report.answered)],
    [l10n.t('Open'), String(report.open)],
    [l10n.t('Oldest open'), span(report.oldestOpenMs)],
    [l10n.t('First response, median'), firstResponse.n === 0 ? '–' : l10n.t('{0} (of {1})', span(firstResponse.medianMs), firstResponse.n)],
    [l10n.t('First response, 9 of 10 within'), span(firstResponse.p90Ms)],
  ];
  if (firstResponseOffice !== undefined) rows.push([l10n.t('First response in office hours, median'), span(firstResponseOffice.medianMs)]);
  rows.push([l10n.t('Within the target'), share(report, language)]);
  if (report.approval.n > 0) rows.push([l10n.t('Waited for a second person, median'), l10n.t('{0} (of {1})', span(report.approval.medianMs), report.approval.n)]);
  if (report.withdrawn > 0) rows.push([l10n.t('Answers withdrawn'), String(report.withdrawn)]);
  if (report.answeredElsewhere > 0) rows.push([l10n.t('Answered in the network itself'), String(report.answeredElsewhere)]);
  return rows;
}

function channelRows(report: DeskMetrics, { config }: Pick<Desk, 'config'>): readonly (readonly [string, ResponseFigures])[] {
  return Object.entries(report.byChannel).map(([id, figures]) => [channelWords(config, id), figures] as const);
}

function breakdown(title: string, rows: readonly (readonly [string, ResponseFigures])[], language: string): readonly string[] {
  if (rows.length === 0) return [];
  const most = Math.max(1, ...rows.map(([, { arrivals }]) => arrivals));
  return [
    `## ${escapeMarkdown(title)}`,
    table(
      ['', '', l10n.t('Arrived'), l10n.t('Answered'), l10n.t('Open'), l10n.t('Median'), l10n.t('Within the target')],
      rows.map(([name, figures]) => [name, bar(figures.arrivals / most), String(figures.arrivals), String(figures.answered), String(figures.open), span(figures.firstResponse.medianMs), share(figures, language)]),
      2,
    ),
  ];
}

function closed(report: DeskMetrics): readonly string[] {
  const rows = closeReasons.flatMap((reason) => ((report.closedByReason[reason] ?? 0) === 0 ? [] : [[closeReasonWords(reason), String(report.closedByReason[reason] ?? 0)]]));
  return rows.length === 0 ? [] : [`## ${escapeMarkdown(l10n.t('Closed without an answer'))}`, table([l10n.t('Reason'), l10n.t('Count')], rows)];
}

function agreement(report: DeskMetrics, language: string): readonly string[] {
  const lines = (report.agreement ?? []).map((figures) => `- ${escapeMarkdown(agreementWords(figures, language))}`);
  return lines.length === 0 ? [] : [`## ${escapeMarkdown(l10n.t('Agreement of people with the desk'))}`, lines.join('\n')];
}

/** The first `words` columns stand to the left, figures to the right. */
function table(head: readonly string[], rows: readonly (readonly string[])[], words = 1): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => escapeMarkdown(cell)).join(' | ')} |`;
  return [line(head), `|${head.map((_, index) => (index < words ? '---' : '---:')).join('|')}|`, ...rows.map(line)].join('\n');
}

/** Drawn with block characters; the figure stands beside it. */
function bar(fraction: number): string {
  return '█'.repeat(Math.round(fraction * barWidth));
}

function span(ms: number | undefined): string {
  return ms === undefined ? '–' : spanWords(ms);
}

function share({ targetMet, targetCounted }: ResponseFigures, language: string): string {
  if (targetCounted === 0) return '–';
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(targetMet / targetCounted);
  return l10n.t('{0} ({1} of {2})', percent, targetMet, targetCounted);
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
