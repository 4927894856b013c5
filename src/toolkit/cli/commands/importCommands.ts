import { resolve } from 'node:path';
import * as l10n from '@vscode/l10n';
import { type Command } from 'commander';
import { MomentosError } from '../../../core/errors';
import { contactMedia } from '../../../core/handChannels';
import { type ImportPlan, type ImportResult } from '../../../desk/importFile/importApi';
import { dateOrders, type DateOrder } from '../../../desk/importFile/importDates';
import { importFields, type ImportField, type ImportMapping } from '../../../desk/importFile/importFields';
import { fieldWords } from '../../../desk/importFile/importWords';
import { type CliHost, type CommonOptions, terminalFor, withDesk } from '../host';
import { plain } from '../mentionLines';
import { type Terminal } from '../terminal';
import { mediumOf } from './contactCommands';

interface ImportCommandOptions extends CommonOptions {
  readonly channel?: string;
  readonly medium?: string;
  readonly map: readonly string[];
  readonly dates?: string;
  readonly dryRun?: boolean;
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** import: mentions out of a file. */
export function addImportCommands(program: Command, host: CliHost): void {
  program
    .command('import <file>')
    .description(l10n.t('Take mentions out of a CSV, JSON or JSON Lines file; the same file twice adds nothing.'))
    .option('--channel <id>', l10n.t('the channel that they belong to'))
    .option('--medium <medium>', l10n.t('or how they reached the institution: {0}', contactMedia.join(', ')))
    .option('--map <column=field>', l10n.t('what a column means, in place of the guess; fields: {0}; - for none', importFields.join(', ')), collect, [])
    .option('--dates <order>', l10n.t('whether the day or the month stands first: dmy or mdy'))
    .option('--dry-run', l10n.t('read everything, write nothing'))
    .action(async (file: string, options: ImportCommandOptions) => {
      const terminal = terminalFor(host, options);
      if ((options.channel === undefined) === (options.medium === undefined)) throw new MomentosError('usage.invalid', { reason: '--channel | --medium' });
      const dates = orderOf(options.dates);
      await withDesk(host, options, async (desk) => {
        const path = resolve(host.cwd, file);
        const plan = await desk.imports.look(path);
        const mapping = mapped(plan, options.map);
        sayPlan(plan, mapping, terminal);
        const result = await desk.imports.run(path, {
          ...(options.channel === undefined ? {} : { channel: options.channel }),
          ...(options.medium === undefined ? {} : { medium: mediumOf(options.medium) }),
          ...(options.map.length === 0 && dates === undefined ? {} : { mapping }),
          ...(dates === undefined ? {} : { dates }),
          dryRun: options.dryRun === true,
          signal: host.signal,
          progress: terminal.progress(l10n.t('Importing')),
        });
        if (terminal.json) terminal.value({ status: options.dryRun === true ? 'checked' : result.cancelled ? 'cancelled' : 'imported', mapping, ...result, rejectedPath: result.rejectedPath ?? null });
        else sayResult(result, options.dryRun === true, terminal);
      });
    });
}

function orderOf(text: string | undefined): DateOrder | undefined {
  const order = dateOrders.find((candidate) => candidate === text);
  if (text !== undefined && order === undefined) throw new MomentosError('usage.invalid', { reason: `--dates ${text} (${dateOrders.join(', ')})` });
  return order;
}

/** The guess with what `--map` says in its place. Errors: `usage.invalid`. */
function mapped(plan: ImportPlan, pairs: readonly string[]): ImportMapping {
  let mapping: Partial<Record<ImportField, string>> = { ...plan.mapping };
  for (const pair of pairs) {
    const at = pair.lastIndexOf('=');
    const [column, name] = [pair.slice(0, at), pair.slice(at + 1)];
    const field = importFields.find((candidate) => candidate === name);
    if (at < 1 || (field === undefined && name !== '-')) throw new MomentosError('usage.invalid', { reason: `--map ${pair} (${importFields.join(', ')}, -)` });
    mapping = { ...Object.fromEntries(Object.entries(mapping).filter(([, named]) => named !== column)), ...(field === undefined ? {} : { [field]: column }) };
  }
  return mapping;
}

function sayPlan(plan: ImportPlan, mapping: ImportMapping, terminal: Terminal): void {
  for (const field of importFields) {
    const column = mapping[field];
    if (column === undefined) continue;
    const example = plan.rows.map((row) => row[column] ?? '').find((cell) => cell.trim() !== '') ?? '';
    terminal.say(`${plain(column, 30).padEnd(30)} = ${field.padEnd(10)} ${fieldWords(field)}: ${plain(example, 50)}`);
  }
  const meant = new Set(Object.values(mapping));
  const others = plan.columns.filter((column) => !meant.has(column));
  if (others.length > 0) terminal.say(l10n.t('Not used: {0}', others.map((column) => plain(column, 30)).join(', ')));
}

function sayResult(result: ImportResult, dryRun: boolean, terminal: Terminal): void {
  const { imported, known, rejected, answered, backlog, rejects, rejectedPath, cancelled } = result;
  terminal.line(dryRun ? l10n.t('Would be imported: {0}; known already: {1}; rejected: {2}', imported, known, rejected) : l10n.t('Imported: {0}; known already: {1}; rejected: {2}', imported, known, rejected));
  if (answered > 0) terminal.line(l10n.t('With their answer: {0}', answered));
  if (backlog > 0) terminal.line(l10n.t('From before this channel was first used, shown without a target: {0}', backlog));
  for (const { line, message } of rejects.slice(0, 10)) terminal.line(`  ${l10n.t('line {0}', line)}: ${message}`);
  if (rejectedPath !== undefined) terminal.line(l10n.t('The rejected rows are kept in {0}', plain(rejectedPath, 300)));
  if (cancelled) terminal.line(l10n.t('Stopped. What came in stays; the same call goes on.'));
}
