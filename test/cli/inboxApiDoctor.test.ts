import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type InboxApiServer, startInboxApiServer } from '../../src/toolkit/practice/inboxApi/inboxApiServer';
import { CliHome, json, jsonLines } from './support/cliWorld';

const canary = 'canary-token-Zx81';
let home: CliHome;
let server: InboxApiServer;
let tokenFile: string;
beforeAll(() => {
  home = new CliHome();
  tokenFile = join(home.home, 'token');
  writeFileSync(tokenFile, `${canary}\n`, { mode: 0o600 });
});
beforeEach(async () => {
  server = await startInboxApiServer({ count: 5, token: canary });
});
afterEach(() => server.close());
afterAll(() => {
  expect(home.printed.join('')).not.toContain(canary);
  home.close();
});

interface Point {
  readonly point: string;
  readonly state: string;
  readonly contract: string;
  readonly seen: string | null;
}

describe('momentos doctor inbox-api', () => {
  test('says a sentence a point, needs no desk, only reads, and ends with 0 when all is well', async () => {
    const { status, stdout, stderr } = await home.run(['doctor', 'inbox-api', server.url, '--token-file', tokenFile]);
    expect(status).toBe(0);
    const lines = stdout.trim().split('\n');
    expect(lines.length).toBeGreaterThan(15);
    for (const line of lines) expect(line).toMatch(/^✓ .+\.$/u);
    expect(stderr).toContain('The server keeps to the contract');
    expect(server.control.requests().every(({ method }) => method === 'GET')).toBe(true);
  });

  test('with --write posts one reply to the message that is named, and takes it away again', async () => {
    const { externalId } = server.control.addMention({ text: 'Hola' });
    const { status, stdout } = await home.run(['doctor', 'inbox-api', server.url, '--token-file', tokenFile, '--write', '--mention', externalId, '--json']);
    const points = jsonLines<Point>(stdout);
    expect(points.filter(({ state }) => state !== 'ok')).toEqual([]);
    expect(points.map(({ point }) => point)).toContain('sameKey');
    expect(status).toBe(0);
    expect(server.control.requests().map(({ method }) => method)).toEqual(expect.arrayContaining(['POST', 'DELETE']));
    expect(server.control.posted()).toEqual([]);
  });

  test('ends with 5 when a point fails, and says what was seen, in Spanish too', async () => {
    server.control.fault({ kind: '500', path: '^/v1/conversations/', count: 99 });
    const { status, stdout, stderr } = await home.run(['doctor', 'inbox-api', server.url, '--token-file', tokenFile], { env: { MOMENTOS_LANGUAGE: 'es' } });
    expect(status).toBe(5);
    const failed = stdout.split('\n').filter((line) => line.startsWith('✗'));
    expect(failed).toHaveLength(2);
    expect(failed[0]).toContain('Visto: estado 500.');
    expect(stderr).toContain('Fallaron 2 de 18 puntos');
  });

  test('ends with 4 when the server does not take the token or is not there', async () => {
    const other = join(home.home, 'other');
    writeFileSync(other, 'wrong', { mode: 0o600 });
    expect((await home.run(['doctor', 'inbox-api', server.url, '--token-file', other])).status).toBe(4);
    const gone = await startInboxApiServer({ count: 0 });
    await gone.close();
    const { status, stdout } = await home.run(['doctor', 'inbox-api', gone.url, '--token-file', tokenFile, '--json']);
    expect(status).toBe(4);
    expect(json<{ error: { code: string } }>(stdout).error.code).toBe('network.offline');
  });

  test('refuses a token file that others can read, and calls that say too little', async () => {
    const open = join(home.home, 'open');
    writeFileSync(open, canary, { mode: 0o644 });
    expect((await home.run(['doctor', 'inbox-api', server.url, '--token-file', open])).status).toBe(4);
    for (const args of [['inbox-api'], ['inbox-api', server.url], ['inbox-api', server.url, '--token-file', tokenFile, '--write'], ['inbox-api', 'nowhere', '--token-file', tokenFile], ['something']]) {
      expect((await home.run(['doctor', ...args])).status).toBe(2);
    }
    expect(server.control.requests()).toEqual([]);
  });
});
