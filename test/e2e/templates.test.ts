import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Frame, type Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateSigningKey } from '../../src/core/signing';
import { createDesk } from '../../src/desk/desk';
import { type Desk } from '../../src/desk/deskApi';
import { initDesk } from '../../src/desk/initDesk';
import { tokenVariable } from '../../src/desk/secrets';
import { systemClock, systemRandomness } from '../../src/desk/systemClock';
import { startPracticeServer, type PracticeServer } from '../../src/toolkit/practice/practiceServer';
import { silentLogger } from '../../src/toolkit/start/silentLogger';
import { pictureFailures } from './support/failurePicture';
import { projectRoot } from './support/packaged';
import { openReply } from './support/replyPanel';
import { spanish } from './support/spanish';
import { startWorkbench, type Workbench } from './support/vscode';

const patience = { timeout: 90_000 };
const channel = 'mastodon-main';
const title = 'Oficina cerrada por feriado';
const id = 'oficina-cerrada-por-feriado';
const templates = spanish('Templates');

let base: string;
let dir: string;
let server: PracticeServer;
/** The first reviewer, who signs the others in, from elsewhere. */
let carmen: Desk;
/** Who writes. */
let luz: Workbench;
/** Who reviews. */
let ana: Workbench;

/** A desk that is no practice desk, in Spanish; each person in a VS Code of her own, with a key of her own. */
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'mo-templates-'));
  dir = join(base, 'desk');
  server = await startPracticeServer({ count: 0 });
  const environment = { XDG_CONFIG_HOME: join(base, 'config'), [tokenVariable(channel)]: server.token };
  const common = { dir, mediaDir: join(projectRoot, 'media'), clock: systemClock, random: systemRandomness, logger: silentLogger, environment };
  await initDesk({
    ...common,
    institution: { id: 'isc', name: 'Instituto de Servicios al Ciudadano', country: 'DO', timeZone: 'America/Santo_Domingo', languages: ['es', 'en'], domains: ['isc.example'] },
    channel: { id: channel, url: server.url, account: server.account },
    officeHours: { 'mon-fri': ['08:00-16:00'] },
    units: [],
    reviewer: { name: 'Carmen Rosa', email: 'carmen@isc.example' },
    as: 'Luz Marte <luz@isc.example>',
  });
  const { key } = generateSigningKey();
  carmen = await createDesk({ ...common, version: '0.0.0', as: 'Carmen Rosa <carmen@isc.example>', signer: () => ({ key: () => Promise.resolve(key) }) });
  await carmen.reviewers.add({ name: 'Carmen Rosa', email: 'carmen@isc.example' });
  server.control.addMention({ text: '¿Abren mañana, que es feriado?', author: 'grecia', name: 'Grecia Prueba', language: 'es' });
  const settings = { 'momentos.replies.undoSeconds': 0 };
  const size = { width: 1440, height: 900 };
  luz = await startWorkbench({ deskDir: dir, env: { ...environment, MOMENTOS_OPERATOR: 'Luz Marte <luz@isc.example>' }, settings, size });
  ana = await startWorkbench({ deskDir: dir, env: { ...environment, MOMENTOS_OPERATOR: 'Ana Pérez <ana@isc.example>' }, settings, size, colorTheme: 'light' });
});

pictureFailures(() => [luz, ana]);

afterAll(async () => {
  await luz?.close();
  await ana?.close();
  await carmen?.dispose();
  await server?.close();
  await rm(base, { recursive: true, force: true, maxRetries: 10 });
});

test('author and reviewer each make a key, and are signed in', async () => {
  await makeKey(luz, 'Luz Marte', 'luz@isc.example');
  await makeKey(ana, 'Ana Pérez', 'ana@isc.example');
});

test('a new template is written with help: names, problems, quick fixes', async () => {
  const { page } = luz;
  await luz.command('Momentos: New Template');
  await answer(luz, title, spanish('What is it for? A few words, such as "Office closed on a holiday".'));
  const proposed = page.locator('.quick-input-widget', { hasText: spanish('Its id, also the name of the file: small letters, digits and hyphens.') }).locator('input[type="text"]').first();
  await expect.poll(() => proposed.inputValue({ timeout: 1000 }).catch(() => ''), patience).toBe(id);
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget .monaco-list-row', { hasText: spanish('No topic') }).click(patience);
  await page.locator('.tab.active', { hasText: `${id}.md` }).waitFor(patience);
  await line(luz, 'Escriba aquí la respuesta').waitFor(patience);
  // The sentence to be written over is selected.
  await page.keyboard.type('Hola, {{');
  await page.locator('.suggest-widget .monaco-list-row', { hasText: 'author' }).waitFor(patience);
  await luz.screenshot('templates-completion');
  await page.keyboard.type('author}}. Mañana es feriado: le atendemos desde el {{day');
  await page.keyboard.press('Escape');
  await page.keyboard.press('End');
  await page.keyboard.type('.');
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowLeft');
  await quickFix(luz, spanish('List {0} under placeholders', 'day'), 'templates-quick-fix');
  await line(luz, 'name: day').waitFor(patience);
  await page.locator('.squiggly-error').first().waitFor({ ...patience, state: 'detached' });
  await page.keyboard.press('Control+s');
  await expect.poll(() => readFile(join(dir, 'templates', `${id}.md`), 'utf8'), patience).toContain('le atendemos desde el {{day}}.');
  await luz.row(title, templates).waitFor(patience);
});

test('its author proposes it from the editor, and cannot approve it', async () => {
  await propose();
  await group(luz, 'In review').waitFor(patience);
  expect(await luz.page.locator('.editor-actions [aria-label^="Approve Template"]').count()).toBe(0);
  await luz.screenshot('templates-proposed');
});

test('the reviewer sees that it waits, compares, and rejects it with a reason', async () => {
  await ana.view(templates).locator(`.monaco-list-row[aria-label^="${title}, ${spanish('in review')}, ${spanish('waits for you')}"]`).waitFor(patience);
  const review = await openReview(ana);
  await ana.page.locator('.tab', { hasText: spanish('no approved version yet') }).waitFor(patience);
  await ana.page.locator('.monaco-diff-editor .view-line').first().waitFor(patience);
  await review.locator('vscode-button[data-key="reject"]').waitFor(patience);
  await ana.screenshot('templates-review-first');
  await review.locator('#comment').fill('¿Decimos también a qué hora abrimos?');
  await review.locator('vscode-button[data-key="comment"]').click();
  await review.locator('.commented', { hasText: '¿Decimos también a qué hora abrimos?' }).waitFor(patience);
  await review.locator('vscode-button[data-key="reject"]').click();
  await answer(ana, 'Falta la hora.', spanish('Why? The author reads it, and it goes into the audit log.'));
  await review.locator('.rejected', { hasText: 'Falta la hora.' }).waitFor(patience);
  await ana.screenshot('templates-rejected');
});

test('its author reads why, mends it and proposes it again', async () => {
  await group(luz, 'Rejected').waitFor(patience);
  const review = await openReview(luz);
  await review.locator('.rejected', { hasText: 'Falta la hora.' }).waitFor(patience);
  await review.locator('.commented', { hasText: '¿Decimos también a qué hora abrimos?' }).waitFor(patience);
  await review.locator('vscode-button[data-key="edit"]').click();
  await luz.page.locator('.tab.active', { hasText: `${id}.md` }).waitFor(patience);
  await write('le atendemos desde', ' Abrimos a las 8:00.');
  await group(luz, 'Drafts').waitFor(patience);
  await propose();
});

test('the reviewer approves exactly what is compared, and it is sent', async () => {
  await group(ana, 'Rejected').waitFor({ ...patience, state: 'detached' });
  // The page of the first review moves over when the comparison opens beside it, and VS Code makes its frame anew.
  await expect
    .poll(async () => {
      const review = await openReview(ana);
      const approve = review.locator('.bubble', { hasText: 'Abrimos a las 8:00.' }).first().waitFor({ timeout: 10_000 }).then(() => review.locator('vscode-button[data-key="approve"]').click({ timeout: 10_000 }));
      return approve.then(() => true, () => false);
    }, patience)
    .toBe(true);
  await (await ana.webviewFrame('vscode-button[data-key="withdraw"]')).locator('vscode-button[data-key="withdraw"]').waitFor(patience);
  expect(await readFile(join(dir, 'templates', 'approved', `${id}.v1.md`), 'utf8')).toBe(await readFile(join(dir, 'templates', `${id}.md`), 'utf8'));
  await ana.screenshot('templates-approved');

  await toggleInbox(ana);
  const reply = await openReply(ana, 'Grecia P.', 'Grecia Prueba');
  await reply.choose(id);
  await reply.fill('day', '28 de noviembre');
  await reply.sendByKey();
  await expect.poll(() => server.control.posted().map(({ text }) => text), patience).toEqual([
    '@grecia Hola, Grecia Prueba. Mañana es feriado: le atendemos desde el 28 de noviembre. Abrimos a las 8:00.',
  ]);
  await toggleInbox(ana);
});

test('a change to the approved text asks for a new version, and is compared with the one in use', async () => {
  const { page } = luz;
  await write('le atendemos desde', ' Gracias por escribirnos.');
  await page.locator('.squiggly-error').first().waitFor(patience);
  await line(luz, 'version: 1').click(patience);
  await page.keyboard.press('End');
  await quickFix(luz, spanish('Raise the version to {0}', 2));
  await line(luz, 'version: 2').waitFor(patience);
  await page.keyboard.press('Control+s');
  await propose();

  await group(ana, 'In review').waitFor(patience);
  const review = await openReview(ana);
  await review.locator('.in-use ins', { hasText: 'Gracias por escribirnos.' }).first().waitFor(patience);
  await ana.screenshot('templates-compare-light');
  for (const [name, theme] of [['Dark Modern', 'vs-dark'], ['Dark High Contrast', 'hc-black']] as const) {
    await ana.command('Preferences: Color Theme');
    await answer(ana, name);
    await ana.page.locator(`.monaco-workbench.${theme}`).waitFor(patience);
    await ana.screenshot(`templates-compare-${theme}`);
  }
  // VS Code itself complains when its window is loaded anew; the styles that the toolkit tries in vain change nothing.
  expect([...luz.consoleErrors, ...ana.consoleErrors].filter((text) => text.includes('/momentos.momentos-') && !text.startsWith('Applying inline style'))).toEqual([]);
});

/** Makes a key in VS Code and has it signed by the first reviewer; then folds the inbox away, so that every template is in sight. */
async function makeKey(window: Workbench, name: string, email: string): Promise<void> {
  await window.openMomentosView();
  await window.row('Grecia P.').waitFor(patience);
  await window.command('Momentos: Set Up Reviewer Key');
  await window.page.locator('.quick-input-list .monaco-list-row', { hasText: spanish('Make a new key') }).click(patience);
  await window.page.locator('.notification-toast').getByRole('button', { name: spanish('Copy Public Key') }).click(patience);
  const copied = (): Promise<string> => window.page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(copied, patience).toMatch(/^[\w-]{43}$/u);
  await carmen.reviewers.add({ name, email, publicKey: await copied() });
  // VS Code under test does not watch files that others write; the desk is read anew with the window.
  await window.reload();
  await window.openMomentosView();
  await window.row('Grecia P.').waitFor(patience);
  await toggleInbox(window);
}

async function toggleInbox(window: Workbench): Promise<void> {
  await window.view(spanish('Inbox')).locator('.pane-header').first().click(patience);
}

function line(window: Workbench, text: string): Locator {
  return window.page.locator('.editor-instance .view-line', { hasText: text }).first();
}

function group(window: Workbench, state: string): Locator {
  return window.view(templates).locator(`.monaco-list-row[aria-level="1"][aria-label^="${spanish(state)}, "]`).first();
}

/** Fills in VS Code's own input that shows these words. */
async function answer(window: Workbench, text: string, shown = ''): Promise<void> {
  const input = window.page.locator('.quick-input-widget', { hasText: shown }).locator('input[type="text"]').first();
  await input.waitFor(patience);
  await input.fill(text);
  await window.page.keyboard.press('Enter');
}

/** Asks for the fixes at the cursor until this one is among them: they come with the problem, which the extension tells a moment after the typing. */
async function quickFix(window: Workbench, name: string, picture?: string): Promise<void> {
  const widget = window.page.locator('.action-widget', { hasText: name });
  await expect
    .poll(async () => {
      await window.page.keyboard.press('Control+.');
      const shown = await widget.waitFor({ timeout: 6000 }).then(() => true, () => false);
      // Closes what shows other fixes; at a cursor without any it does nothing.
      if (!shown) await window.page.keyboard.press('Escape');
      return shown;
    }, patience)
    .toBe(true);
  if (picture !== undefined) await window.screenshot(picture);
  await window.page.keyboard.press('Enter');
}

/** Luz writes at the end of the first line with these words, and saves. */
async function write(at: string, words: string): Promise<void> {
  await line(luz, at).click(patience);
  await luz.page.keyboard.press('End');
  await luz.page.keyboard.type(words);
  await luz.page.keyboard.press('Control+s');
}

/** Luz proposes what stands in the editor, by the button above it; it goes when that is done. */
async function propose(): Promise<void> {
  const action = luz.page.locator('.editor-actions [aria-label^="Propose Template"]').first();
  await action.click(patience);
  await action.waitFor({ ...patience, state: 'detached' });
}

/** Opens the template by its row; resolves to its page. A click is lost where the rows move under it, as they do when a state has changed: then it is done again. */
async function openReview(window: Workbench): Promise<Frame> {
  for (let left = 5; left > 0; left -= 1) {
    await window.clickRow(title, templates);
    const page = await window.webviewFrame(`h1:has-text("${title}")`, 20_000).catch(() => undefined);
    if (page !== undefined) return page;
  }
  throw new Error('The template does not open.');
}
