import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import * as l10n from '@vscode/l10n';
import { MomentosError } from '../../core/errors';
import { fixedCallback } from '../../desk/connectGuide';
import { type ChannelInfo, type Desk } from '../../desk/deskApi';
import { type CliHost } from './host';
import { type Terminal } from './terminal';

const signInTimeoutMs = 10 * 60_000;

/** The one address that the browser may end at, where the network compares it letter by letter; undefined = any port of ours will do. */
export function callbackOf({ network }: Pick<ChannelInfo, 'network'>): string | undefined {
  return network === 'x' ? fixedCallback : undefined;
}

/**
 * A person signs in to a channel: by a code that is pasted, or by a browser of this machine that brings it to a port of ours.
 * Errors: `signIn.*`, `secret.otherAccount`, `network.*`, `usage.invalid` when nobody can paste.
 */
export async function signIn(desk: Desk, { id: channel, ...info }: ChannelInfo, how: { readonly browser: boolean; readonly clientSecret: string | undefined }, terminal: Terminal, host: CliHost): Promise<void> {
  if (!how.browser) {
    const flow = await desk.channels.beginSignIn(channel, 'urn:ietf:wg:oauth:2.0:oob', how.clientSecret);
    host.streams.stderr.write(`${l10n.t('Open this page, allow access, and copy the code:')}\n${flow.authorizeUrl}\n`);
    await desk.channels.finishSignIn(channel, flow, await terminal.ask(l10n.t('Code')));
    return;
  }
  const fixed = callbackOf(info);
  const server = createServer();
  await listen(server, fixed !== undefined);
  try {
    const redirectUri = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/callback`;
    const flow = await desk.channels.beginSignIn(channel, redirectUri, how.clientSecret);
    host.streams.stderr.write(`${l10n.t('Allow access on the page that opens, or open it yourself:')}\n${flow.authorizeUrl}\n`);
    openInBrowser(flow.authorizeUrl);
    const code = await new Promise<string>((resolveCode, reject) => {
      const timer = setTimeout(() => { reject(new MomentosError('signIn.timedOut')); }, signInTimeoutMs);
      host.signal.addEventListener('abort', () => { reject(new MomentosError('signIn.cancelled')); }, { once: true });
      server.on('request', (request, response) => {
        const asked = new URL(request.url ?? '/', redirectUri);
        const right = asked.pathname === '/callback' && asked.searchParams.get('state') === flow.state;
        response.writeHead(right ? 200 : 404, { 'content-type': 'text/plain; charset=utf-8' }).end(right ? l10n.t('Done. You may close this page.') : '');
        if (!right) return;
        clearTimeout(timer);
        const given = asked.searchParams.get('code');
        if (given === null) reject(new MomentosError('signIn.refused'));
        else resolveCode(given);
      });
    });
    await desk.channels.finishSignIn(channel, flow, code);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** At the port that the README names; where it is taken, at any, unless the network comes back only to an address that the app lists (X). */
function listen(server: Server, fixed: boolean): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => {
      if (fixed) reject(new MomentosError('usage.invalid', { reason: l10n.t('the port of the sign-in is in use; close what uses it, or go without --browser') }, { cause }));
      else server.listen(0, '127.0.0.1', resolve);
    });
    server.listen(Number(new URL(fixedCallback).port), '127.0.0.1', resolve);
  });
}

function openInBrowser(url: string): void {
  const command = process.platform === 'darwin' ? 'open' : process.platform === 'win32' ? 'explorer' : 'xdg-open';
  spawn(command, [url], { stdio: 'ignore', detached: true }).on('error', () => undefined).unref();
}
