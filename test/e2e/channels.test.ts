import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { applyEdits, modify } from 'jsonc-parser';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startPracticeServer, type PracticeServer } from '../../src/toolkit/practice/practiceServer';
import { openPracticeDesk, type PracticeDesk } from './support/practiceDesk';
import { spanish } from './support/spanish';
import { startWorkbench, type Workbench } from './support/vscode';

const patience = { timeout: 90_000 };
const channels = spanish('Channels');

let desk: PracticeDesk;
let second: PracticeServer;
let third: PracticeServer;
let workbench: Workbench;

beforeAll(async () => {
  desk = await openPracticeDesk({ count: 3, limit: { count: 300, seconds: 300 } });
  second = await startPracticeServer({ count: 2 });
  third = await startPracticeServer({ count: 2, seed: 3 });
  const file = join(desk.dir, 'momentos.json');
  const text = await readFile(file, 'utf8');
  const list = [
    { id: 'mastodon-main', network: 'mastodon', url: desk.server.url, account: 'isc', name: 'ISC en Mastodon' },
    { id: 'mastodon-citas', network: 'mastodon', url: second.url, account: 'isc', name: 'Citas' },
    { id: 'mastodon-pagos', network: 'mastodon', url: third.url, account: 'isc', name: 'Pagos en línea' },
    { id: 'telefono', network: 'by-hand', medium: 'phone', name: 'Llamadas al *800' },
  ];
  await writeFile(file, applyEdits(text, modify(text, ['channels'], list, { formattingOptions: { insertSpaces: true, tabSize: 2 } })));
  workbench = await startWorkbench({
    deskDir: desk.dir,
    env: { ...desk.env, MOMENTOS_TOKEN_MASTODON_CITAS: second.token },
    settings: { 'momentos.polling.seconds': 3600, 'momentos.notices.urgent': false },
  });
  await workbench.openMomentosView();
  await workbench.view(channels).locator('.pane-header').click(patience);
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await workbench.screenshot(`failed-${task.name.slice(0, 40).replace(/\W+/gu, '-')}`);
});

afterAll(async () => {
  await workbench?.close();
  await desk?.close();
  await second?.close();
  await third?.close();
});

const rowOf = async (name: string) => (await workbench.treeRows(channels)).find(({ label }) => label === name);

test('each channel says how it is, in words and for a screen reader', async () => {
  await expect.poll(async () => (await rowOf('ISC en Mastodon'))?.description, patience).toMatch(/^(?:ahora mismo|hace)/u);
  await expect.poll(async () => (await rowOf('Pagos en línea'))?.description, patience).toBe(spanish('not connected'));
  expect((await rowOf('Llamadas al *800'))?.description).toBe(spanish('recorded by hand'));
  expect((await rowOf('ISC en Mastodon'))?.ariaLabel).toContain(`Mastodon, ${spanish('works')}`);
  await workbench.clickRow('ISC en Mastodon', channels);
  await workbench.row(spanish('What it can do'), channels).waitFor(patience);
  await workbench.screenshot('channels');
});

test('a server that is gone is said at once, with the button that helps', async () => {
  await second.close();
  await workbench.command('Momentos: Look at All Channels Now');
  await expect.poll(async () => (await rowOf('Citas'))?.description, patience).toContain(spanish('cannot be reached'));
  await workbench.row('Citas', channels).hover();
  await workbench.row('Citas', channels).locator('.actions [aria-label*="Look at This Channel Now"]').waitFor(patience);
  await workbench.screenshot('channels-one-failing');
});
