import { createRequire } from 'node:module';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium';
import { pictureFailures } from './support/failurePicture';
import { openPracticeDesk, type PracticeDesk } from './support/practiceDesk';
import { projectRoot } from './support/packaged';
import { saveAs } from './support/saveDialog';
import { spanish } from './support/spanish';
import { startWorkbench, type Workbench } from './support/vscode';

const patience = { timeout: 90_000 };

let desk: PracticeDesk;
let workbench: Workbench;
let exports: string;

beforeAll(async () => {
  exports = await mkdtemp(join(tmpdir(), 'mo-export-'));
  desk = await openPracticeDesk({ count: 8 });
  workbench = await startWorkbench({ deskDir: desk.dir, env: desk.env, settings: { 'momentos.polling.seconds': 3600, 'momentos.language': 'es' } });
  await workbench.openMomentosView();
  await workbench.page.locator('.monaco-list-row[aria-level="2"]').first().waitFor(patience);
});

pictureFailures(() => [workbench]);

afterAll(async () => {
  await workbench?.close();
  await desk?.close();
  await rm(exports, { recursive: true, force: true, maxRetries: 10 });
});

const picks = () => workbench.page.locator('.quick-input-widget');
const choose = (label: string): Promise<void> => picks().locator('.monaco-list-row', { hasText: label.replace(/^\$\([a-z-]+\) /u, '') }).first().click(patience);

/** Gives the file a name and waits for what is said of it. */
async function saveTo(name: string): Promise<void> {
  const said = workbench.notification(new RegExp(name.replace('.', '\\.'), 'u'));
  await saveAs(workbench.page, join(exports, name), () => said.waitFor({ timeout: 1500 }).then(() => true, () => false));
}

test('the report to read and print: from the palette, whole in a browser, on paper, and for a screen reader', async () => {
  await workbench.command('Momentos: Export Audit Log');
  await picks().locator('.monaco-list-row').first().waitFor(patience);
  await workbench.screenshot('export-what');
  await choose(spanish('$(book) Report to read and print, in Spanish'));
  await picks().locator('.monaco-list-row', { hasText: spanish('Last quarter') }).waitFor(patience);
  await workbench.screenshot('export-days');
  await choose(spanish('This month'));
  await saveTo('informe.html');
  await workbench.screenshot('export-done');

  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1100, height: 900 } });
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    await page.goto(pathToFileURL(join(exports, 'informe.html')).href);
    expect(await page.locator('h1').textContent()).toBe(spanish('Report on the answers to citizens'));
    expect(await page.evaluate(() => getComputedStyle(document.querySelector('h1')!).fontSize)).toBe('26px');
    expect(await page.locator('svg.chart rect.received').count()).toBeGreaterThan(0);
    await page.screenshot({ path: join(projectRoot, 'build', 'screenshots', 'export-report.png'), fullPage: true });
    expect(said).toEqual([]);
    for (const format of ['A4', 'Letter']) expect((await page.pdf({ format })).subarray(0, 5).toString()).toBe('%PDF-');
    // What is wider than the sheet would be cut off or shrunk.
    await page.setViewportSize({ width: 690, height: 1000 });
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(690);
    await page.screenshot({ path: join(projectRoot, 'build', 'screenshots', 'export-report-print.png'), fullPage: true });
    await page.close();

    const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    for (const colorScheme of ['light', 'dark'] as const) {
      // The page's own policy lets no script in, axe neither.
      const context = await browser.newContext({ colorScheme, bypassCSP: true, viewport: { width: 420, height: 800 } });
      const checked = await context.newPage();
      await checked.goto(pathToFileURL(join(exports, 'informe.html')).href);
      await checked.evaluate(axe);
      const findings = await checked.evaluate(async () => ((await (globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } }).axe.run()).violations.map(({ id }) => id)));
      expect(findings).toEqual([]);
      await context.close();
    }
  } finally {
    await browser.close();
  }
});

test('a table with everything wants a purpose, which goes into the log; the questions can be walked back', async () => {
  await workbench.command('Momentos: Export Audit Log');
  await choose(spanish('$(table) Table of conversations'));
  await choose(spanish('Everything'));
  await picks().locator('.monaco-list-row', { hasText: spanish('$(shield) Citizens as pseudonyms').slice(10) }).waitFor(patience);
  await workbench.screenshot('export-people');
  await choose(spanish('$(warning) Everything, private messages too'));
  const input = picks().locator('input[type="text"]').first();
  await picks().locator('.quick-input-message', { hasText: 'expediente' }).waitFor(patience);
  await input.press('Enter', patience);
  await picks().locator('.quick-input-message', { hasText: spanish('Please write something.') }).waitFor(patience);
  await input.fill('Expediente 7 de la Contraloría');
  await workbench.screenshot('export-purpose');
  await input.press('Enter', patience);
  await saveTo('conversaciones.csv');
  expect(await readFile(join(exports, 'conversaciones.csv'), 'utf8')).toMatch(/^\uFEFFconversation_id,status,.+\r\nc-/u);
  const folder = join(desk.dir, '.momentos', 'audit');
  const values = await Promise.all((await readdir(folder)).filter((name) => name.endsWith('.values.jsonl')).map((name) => readFile(join(folder, name), 'utf8')));
  expect(values.join('')).toContain('"value":"Expediente 7 de la Contraloría"');

  // Open File shows it in the editor.
  await workbench.notification(/conversaciones\.csv/u).locator('.monaco-button', { hasText: spanish('Open File') }).click(patience);
  await workbench.page.locator('.tab', { hasText: 'conversaciones.csv' }).waitFor(patience);
});
