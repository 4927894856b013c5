import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Desk } from '../../../src/desk/deskApi';
import { createDesk } from '../../../src/desk/desk';
import { systemRandomness } from '../../../src/desk/systemClock';
import { type PracticeServer, startPracticeServer } from '../../../src/toolkit/practice/practiceServer';
import { type DeskWorld, makeDesk, mediaDir, quietLogger } from '../../support/openDesk';
import { SimulatedClock } from '../../support/simulatedClock';

const minute = 60_000;
/** Two channels and the loop that takes over what others stored. */
const loops = 3;

let world: DeskWorld;
let second: PracticeServer;
let clock: SimulatedClock;
let stop: AbortController;
let ended: Promise<void>[];

beforeEach(async () => {
  clock = new SimulatedClock(Date.now());
  world = await makeDesk({ server: { count: 0, now: () => clock.now() } });
  second = await startPracticeServer({ count: 0, seed: 3, now: () => clock.now() });
  const path = `${world.dir}/momentos.json`;
  const config = JSON.parse(readFileSync(path, 'utf8').replace(/^\/\/.*$/mu, '')) as { channels: unknown[] };
  config.channels.push({ id: 'second', network: 'mastodon', url: second.url, account: 'isc' });
  writeFileSync(path, JSON.stringify(config));
  stop = new AbortController();
  ended = [];
});

afterEach(async () => {
  stop.abort();
  await Promise.all(ended);
  await world.close();
  await second.close();
});

const open = (): Promise<Desk> =>
  createDesk({ dir: world.dir, environment: { ...world.environment, MOMENTOS_TOKEN_SECOND: second.token }, clock, random: systemRandomness, logger: quietLogger, version: '0.0.0', mediaDir, as: 'Ana Pérez <ana@isc.example>' });

async function follow(desk: Desk, wishedMs = minute): Promise<void> {
  ended.push(desk.pulling.follow({ signal: stop.signal, rhythm: () => ({ wishedMs, away: false }) }).finally(() => desk.dispose()));
  await clock.allAsleep(loops);
}

const looks = (server: PracticeServer): number => server.control.requests().filter(({ path }) => path === '/api/v1/notifications').length;

describe('following the networks', () => {
  test('brings what is new from each, and says when it looks again', async () => {
    const desk = await open();
    await follow(desk);
    world.server.control.addMention({ text: 'En la primera' });
    second.control.addMention({ text: 'En la segunda' });
    await clock.pass(3 * minute, loops);
    expect(desk.inbox.list().map(({ post }) => post.text).sort()).toEqual([expect.stringContaining('primera'), expect.stringContaining('segunda')]);
    const state = await desk.pulling.state('second');
    expect(state.nextPullAt).toBeGreaterThan(state.lastPullAt ?? Infinity);
    expect(state.lagMs).toBeLessThanOrEqual(3 * minute);
  });

  test('one that fails is asked less and less, the other as before', async () => {
    const desk = await open();
    await follow(desk);
    second.control.fault({ kind: '401', count: 10_000 });
    world.server.control.addMention({ text: 'Hola' });
    const before = [looks(world.server), second.control.requests().length] as const;
    await clock.pass(60 * minute, loops);
    expect(looks(world.server) - before[0]).toBeGreaterThan(15);
    expect(second.control.requests().length - before[1]).toBeLessThan(10);
    expect((await desk.pulling.state('second')).failingSince).toBeGreaterThan(0);
    second.control.clearFaults();
    second.control.addMention({ text: 'Otra vez aquí' });
    await clock.pass(20 * minute, loops);
    expect(desk.inbox.list().map(({ post }) => post.text).join()).toContain('Otra vez aquí');
    expect((await desk.pulling.state('second')).failingSince).toBeUndefined();
  });

  test('one that does not answer holds up no other', async () => {
    const desk = await open();
    await follow(desk);
    second.control.fault({ kind: 'slow', ms: 25_000, count: 1 });
    await clock.pass(4 * minute, loops - 1);
    world.server.control.addMention({ text: 'No espero a nadie' });
    await clock.pass(4 * minute, loops - 1);
    expect(desk.inbox.list().map(({ post }) => post.text).join()).toContain('No espero a nadie');
  });

  test('a machine that slept looks once at each, not once for all that it missed', async () => {
    const desk = await open();
    await follow(desk);
    await clock.pass(2 * minute, loops);
    const before = [looks(world.server), looks(second)] as const;
    clock.suspend(9 * 60 * minute);
    second.control.addMention({ text: 'De madrugada' });
    await clock.pass(minute, loops);
    const after = [looks(world.server), looks(second)] as const;
    expect(desk.inbox.list().map(({ post }) => post.text).join()).toContain('De madrugada');
    for (const index of [0, 1] as const) {
      expect(after[index] - before[index]).toBeGreaterThan(0);
      expect(after[index] - before[index]).toBeLessThan(5);
    }
  });

  test('of two windows one looks, the other shows it, and takes over when the first is closed', async () => {
    const [first, other] = [await open(), await open()];
    const firstStop = new AbortController();
    const done = first.pulling.follow({ signal: firstStop.signal, rhythm: () => ({ wishedMs: minute, away: false }) });
    await clock.allAsleep(loops);
    const perMinute = looks(second);
    await follow(other);
    await clock.allAsleep(2 * loops);
    expect(looks(second)).toBe(perMinute);
    world.server.control.addMention({ text: 'Para las dos' });
    await clock.pass(4 * minute, 2 * loops);
    expect(other.inbox.list().map(({ post }) => post.text).join()).toContain('Para las dos');
    firstStop.abort();
    await done;
    await first.dispose();
    const before = looks(second);
    await clock.pass(4 * minute, loops);
    expect(looks(second)).toBeGreaterThan(before);
  });
});
