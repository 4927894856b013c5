import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type ChannelConfig } from '../../../src/core/config';
import { type Channel } from '../../../src/core/channelPort';
import { type ChannelSecret } from '../../../src/core/secretPorts';
import { createChannel } from '../../../src/channels/registry';
import { TestClock, TestLogger, SecretKeeper } from './testEnvironment';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON unless it is a string; nothing is sent when undefined. */
  readonly body?: unknown;
}

/** What the server does at `METHOD /path`; the longest path that fits the beginning counts. 404 without a body for the rest. */
export type Script = Readonly<Record<string, (asked: Asked) => Answer>>;

export interface ScriptedServer {
  readonly url: string;
  readonly seen: readonly Asked[];
  readonly log: TestLogger;
  readonly clock: TestClock;
  channel(options?: { readonly account?: string; readonly secret?: Partial<ChannelSecret> }): Channel;
  close(): Promise<void>;
}

export const ownAccount = { id: '1', acct: 'isc', username: 'isc', display_name: 'ISC' };

/** A real HTTP server that answers word for word as a test says. */
export async function startScriptedServer(script: Script): Promise<ScriptedServer> {
  const seen: Asked[] = [];
  const all: Script = { 'GET /api/v1/accounts/verify_credentials': () => ({ body: ownAccount }), ...script };
  const routes = Object.keys(all).sort((left, right) => right.length - left.length);
  const read = async (message: IncomingMessage): Promise<string> => {
    const chunks: Buffer[] = [];
    for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
    return Buffer.concat(chunks).toString('utf8');
  };
  const server = createServer((message, response) => {
    void read(message).then((body) => {
      const url = new URL(message.url ?? '/', 'http://server');
      const asked: Asked = { method: message.method ?? '', path: url.pathname, query: url.searchParams, headers: message.headers, body };
      seen.push(asked);
      const route = routes.find((each) => `${asked.method} ${asked.path}`.startsWith(each));
      const answer: Answer = route === undefined ? { status: 404 } : all[route]!(asked);
      const text = answer.body === undefined ? '' : typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers }).end(text);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const log = new TestLogger();
  const clock = new TestClock();
  return {
    url, seen, log, clock,
    channel: ({ account = 'isc', secret = {} } = {}) => {
      const config: ChannelConfig = { id: 'odd', network: 'mastodon', url, account };
      return createChannel(config, new SecretKeeper({ token: 'token-1', ...secret }).environment({ clock, logger: log }));
    },
    close: async () => {
      server.closeAllConnections();
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}
