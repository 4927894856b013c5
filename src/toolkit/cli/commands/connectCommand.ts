import { resolve } from 'node:path';
import * as l10n from '@vscode/l10n';
import { type Command } from 'commander';
import { contactMedia, isNetworkChannel, networks, usualUrls } from '../../../core/config';
import { MomentosError } from '../../../core/errors';
import { type ChannelInfo, type Desk } from '../../../desk/deskApi';
import { sentence } from '../../../desk/sentences';
import { exitStatus } from '../exitStatus';
import { type CliHost, type CommonOptions, terminalFor, withDesk } from '../host';
import { type Terminal } from '../terminal';

export interface ConnectOptions extends CommonOptions {
  readonly browser?: boolean;
  readonly trustOrigin?: boolean;
  readonly disconnect?: boolean;
  readonly network?: string;
  readonly url?: string;
  readonly account?: string;
  readonly clientId?: string;
  readonly clientSecretFile?: string;
  readonly medium?: string;
  readonly name?: string;
  readonly token?: string;
  readonly tokenFile?: string;
  readonly pull: boolean;
}

/** connect. */
export function addConnectCommand(program: Command, host: CliHost): void {
  program
    .command('connect [channel]')
    .description(l10n.t('Add an account, sign in to it, and fetch what is there; the token is kept outside the desk folder.'))
    .option('--network <network>', l10n.t('add an account of this network: {0}', networks.join(', ')))
    .option('--url <url>', l10n.t('address of its server'))
    .option('--account <name>', l10n.t('account there'))
    .option('--client-id <id>', l10n.t('X: Client ID of the institution\'s app'))
    .option('--client-secret-file <file>', l10n.t('X: file with the Client Secret, if the app has one'))
    .option('--medium <medium>', l10n.t('contacts by hand: {0}', contactMedia.join(', ')))
    .option('--name <name>', l10n.t('how people call it'))
    .option('--token-file <file>', l10n.t('file with the token or app password'))
    .option('--token <->', l10n.t('- reads the token or app password from standard input'))
    .option('--browser', l10n.t('let the browser bring the code back (this machine only)'))
    .option('--no-pull', l10n.t('fetch nothing yet'))
    .option('--trust-origin', l10n.t('allow the token from the environment for the address in momentos.json'))
    .option('--disconnect', l10n.t('end the token and forget it'))
    .action(async (given: string | undefined, options: ConnectOptions) => {
      const terminal = terminalFor(host, options);
      const channel = options.network === undefined ? given : await added(host, options, terminal, given);
      await withDesk(host, options, async (desk) => {
        const id = channel ?? (await pickChannel(desk, terminal));
        const entry = desk.config.channels.find((known) => known.id === id);
        if (entry !== undefined && !isNetworkChannel(entry)) {
          if (terminal.json) terminal.value({ channel: id, connected: null, account: null });
          else terminal.line(l10n.t('{0} stands among the channels now.', id));
          return;
        }
        if (options.trustOrigin === true) await desk.channels.trustOrigin(id);
        else if (options.disconnect === true) await desk.channels.disconnect(id);
        else await signIn(desk, id, options, terminal, host);
        await report(desk, id, options, terminal, host);
      });
    });
}

/** Writes the entry, unless it stands there already; its id. Errors: `usage.invalid` with what is lacking, `config.*`. */
async function added(host: CliHost, options: ConnectOptions, terminal: Terminal, id: string | undefined): Promise<string> {
  const network = networks.find((known) => known === options.network);
  if (network === undefined) throw new MomentosError('usage.invalid', { reason: `--network ${options.network ?? ''} (${networks.join(', ')})` });
  const { mastodonAddress, sameChannel } = await import('../../../desk/channelEntry');
  const medium = contactMedia.find((known) => known === options.medium);
  let { url, account, clientId } = options;
  if (network === 'mastodon' && account !== undefined && url === undefined) ({ url, account } = mastodonAddress(account) ?? { url, account });
  if (network !== 'by-hand') {
    if (usualUrls[network] === undefined) url ??= await asked(host, terminal, '--url', l10n.t('Address of its server'));
    account ??= await asked(host, terminal, '--account', l10n.t('Account there'));
    if (network === 'x') clientId ??= await asked(host, terminal, '--client-id', l10n.t('Client ID of the institution\'s app at X'));
  } else if (medium === undefined) throw new MomentosError('usage.invalid', { reason: `--medium (${contactMedia.join(', ')})` });
  const wanted = { network, id, url, account: account?.trim().replace(/^@/u, ''), clientId, medium, name: options.name };
  return withDesk(host, options, async (desk) => {
    const known = sameChannel(desk.config, wanted);
    return known?.id ?? (await desk.channels.add(wanted)).id;
  });
}

/** Asks a person; without one it says which option is lacking. */
async function asked(host: CliHost, terminal: Terminal, option: string, question: string): Promise<string> {
  if (!host.streams.stdin.isTTY) throw new MomentosError('usage.invalid', { reason: option });
  return terminal.ask(question);
}

/** The one that is meant where none was named: the only one, else the one that the person picks. */
async function pickChannel(desk: Desk, terminal: Terminal): Promise<string> {
  const channels = await desk.channels.list();
  const [only] = channels;
  if (channels.length === 1 && only !== undefined) return only.id;
  const known = channels.map(({ id }) => id);
  if (channels.length === 0 || !terminal.streams.stdin.isTTY) throw new MomentosError('channel.notFound', { channel: '', known });
  for (const { id, name, connected } of channels) terminal.say(`  ${id}  ${name}  ${connected ? l10n.t('connected') : l10n.t('not connected')}`);
  return terminal.ask(l10n.t('Which one (or --network to add another)'), channels.find(({ connected }) => !connected)?.id ?? known[0]);
}

async function signIn(desk: Desk, id: string, options: ConnectOptions, terminal: Terminal, host: CliHost): Promise<void> {
  const channel = (await desk.channels.list()).find((candidate) => candidate.id === id);
  if (channel === undefined) throw new MomentosError('channel.notFound', { channel: id, known: desk.config.channels.map((known) => known.id) });
  const ways = await import('../signIn');
  const secret = await givenSecret(options, host);
  if (secret !== undefined) {
    await desk.channels.connectWith(id, { secret });
    return;
  }
  const way = channel.ways.find((candidate) => candidate !== 'browser') ?? 'code';
  await explain(channel, options.browser === true ? 'browser' : way, terminal, ways.callbackOf(channel));
  if (way === 'appPassword' || way === 'token') {
    const pasted = await terminal.askUnseen(way === 'token' ? l10n.t('Token') : l10n.t('App password'));
    if (pasted === undefined || pasted.trim() === '') throw new MomentosError('usage.invalid', { reason: l10n.t('the token is lacking: --token-file FILE, or --token - for standard input') });
    await desk.channels.connectWith(id, { secret: pasted });
    return;
  }
  await ways.signIn(desk, channel, { browser: options.browser === true, clientSecret: await clientSecret(channel, options, terminal, host) }, terminal, host);
}

/** What to make at the network, on stderr, for a person who reads it. */
async function explain(channel: ChannelInfo, way: ChannelInfo['ways'][number], terminal: Terminal, callback: string | undefined): Promise<void> {
  if (!terminal.streams.stdin.isTTY) return;
  const { connectGuide } = await import('../../../desk/connectGuide');
  const steps = connectGuide(channel.network, way, { callbacks: callback === undefined ? [] : [callback], url: channel.url });
  steps.forEach(({ words, link }, index) => {
    terminal.say(`${String(index + 1)}. ${words}${link === undefined ? '' : `\n   ${link}`}`);
  });
}

async function clientSecret(channel: ChannelInfo, options: ConnectOptions, terminal: Terminal, host: CliHost): Promise<string | undefined> {
  if (channel.network !== 'x') return undefined;
  if (options.clientSecretFile !== undefined) return readSecret(host, options.clientSecretFile);
  const given = (await terminal.askUnseen(l10n.t('Client Secret of the app (empty if it has none)')))?.trim();
  return given === '' ? undefined : given;
}

async function givenSecret(options: ConnectOptions, host: CliHost): Promise<string | undefined> {
  if (options.tokenFile !== undefined) return readSecret(host, options.tokenFile);
  if (options.token === undefined) return undefined;
  // A token on the command line would stand in the list of processes and in the shell's history.
  if (options.token !== '-') throw new MomentosError('usage.invalid', { reason: l10n.t('--token takes only - (standard input); a token does not belong on the command line') });
  let text = '';
  for await (const chunk of host.streams.stdin) text += String(chunk);
  if (text.trim() === '') throw new MomentosError('usage.invalid', { reason: '--token -' });
  return text.trim();
}

async function readSecret(host: CliHost, path: string): Promise<string> {
  const { readPrivateFile } = await import('../../../desk/keyFile');
  return (await readPrivateFile(resolve(host.cwd, path))).trim();
}

/** Who we are there, and what the first look brought. */
async function report(desk: Desk, id: string, options: ConnectOptions, terminal: Terminal, host: CliHost): Promise<void> {
  const info = (await desk.channels.list()).find((candidate) => candidate.id === id);
  const connected = info?.connected === true;
  const pulls = connected && options.pull && options.disconnect !== true && options.trustOrigin !== true;
  if (connected && !terminal.json) terminal.line(info.state.account === undefined ? l10n.t('{0} is connected.', id) : l10n.t('{0} is connected: there we are {1}.', id, `@${info.state.account.handle}`));
  if (!connected && !terminal.json) terminal.line(l10n.t('{0} is not connected.', id));
  const [pulled] = pulls ? await desk.pulling.pull({ channel: id, signal: host.signal, progress: terminal.progress(l10n.t('Fetching')) }) : [];
  const error = pulled?.error ?? null;
  if (terminal.json) {
    const failure = error === null ? {} : { error: { code: error.code, message: sentence(error) } };
    terminal.value({ channel: id, connected, account: info?.state.account?.handle ?? null, ...(pulled === undefined ? {} : { new: pulled.new, updated: pulled.updated }), ...failure });
    if (error !== null) process.exitCode = exitStatus(error.code);
    return;
  }
  if (error !== null) throw error;
  if (pulled !== undefined) terminal.line(l10n.t('{0}: {1} new, {2} changed', id, pulled.new, pulled.updated));
}
