import { createServer, request as forwardRequest, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { type AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** What goes wrong on the way. `answer` and the `before` ones keep the request from the server; the `after` ones spoil the server's real answer. */
export type NetworkFault = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Of the path; any when absent. */
  readonly path?: RegExp;
  /** How many requests it meets; all when absent. */
  readonly count?: number;
  /** How many fitting requests go through first. */
  readonly skip?: number;
} & (
  | { readonly kind: 'answer'; readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | { readonly kind: 'silenceBefore' | 'resetBefore' | 'silenceAfter' | 'resetAfter' | 'cutOff' | 'halfJson' | 'drip' | 'huge' | 'notHttp' }
  | { readonly kind: 'mislabel'; readonly type: string }
  /** The list in the answer comes the other way round, or each of its items twice. */
  | { readonly kind: 'reversed' | 'doubled' }
);

export interface SeenAtFront {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface FaultyFront {
  readonly url: string;
  readonly seen: SeenAtFront[];
  fault(fault: NetworkFault): void;
  heal(): void;
  close(): Promise<void>;
}

/** The list of an answer: all of it, or what stands under the name that the networks give it. */
function withList(json: unknown, change: (list: readonly unknown[]) => readonly unknown[]): unknown {
  if (Array.isArray(json)) return change(json);
  const entries = Object.entries(json as Readonly<Record<string, unknown>>);
  return Object.fromEntries(entries.map(([name, value]) => [name, ['data', 'notifications', 'items'].includes(name) && Array.isArray(value) ? change(value) : value]));
}

/** A real server on loopback that passes everything on to another one, and spoils it as it is told. */
export async function startFaultyFront(target: string, options: { /** The time of the server, where it is not the real one: answers are dated by it. */ readonly now?: () => number; readonly port?: number } = {}): Promise<FaultyFront> {
  let faults: { readonly fault: NetworkFault; left: number; skip: number }[] = [];
  const seen: SeenAtFront[] = [];
  const server = createServer((message, response) => {
    void answer(message, response).catch(() => response.destroy());
  });

  const answer = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(message.url ?? '/', 'http://front');
    const chunks: Buffer[] = [];
    for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    seen.push({ method: message.method ?? '', path: url.pathname, query: url.searchParams, headers: message.headers, body: body.toString('utf8') });
    const met = faults.find(({ fault, left }) => left > 0 && (fault.method ?? message.method) === message.method && (fault.path?.test(url.pathname) ?? true));
    if (met && met.skip > 0) met.skip -= 1;
    else if (met) {
      met.left -= 1;
      await spoil(met.fault, message, body, response);
      return;
    }
    const real = await pass(message, body);
    response.writeHead(real.status, real.headers).end(real.body);
  };

  const spoil = async (fault: NetworkFault, message: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> => {
    if (fault.kind === 'answer') {
      response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers }).end(fault.body ?? '');
      return;
    }
    if (fault.kind === 'silenceBefore') return;
    if (fault.kind === 'resetBefore') return void message.socket.destroy();
    if (fault.kind === 'notHttp') return void message.socket.end('this is no HTTP\r\n\r\n');
    const real = await pass(message, body);
    const { 'content-length': _length, ...headers } = real.headers;
    const half = real.body.subarray(0, Math.floor(real.body.length / 2));
    switch (fault.kind) {
      case 'silenceAfter': return;
      case 'resetAfter': return void message.socket.destroy();
      case 'cutOff':
        response.writeHead(real.status, { ...headers, 'content-length': String(real.body.length + 10) });
        response.write(half, () => message.socket.destroy());
        return;
      case 'halfJson': return void response.writeHead(real.status, headers).end(half);
      case 'mislabel': return void response.writeHead(real.status, { ...headers, 'content-type': fault.type }).end(real.body);
      case 'reversed':
      case 'doubled': {
        const changed = fault.kind === 'reversed' ? (list: readonly unknown[]) => [...list].reverse() : (list: readonly unknown[]) => list.flatMap((item) => [item, item]);
        return void response.writeHead(real.status, headers).end(JSON.stringify(withList(JSON.parse(real.body.toString('utf8')), changed)));
      }
      case 'huge': {
        response.writeHead(real.status, headers);
        const blocks = Array.from({ length: 160 }, () => Buffer.alloc(64 * 1024, ' '));
        await pipeline(Readable.from([...blocks, real.body]), response).catch(() => undefined);
        return;
      }
      case 'drip': {
        response.writeHead(real.status, headers);
        const timer = setInterval(() => void response.write(' '), 20);
        response.once('close', () => clearInterval(timer));
      }
    }
  };

  const pass = (message: IncomingMessage, body: Buffer): Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }> =>
    new Promise((resolve, reject) => {
      const { host: _host, connection: _connection, ...headers } = message.headers;
      const out = forwardRequest(new URL(message.url ?? '/', target), { method: message.method ?? 'GET', headers, agent: false }, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject);
        incoming.on('end', () => {
          const { connection: _gone, 'transfer-encoding': _chunked, 'keep-alive': _kept, ...kept } = incoming.headers;
          const dated = options.now === undefined ? kept : { ...kept, date: new Date(options.now()).toUTCString() };
          resolve({ status: incoming.statusCode ?? 0, headers: dated, body: Buffer.concat(chunks) });
        });
      });
      out.on('error', reject).end(body);
    });

  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    seen,
    fault: (fault) => void faults.push({ fault, left: fault.count ?? Infinity, skip: fault.skip ?? 0 }),
    heal: () => void (faults = []),
    close: async () => {
      server.closeAllConnections();
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}
