import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { MomentosError } from '../../core/errors';
import { type ChannelInfo, type Desk } from '../../desk/deskApi';
import { askOne, askText, askYes } from '../ask';
import { type Deeds } from '../deeds';
import { type DeskSession } from '../deskSession';
import { commands, views } from '../ids';
import { openExactly } from '../openLink';
import { type Polling } from '../polling';
import { plainNotice } from '../safeText';
import { type Situation } from '../situation';
import { type SignInCallback } from '../signInCallback';
import { channelIdOf } from './channelActions';

/** Shown to the person by the server, to be pasted; RFC 6749 clients without a callback use it. */
const pastedCode = 'urn:ietf:wg:oauth:2.0:oob';

export interface ChannelCommandParts {
  readonly session: DeskSession;
  readonly situation: Situation;
  readonly polling: Polling;
  readonly callback: SignInCallback;
}

/** Connecting and disconnecting networks. */
export function registerChannelCommands(deeds: Deeds, parts: ChannelCommandParts): vscode.Disposable {
  return vscode.Disposable.from(
    deeds.register(commands.channelConnect, async (node) => {
      const desk = await parts.session.use();
      if (desk.config.channels.length === 0) {
        await vscode.commands.executeCommand(commands.deskOpenConfig);
        void vscode.window.showInformationMessage(l10n.t('momentos.json names no network account yet. Add it under "channels", save, and connect it.'));
        return;
      }
      const channel = await pickChannel(desk, node, l10n.t('Connect Which Account?'));
      if (channel === undefined || !(await connect(desk, channel, parts.callback))) return;
      await parts.situation.look();
      void vscode.window.showInformationMessage(plainNotice(l10n.t('{0} is connected.', channel.name)));
      await vscode.window.withProgress({ location: { viewId: views.inbox } }, () => parts.polling.pullNow());
    }),
    deeds.register(commands.channelDisconnect, async (node) => {
      const desk = await parts.session.use();
      const channel = await pickChannel(desk, node, l10n.t('Disconnect Which Account?'));
      if (channel === undefined) return;
      const yes = await askYes(plainNotice(l10n.t('Disconnect {0}?', channel.name)), l10n.t('Disconnect'), l10n.t('Its token is deleted here and given back to the network. Mentions and the audit log stay.'));
      if (!yes) return;
      await desk.channels.disconnect(channel.id);
      await parts.situation.look();
    }),
  );
}

async function pickChannel(desk: Desk, node: unknown, title: string): Promise<ChannelInfo | undefined> {
  const channels = await desk.channels.list();
  const clicked = channels.find(({ id }) => id === channelIdOf(node));
  if (clicked !== undefined) return clicked;
  if (channels.length === 1) return channels[0];
  return askOne(
    title,
    channels.map((channel) => ({ label: plainNotice(channel.name, 80), description: `${plainNotice(channel.url, 80)} · ${channel.connected ? l10n.t('connected') : l10n.t('not connected')}`, value: channel })),
  );
}

/** True when it is connected afterwards; false = the person let it be. */
async function connect(desk: Desk, channel: ChannelInfo, callback: SignInCallback): Promise<boolean> {
  if (channel.problem?.code === 'secret.otherOrigin' && channel.problem.details['environment'] === true) {
    const { origin } = new URL(channel.url);
    if (!(await askYes(l10n.t('Send the token from the environment to {0}?', origin), l10n.t('Trust This Address'), l10n.t('Say yes only if this is the server of your institution\'s account. Momentos remembers it outside the desk folder.')))) return false;
    await desk.channels.trustOrigin(channel.id);
    return true;
  }
  const way = await askOne(l10n.t('Connect {0}', plainNotice(channel.name, 60)), [
    { label: l10n.t('Sign in with the browser'), detail: l10n.t('A page of the network asks for your consent and comes back here by itself.'), value: 'callback' as const },
    { label: l10n.t('Sign in and paste a code'), detail: l10n.t('If the page cannot come back: it shows a code, and you paste it here.'), value: 'pasted' as const },
  ]);
  if (way === undefined) return false;
  return way === 'callback' ? throughBrowser(desk, channel, callback) : byPastedCode(desk, channel);
}

async function throughBrowser(desk: Desk, channel: ChannelInfo, callback: SignInCallback): Promise<boolean> {
  const code = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: l10n.t('Waiting for the sign-in in the browser…'), cancellable: true }, async (_progress, cancel) => {
    const signIn = await desk.channels.beginSignIn(channel.id, await callback.redirectUri());
    const waiting = callback.wait(signIn.state, cancel);
    if (!(await openExactly(signIn.authorizeUrl))) throw new MomentosError('signIn.cancelled');
    return { signIn, code: await waiting };
  });
  await desk.channels.finishSignIn(channel.id, code.signIn, code.code);
  return true;
}

async function byPastedCode(desk: Desk, channel: ChannelInfo): Promise<boolean> {
  const signIn = await desk.channels.beginSignIn(channel.id, pastedCode);
  // Where no browser can be opened from here the person has been offered to copy the address: the code is asked for all the same.
  await openExactly(signIn.authorizeUrl);
  const code = await askText({ title: l10n.t('Connect {0}', plainNotice(channel.name, 60)), prompt: l10n.t('Allow access on the page that opened, then paste the code that it shows.'), required: true, password: true });
  if (code === undefined) return false;
  await desk.channels.finishSignIn(channel.id, signIn, code);
  return true;
}
