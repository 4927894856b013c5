import * as l10n from '@vscode/l10n';
import { type Command } from 'commander';
import { MomentosError } from '../../../core/errors';
import { type ChannelHealth, type ChannelReport, channelReports } from '../../../desk/channelReport';
import { systemClock } from '../../../desk/systemClock';
import { type CliHost, type CommonOptions, terminalFor, withDesk } from '../host';
import { plain } from '../mentionLines';
import { type Terminal } from '../terminal';

/** connect, channels. */
export function addChannelCommands(program: Command, host: CliHost): void {
  program
    .command('connect [channel]')
    .description(l10n.t('Sign in to a channel; the token is kept outside the desk folder.'))
    .option('--browser', l10n.t('let the browser bring the code back (this machine only)'))
    .option('--trust-origin', l10n.t('allow the token from the environment for the address in momentos.json'))
    .option('--disconnect', l10n.t('end the token and forget it'))
    .action(async (channelId: string | undefined, options: CommonOptions & { readonly browser?: boolean; readonly trustOrigin?: boolean; readonly disconnect?: boolean }) => {
      const terminal = terminalFor(host, options);
      await withDesk(host, options, async (desk) => {
        const channel = channelId ?? (desk.config.channels.length === 1 ? desk.config.channels[0]?.id : undefined);
        if (channel === undefined) throw new MomentosError('channel.notFound', { channel: '', known: desk.config.channels.map(({ id }) => id) });
        if (options.trustOrigin === true) await desk.channels.trustOrigin(channel);
        else if (options.disconnect === true) await desk.channels.disconnect(channel);
        else await (await import('../signIn')).signIn(desk, channel, options.browser === true, terminal, host);
        const info = (await desk.channels.list()).find(({ id }) => id === channel);
        if (terminal.json) terminal.value({ channel, connected: info?.connected === true, account: info?.state.account?.handle ?? null });
        else terminal.line(info?.connected === true ? l10n.t('{0} is connected.', channel) : l10n.t('{0} is not connected.', channel));
      });
    });

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
