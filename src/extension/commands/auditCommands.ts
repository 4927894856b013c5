import { homedir } from 'node:os';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { DateTime } from 'luxon';
import * as vscode from 'vscode';
import { type Clock } from '../../core/clock';
import { type Desk } from '../../desk/deskApi';
import { type ExportFormat } from '../../desk/export/exportApi';
import { timeWords } from '../../desk/words';
import { askOne, askText } from '../ask';
import { type Deeds } from '../deeds';
import { type DeskSession } from '../deskSession';
import { verdictText } from '../documents/findingsText';
import { type PlainDocuments } from '../documents/plainDocuments';
import { reportText } from '../documents/reportText';
import { commands } from '../ids';
import { working } from '../working';

export interface AuditCommandParts {
  readonly session: DeskSession;
  readonly clock: Clock;
  readonly documents: PlainDocuments;
}

interface Range {
  readonly from?: number;
  readonly to?: number;
}

/** Proof and figures: export, verify, head, today's report. */
export function registerAuditCommands(deeds: Deeds, parts: AuditCommandParts): vscode.Disposable {
  const { session, clock, documents } = parts;
  return vscode.Disposable.from(
    deeds.register(commands.auditExport, async () => {
      await exportLog(await session.use(), clock.now());
    }),
    deeds.register(commands.auditVerify, async () => {
      const desk = await session.use();
      const verdict = await working(l10n.t('Verifying the audit log…'), (progress, signal) => desk.audit.verify({ progress, signal }));
      if (verdict === undefined) return;
      const show = l10n.t('Show Details');
      const tell = verdict.ok ? vscode.window.showInformationMessage : vscode.window.showErrorMessage;
      const errors = verdict.problems.filter(({ severity }) => severity === 'error').length;
      const words = verdict.ok ? l10n.t('The audit log is whole: {0} entries in {1} files.', verdict.entries, verdict.segments) : l10n.t('The audit log does not verify: {0} problems.', errors);
      void tell(words, ...(verdict.problems.length === 0 ? [] : [show])).then((item) => (item === show ? documents.show(l10n.t('Audit log'), verdictText(verdict)) : undefined));
    }),
    deeds.register(commands.auditCopyHead, async () => {
      const desk = await session.use();
      const head = await desk.audit.head();
      const { hash, count, at } = head;
      await desk.audit.noteHeadCopied(head);
      await vscode.env.clipboard.writeText(l10n.t('Audit log of {0}: {1} entries, head {2}, {3}', desk.config.institution.name, count, hash, new Date(at).toISOString()));
      void vscode.window.showInformationMessage(l10n.t('Log head copied ({0} entries). Keep it in a signed memo: it proves that nothing before it was cut.', count));
    }),
    deeds.register(commands.reportToday, async () => {
      const desk = await session.use();
      const { from, to } = desk.audit.today();
      await documents.show(l10n.t('Today\'s report'), reportText(await desk.audit.report({ from, to: Math.min(to, clock.now()) }), desk));
    }),
  );
}

async function exportLog(desk: Desk, now: number): Promise<void> {
  const range = await askRange(desk, now);
  if (range === undefined) return;
  const format = await askOne<ExportFormat>(l10n.t('Export the Audit Log'), [
    { label: 'CSV', detail: l10n.t('One row per answer, for a spreadsheet.'), value: 'csv' },
    { label: 'JSON Lines', detail: l10n.t('Every entry, one a line, as it stands in the log.'), value: 'jsonl' },
    { label: 'JSON', detail: l10n.t('Every entry in one document.'), value: 'json' },
  ]);
  if (format === undefined) return;
  const day = DateTime.fromMillis(now, { zone: desk.config.institution.timeZone }).toFormat('yyyy-MM-dd');
  const target = await vscode.window.showSaveDialog({
    title: l10n.t('Export the Audit Log'),
    saveLabel: l10n.t('Export'),
    defaultUri: vscode.Uri.file(join(homedir(), `momentos-${desk.config.institution.id}-${day}.${format}`)),
    filters: { [format.toUpperCase()]: [format] },
  });
  if (target === undefined) return;
  // The save dialog has asked before it names a file that exists.
  const result = await working(l10n.t('Exporting the audit log…'), (progress, signal) => desk.audit.export({ format, out: target.fsPath, overwrite: true, progress, signal, ...range }));
  if (result === undefined) return;
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(result.path));
  void vscode.window.showInformationMessage(l10n.t('Exported: {0} rows.', result.rows));
}

/** undefined = the person let it be. */
async function askRange(desk: Desk, now: number): Promise<Range | undefined> {
  const zone = desk.config.institution.timeZone;
  const start = DateTime.fromMillis(now, { zone });
  const choice = await askOne<Range | 'custom'>(l10n.t('Which Days?'), [
    { label: l10n.t('Today'), value: { from: start.startOf('day').toMillis() } },
    { label: l10n.t('This week'), description: timeWords(start.startOf('week').toMillis(), now, zone, desk.language), value: { from: start.startOf('week').toMillis() } },
    { label: l10n.t('This month'), description: timeWords(start.startOf('month').toMillis(), now, zone, desk.language), value: { from: start.startOf('month').toMillis() } },
    { label: l10n.t('Everything'), value: {} },
    { label: l10n.t('From … to …'), value: 'custom' },
  ]);
  return choice === 'custom' ? askDays(zone, start) : choice;
}

async function askDays(zone: string, today: DateTime): Promise<Range | undefined> {
  const read = (text: string): DateTime => DateTime.fromISO(text, { zone });
  const valid = (text: string): string | undefined => (/^\d{4}-\d{2}-\d{2}$/u.test(text) && read(text).isValid ? undefined : l10n.t('Please write it like 2026-03-14.'));
  const from = await askText({ title: l10n.t('First Day'), prompt: l10n.t('Year-month-day, in the time zone {0}', zone), value: today.startOf('month').toFormat('yyyy-MM-dd'), required: true, check: valid });
  if (from === undefined) return undefined;
  const to = await askText({
    title: l10n.t('Last Day'),
    prompt: l10n.t('Year-month-day, in the time zone {0}', zone),
    value: today.toFormat('yyyy-MM-dd'),
    required: true,
    check: (text) => valid(text) ?? (read(text) < read(from) ? l10n.t('The last day is before the first.') : undefined),
  });
  return to === undefined ? undefined : { from: read(from).toMillis(), to: read(to).plus({ days: 1 }).toMillis() };
}
