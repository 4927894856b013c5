import * as l10n from '@vscode/l10n';
import { type Command } from 'commander';
import { type ChannelHealth, type ChannelReport, channelReports } from '../../../desk/channelReport';
import { systemClock } from '../../../desk/systemClock';
import { type CliHost, type CommonOptions, terminalFor, withDesk } from '../host';
import { plain } from '../mentionLines';
import { type Terminal } from '../terminal';
import { addConnectCommand } from './connectCommand';

/** connect, channels. */
export function addChannelCommands(program: Command, host: CliHost): void {
  addConnectCommand(program, host);
  program
    .command('channels')
    .description(l10n.t('Show every channel: its last and next look, its limits, what it can do, and what is wrong with it.'))
    .action(async (options: CommonOptions) => {
      const terminal = terminalFor(host, options);
      await withDesk(host, options, async (desk) => {
        const reports = await channelReports(desk, systemClock.now());
        for (const report of reports) terminal.item(() => channelJson(report), () => channelText(report, terminal));
        if (reports.length === 0) terminal.say(l10n.t('momentos.json names no channel yet. "momentos connect" adds one.'));
      });
    });
}

const signs: Readonly<Record<ChannelHealth, string>> = { working: '✓', unread: '○', waiting: '…', failing: '✗', notConnected: '✗', byHand: '-' };
const colours: Readonly<Record<ChannelHealth, 'green' | 'yellow' | 'red' | 'dim'>> = { working: 'green', unread: 'dim', waiting: 'yellow', failing: 'red', notConnected: 'red', byHand: 'dim' };

function channelText(report: ChannelReport, terminal: Terminal): string {
  const facts = report.facts.map(({ label, words }) => `    ${label}: ${plain(words, 400)}`);
  return [`${terminal.colour(colours[report.health], signs[report.health])} ${report.id}  ${plain(report.name, 80)}  ${plain(report.summary, 120)}`, ...facts].join('\n');
}

function channelJson({ id, name, network, health, problem, error, help, info }: ChannelReport): unknown {
  const time = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());
  const base = { id, name, network, health };
  if (info === undefined) return base;
  const { state } = info;
  return {
    ...base,
    url: info.url,
    account: state.account?.handle ?? info.account,
    connected: info.connected,
    lastPullAt: time(state.lastPullAt),
    nextPullAt: time(state.nextPullAt),
    retryAt: time(state.retryAt),
    lagMs: state.lagMs ?? null,
    limits: state.limits === undefined ? null : { limit: state.limits.limit ?? null, remaining: state.limits.remaining, resetAt: time(state.limits.resetAt) },
    capabilities: info.capabilities,
    failingSince: time(state.failingSince),
    error: error === undefined ? null : { code: error.code, message: problem, help },
  };
}
