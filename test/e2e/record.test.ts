import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pictureFailures } from './support/failurePicture';
import { openPracticeDesk, type PracticeDesk } from './support/practiceDesk';
import { openReply, replyPanel } from './support/replyPanel';
import { spanish } from './support/spanish';
import { startWorkbench, type Workbench } from './support/vscode';

const patience = { timeout: 90_000 };
const inbox = spanish('Inbox');

let desk: PracticeDesk;
let workbench: Workbench;

beforeAll(async () => {
  desk = await openPracticeDesk({ count: 3 });
  workbench = await startWorkbench({ deskDir: desk.dir, env: desk.env, settings: { 'momentos.polling.seconds': 3600, 'momentos.language': 'es' } });
  await workbench.openMomentosView();
});

pictureFailures(() => [workbench]);

afterAll(async () => {
  await workbench?.close();
  await desk?.close();
});

const picks = () => workbench.page.locator('.quick-input-widget');

/** Waits for a question, writes the answer in place of what is offered, and goes on. */
async function answer(question: string, text: string | undefined): Promise<void> {
  await picks().locator('.quick-input-message', { hasText: question }).waitFor(patience);
  const input = picks().locator('input[type="text"]').first();
  if (text !== undefined) await input.fill(text, patience);
  await input.press('Enter', patience);
}

async function choose(label: string): Promise<void> {
  await picks().locator('.quick-input-list .monaco-list-row', { hasText: label }).first().click(patience);
}

/** One call after the other, as the guided input asks for it. */
async function record(contact: { readonly who: string; readonly text: string; readonly ago: string; readonly then: string }): Promise<void> {
  await workbench.command('Momentos: Record a Contact');
  await picks().locator('.quick-input-list .monaco-list-row', { hasText: spanish('Telephone') }).waitFor(patience);
  if (contact.then.includes(spanish('$(check) Yes, it was answered on the spot').slice(9))) await workbench.screenshot('record-channel');
  await choose(spanish('Telephone'));
  await answer('¿Cuándo habló el ciudadano?', contact.ago);
  await answer('¿Quién?', contact.who);
  await answer(spanish('What did the citizen say?'), contact.text);
  await answer('Número de caso', undefined);
  await choose(contact.then);
}

/** The audit log of all months. */
function log(): string {
  const folder = join(desk.dir, '.momentos', 'audit');
  return readdirSync(folder).filter((name) => /^\d{4}-\d{2}\.jsonl$/u.test(name)).map((name) => readFileSync(join(folder, name), 'utf8')).join('');
}

test('a phone call with its answer stands in the tree as answered, and in the log', async () => {
  await record({ who: 'Juana Prueba <809 555 0101>', text: '¿A qué hora abren el sábado?', ago: '20m', then: spanish('$(check) Yes, it was answered on the spot').slice(9) });
  await answer(spanish('What was answered?'), 'El sábado abrimos de nueve a doce.');
  await answer(spanish('When was it answered?'), '15m');
  await workbench.notification(/Juana Prueba/u).waitFor(patience);
  await workbench.row(spanish('Answered today'), inbox).waitFor(patience);
  await workbench.screenshot('record-answered-call');
  expect(log()).toContain('"givenBy":"hand"');
  expect(log()).toContain('"medium":"phone"');
});

test('a phone call is answered in the panel: copied, given, and noted as given', async () => {
  await record({ who: 'Pascual Prueba', text: 'Llevo tres semanas esperando mi acta y nadie me responde, esto es un abuso', ago: '30m', then: spanish('$(reply) Not yet; I write the answer now').slice(9) });
  const panel = await replyPanel(workbench, 'Pascual Prueba');
  await panel.choose('thanks');
  await expect.poll(() => panel.answer.inputValue(), patience).not.toBe('');
  await expect.poll(() => panel.send.textContent(), patience).toBe(spanish('Copy and note as given'));
  await workbench.screenshot('record-reply-panel');
  const text = await panel.answer.inputValue();
  await panel.sendByKey();
  await panel.frame.locator('.bar.giving', { hasText: spanish('Give this answer to the citizen, then say here whether it was given.') }).waitFor(patience);
  await expect.poll(() => panel.frame.locator('.giving-text').textContent(), patience).toBe(text);
  await expect.poll(() => workbench.page.evaluate(() => navigator.clipboard.readText()), patience).toBe(text);
  await workbench.screenshot('record-was-it-given');

  // The question stands again in a window that was closed before anybody answered it.
  await workbench.reload();
  await workbench.openMomentosView();
  const again = await openReply(workbench, 'Pascual P.', 'Pascual Prueba');
  await again.frame.locator('[data-key="given"]').click(patience);
  await expect.poll(() => (log().match(/"givenBy":"hand"/gu) ?? []).length, patience).toBe(2);
  await again.frame.locator('.own-reply', { hasText: spanish('given') }).waitFor(patience);
  await workbench.screenshot('record-given');
  expect(desk.server.control.posted()).toEqual([]);
});

test('a file of another program is looked at, mapped, imported, and its bad rows are shown with their lines', async () => {
  const file = join(desk.dir, '..', 'reclamos.csv');
  const rows = ['Fecha;Nombre;Comentario', '19/11/2026 10:15;Ofelia Prueba;Pagué dos veces la misma factura', 'ayer;Ramón Prueba;¿Dónde queda la oficina?', '20/11/2026 09:00;Ramón Prueba;Gracias por la ayuda'];
  writeFileSync(file, rows.join('\r\n'));
  await workbench.command('Momentos: Import Mentions');
  const ok = picks().locator('.monaco-button', { hasText: spanish('Import') });
  await ok.waitFor(patience);
  const path = picks().locator('input[type="text"]').first();
  const question = picks().locator('.quick-input-list .monaco-list-row', { hasText: spanish('Letter') });
  await expect
    .poll(async () => {
      // The dialog puts its own folder in front while it opens, and lets a click pass while it still reads what was typed.
      if (await ok.isVisible()) {
        if ((await path.inputValue()) !== file) await path.fill(file);
        await ok.click({ timeout: 2000 }).catch(() => undefined);
      }
      return question.waitFor({ timeout: 3000 }).then(() => true, () => false);
    }, patience)
    .toBe(true);
  await question.click(patience);
  await picks().locator('.quick-input-list .monaco-list-row', { hasText: 'Comentario' }).waitFor(patience);
  await workbench.screenshot('import-mapping');
  await choose(spanish('$(check) Import like this').slice(9));
  const told = workbench.notification(/importad/u);
  await told.waitFor(patience);
  expect(await told.textContent()).toMatch(/2 .*1 .*3/su);
  await workbench.screenshot('import-done');
  await told.locator('.monaco-button', { hasText: spanish('Show the Rejected Rows') }).click(patience);
  await workbench.page.locator('.tab', { hasText: 'reclamos.csv.rejected.csv' }).waitFor(patience);
  await workbench.row('Ofelia P.', inbox).waitFor(patience);
});
