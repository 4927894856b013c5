import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type PracticeServerOptions } from '../../../src/toolkit/practice/practiceServer';
import { ask, closeAll, form, json, pulled, start, type ContextBody, type NotificationBody, type StatusBody } from './practiceClient';

let folder: string;
let stateFile: string;
let now: number;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'momentos-practice-'));
  stateFile = join(folder, 'sub', 'practice.json');
  now = Date.UTC(2026, 10, 20, 15);
});
afterEach(async () => {
  await closeAll();
  await rm(folder, { recursive: true });
});

const begin = (options: PracticeServerOptions = {}) => start({ stateFile, now: () => now, count: 30, ...options });
const shape = (list: NotificationBody[]): unknown => list.map(({ id, status, account }) => [id, account.acct, status.id, status.created_at, status.edited_at, status.content.replaceAll(/127\.0\.0\.1:\d+/g, 'host')]);

describe('a server that keeps its state', () => {
  test('comes back on another day and port with the same mentions, posts, edits and drips', async () => {
    const first = await begin({ ratePerMinute: 10 });
    const parent = (await pulled(first))[0]!.status.id;
    now += 3 * 60_000;
    const reply = (await ask<StatusBody>(first, '/api/v1/statuses', json({ status: 'Recibido.', in_reply_to_id: parent }, { 'idempotency-key': 'k' }))).body;
    const added = first.control.addMention({ text: 'Una más', author: 'otra@ejemplo.do', images: [null] });
    first.control.editMention(added.statusId, 'Una más, corregida');
    first.control.deleteMention((await pulled(first))[3]!.status.id);
    const before = await pulled(first);
    expect(before.length).toBeGreaterThan(40);
    await first.close();

    now += 60_000;
    const second = await begin({ seed: 99, count: 5 });
    expect(shape(await pulled(second))).toEqual(shape(before));
    expect((await ask<ContextBody>(second, `/api/v1/statuses/${parent}/context`)).body.descendants.map((status) => status.id)).toContain(reply.id);
    const again = await ask<StatusBody>(second, '/api/v1/statuses', json({ status: 'Recibido.', in_reply_to_id: parent }, { 'idempotency-key': 'k' }));
    expect(again.body.id).toBe(reply.id);
  });

  test('does not pour in what would have dripped while it was off', async () => {
    await (await begin({ ratePerMinute: 10 })).close();
    now += 24 * 3_600_000;
    expect(await pulled(await begin({ ratePerMinute: 10 }))).toHaveLength(30);
  });

  test('remembers apps and tokens that people gave, and writes down no token', async () => {
    const first = await begin();
    const app = (await ask<{ client_id: string; client_secret: string }>(first, '/api/v1/apps', { token: null, ...form({ client_name: 'M', redirect_uris: 'http://127.0.0.1:9/', scopes: 'read' }) })).body;
    const grant = (server: typeof first) => ask<{ access_token: string }>(server, '/oauth/token', { token: null, ...form({ grant_type: 'client_credentials', ...app, scope: 'read' }) });
    const { access_token: token } = (await grant(first)).body;
    const old = first.token;
    await first.close();
    const kept = await readFile(stateFile, 'utf8');
    expect(kept).not.toContain(token);
    expect(kept).not.toContain(old);
    expect((await stat(stateFile)).mode & 0o077).toBe(0);
    const second = await begin();
    expect((await grant(second)).status).toBe(200);
    expect((await ask(second, '/api/v1/notifications', { token: old })).status).toBe(401);
  });

  test('moves an unreadable file aside and starts anew', async () => {
    await (await begin()).close();
    await writeFile(stateFile, '{"schemaVersion":1,');
    const server = await begin();
    expect(server.setAside).toBe(`${stateFile}.unreadable-1`);
    expect(await readFile(`${stateFile}.unreadable-1`, 'utf8')).toBe('{"schemaVersion":1,');
    expect(await pulled(server)).toHaveLength(30);
    expect((await readdir(join(folder, 'sub'))).sort()).toEqual(['practice.json', 'practice.json.unreadable-1']);
  });
});
