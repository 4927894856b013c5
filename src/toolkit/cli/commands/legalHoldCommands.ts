import * as l10n from '@vscode/l10n';
import { type Command } from 'commander';
import { MomentosError } from '../../../core/errors';
import { type LegalHold, type LegalHoldScope } from '../../../core/legalHold';
import { type Desk } from '../../../desk/deskApi';
import { legalHoldWords } from '../../../desk/legalHoldWords';
import { systemClock } from '../../../desk/systemClock';
import { parseInstant } from '../arguments';
import { type CliHost, type CommonOptions, terminalFor, withDesk } from '../host';
import { iso, plain } from '../mentionLines';
import { withKey } from './reviewerCommands';

interface ScopeOptions {
  readonly case?: string;
  readonly author?: string;
  readonly mention?: string;
  readonly from?: string;
  readonly to?: string;
}

/** legal-hold: set, list, lift. */
export function addLegalHoldCommands(program: Command, host: CliHost): void {
  const hold = program.command('legal-hold').description(l10n.t('What a court, an audit or a complaint keeps from being erased: by case, person or period.'));

  withKey(hold.command('set'))
    .description(l10n.t('Set a legal hold: nothing that it covers is erased or disposed of until a second person lifts it.'))
    .option('--case <number>', l10n.t('everything of this case'))
    .option('--author <id>', l10n.t('everything of this person, by the id of the author (a-…)'))
    .option('--mention <id>', l10n.t('everything of the person who wrote this mention'))
    .option('--from <time>', l10n.t('ISO date or time, inclusive'))
    .option('--to <time>', l10n.t('ISO date or time; a date includes its whole day'))
    .requiredOption('--reason <text>', l10n.t('whose order, and what for; everybody at the desk reads it'))
    .action(async (options: CommonOptions & ScopeOptions & { readonly reason: string }) => {
      const terminal = terminalFor(host, options);
      await withDesk(host, options, async (desk) => {
        const set = await desk.legalHolds.set({ scope: scopeOf(options, desk), reason: options.reason });
        terminal.item(() => holdJson(set), () => line(set, desk));
      });
    });

  hold
    .command('list', { isDefault: true })
    .description(l10n.t('List the legal holds that stand.'))
    .action(async (options: CommonOptions) => {
      const terminal = terminalFor(host, options);
      await withDesk(host, options, async (desk) => {
        const holds = await desk.legalHolds.list();
        for (const each of holds) terminal.item(() => holdJson(each), () => line(each, desk));
        if (holds.length === 0) terminal.say(l10n.t('There is no legal hold.'));
      }, { readOnly: true });
    });

  withKey(hold.command('lift <id>'))
    .description(l10n.t('Lift a legal hold: a second person with the role "redactions", who signs it.'))
    .requiredOption('--reason <text>', l10n.t('why it is over'))
    .action(async (id: string, options: CommonOptions & { readonly reason: string }) => {
      const terminal = terminalFor(host, options);
      await withDesk(host, options, async (desk) => {
        const lifted = await desk.legalHolds.lift(id, options.reason);
        terminal.item(() => ({ status: 'lifted', id: lifted.id }), () => l10n.t('Lifted: what it covered follows its rules again.'));
      });
    });
}

function scopeOf({ case: number, author, mention, from, to }: ScopeOptions, { inbox, config }: Desk): LegalHoldScope {
  if ([number, author, mention, from].filter((given) => given !== undefined).length !== 1 || (to !== undefined && from === undefined)) {
    throw new MomentosError('usage.invalid', { reason: '--case | --author | --mention | --from [--to]' });
  }
  if (number !== undefined) return { kind: 'case', number };
  if (author !== undefined) return { kind: 'author', id: author };
  if (mention !== undefined) return { kind: 'author', id: inbox.get(mention).authorId };
  const zone = config.institution.timeZone;
  const end = parseInstant(to, zone, true);
  return { kind: 'period', from: parseInstant(from, zone) ?? 0, ...(end === undefined ? {} : { to: end }) };
}

function line(hold: LegalHold, desk: Desk): string {
  return `${hold.id}  ${plain(legalHoldWords(hold, desk, systemClock.now()), 500)}`;
}

function holdJson({ id, scope, reason, by, at }: LegalHold): Record<string, unknown> {
  const of = scope.kind === 'case' ? { case: scope.number } : scope.kind === 'author' ? { author: scope.id } : { from: iso(scope.from), to: scope.to === undefined ? null : iso(scope.to) };
  return { id, scope: scope.kind, ...of, reason, setBy: by.name, setAt: iso(at) };
}
