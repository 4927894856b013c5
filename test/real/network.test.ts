import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test, vi } from 'vitest';
import { cacheFolder } from '../../src/toolkit/start/folders';
import { networkFolder } from './network/installNetwork';
import { startNetwork } from './network/startNetwork';
import { call, expiredToken, mention, newAppPassword, newPerson } from './support/people';

const network = inject('network');

describe('the real network', () => {
  test('is the protocol authors\' own: accounts, app passwords, posts, and notifications by its AppView', async () => {
    const [office, citizen] = [await newPerson(network.pds, 'oficina'), await newPerson(network.pds, 'vecina')];
    const password = await newAppPassword(office);
    const session = await call(network.pds, 'com.atproto.server.createSession', { body: { identifier: office.handle, password } });
    expect(session.status).toBe(200);
    const token = String(session.json['accessJwt']);
    const { uri } = await mention(citizen, office, '¿a qué hora abren?');
    await vi.waitFor(async () => {
      const { json } = await call(network.pds, 'app.bsky.notification.listNotifications', { token });
      expect(JSON.stringify(json)).toContain(uri);
    }, { timeout: 30_000, interval: 100 });
  });

  test('tells an expired token as it says it does: 400 ExpiredToken', async () => {
    const office = await newPerson(network.pds, 'oficina');
    const { status, json } = await call(network.pds, 'app.bsky.notification.listNotifications', { token: expiredToken(network.jwtSecret, network.pdsDid, office.did) });
    expect([status, json['error']]).toEqual([400, 'ExpiredToken']);
  });

  test.runIf(process.platform === 'linux')('listens on loopback only', () => {
    const listening = ['tcp', 'tcp6'].flatMap((table) => readFileSync(`/proc/net/${table}`, 'utf8').split('\n').slice(1).map((line) => line.trim().split(/\s+/u)).filter((fields) => fields[3] === '0A').map((fields) => fields[1] ?? ''));
    const hex = (url: string): string => Number(new URL(url).port).toString(16).toUpperCase().padStart(4, '0');
    for (const url of [network.pds, network.outage, network.limited]) {
      expect(listening.filter((address) => address.endsWith(`:${hex(url)}`))).toEqual([`0100007F:${hex(url)}`]);
    }
  });
});

describe.runIf(process.platform === 'linux')('the processes of the network', () => {
  /** Those that work in its folder. */
  const working = (folder: string): readonly string[] =>
    readdirSync('/proc').filter((pid) => {
      try {
        return /^\d+$/u.test(pid) && readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
      } catch {
        return false;
      }
    });

  test('all end with the one that runs it, even if that is killed', async () => {
    const { pid, work, close } = await startNetwork(networkFolder(cacheFolder(process.env), join(import.meta.dirname, 'network')));
    try {
      expect(working(work).length).toBeGreaterThan(3);
      process.kill(pid, 'SIGKILL');
      await vi.waitFor(() => expect(working(work)).toEqual([]), { timeout: 20_000 });
    } finally {
      await close();
      rmSync(work, { recursive: true, force: true });
    }
  });
});
