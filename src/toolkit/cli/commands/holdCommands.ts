import * as l10n from '@vscode/l10n';
import { type Command } from 'commander';
import { MomentosError } from '../../../core/errors';
import { type Hold, type HoldScope } from '../../../core/hold';
import { systemClock } from '../../../desk/systemClock';
import { holdWords } from '../../../desk/holdWords';
import { parseUntil } from '../arguments';
import { type CliHost, type CommonOptions, terminalFor, withDesk } from '../host';
import { iso, plain } from '../mentionLines';
import { withKey } from './reviewerCommands';

interface SetOptions extends CommonOptions {
  readonly topic?: string;
  readonly channel?: string;
  readonly all?: boolean;
  readonly reason: string;
  readonly statement?: string;
  readonly until?: string;
}

/** hold: set, list, lift. */
export function addHoldCommands(program: Command, host: CliHost): void {
  const hold = program.command('hold').description(l10n.t('Hold answers back in a crisis: by topic, channel or all.'));

  withKey(hold.command('set'))
    .description(l10n.t('Hold answers back; only the statement may be sent until a second person lifts it.'))
    .option('--topic <id>', l10n.t('a topic of momentos.json'))
    .option('--channel <id>', l10n.t('only this channel'))
    .option('--all', l10n.t('every answer'))
    .requiredOption('--reason <text>', l10n.t('why; everybody at the desk reads it'))
    .option('--statement <id>', l10n.t('approved template that may be sent meanwhile'))
    .option('--until <time>', l10n.t('when it ends by itself: 2h, 3d or an ISO time'))
    .action(async (options: SetOptions) => {
      const terminal = terminalFor(host, options);
      const scope = scopeOf(options);
      await withDesk(host, options, async (desk) => {
        const until = options.until === undefined ? undefined : parseUntil(options.until, systemClock.now(), desk.config.institution.timeZone);
        const set = await desk.holds.set({ scope, reason: options.reason, statement: options.statement, until });
        terminal.item(() => holdJson(set), () => `${set.id}  ${plain(holdWords(set, desk, systemClock.now()), 400)}`);
      });
    });

  hold
    .command('list', { isDefault: true })
    .description(l10n.t('List what holds answers back.'))
    .action(async (options: CommonOptions) => {
      const terminal = terminalFor(host, options);
      await withDesk(host, options, async (desk) => {
        const holds = await desk.holds.list();
        for (const each of holds) terminal.item(() => holdJson(each), () => `${each.id}  ${plain(holdWords(each, desk, systemClock.now()), 400)}`);
        if (holds.length === 0) terminal.say(l10n.t('No answer is held back.'));
      });
    });

  withKey(hold.command('lift <id>'))
    .description(l10n.t('Lift a hold; not by whoever set it.'))
    .option('--reason <text>', l10n.t('why it is over'))
    .action(async (id: string, options: CommonOptions & { readonly reason?: string }) => {
      const terminal = terminalFor(host, options);
      await withDesk(host, options, async (desk) => {
        const lifted = await desk.holds.lift(id, options.reason);
        terminal.item(() => ({ status: 'lifted', id: lifted.id }), () => l10n.t('Lifted: answers go out again.'));
      });
    });
}

function scopeOf({ topic, channel, all }: SetOptions): HoldScope {
  if ([topic !== undefined, channel !== undefined, all === true].filter(Boolean).length !== 1) throw new MomentosError('usage.invalid', { reason: '--topic | --channel | --all' });
  if (topic !== undefined) return { kind: 'topic', id: topic };
  return channel === undefined ? { kind: 'all' } : { kind: 'channel', id: channel };
}

function holdJson({ id, scope, reason, statement, until, by, at }: Hold): Record<string, unknown> {
  return { id, scope: scope.kind, of: scope.kind === 'all' ? null : scope.id, reason, statement: statement ?? null, until: until === undefined ? null : iso(until), setBy: by.name, setAt: iso(at) };
}
