import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { applyEdits, modify } from 'jsonc-parser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPracticeServer, type PracticeServer } from '../../src/toolkit/practice/practiceServer';
import { pictureFailures } from './support/failurePicture';
import { openPracticeDesk, type PracticeDesk } from './support/practiceDesk';
import { spanish } from './support/spanish';
import { startWorkbench, type Workbench } from './support/vscode';

const patience = { timeout: 90_000 };
const channels = spanish('Channels');

let desk: PracticeDesk;
let second: PracticeServer;
let third: PracticeServer;
let fourth: PracticeServer;
let workbench: Workbench;

beforeAll(async () => {
  desk = await openPracticeDesk({ count: 3, limit: { count: 300, seconds: 300 } });
  second = await startPracticeServer({ count: 2 });
  third = await startPracticeServer({ count: 2, seed: 3 });
  fourth = await startPracticeServer({ count: 1, seed: 4 });
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
    size: { width: 1280, height: 1000 },
  });
  await workbench.openMomentosView();
  await workbench.view(channels).locator('.pane-header').click(patience);
  // Room for the channels.
  await workbench.view(spanish('Templates')).locator('.pane-header').click(patience);
});

pictureFailures(() => [workbench]);

afterAll(async () => {
  await workbench?.close();
  await desk?.close();
  await second?.close();
  await third?.close();
  await fourth?.close();
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
  await workbench.clickRow('ISC en Mastodon', channels);
});

test('a server that is gone is said at once, with the button that helps', async () => {
  await second.close();
  await workbench.command('Momentos: Look at All Channels Now');
  await expect.poll(async () => (await rowOf('Citas'))?.description, patience).toContain(spanish('cannot be reached'));
  const again = workbench.row('Citas', channels).locator('.actions [aria-label*="Look at This Channel Now"]');
  await expect.poll(() => workbench.row('Citas', channels).hover({ timeout: 6000 }).then(() => again.waitFor({ timeout: 4000 })).then(() => true, () => false), patience).toBe(true);
  await workbench.screenshot('channels-one-failing');
});

const picks = () => workbench.page.locator('.quick-input-widget');
const pick = (label: string) => picks().locator('.quick-input-list .monaco-list-row', { hasText: label }).first();

/** Chooses from the list that is open, by typing: a hover may cover what is to be clicked. */
async function choose(label: string): Promise<void> {
  await pick(label).waitFor(patience);
  await picks().locator('input[type="text"]').first().fill(label);
  await picks().locator('.quick-input-list .monaco-list-row.focused', { hasText: label }).waitFor(patience);
  await workbench.page.keyboard.press('Enter');
}

test('an account is connected with a token: what to make where is shown, a wrong one is said where it was pasted', async () => {
  const { page } = workbench;
  await workbench.pressInRow('Pagos en línea', '.actions [aria-label*="Connect Channel"]', channels);
  await choose(spanish('Paste a token'));
  await pick(spanish('Done, go on')).waitFor(patience);
  await pick('read:accounts read:notifications read:statuses write:statuses').waitFor(patience);
  await workbench.screenshot('connect-guide');
  await choose(spanish('Done, go on'));
  const input = picks().locator('input[type="password"]');
  await input.fill('nonsense');
  await input.press('Enter');
  await picks().locator('.quick-input-message', { hasText: spanish('The server did not take it. Copy it again, the whole of it, and check that it was made for this account.') }).waitFor(patience);
  await workbench.screenshot('connect-wrong-token');
  await input.fill(third.token);
  await input.press('Enter');
  await workbench.notification('Pagos en línea').filter({ hasText: '2' }).waitFor(patience);
  await workbench.screenshot('connect-token');
  await expect.poll(async () => (await rowOf('Pagos en línea'))?.ariaLabel, patience).toContain(spanish('works'));
  expect(page.url()).toContain('127.0.0.1');
});

test('an account is added and connected through the browser, step by step and back', async () => {
  const { page } = workbench;
  await workbench.command('Momentos: Connect Channel');
  await choose(spanish('Add an account…'));
  await pick('Bluesky').waitFor({ timeout: 3000 }).catch(() => undefined);
  await workbench.screenshot('connect-networks');
  await choose(spanish('Inbox API'));
  await picks().locator('.quick-input-title', { hasText: spanish('Add a Channel: {0}', spanish('Inbox API')) }).waitFor(patience);
  await picks().locator('.quick-input-titlebar .quick-input-left-action-bar .action-label').first().click(patience);
  await choose('Mastodon');
  const input = picks().getByPlaceholder('isc@social.example');
  await input.fill(`isc@${new URL(fourth.url).host}`);
  await workbench.screenshot('connect-account');
  await input.press('Enter');
  const opened = page.context().waitForEvent('page', patience);
  await choose(spanish('Sign in with the browser'));
  const consent = page.locator('.monaco-dialog-box .monaco-button', { hasText: /^(?:Open|Abrir)$/u }).first();
  // VS Code asks first, or does not, as it trusts the address.
  await Promise.race([opened, consent.waitFor(patience).then(() => consent.click(patience))]);
  const network = await opened;
  await network.waitForLoadState();
  await network.screenshot({ path: 'build/screenshots/connect-network-page.png' });
  // This VS Code leads addresses of this machine through a proxy of its own that loses their path, so the sign-in ends here; the account stands, and can be connected later.
  expect(await network.locator('h1').textContent()).toBe('Servidor de práctica');
  await network.close();
  await expect.poll(async () => (await rowOf('Mastodon (isc)'))?.description, patience).toBe(spanish('not connected'));
  await workbench.screenshot('connect-browser');
  const config = await readFile(join(desk.dir, 'momentos.json'), 'utf8');
  expect(config).toContain(fourth.url);
  expect(config).toContain('//');
  expect(config).not.toContain(third.token);
});
