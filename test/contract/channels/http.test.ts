import { once } from 'node:events';
import { createServer as createTlsServer } from 'node:https';
import { createServer, type Server } from 'node:net';
import { type AddressInfo } from 'node:net';
import { createServer as createHttpServer } from 'node:http';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Http, type HttpOptions } from '../../../src/channels/http';
import { codeOf, failureOf, TestClock, TestLogger, TestRandomness } from './testEnvironment';
import { untrusted } from './untrustedCertificate';

const canary = 'canary-token-Zx81+/=';
const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(open.splice(0).map((close) => close()));
});

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push(() => new Promise((resolve) => server.close(resolve)));
  return (server.address() as AddressInfo).port;
}

const client = (origin: string, more: Partial<HttpOptions> = {}): Http =>
  new Http({ origin, token: () => Promise.resolve(canary), userAgent: 'Momentos/0.1.0', clock: new TestClock(), random: new TestRandomness(), logger: new TestLogger(), ...more });
const read = { method: 'GET', path: '/' } as const;
const write = { method: 'POST', path: '/', json: {} } as const;

describe('http', () => {
  test('sends nothing in the clear to anywhere but this machine', async () => {
    const token = vi.fn(() => Promise.resolve(canary));
    expect(await codeOf(client('http://social.example', { token }).request(read), canary)).toBe('network.plainHttp');
    expect(await codeOf(client('http://192.168.1.20', { token }).request(write), canary)).toBe('network.plainHttp');
    expect(token).not.toHaveBeenCalled();
  });

  test('sends nothing to a server whose certificate is not trusted, and knows that a write did not happen', async () => {
    const asked: unknown[] = [];
    const port = await listen(createTlsServer(untrusted, (message, response) => {
      asked.push(message.headers);
      response.end('{}');
    }));
    for (const request of [read, write]) {
      const failure = await failureOf(client(`https://127.0.0.1:${String(port)}`).request(request), canary);
      expect([failure.code, failure.details['tlsCode']]).toEqual(['network.tls', 'DEPTH_ZERO_SELF_SIGNED_CERT']);
    }
    expect(asked).toEqual([]);
  });

  test('a server that speaks no TLS is a TLS failure', async () => {
    const port = await listen(createHttpServer((_message, response) => response.end('{}')));
    expect(await codeOf(client(`https://127.0.0.1:${String(port)}`).request(read), canary)).toBe('network.tls');
  });

  test('a host without address is offline, for a write too', async () => {
    for (const request of [read, write]) expect(await codeOf(client('https://no-such-host.invalid').request(request), canary)).toBe('network.offline');
  });

  test('a connection that is not made in time was surely not used', async () => {
    // It accepts the connection, but the encryption never begins.
    const port = await listen(createServer((socket) => socket.on('error', () => undefined).resume()));
    const failure = await failureOf(client(`https://127.0.0.1:${String(port)}`, { limits: { connect: 100 } }).request(write), canary);
    expect([failure.code, failure.details['reason']]).toEqual(['network.offline', 'connectTimeout']);
  });

  test('a token that no header can carry is the fault of the secret', async () => {
    const port = await listen(createHttpServer((_message, response) => response.end('{}')));
    for (const token of ['canary\nInjected: yes', 'canary ñ', '']) {
      expect(await codeOf(client(`http://127.0.0.1:${String(port)}`, { token: () => Promise.resolve(token) }).request(read), 'canary')).toBe('secret.unreadable');
    }
  });

  test('goes through the proxy of the environment, but never to reach this machine', async () => {
    const through: string[] = [];
    const proxy = createHttpServer((_message, response) => response.writeHead(500).end());
    proxy.on('connect', (message, socket) => {
      through.push(message.url ?? '');
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    const port = await listen(proxy);
    for (const name of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy']) vi.stubEnv(name, `http://127.0.0.1:${String(port)}`);
    for (const name of ['NO_PROXY', 'no_proxy']) vi.stubEnv(name, '');
    await failureOf(client('https://social.example').request(read), canary);
    expect(new Set(through)).toEqual(new Set(['social.example:443']));
    const direct = await listen(createHttpServer((_message, response) => response.end('{"ok":true}')));
    expect((await client(`http://127.0.0.1:${String(direct)}`).request(read)).json).toEqual({ ok: true });
  });

  test('reads compressed answers, and gives up on one that swells', async () => {
    const { gzipSync } = await import('node:zlib');
    const bodies = [gzipSync('{"ok":true}'), gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '))];
    let count = 0;
    const port = await listen(createHttpServer((_message, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bodies[count++])));
    const http = client(`http://127.0.0.1:${String(port)}`);
    expect((await http.request(read)).json).toEqual({ ok: true });
    expect(await codeOf(http.request(read), canary)).toBe('network.tooLarge');
  });

  test('does not send a write twice over a connection that the server has just closed', async () => {
    let posts = 0;
    const server = createHttpServer((message, response) => {
      if (message.method === 'POST') posts += 1;
      response.end('{}');
    });
    server.keepAliveTimeout = 1;
    const port = await listen(server);
    const http = client(`http://127.0.0.1:${String(port)}`);
    for (let round = 0; round < 10; round += 1) {
      await http.request(read);
      await http.request(write);
    }
    expect(posts).toBe(10);
  });

  test('keeps what the server repeats of the token out of the details', async () => {
    const port = await listen(createHttpServer((message, response) => response.writeHead(422).end(JSON.stringify({ error: `bad ${message.headers.authorization ?? ''} ${encodeURIComponent(canary)}` }))));
    const failure = await failureOf(client(`http://127.0.0.1:${String(port)}`).request(write), canary, encodeURIComponent(canary));
    expect(failure.details['reason']).toBe('bad Bearer *** ***');
  });

  test('logs what it tries again, without the token', async () => {
    const logger = new TestLogger();
    const port = await listen(createHttpServer((_message, response) => response.writeHead(503).end()));
    await failureOf(client(`http://127.0.0.1:${String(port)}`, { logger }).request(read), canary);
    expect(logger.lines).toHaveLength(3);
    expect(logger.lines.join('\n')).not.toContain(canary);
  });
});
