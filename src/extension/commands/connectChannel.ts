import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { isNetworkChannel } from '../../core/config';
import { MomentosError } from '../../core/errors';
import { connectGuide, wayWords } from '../../desk/connectGuide';
import { type ChannelInfo } from '../../desk/deskApi';
import { askYes } from '../ask';
import { type DeskSession } from '../deskSession';
import { openExactly } from '../openLink';
import { plainNotice } from '../safeText';
import { type SignInCallback } from '../signInCallback';
import { pickStep, runSteps, type Step, textStep } from '../steps';
import { guideStep } from './addChannel';

/** Shown to the person by the server, to be pasted; RFC 6749 clients without a callback use it. */
const pastedCode = 'urn:ietf:wg:oauth:2.0:oob';

type Way = ChannelInfo['ways'][number];

/** A sign-in on its way, by what has been answered. */
class Connecting {
  way: Way | undefined;
  private clientSecret: string | undefined;

  constructor(
    private readonly session: DeskSession,
    private readonly channel: ChannelInfo,
    private readonly callback: SignInCallback,
    private readonly guided: boolean,
    private readonly callbacks: readonly string[],
  ) {
    if (channel.ways.length === 1) this.way = channel.ways[0];
  }

  get title(): string {
    return l10n.t('Connect {0}', plainNotice(this.channel.name, 60));
  }

  /** What is to be asked, as far as it is known. */
  steps(): { readonly list: readonly Step[]; readonly complete: boolean } {
    const { channel, way } = this;
    const list: Step[] = [];
    if (channel.ways.length > 1) list.push(this.wayStep());
    if (way === undefined) return { list, complete: false };
    const guide = connectGuide(channel.network, way, { callbacks: this.callbacks, url: channel.url });
    if (guide.length > 0 && !this.guided) list.push(guideStep(this.title, () => Promise.resolve(guide)));
    if (channel.network === 'x') {
      if (this.clientIdMissing()) list.push(this.clientIdStep());
      list.push(this.clientSecretStep());
    }
    if (way === 'code') list.push(this.codeStep());
    if (way === 'appPassword' || way === 'token') list.push(this.secretStep(way));
    return { list, complete: true };
  }

  /** Waits for the browser to come back. */
  async throughBrowser(): Promise<void> {
    const desk = await this.session.use();
    const { signIn, code } = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: l10n.t('Waiting for the sign-in in the browser…'), cancellable: true }, async (_progress, cancel) => {
      const begun = await desk.channels.beginSignIn(this.channel.id, await this.callback.redirectUri(), this.clientSecret);
      const waiting = this.callback.wait(begun.state, cancel);
      if (!(await openExactly(begun.authorizeUrl))) throw new MomentosError('signIn.cancelled');
      return { signIn: begun, code: await waiting };
    });
    await (await this.session.use()).channels.finishSignIn(this.channel.id, signIn, code);
  }

  private clientIdMissing(): boolean {
    const entry = this.session.desk?.config.channels.find(({ id }) => id === this.channel.id);
    return entry !== undefined && isNetworkChannel(entry) && entry.clientId === undefined;
  }

  private wayStep(): Step {
    return async (place) => {
      const { turn, value } = await pickStep<Way>(place, { title: this.title, items: this.channel.ways.map((way) => ({ ...wayWords(way), value: way })) });
      if (value !== undefined) this.way = value;
      return turn;
    };
  }

  private clientIdStep(): Step {
    return async (place) =>
      (await textStep(place, {
        title: this.title,
        prompt: l10n.t('The OAuth 2.0 Client ID of the app. It is no secret and stands in momentos.json.'),
        accept: async (text) => {
          await (await this.session.use()).channels.setClientId(this.channel.id, text);
          await this.session.reopen();
        },
      })).turn;
  }

  private clientSecretStep(): Step {
    return async (place) => {
      const { turn, value } = await textStep(place, { title: this.title, prompt: l10n.t('The Client Secret of the app; empty if it has none (Native App). It is kept with the token, never in the desk folder.'), password: true, mayBeEmpty: true });
      this.clientSecret = value === '' ? undefined : value;
      return turn;
    };
  }

  private codeStep(): Step {
    return async (place) => {
      const desk = await this.session.use();
      const signIn = await desk.channels.beginSignIn(this.channel.id, pastedCode, this.clientSecret);
      // Where no browser can be opened from here the person has been offered to copy the address: the code is asked for all the same.
      await openExactly(signIn.authorizeUrl);
      const { turn } = await textStep(place, {
        title: this.title,
        prompt: l10n.t('Allow access on the page that opened, then paste the code that it shows, or the whole address that it ends at.'),
        password: true,
        accept: async (code) => (await this.session.use()).channels.finishSignIn(this.channel.id, signIn, code),
      });
      return turn;
    };
  }

  private secretStep(way: 'appPassword' | 'token'): Step {
    return async (place) =>
      (await textStep(place, {
        title: this.title,
        prompt: way === 'appPassword' ? l10n.t('Paste the app password. It is kept outside the desk folder.') : l10n.t('Paste the token. It is kept outside the desk folder.'),
        password: true,
        accept: async (secret) => (await this.session.use()).channels.connectWith(this.channel.id, { secret }),
      })).turn;
  }
}

/** Connects an account of momentos.json; false = the person let it be. `guided`: what to make at the network has been shown. Errors: `signIn.*`, `network.*`, `secret.*`. */
export async function connectChannel(session: DeskSession, channel: ChannelInfo, callback: SignInCallback, guided: boolean): Promise<boolean> {
  if (channel.problem?.code === 'secret.otherOrigin' && channel.problem.details['environment'] === true) return trustOrigin(session, channel);
  const connecting = new Connecting(session, channel, callback, guided, [await callback.redirectUri()]);
  if (!(await runSteps(() => connecting.steps()))) return false;
  if (connecting.way === 'browser') await connecting.throughBrowser();
  return true;
}

async function trustOrigin(session: DeskSession, channel: ChannelInfo): Promise<boolean> {
  const { origin } = new URL(channel.url);
  if (!(await askYes(l10n.t('Send the token from the environment to {0}?', origin), l10n.t('Trust This Address'), l10n.t('Say yes only if this is the server of your institution\'s account. Momentos remembers it outside the desk folder.')))) return false;
  await (await session.use()).channels.trustOrigin(channel.id);
  return true;
}
