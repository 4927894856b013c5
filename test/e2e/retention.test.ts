import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Frame } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Clock } from '../../src/core/clock';
import { createDesk } from '../../src/desk/desk';
import { type Desk } from '../../src/desk/deskApi';
import { systemClock, systemRandomness } from '../../src/desk/systemClock';
import { silentLogger } from '../../src/toolkit/start/silentLogger';
import { pictureFailures } from './support/failurePicture';
import { projectRoot } from './support/packaged';
import { openPracticeDesk, type PracticeDesk } from './support/practiceDesk';
import { spanish } from './support/spanish';
import { colorTheme, shownThemes } from './support/themes';
import { startWorkbench, type Workbench } from './support/vscode';

const patience = { timeout: 90_000 };
const day = 86_400_000;

/** What is done at the desk before the window opens lies this long ago. */
let agoMs = 120 * day;
const clock: Clock = { now: () => Date.now() - agoMs, sleep: (ms, signal) => systemClock.sleep(ms, signal) };
const rules = [
  { name: 'Correspondencia sin trámite', authority: 'Ley 481-08, tabla 4', keepDays: 90, from: 'received', closeReasons: ['spam', 'noAnswerNeeded'] },
  { name: 'Correspondencia respondida', authority: 'Ley 481-08, tabla 3', keepDays: 1095, from: 'closed', outcomes: ['answered'] },
];

let practice: PracticeDesk;
let window: Workbench;
let config: string;
let oldValues: ReadonlyMap<string, string>;

const local = (...parts: readonly string[]): string => join(practice.dir, '.momentos', ...parts);

/** Messages of four months ago, closed then, one of them on hold; a signed schedule; and an erasure that was cut off and whose marker nobody can read. */
beforeAll(async () => {
  config = mkdtempSync(join(tmpdir(), 'mo-config-'));
  vi.stubEnv('XDG_CONFIG_HOME', config);
  practice = await openPracticeDesk({ count: 0, now: () => clock.now(), clock });
  for (const [author, name, text] of [['gana', 'Gana Fácil', '@isc Gana dinero fácil desde su casa'], ['otro', 'Otro Anuncio', '@isc Compre ya, dinero fácil'], ['rosa', 'Rosa Prueba', '@isc Gracias por la jornada del sábado']] as const) {
    practice.server.control.addMention({ text, author, name, language: 'es' });
  }
  const open = (as: string): Promise<Desk> => createDesk({ dir: practice.dir, environment: { ...process.env, ...practice.env }, clock, random: systemRandomness, logger: silentLogger, version: '0.0.0', mediaDir: join(projectRoot, 'media'), as });
  const ana = await open('Ana Pérez <ana@isc.example>');
  await ana.pulling.pull();
  for (const { id, post } of ana.inbox.list()) await ana.triage.close([id], post.text.includes('dinero') ? 'spam' : 'noAnswerNeeded');
  const rosa = ana.inbox.list({ all: true }).find(({ post }) => post.author.name === 'Rosa Prueba')!;
  await ana.redactions.propose({ target: { kind: 'mention', id: rosa.id }, basis: 'notNeeded', reason: 'Ya no hace falta' });
  await ana.legalHolds.set({ scope: { kind: 'author', id: rosa.authorId }, reason: 'Oficio 12 del tribunal' });
  const path = join(practice.dir, 'momentos.json');
  const [comment = '', ...rest] = readFileSync(path, 'utf8').split('\n');
  writeFileSync(path, `${comment}\n${JSON.stringify({ ...(JSON.parse(rest.join('\n')) as object), retention: { rules } }, undefined, 2)}\n`);
  const revisora = await open('Revisora de práctica');
  await revisora.retention.sign();
  await revisora.dispose();
  await ana.dispose();
  oldValues = new Map(readdirSync(local('audit')).filter((name) => name.endsWith('.values.jsonl')).map((name) => [name, readFileSync(local('audit', name), 'utf8')] as const));
  agoMs = 0;
  practice.server.control.addMention({ text: '¿Dónde queda la oficina de Azua?', author: 'iris', name: 'Iris Prueba', language: 'es' });
  writeFileSync(local('redaction.json'), '{');
  window = await startWorkbench({ deskDir: practice.dir, env: { ...practice.env, XDG_CONFIG_HOME: config }, settings: { 'momentos.language': 'es' }, colorTheme: 'light' });
  await window.openMomentosView();
});

pictureFailures(() => [window]);

afterAll(async () => {
  await window?.close();
  await practice?.close();
  vi.unstubAllEnvs();
  rmSync(config, { recursive: true, force: true });
});

const dialog = () => window.page.locator('.monaco-dialog-box');

/** The page that the extension shows under this heading. */
async function shownPage(heading: string): Promise<Frame> {
  await expect
    .poll(async () => {
      const frames = window.page.frames().filter((frame) => frame !== window.page.mainFrame());
      const shown = await Promise.all(frames.map((frame) => frame.locator('h1', { hasText: heading }).isVisible().catch(() => false)));
      return shown.includes(true);
    }, patience)
    .toBe(true);
  for (const frame of window.page.frames()) if (await frame.locator('h1', { hasText: heading }).isVisible().catch(() => false)) return frame;
  throw new Error(`no page says ${heading}`);
}

/** As in all themes, in a narrow window, and at twice the size, where half of the window is left. */
async function pictures(name: string): Promise<void> {
  for (const [theme, suffix] of shownThemes) {
    await colorTheme(window, theme);
    await window.screenshot(`${name}-${suffix}`);
  }
  await colorTheme(window, 'Light Modern');
  for (const [suffix, size] of [['narrow', { width: 760, height: 800 }], ['zoom-200', { width: 640, height: 400 }]] as const) {
    await window.page.setViewportSize(size);
    await window.screenshot(`${name}-${suffix}`);
  }
  await window.page.setViewportSize({ width: 1280, height: 800 });
}

function filesWith(text: string, dir = local()): readonly string[] {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    if (statSync(path).isDirectory()) return filesWith(text, path);
    return readFileSync(path).includes(Buffer.from(text)) ? [path] : [];
  });
}

test('an erasure that was cut off and cannot be finished is told when the desk opens, with the way to its reason', async () => {
  const notice = window.notification('quedó interrumpido y no se puede terminar');
  await notice.waitFor(patience);
  await window.row('Iris P.').waitFor(patience);
  await window.screenshot('cut-off-notice-es-light');
  await notice.getByRole('button', { name: spanish('Check the Desk') }).click(patience);
  const page = await shownPage(spanish('Desk check'));
  await page.locator('p', { hasText: '.momentos/redaction.json no se puede leer' }).first().waitFor(patience);
  await window.screenshot('cut-off-doctor-es-light');
  rmSync(local('redaction.json'));
});

test('the schedule is applied from the palette: what would go, a question, and it is gone', async () => {
  await window.command('Momentos: Apply Retention Schedule...');
  const page = await shownPage(spanish('Retention schedule'));
  const text = await page.locator('body').innerText();
  for (const words of [spanish('The schedule is signed.'), spanish('{0} messages would go', 2), 'Correspondencia sin trámite: 2', 'Correspondencia respondida: 0', spanish('Legal authority: {0}', 'Ley 481-08, tabla 4'), 'Oficio 12 del tribunal', spanish('They, or others of their conversation, are still open: {0}', 1)]) expect(text).toContain(words);
  const detail = dialog().locator('.dialog-message-detail');
  await detail.waitFor(patience);
  expect(await dialog().locator('.dialog-message-text').innerText()).toBe(spanish('Dispose of {0} messages for good?', 2));
  expect(await detail.innerText()).toContain(spanish('{0}: {1} ({2})', 'Correspondencia sin trámite', 2, 'Ley 481-08, tabla 4'));
  await window.screenshot('retention-question-es-light');
  // Let be: nothing goes.
  await window.page.keyboard.press('Escape');
  await dialog().waitFor({ ...patience, state: 'detached' });
  expect(filesWith('Gana dinero')).not.toEqual([]);
  await pictures('retention-plan-es');

  await window.command('Momentos: Apply Retention Schedule...');
  await dialog().getByRole('button', { name: spanish('Dispose for Good') }).click(patience);
  await dialog().locator('.dialog-message-text', { hasText: 'Eliminado: 2 mensajes' }).waitFor(patience);
  await window.screenshot('retention-done-es-light');
  await window.page.keyboard.press('Escape');
  await dialog().waitFor({ ...patience, state: 'detached' });
  expect(filesWith('Gana dinero')).toEqual([]);
  expect(filesWith('jornada del sábado')).not.toEqual([]);
  await window.command('Momentos: Apply Retention Schedule...');
  await window.notification(spanish('Nothing is due.')).waitFor(patience);
});

test('what a hold keeps from being erased can still be rejected', async () => {
  const choice = (text: string) => window.page.locator('.quick-input-widget .monaco-list-row', { hasText: text }).first();
  await window.command('Momentos: Decide on Erasure...');
  await choice('Ya no hace falta').click(patience);
  await choice('Oficio 12 del tribunal').waitFor(patience);
  await window.screenshot('erase-held-es-light');
  expect(await window.page.locator('.quick-input-widget .monaco-list-row', { hasText: spanish('Erase for good…') }).count()).toBe(0);
  await choice(spanish('Reject…')).click(patience);
  await window.page.locator('.quick-input-widget input[type="text"]').first().fill('Está retenido', patience);
  await window.page.keyboard.press('Enter');
  await window.notification(spanish('Rejected: nothing is erased.')).waitFor(patience);
});

test('verifying tells of erased texts that a backup brought back, and offers to erase them again', async () => {
  for (const [name, old] of oldValues) {
    const lines = old.split('\n').slice(0, -1);
    const since = readFileSync(local('audit', name), 'utf8').split('\n').filter((line) => line !== '' && !lines.includes(line));
    writeFileSync(local('audit', name), `${[...lines, ...since].join('\n')}\n`);
  }
  await window.command('Momentos: Verify Audit Log');
  const notice = window.notification('El registro de auditoría está íntegro');
  await notice.getByRole('button', { name: spanish('Erase Again…') }).waitFor(patience);
  await window.screenshot('verify-came-back-es-light');
  await notice.getByRole('button', { name: spanish('Show Details') }).click(patience);
  await (await shownPage(spanish('Audit log'))).locator('p', { hasText: 'repuso un archivo viejo' }).first().waitFor(patience);
  await pictures('verify-page-es');
  await window.command('Momentos: Erase Again What Came Back');
  await dialog().locator('.dialog-message-text', { hasText: spanish('Erase once more what came back?') }).waitFor(patience);
  await window.screenshot('erase-again-es-light');
  await dialog().getByRole('button', { name: spanish('Erase for Good') }).click(patience);
  // Ana has not the role.
  await window.notification(/Ana Pérez/u).waitFor(patience);
  await window.screenshot('erase-again-refused-es-light');
});
