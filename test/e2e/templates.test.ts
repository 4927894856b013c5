import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Frame } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { initDesk } from '../../src/desk/initDesk';
import { tokenVariable } from '../../src/desk/secrets';
import { systemClock, systemRandomness } from '../../src/desk/systemClock';
import { startPracticeServer, type PracticeServer } from '../../src/toolkit/practice/practiceServer';
import { silentLogger } from '../../src/toolkit/start/silentLogger';
import { projectRoot } from './support/packaged';
import { openReply } from './support/replyPanel';
import { spanish } from './support/spanish';
import { startWorkbench, type Workbench } from './support/vscode';

const patience = { timeout: 20_000 };
const channel = 'mastodon-main';
const luz = 'Luz Marte <luz@isc.example>';
const ana = 'Ana Pérez <ana@isc.example>';
const title = 'Oficina cerrada por feriado';
const id = 'oficina-cerrada-por-feriado';
const templates = spanish('Templates');

let base: string;
let dir: string;
let server: PracticeServer;
let workbench: Workbench;

/** A desk that is no practice desk, in Spanish. Luz writes; Ana reviews. Who works is a setting, as two people at two machines would have it. */
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'mo-templates-'));
  dir = join(base, 'desk');
  server = await startPracticeServer({ count: 0 });
  const environment = { XDG_CONFIG_HOME: join(base, 'config'), [tokenVariable(channel)]: server.token };
  await initDesk({
    dir,
    mediaDir: join(projectRoot, 'media'),
    clock: systemClock,
    random: systemRandomness,
    logger: silentLogger,
    environment,
    institution: { id: 'isc', name: 'Instituto de Servicios al Ciudadano', country: 'DO', timeZone: 'America/Santo_Domingo', languages: ['es', 'en'], domains: ['isc.example'] },
    channel: { id: channel, url: server.url, account: server.account },
    officeHours: { 'mon-fri': ['08:00-16:00'] },
    units: [],
    reviewer: { name: 'Ana Pérez', email: 'ana@isc.example' },
    as: luz,
  });
  server.control.addMention({ text: '¿Abren mañana, que es feriado?', author: 'grecia', name: 'Grecia Prueba', language: 'es' });
  workbench = await startWorkbench({ deskDir: dir, env: environment, settings: { 'momentos.operator': luz, 'momentos.replies.undoSeconds': 0 }, size: { width: 1440, height: 900 } });
  await workbench.openMomentosView();
  await workbench.row('Grecia P.').waitFor(patience);
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await workbench.screenshot(`failed-${task.name.slice(0, 40).replace(/\W+/gu, '-')}`);
});

afterAll(async () => {
  await workbench?.close();
  await server?.close();
  await rm(base, { recursive: true, force: true });
});

test('a new template is written with help: names, problems, quick fixes', async () => {
  const { page } = workbench;
  await workbench.command('Momentos: New Template');
  await answer(title);
  await answer(undefined);
  await page.locator('.quick-input-widget .monaco-list-row', { hasText: spanish('No topic') }).click(patience);
  await page.locator('.tab.active', { hasText: `${id}.md` }).waitFor(patience);
  await line('Escriba aquí la respuesta').waitFor(patience);
  // The sentence to be written over is selected.
  await page.keyboard.type('Hola, {{');
  await page.locator('.suggest-widget .monaco-list-row', { hasText: 'author' }).waitFor(patience);
  await workbench.screenshot('templates-completion');
  await page.keyboard.type('author}}. Mañana es feriado: le atendemos desde el {{day');
  await page.keyboard.press('Escape');
  await page.keyboard.press('End');
  await page.keyboard.type('.');
  await page.locator('.squiggly-error').first().waitFor(patience);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Control+.');
  const fix = page.locator('.action-widget .monaco-list-row', { hasText: spanish('List {0} under placeholders', 'day') });
  await fix.waitFor(patience);
  await workbench.screenshot('templates-quick-fix');
  await fix.click();
  await line('name: day').waitFor(patience);
  await page.locator('.squiggly-error').first().waitFor({ ...patience, state: 'detached' });
  await page.keyboard.press('Control+s');
  await expect.poll(() => readFile(join(dir, 'templates', `${id}.md`), 'utf8'), patience).toContain('le atendemos desde el {{day}}.');
  await workbench.row(title, templates).waitFor(patience);
});

test('its author proposes it from the editor, and cannot approve it', async () => {
  const { page } = workbench;
  await page.locator('.editor-actions [aria-label^="Propose Template"]').click(patience);
  await group('In review').waitFor(patience);
  await page.locator('.editor-actions [aria-label^="Propose Template"]').waitFor({ ...patience, state: 'detached' });
  expect(await page.locator('.editor-actions [aria-label^="Approve Template"]').count()).toBe(0);
  await workbench.screenshot('templates-proposed');
});

test('the reviewer sees that it waits, compares, and rejects it with a reason', async () => {
  await work(ana);
  await row(spanish('waits for you'));
  const review = await openReview();
  await review.getByText(spanish('no approved version yet')).count();
  await workbench.page.locator('.tab', { hasText: spanish('no approved version yet') }).waitFor(patience);
  await workbench.page.locator('.monaco-diff-editor').waitFor(patience);
  await workbench.screenshot('templates-review-first');
  await review.locator('#comment').fill('¿Decimos también a qué hora abrimos?');
  await review.locator('vscode-button[data-key="comment"]').click();
  await review.locator('.commented', { hasText: '¿Decimos también a qué hora abrimos?' }).waitFor(patience);
  await review.locator('vscode-button[data-key="reject"]').click();
  await answer('Falta la hora.');
  await group('Rejected').waitFor(patience);
  await review.locator('.rejected', { hasText: 'Falta la hora.' }).waitFor(patience);
  await workbench.screenshot('templates-rejected');
});

test('its author reads why, mends it and proposes it again', async () => {
  await work(luz);
  const { page } = workbench;
  const review = await openReview();
  await review.locator('.rejected', { hasText: 'Falta la hora.' }).waitFor(patience);
  await review.locator('vscode-button[data-key="edit"]').click();
  await page.locator('.tab.active', { hasText: `${id}.md` }).waitFor(patience);
  await line('le atendemos desde').click(patience);
  await page.keyboard.press('End');
  await page.keyboard.type(' Abrimos a las 8:00.');
  await page.keyboard.press('Control+s');
  await group('Drafts').waitFor(patience);
  await page.locator('.editor-actions [aria-label^="Propose Template"]').click(patience);
  await group('Rejected').waitFor({ ...patience, state: 'detached' });
});

test('the reviewer approves exactly what is compared, and it is sent', async () => {
  await work(ana);
  const review = await openReview();
  await review.locator('.bubble', { hasText: 'Abrimos a las 8:00.' }).first().waitFor(patience);
  await review.locator('vscode-button[data-key="approve"]').click();
  await review.locator('vscode-button[data-key="approve"]').waitFor({ ...patience, state: 'detached' });
  expect(await readFile(join(dir, 'templates', 'approved', `${id}.v1.md`), 'utf8')).toBe(await readFile(join(dir, 'templates', `${id}.md`), 'utf8'));
  await workbench.screenshot('templates-approved');

  const reply = await openReply(workbench, 'Grecia P.', 'Grecia Prueba');
  await reply.choose(id);
  await reply.fill('day', '28 de noviembre');
  await reply.sendByKey();
  await expect.poll(() => server.control.posted().map(({ text }) => text), patience).toEqual([
    '@grecia Hola, Grecia Prueba. Mañana es feriado: le atendemos desde el 28 de noviembre. Abrimos a las 8:00.',
  ]);
});

test('a change to the approved text asks for a new version, and is compared with the one in use', async () => {
  await work(luz);
  const { page } = workbench;
  await workbench.command('Momentos: Edit Template');
  await page.locator('.quick-input-widget .monaco-list-row', { hasText: title }).click(patience).catch(() => undefined);
  await page.locator('.tab.active', { hasText: `${id}.md` }).waitFor(patience);
  await line('le atendemos desde').click(patience);
  await page.keyboard.press('End');
  await page.keyboard.type(' Gracias por escribirnos.');
  await page.locator('.squiggly-error').first().waitFor(patience);
  await line('version: 1').click(patience);
  await page.keyboard.press('End');
  await page.keyboard.press('Control+.');
  await page.locator('.action-widget .monaco-list-row', { hasText: spanish('Raise the version to {0}', 2) }).click(patience);
  await line('version: 2').waitFor(patience);
  await page.keyboard.press('Control+s');
  await page.locator('.editor-actions [aria-label^="Propose Template"]').click(patience);
  await work(ana);
  const review = await openReview();
  await review.locator('.in-use ins', { hasText: 'Gracias por escribirnos.' }).first().waitFor(patience);
  for (const theme of ['dark', 'light', 'hc'] as const) {
    await settings({ 'workbench.colorTheme': await workbench.themeName(theme) });
    await page.locator(`.monaco-workbench.${{ dark: 'vs-dark', light: 'vs', hc: 'hc-black' }[theme]}`).waitFor(patience);
    await workbench.screenshot(`templates-compare-${theme}`);
  }
  expect(workbench.consoleErrors).toEqual([]);
});

function line(text: string) {
  return workbench.page.locator('.editor-instance .view-line', { hasText: text.replaceAll(' ', '\u00A0') }).first();
}

function group(state: string) {
  return workbench.view(templates).locator(`.monaco-list-row[aria-level="1"][aria-label^="${spanish(state)}, "]`).first();
}

/** Fills in VS Code's own input; undefined takes what it proposes. */
async function answer(text: string | undefined): Promise<void> {
  const input = workbench.page.locator('.quick-input-widget input[type="text"]').first();
  await input.waitFor(patience);
  if (text !== undefined) await input.fill(text);
  await workbench.page.keyboard.press('Enter');
}

async function settings(change: Readonly<Record<string, unknown>>): Promise<void> {
  const path = join(workbench.userData, 'User', 'settings.json');
  await writeFile(path, JSON.stringify({ ...(JSON.parse(await readFile(path, 'utf8')) as object), ...change }));
}

async function work(person: string): Promise<void> {
  await settings({ 'momentos.operator': person });
}

async function row(text: string): Promise<void> {
  await workbench.view(templates).locator('.monaco-list-row', { hasText: title }).filter({ hasText: text }).first().waitFor(patience);
}

/** Opens the template by its row; resolves to its page. */
async function openReview(): Promise<Frame> {
  await workbench.clickRow(title, templates);
  return workbench.webviewFrame(`h1:has-text("${title}")`);
}
