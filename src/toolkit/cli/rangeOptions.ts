import * as l10n from '@vscode/l10n';
import { type Command } from 'commander';
import { MomentosError } from '../../core/errors';
import { namedRange, rangeNames } from '../../core/namedRange';
import { parseInstant } from './arguments';

export interface RangeOptions {
  readonly range?: string;
  readonly from?: string;
  readonly to?: string;
}

/** `--range`, `--from` and `--to`, as every command has them that works on a part of the log. */
export function addRangeOptions(command: Command): Command {
  return command
    .option('--range <range>', rangeNames.join(' | '))
    .option('--from <time>', l10n.t('ISO date or time, inclusive'))
    .option('--to <time>', l10n.t('ISO date or time; a date includes its whole day'));
}

/** UTC ms; undefined = open at that end. Errors: `usage.invalid`, `report.invalidRange`. */
export function rangeOf(options: RangeOptions, now: number, timeZone: string): { readonly from: number | undefined; readonly to: number | undefined } {
  if (options.range === undefined) return { from: parseInstant(options.from, timeZone), to: parseInstant(options.to, timeZone, true) };
  const name = rangeNames.find((known) => known === options.range);
  if (name === undefined) throw new MomentosError('usage.invalid', { reason: `--range ${options.range} (${rangeNames.join(', ')})` });
  if (options.from !== undefined || options.to !== undefined) throw new MomentosError('usage.invalid', { reason: '--range, --from, --to' });
  return namedRange(name, now, timeZone);
}
