import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { DateTime } from 'luxon';
import * as vscode from 'vscode';
import { type PersonalDataMode } from '../../core/exportPrivacy';
import { namedRange, rangeNames } from '../../core/namedRange';
import { type Desk } from '../../desk/deskApi';
import { type ExportFormat, type ExportResult, type ExportRow } from '../../desk/export/exportApi';
import { rangeNameWords, rangeText } from '../../desk/export/reportWords';
import { type Choice } from '../ask';
import { pickStep, runSteps, textStep, type Step, type StepPlace, type Turn } from '../steps';
import { plainNotice } from '../safeText';
import { working } from '../working';

interface What {
  readonly format: ExportFormat;
  readonly per?: ExportRow;
  readonly language?: 'es' | 'en';
}

interface Range {
  readonly from?: number;
  readonly to?: number;
}

/** What was answered so far. */
interface Wanted {
  what?: What;
  range?: Range | 'custom';
  first?: string;
  last?: string;
  people?: PersonalDataMode;
  purpose?: string;
}

/** Asks what, of which days and of whom; then where, and writes it. */
export async function exportLog(desk: Desk, now: number): Promise<void> {
  const zone = desk.config.institution.timeZone;
  const wanted: Wanted = {};
  if (!(await runSteps(() => stepsOf(wanted, desk, now))) || wanted.what === undefined) return;
  const { what } = wanted;
  const range = wanted.range === 'custom' ? daysOf(wanted, zone) : (wanted.range ?? {});
  const day = DateTime.fromMillis(now, { zone }).toFormat('yyyy-MM-dd');
  const target = await vscode.window.showSaveDialog({
    title: l10n.t('Export the Audit Log'),
    saveLabel: l10n.t('Export'),
    defaultUri: vscode.Uri.file(join(homedir(), `momentos-${desk.config.institution.id}-${day}.${what.format}`)),
    filters: { [what.format.toUpperCase()]: [what.format] },
  });
  if (target === undefined) return;
  // The save dialog has asked before it names a file that exists.
  const result = await working(l10n.t('Exporting the audit log…'), (progress, signal) =>
    desk.audit.export({ ...what, ...range, personalData: wanted.people, purpose: wanted.purpose, out: target.fsPath, overwrite: true, progress, signal }),
  );
  if (result !== undefined) tell(result, what);
}

/** Said without waiting for an answer, so that the next command may come. */
function tell(result: ExportResult, { format }: What): void {
  const open = l10n.t('Open File');
  const show = l10n.t('Show in Folder');
  const beside = result.redactionsPath === undefined ? '' : ` ${l10n.t('What was erased from the log stands beside it, in {0}.', basename(result.redactionsPath))}`;
  const text = plainNotice((result.rows === 1 ? l10n.t('Exported to {0}: 1 row.', basename(result.path)) : l10n.t('Exported to {0}: {1} rows.', basename(result.path), result.rows)) + beside, 400);
  const file = vscode.Uri.file(result.path);
  void vscode.window.showInformationMessage(text, open, show).then(async (chosen) => {
    if (chosen === open) await openExport(file, format);
    else if (chosen === show) await vscode.commands.executeCommand('revealFileInOS', file).then(undefined, () => vscode.env.clipboard.writeText(dirname(result.path)));
  });
}

/** The report in the browser, where this window is on the machine of the file; else as text. */
async function openExport(file: vscode.Uri, format: ExportFormat): Promise<void> {
  const local = vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined;
  if (format === 'html' && local && (await vscode.env.openExternal(file))) return;
  await vscode.commands.executeCommand('vscode.open', file);
}

function stepsOf(wanted: Wanted, desk: Desk, now: number): { readonly list: readonly Step[]; readonly complete: boolean } {
  const zone = desk.config.institution.timeZone;
  const custom = wanted.range === 'custom';
  const ofPeople = wanted.what?.format !== 'html';
  return {
    list: [
      askWhat(wanted),
      askRange(wanted, desk, now),
      ...(custom ? [askDay(wanted, 'first', zone, now), askDay(wanted, 'last', zone, now)] : []),
      ...(ofPeople ? [askPeople(wanted)] : []),
      ...(ofPeople && wanted.people === 'include' ? [askPurpose(wanted)] : []),
    ],
    complete: wanted.what !== undefined && wanted.range !== undefined && (!ofPeople || wanted.people !== undefined),
  };
}

/** A choice that is kept in `wanted`. */
function choosing<T>(question: { readonly title: string; readonly placeHolder: string; readonly items: () => readonly Choice<T>[] }, keep: (value: T) => void): Step {
  return async (place: StepPlace): Promise<Turn> => {
    const { turn, value } = await pickStep<T>(place, { title: question.title, placeHolder: question.placeHolder, items: question.items() });
    if (turn === 'next' && value !== undefined) keep(value);
    return turn;
  };
}

function askWhat(wanted: Wanted): Step {
  return choosing<What>(
    {
      title: l10n.t('Export the Audit Log'),
      placeHolder: l10n.t('What for?'),
      items: () => [
        { label: l10n.t('$(book) Report to read and print, in Spanish'), description: 'HTML', detail: l10n.t('Figures, a chart by day, what was erased, how to verify. Names no citizen.'), value: { format: 'html', language: 'es' } },
        { label: l10n.t('$(book) Report to read and print, in English'), description: 'HTML', detail: l10n.t('Figures, a chart by day, what was erased, how to verify. Names no citizen.'), value: { format: 'html', language: 'en' } },
        { label: l10n.t('$(table) Table of answers'), description: 'CSV', detail: l10n.t('One row per answer with all its times, for a spreadsheet.'), value: { format: 'csv', per: 'reply' } },
        { label: l10n.t('$(table) Table of conversations'), description: 'CSV', detail: l10n.t('One row per conversation: first answer, resolution, case, for a spreadsheet.'), value: { format: 'csv', per: 'conversation' } },
        { label: l10n.t('$(verified) Everything, with its proof'), description: 'JSON Lines', detail: l10n.t('Every entry, one a line, as it stands in the log.'), value: { format: 'jsonl' } },
        { label: l10n.t('$(verified) Everything in one document, with its proof'), description: 'JSON', detail: l10n.t('Every entry in one document.'), value: { format: 'json' } },
      ],
    },
    (value) => {
      wanted.what = value;
    },
  );
}

function askRange(wanted: Wanted, desk: Desk, now: number): Step {
  const zone = desk.config.institution.timeZone;
  return choosing<Range | 'custom'>(
    {
      title: l10n.t('Which Days?'),
      placeHolder: l10n.t('Whole days in the time zone {0}', zone),
      items: () => [
        ...rangeNames.map((name) => {
          const range = namedRange(name, now, zone);
          return { label: rangeNameWords(name), description: rangeText(range.from, range.to, zone, desk.language), value: range };
        }),
        { label: l10n.t('Everything'), value: {} },
        { label: l10n.t('From … to …'), value: 'custom' as const },
      ],
    },
    (value) => {
      wanted.range = value;
    },
  );
}

function askDay(wanted: Wanted, which: 'first' | 'last', zone: string, now: number): Step {
  const today = DateTime.fromMillis(now, { zone });
  const usual = (which === 'first' ? today.startOf('month') : today).toFormat('yyyy-MM-dd');
  return async (place) => {
    const { turn, value } = await textStep(place, {
      title: which === 'first' ? l10n.t('First Day') : l10n.t('Last Day'),
      prompt: l10n.t('Year-month-day, in the time zone {0}', zone),
      value: wanted[which] ?? usual,
      check: (text) => (!isDay(text, zone) ? l10n.t('Please write it like 2026-03-14.') : which === 'last' && text < (wanted.first ?? '') ? l10n.t('The last day is before the first.') : undefined),
    });
    if (turn === 'next' && value !== undefined) wanted[which] = value;
    return turn;
  };
}

function isDay(text: string, zone: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/u.test(text) && DateTime.fromISO(text, { zone }).isValid;
}

function daysOf({ first = '', last = '' }: Wanted, zone: string): Range {
  return { from: DateTime.fromISO(first, { zone }).toMillis(), to: DateTime.fromISO(last, { zone }).plus({ days: 1 }).toMillis() };
}

function askPeople(wanted: Wanted): Step {
  return choosing<PersonalDataMode>(
    {
      title: l10n.t('What Should It Tell of People?'),
      placeHolder: l10n.t('Figures, times, templates and states are there in any case'),
      items: () => [
        { label: l10n.t('$(shield) Citizens as pseudonyms'), detail: l10n.t('Without their names, words and addresses. The staff are named.'), value: 'pseudonymise' },
        { label: l10n.t('$(circle-slash) Nobody'), detail: l10n.t('Neither citizens nor staff: for publication.'), value: 'omit' },
        { label: l10n.t('$(warning) Everything, private messages too'), detail: l10n.t('Names, words and addresses. Asks what for; the answer goes into the log.'), value: 'include' },
      ],
    },
    (value) => {
      wanted.people = value;
    },
  );
}

function askPurpose(wanted: Wanted): Step {
  return async (place) => {
    const { turn, value } = await textStep(place, {
      title: l10n.t('What Are the Personal Data Taken Out For?'),
      prompt: l10n.t('For example the file number of a request. It goes into the audit log with your name; do not name a citizen here.'),
      value: wanted.purpose,
    });
    if (turn === 'next' && value !== undefined) wanted.purpose = value;
    return turn;
  };
}
