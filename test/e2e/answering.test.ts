import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type NewMention } from '../../src/toolkit/practice/controlRoutes';
import { openPracticeDesk, type PracticeDesk } from './support/practiceDesk';
import { openReply } from './support/replyPanel';
import { spanish } from './support/spanish';
import { startWorkbench, type Workbench } from './support/vscode';

const patience = { timeout: 60_000 };
const inbox = spanish('Inbox');

let desk: PracticeDesk;
let workbench: Workbench;
let exports: string;

beforeAll(async () => {
  exports = await mkdtemp(join(tmpdir(), 'mo-export-'));
  desk = await openPracticeDesk({ count: 8 });
  workbench = await startWorkbench({ deskDir: desk.dir, env: desk.env, settings: { 'momentos.replies.undoSeconds': 2 } });
});

afterAll(async () => {
  await workbench?.close();
  await desk?.close();
  await rm(exports, { recursive: true, force: true });
});

const posted = (): readonly string[] => desk.server.control.posted().map(({ text }) => text);

/** A citizen writes, and the row appears in the tree. */
async function arrives(mention: NewMention & { readonly name: string }, row: string): Promise<void> {
  desk.server.control.addMention(mention);
  await workbench.command('Momentos: Refresh');
  await workbench.row(row, inbox).waitFor(patience);
}

test('first start: both views, the mentions, the badge, and how many are open', async () => {
  await workbench.openMomentosView();
  await expect.poll(async () => (await workbench.treeRows(inbox)).filter(({ level }) => level === 2).length, patience).toBe(8);
  const open = spanish('{0} open', 8);
  await workbench.page.locator('.statusbar-item', { hasText: open }).waitFor(patience);
  await workbench.page.locator('.activitybar .badge-content', { hasText: '8' }).waitFor(patience);
  await workbench.row(spanish('Approved'), spanish('Templates')).waitFor(patience);
  const rows = await workbench.treeRows(inbox);
  const groups = rows.filter(({ level }) => level === 1);
  expect(groups.map(({ description }) => Number(description)).reduce((sum, count) => sum + count, 0)).toBe(8);
  for (const { label, description, ariaLabel } of rows.filter(({ level }) => level === 2)) {
    expect(label).toMatch(/^−?\d+ (?:min|h|d) · \S/u);
    expect(ariaLabel).toContain(' en Mastodon: ');
    expect(ariaLabel).toContain(description.slice(0, 30));
  }
  expect(workbench.consoleErrors).toEqual([]);
  await workbench.screenshot('first-start');
});

test('an approved template is filled in and sent, the tree follows, and the next mention is shown', async () => {
  await arrives({ text: 'Llevo tres semanas esperando mi acta y nadie me responde. ¿Cuándo estará?', author: 'ramona', name: 'Ramona Prueba' }, 'Ramona P.');
  const panel = await openReply(workbench, 'Ramona P.', 'Ramona Prueba');
  await panel.choose('delay');
  await panel.fill('procedure', 'acta de nacimiento');
  await panel.fill('days', '10');
  await panel.fill('link', 'https://isc.example/contacto');
  const text = await panel.answer.inputValue();
  expect(text).toBe(
    'Hola, Ramona Prueba. Lamentamos la demora de su trámite de acta de nacimiento y entendemos su molestia. El plazo normal es de 10 días laborables. Si ya pasó, envíenos su número de solicitud por nuestra vía privada, nunca en público, y le diremos el motivo y la nueva fecha: https://isc.example/contacto',
  );
  // A link counts 23 on Mastodon, whatever its length.
  expect(await panel.counter.textContent()).toBe(`${String(`@ramona ${text}`.length - 'https://isc.example/contacto'.length + 23)} / 500`);
  await workbench.screenshot('reply-filled-in');
  await panel.sendByKey();
  await panel.frame.locator('.bar.undo').waitFor(patience);
  await workbench.screenshot('reply-undo-window');
  await expect.poll(posted, patience).toEqual([`@ramona ${text}`]);

  await workbench.row(spanish('Answered today'), inbox).waitFor(patience);
  await expect.poll(async () => (await workbench.treeRows(inbox)).some(({ label }) => label.includes('Ramona')), patience).toBe(false);
  await panel.frame.locator('h1:not(:has-text("Ramona"))').waitFor(patience);
  await workbench.screenshot('reply-sent-next-mention');
});

test('the audit log is exported as CSV and verified from the palette', async () => {
  const file = join(exports, 'registro.csv');
  const { page } = workbench;
  const picks = page.locator('.quick-input-widget');
  await workbench.command('Momentos: Export Audit Log');
  await picks.locator('.monaco-list-row', { hasText: spanish('Everything') }).click(patience);
  await picks.locator('.monaco-list-row', { hasText: 'CSV' }).click(patience);
  await picks.locator('.monaco-button', { hasText: 'OK' }).waitFor(patience);
  await workbench.screenshot('export-save-dialog');
  await picks.locator('input[type="text"]').fill(file);
  await picks.locator('.monaco-button', { hasText: 'OK' }).click();
  await page.locator('.tab', { hasText: 'registro.csv' }).waitFor(patience);
  const csv = await readFile(file, 'utf8');
  expect(csv.startsWith('\uFEFFreply_id,status,')).toBe(true);
  expect(csv.split('\r\n')).toHaveLength(3);
  expect(csv).toContain('Hola, Ramona Prueba. Lamentamos la demora');
  expect(csv).toContain('Revisora de práctica');

  await workbench.command('Momentos: Verify Audit Log');
  await workbench.notification(/íntegro/u).waitFor(patience);
  await workbench.screenshot('export-and-verify');
});
