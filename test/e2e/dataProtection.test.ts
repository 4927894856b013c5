import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pictureFailures } from './support/failurePicture';
import { openPracticeDesk, type PracticeDesk } from './support/practiceDesk';
import { openReply } from './support/replyPanel';
import { saveAs } from './support/saveDialog';
import { spanish } from './support/spanish';
import { startWorkbench, type Workbench } from './support/vscode';
import { commandShowing } from './support/workbenchWindow';

const patience = { timeout: 90_000 };

let desk: PracticeDesk;
let workbench: Workbench;
let given: string;

beforeAll(async () => {
  given = await mkdtemp(join(tmpdir(), 'mo-given-'));
  desk = await openPracticeDesk({ count: 0 });
  desk.server.control.addMention({ text: 'Perdí mi cédula y nadie me responde.', author: 'ramona', name: 'Ramona Prueba' });
  workbench = await startWorkbench({ deskDir: desk.dir, env: desk.env, settings: { 'momentos.polling.seconds': 3600 } });
  await workbench.openMomentosView();
  await workbench.row('Ramona P.').waitFor(patience);
});

pictureFailures(() => [workbench]);

afterAll(async () => {
  await workbench?.close();
  await desk?.close();
  await rm(given, { recursive: true, force: true, maxRetries: 10 });
});

const picks = () => workbench.page.locator('.quick-input-widget');

/** Types into the question that shows this, and goes on. */
async function answer(question: string, text: string, picture?: string): Promise<void> {
  const box = workbench.page.locator('.quick-input-widget', { hasText: question });
  await box.locator('input[type="text"]').first().fill(text, patience);
  if (picture !== undefined) await workbench.screenshot(picture);
  await workbench.page.keyboard.press('Enter');
}

test('a citizen\'s data is given out as a page and JSON, with its purpose in the log', async () => {
  const file = join(given, 'ramona.html');
  // The page that opens takes the focus.
  await openReply(workbench, 'Ramona P.', 'Ramona Prueba');
  await workbench.command('Momentos: Give a Citizen\'s Data');
  await answer('Ramona Prueba', 'Solicitud de acceso 4/2026, a la propia persona', 'citizen-data-purpose');
  await picks().locator('.monaco-list-row', { hasText: spanish('Without the names of the staff') }).click(patience);
  await picks().locator('.monaco-button').first().waitFor(patience);
  await workbench.screenshot('citizen-data-save');
  await saveAs(workbench.page, file, async () => (await readFile(file, 'utf8').catch(() => '')).includes('Perdí mi cédula'));
  await workbench.notification(spanish('Open the Page')).waitFor(patience);
  await workbench.screenshot('citizen-data-written');
  const page = await readFile(file, 'utf8');
  expect(page).toContain('<html lang="es">');
  expect(page).not.toContain('Ana Pérez');
  const data = JSON.parse(await readFile(join(given, 'ramona.json'), 'utf8')) as { about: { purpose: string }; mentions: readonly { text: string }[] };
  expect([data.about.purpose, data.mentions.length]).toEqual(['Solicitud de acceso 4/2026, a la propia persona', 1]);
});

test('a legal hold is set on a person from the palette, and whoever set it does not lift it', async () => {
  await workbench.command('Momentos: Set Legal Hold');
  await picks().locator('.monaco-list-row', { hasText: spanish('Everything of {0}', 'Ramona Prueba') }).waitFor(patience);
  await workbench.screenshot('legal-hold-scope');
  await picks().locator('.monaco-list-row', { hasText: spanish('Everything of {0}', 'Ramona Prueba') }).click(patience);
  await answer(spanish('Whose order, and what for? Everybody at the desk reads it, and it goes into the audit log.'), 'Oficio 12 del tribunal');
  const dialog = workbench.page.locator('.monaco-dialog-box');
  await dialog.getByText(spanish('Only a second person who decides on erasures can lift it.')).waitFor(patience);
  await workbench.screenshot('legal-hold-confirm');
  await dialog.getByRole('button', { name: spanish('Set'), exact: true }).click(patience);
  await workbench.notification(/retención legal g-/u).waitFor(patience);
  const { holds } = JSON.parse(await readFile(join(desk.dir, '.momentos', 'legalHolds.json'), 'utf8')) as { holds: readonly { reason: string }[] };
  expect(holds.map(({ reason }) => reason)).toEqual(['Oficio 12 del tribunal']);

  await commandShowing(workbench, 'Momentos: Lift Legal Hold', picks().locator('.monaco-list-row', { hasText: 'Oficio 12 del tribunal' }));
  await workbench.screenshot('legal-hold-lift');
  await picks().locator('.monaco-list-row', { hasText: 'Oficio 12 del tribunal' }).click(patience);
  await answer(spanish('Why is it over? It goes into the audit log.'), 'Terminó');
  await workbench.notification(spanish('Whoever set a legal hold does not lift it. Ask a second person who decides on erasures.')).waitFor(patience);
  await workbench.screenshot('legal-hold-own');
});
