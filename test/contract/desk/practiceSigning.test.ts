import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemRandomness } from '../../../src/desk/systemClock';
import { signPracticeDesk } from '../../../src/desk/signPracticeDesk';
import { makeDesk, mediaDir, quietLogger, type DeskWorld } from '../../support/openDesk';

let world: DeskWorld;

beforeEach(async () => {
  world = await makeDesk({ server: { count: 1 } });
});
afterEach(async () => {
  await world.close();
});

const upgrade = (): Promise<boolean> =>
  signPracticeDesk({ dir: world.dir, version: '0.0.0', mediaDir, environment: world.environment, clock: world.clock, random: systemRandomness, logger: quietLogger });

it('a practice desk is signed from its beginning, by a key outside its folder', async () => {
  const desk = await world.open();
  expect((await desk.templates.usable()).length).toBeGreaterThanOrEqual(15);
  const { ok, approvals } = await desk.templates.verify();
  expect([ok, new Set(approvals.map(({ verdict }) => verdict))]).toEqual([true, new Set(['valid'])]);
  expect(await upgrade()).toBe(false);
});

it('a practice desk from before reviewers had keys is signed once, and can be used again', async () => {
  const approvals = join(world.dir, 'templates', 'approvals.jsonl');
  await writeFile(approvals, (await readFile(approvals, 'utf8')).replace(/,"signature":"[^"]+"/gu, ''));
  const config = join(world.dir, 'momentos.json');
  const bare = (await readFile(config, 'utf8')).replace(/"reviewers": \[[^\]]*\]/u, '"reviewers": [{ "name": "Revisora de práctica", "practice": true }]');
  await writeFile(config, bare);
  expect(await (await world.open()).templates.usable()).toEqual([]);
  expect(await upgrade()).toBe(true);
  expect((await (await world.open()).templates.usable()).length).toBeGreaterThanOrEqual(15);
  expect(await readFile(config, 'utf8')).toMatch(/^\/\/ /u);
  expect(await upgrade()).toBe(false);
});

it('a practice key counts for nothing once a channel leaves the machine', async () => {
  const config = join(world.dir, 'momentos.json');
  await writeFile(config, (await readFile(config, 'utf8')).replace(world.server.url, 'https://social.example'));
  const desk = await world.open();
  expect([desk.practice, await desk.templates.usable()]).toEqual([false, []]);
});
