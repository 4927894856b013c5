import { resolve } from 'node:path';
import * as l10n from '@vscode/l10n';
import { type Command } from 'commander';
import { MomentosError } from '../../../core/errors';
import { citizenDataFormats, type CitizenDataFormat } from '../../../desk/citizenData/citizenDataApi';
import { type CliHost, type CommonOptions, terminalFor, withDesk } from '../host';

interface DataOptions extends CommonOptions {
  readonly author?: string[];
  readonly mention?: string[];
  readonly out: string;
  readonly format?: string;
  readonly purpose: string;
  readonly withStaff?: boolean;
  readonly overwrite?: boolean;
}

/** citizen data. */
export function addCitizenCommands(program: Command, host: CliHost): void {
  const citizen = program.command('citizen').description(l10n.t('What the desk holds on one person.'));

  citizen
    .command('data')
    .description(l10n.t('Write everything on one person into a readable page and a JSON file: the right of access.'))
    .option('--author <id...>', l10n.t('id of the author (a-…); several where one person has several accounts'))
    .option('--mention <id...>', l10n.t('a mention that this person wrote'))
    .requiredOption('--out <file>', l10n.t('where to write: a folder, or the name of the file'))
    .requiredOption('--purpose <text>', l10n.t('for what, and to whom it goes; it is logged'))
    .option('--format <formats>', l10n.t('html, json or both, separated by a comma (default: both)'))
    .option('--with-staff', l10n.t('leave the names of the staff in it'))
    .option('--overwrite', l10n.t('replace the file if it exists'))
    .action(async (options: DataOptions) => {
      const terminal = terminalFor(host, options);
      if (options.author === undefined && options.mention === undefined) throw new MomentosError('usage.invalid', { reason: '--author | --mention' });
      const formats = formatsOf(options);
      await withDesk(host, options, async (desk) => {
        const given = await desk.citizenData.give({
          authors: options.author ?? [],
          mentions: options.mention ?? [],
          purpose: options.purpose,
          formats,
          out: resolve(host.cwd, options.out),
          overwrite: options.overwrite === true,
          withStaff: options.withStaff === true,
          progress: terminal.progress(l10n.t('Exporting')),
          signal: host.signal,
        });
        terminal.item(() => ({ paths: given.paths, authors: given.authors, mentions: given.mentions, entries: given.entries }), () => given.paths.join('\n'));
        terminal.say(l10n.t('{0} messages, {1} entries of the audit log. Read it before you hand it out: notes and texts may name other people.', given.mentions, given.entries));
      });
    });
}

/** Errors: `usage.invalid`. */
function formatsOf({ format, out }: DataOptions): readonly CitizenDataFormat[] {
  const ending = citizenDataFormats.find((known) => out.endsWith(`.${known}`));
  if (format === undefined) return ending === undefined ? citizenDataFormats : [ending];
  return format.split(',').map((part) => {
    const known = citizenDataFormats.find((name) => name === part.trim());
    if (known === undefined) throw new MomentosError('usage.invalid', { reason: `--format ${part} (${citizenDataFormats.join(', ')})` });
    return known;
  });
}
