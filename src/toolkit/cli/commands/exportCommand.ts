import { resolve } from 'node:path';
import * as l10n from '@vscode/l10n';
import { type Command } from 'commander';
import { isMomentosError, MomentosError } from '../../../core/errors';
import { personalDataModes, pseudonymKeyBytes, type PersonalDataMode } from '../../../core/exportPrivacy';
import { type Desk } from '../../../desk/deskApi';
import { exportFormats, exportRows, type ExportResult } from '../../../desk/export/exportApi';
import { systemClock } from '../../../desk/systemClock';
import { type CliHost, type CommonOptions, terminalFor, withDesk } from '../host';
import { addRangeOptions, rangeOf, type RangeOptions } from '../rangeOptions';
import { type Terminal } from '../terminal';

interface ExportCommandOptions extends CommonOptions, RangeOptions {
  readonly format: string;
  readonly per?: string;
  readonly personalData: string;
  readonly purpose?: string;
  readonly pseudonymKey?: string;
  readonly language?: string;
  readonly out: string;
  readonly overwrite?: boolean;
}

/** audit export. */
export function addExportCommand(audit: Command, host: CliHost): void {
  addRangeOptions(
    audit
      .command('export')
      .description(l10n.t('Write the audit log to a file: a report to read and print, tables, or everything with its proof.'))
      .requiredOption('--format <format>', exportFormats.join(' | '))
      .requiredOption('--out <file>', l10n.t('where to write'))
      .option('--per <row>', l10n.t('what a row of the CSV stands for: {0}', exportRows.join(' | '))),
  )
    .option('--personal-data <mode>', l10n.t('what it tells of people: {0}', personalDataModes.join(' | ')), 'pseudonymise')
    .option('--purpose <text>', l10n.t('what personal data are taken out for; goes into the log'))
    .option('--pseudonym-key <file>', l10n.t('file of {0} bytes or more: exports with the same one give a citizen the same pseudonym', pseudonymKeyBytes))
    .option('--language <language>', l10n.t('language of the HTML report: {0}', 'es | en'))
    .option('--overwrite', l10n.t('replace the file if it exists'))
    .action(async (options: ExportCommandOptions) => {
      const terminal = terminalFor(host, options);
      const format = oneOf(exportFormats, options.format, 'format');
      const personalData = oneOf(personalDataModes, options.personalData, 'personal-data');
      const per = options.per === undefined ? undefined : oneOf(exportRows, options.per, 'per');
      const language = options.language === undefined ? undefined : oneOf(['es', 'en'] as const, options.language, 'language');
      const pseudonymKey = await keyOf(host, options.pseudonymKey);
      const purpose = await purposeOf(terminal, host, personalData, options.purpose);
      await onWhatCanBeRead(host, options, async (desk) => {
        const done = await desk.audit.export({
          format,
          per,
          personalData,
          purpose,
          pseudonymKey,
          language,
          ...rangeOf(options, systemClock.now(), desk.config.institution.timeZone),
          out: resolve(host.cwd, options.out),
          overwrite: options.overwrite === true,
          progress: terminal.progress(l10n.t('Exporting')),
          signal: host.signal,
        });
        tell(terminal, done);
      });
    });
}

function tell(terminal: Terminal, { path, redactionsPath, rows, head, logged }: ExportResult): void {
  if (terminal.json) {
    terminal.value({ path, ...(redactionsPath === undefined ? {} : { redactions: redactionsPath }), rows, head: head.hash, entries: head.count, logged });
    return;
  }
  terminal.line(l10n.t('{0}: {1} rows, log head {2}', path, rows, head.hash));
  if (redactionsPath !== undefined) terminal.line(l10n.t('{0}: what was erased from the log', redactionsPath));
  if (!logged) terminal.say(l10n.t('The log of this copy cannot be written: it does not say that it was exported.'));
}

function oneOf<T extends string>(known: readonly T[], text: string, option: string): T {
  const found = known.find((one) => one === text);
  if (found === undefined) throw new MomentosError('usage.invalid', { reason: `--${option} ${text} (${known.join(', ')})` });
  return found;
}

/** Where somebody sits at the terminal, the purpose is asked for. Errors: `export.purposeMissing`. */
async function purposeOf(terminal: Terminal, { streams }: CliHost, mode: PersonalDataMode, given: string | undefined): Promise<string | undefined> {
  const purpose = given?.trim() ?? '';
  if (mode !== 'include' || purpose !== '') return purpose === '' ? undefined : purpose;
  if (terminal.json || !streams.stdin.isTTY || !streams.stderr.isTTY) throw new MomentosError('export.purposeMissing', {});
  return terminal.ask(l10n.t('What are the personal data taken out for? This goes into the log'));
}

/** Errors: `key.unreadable`, `usage.invalid`. */
async function keyOf(host: CliHost, file: string | undefined): Promise<Uint8Array | undefined> {
  if (file === undefined) return undefined;
  const { readPrivateFile } = await import('../../../desk/keyFile');
  const key = Buffer.from(await readPrivateFile(resolve(host.cwd, file)), 'utf8');
  if (key.length < pseudonymKeyBytes) throw new MomentosError('usage.invalid', { reason: `--pseudonym-key ${file} (${String(pseudonymKeyBytes)})` });
  return key;
}

/** An export notes itself in the log; on a read-only copy it does without. */
async function onWhatCanBeRead(host: CliHost, options: CommonOptions, deed: (desk: Desk) => Promise<void>): Promise<void> {
  try {
    await withDesk(host, options, deed);
  } catch (error) {
    if (!isMomentosError(error, 'store.notWritable')) throw error;
    await withDesk(host, options, deed, { readOnly: true });
  }
}
