import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { isNetworkChannel } from '../../core/config';
import { MomentosError } from '../../core/errors';
import { channelReports, type ChannelReport } from '../../desk/channelReport';
import { type ChannelInfo } from '../../desk/deskApi';
import { channelWords } from '../../desk/words';
import { type Clock } from '../../core/clock';
import { askOne, askYes } from '../ask';
import { type Deeds } from '../deeds';
import { type DeskSession } from '../deskSession';
import { commands } from '../ids';
import { plainNotice } from '../safeText';
import { type Situation } from '../situation';
import { type SignInCallback } from '../signInCallback';
import { askChannel } from './addChannel';
import { channelIdOf, meantChannel } from './channelActions';
import { connectChannel } from './connectChannel';

export interface ChannelCommandParts {
  readonly session: DeskSession;
  readonly situation: Situation;
  readonly callback: SignInCallback;
  readonly clock: Clock;
}

/** Connecting and disconnecting networks. */
export function registerChannelCommands(deeds: Deeds, parts: ChannelCommandParts): vscode.Disposable {
  const { session, situation, callback } = parts;
  return vscode.Disposable.from(
    deeds.register(commands.channelConnect, async (node) => {
      const chosen = await chooseChannel(parts, channelIdOf(node));
      if (chosen === undefined) return;
      const added = chosen === 'add' ? await addChannel(parts) : undefined;
      const id = chosen === 'add' ? added : chosen;
      if (id === undefined) return;
      const channel = await networkChannel(session, id);
      try {
        if (!(await connectChannel(session, channel, callback, added !== undefined))) return;
      } finally {
        await situation.look();
      }
      await firstPull(parts, id);
    }),
    deeds.register(commands.channelDisconnect, async (node) => {
      const desk = await session.use();
      const channel = await meantChannel(desk, parts.clock, node, l10n.t('Disconnect Which Account?'), ({ info }) => info !== undefined);
      if (channel === undefined) return;
      const yes = await askYes(plainNotice(l10n.t('Disconnect {0}?', channel.name)), l10n.t('Disconnect'), l10n.t('Its token is deleted here and given back to the network. Mentions and the audit log stay.'));
      if (!yes) return;
      await desk.channels.disconnect(channel.id);
      await situation.look();
    }),
  );
}

/** The one whose row was clicked, one of momentos.json, or one that is to be added. */
async function chooseChannel({ session, clock }: ChannelCommandParts, clicked: string | undefined): Promise<string | undefined> {
  if (clicked !== undefined) return clicked;
  const reports = (await channelReports(await session.use(), clock.now())).filter(({ info }) => info !== undefined);
  if (reports.length === 0) return 'add';
  const unconnected = (report: ChannelReport): boolean => report.health === 'notConnected';
  const ordered = [...reports.filter(unconnected), ...reports.filter((report) => !unconnected(report))];
  const chosen = await askOne<{ readonly id?: string }>(l10n.t('Connect Which Account?'), [
    ...ordered.map(({ id, name, networkName, healthWords }) => ({ label: plainNotice(name, 80), description: plainNotice(`${networkName} · ${healthWords}`, 120), value: { id } })),
    { label: `$(add) ${l10n.t('Add an account…')}`, value: {}, alwaysShow: true },
  ]);
  return chosen === undefined ? undefined : (chosen.id ?? 'add');
}

/** The id of the network account that was added; undefined = none, or one that needs no connection. */
async function addChannel({ session, situation, callback }: ChannelCommandParts): Promise<string | undefined> {
  const wanted = await askChannel(async () => [await callback.redirectUri()]);
  if (wanted === undefined) return undefined;
  const entry = await (await session.use()).channels.add(wanted);
  await session.reopen();
  await situation.look();
  if (isNetworkChannel(entry)) return entry.id;
  const { config } = await session.use();
  void vscode.window.showInformationMessage(plainNotice(l10n.t('{0} stands among the channels now.', channelWords(config, entry.id))));
  return undefined;
}

async function networkChannel(session: DeskSession, id: string): Promise<ChannelInfo> {
  const desk = await session.use();
  const channel = (await desk.channels.list()).find((candidate) => candidate.id === id);
  if (channel === undefined) throw new MomentosError('channel.notFound', { channel: id, known: desk.config.channels.map((known) => known.id) });
  return channel;
}

/** Says who we are there, and brings what is there. */
async function firstPull({ session, situation }: ChannelCommandParts, id: string): Promise<void> {
  const desk = await session.use();
  const channel = await networkChannel(session, id);
  const pulled = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: plainNotice(l10n.t('{0} is connected. Looking at what is there…', channel.name)), cancellable: true }, async (_progress, cancel) => {
    const stop = new AbortController();
    const listening = cancel.onCancellationRequested(() => {
      stop.abort();
    });
    try {
      const [result] = await desk.pulling.pull({ channel: id, signal: stop.signal });
      return result;
    } finally {
      listening.dispose();
      await situation.look();
    }
  });
  if (pulled !== undefined && pulled.error !== null) throw pulled.error;
  const account = (await networkChannel(session, id)).state.account;
  const who = account === undefined ? channel.account : account.name === account.handle ? `@${account.handle}` : `${account.name} (@${account.handle})`;
  const fresh = pulled?.new ?? 0;
  const brought = fresh === 0 ? l10n.t('No new mention is there.') : fresh === 1 ? l10n.t('It brought 1 mention.') : l10n.t('It brought {0} mentions.', fresh);
  void vscode.window.showInformationMessage(plainNotice(`${l10n.t('{0} is connected: there we are {1}.', channel.name, who)} ${brought}`));
}
