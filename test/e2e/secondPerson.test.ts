import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDesk } from '../../src/desk/desk';
import { type Desk } from '../../src/desk/deskApi';
import { systemClock, systemRandomness } from '../../src/desk/systemClock';
import { silentLogger } from '../../src/toolkit/start/silentLogger';
import { pictureFailures } from './support/failurePicture';
import { projectRoot } from './support/packaged';
import { openPracticeDesk, type PracticeDesk } from './support/practiceDesk';
import { openReply } from './support/replyPanel';
import { startWorkbench, type Workbench } from './support/vscode';

const patience = { timeout: 90_000 };

let practice: PracticeDesk;
let ana: Desk;
let workbench: Workbench;

/** A practice desk on which free words wait for a second person: Ana writes, the reviewer sits in the window. */
beforeAll(async () => {
  practice = await openPracticeDesk({ count: 0, operator: 'Revisora de práctica' });
  const path = join(practice.dir, 'momentos.json');
  await writeFile(path, (await readFile(path, 'utf8')).replace('"freeText": "allow"', '"freeText": "second-person"').replace('"topics": [', '"topics": [{ "id": "flood", "name": "Inundación", "words": ["inundación", "agua"] },'));
  practice.server.control.addMention({ text: '¿A qué hora abren el sábado?', author: 'pedro', name: 'Pedro Prueba', language: 'es' });
  practice.server.control.addMention({ text: '¿Dónde queda la oficina de Azua?', author: 'iris', name: 'Iris Prueba', language: 'es' });
  practice.server.control.addMention({ text: 'Con la inundación no puedo llegar a mi cita, ¿qué hago?', author: 'hugo', name: 'Hugo Prueba', language: 'es' });
  ana = await createDesk({ dir: practice.dir, environment: { ...process.env, ...practice.env }, clock: systemClock, random: systemRandomness, logger: silentLogger, version: '0.0.0', mediaDir: join(projectRoot, 'media'), as: 'Ana Pérez <ana@isc.example>' });
  await ana.pulling.pull();
  workbench = await startWorkbench({ deskDir: practice.dir, env: practice.env, settings: { 'momentos.language': 'es', 'momentos.replies.undoSeconds': 0 }, colorTheme: 'light' });
  await workbench.openMomentosView();
  await workbench.row('Pedro P.').waitFor(patience);
});

pictureFailures(() => [workbench]);

afterAll(async () => {
  await workbench?.close();
  await ana?.dispose();
  await practice?.close();
});

test('an answer that nobody approved waits, is seen by the reviewer, mended and sent; both stand in the log', async () => {
  const id = ana.inbox.list().find(({ post }) => post.author.name === 'Pedro Prueba')!.id;
  await ana.approvals.submit(id, { text: 'Hola, Pedro. Abrimos el sábado a las nueve.', values: {} }, { confirm: [] });
  await workbench.view().locator('.monaco-list-row[aria-label^="En espera de aprobación"]').first().waitFor(patience);
  const panel = await openReply(workbench, 'Pedro P.', 'Pedro Prueba');
  await panel.frame.locator('.waiting', { hasText: 'Ana Pérez quiere responder esto' }).waitFor(patience);
  await expect.poll(() => panel.answer.inputValue(), patience).toBe('Hola, Pedro. Abrimos el sábado a las nueve.');
  await panel.answer.fill('Hola, Pedro. Abrimos el sábado de nueve a doce.');
  await panel.frame.locator('.waiting ins').first().waitFor(patience);
  await workbench.screenshot('second-person-review');
  await panel.sendByKey();
  await expect.poll(() => practice.server.control.posted().map(({ text }) => text), patience).toEqual(['@pedro Hola, Pedro. Abrimos el sábado de nueve a doce.']);
  // The page goes on to the next mention and the rows move up: what is clicked before that may be another row by then.
  await panel.frame.locator('h1:not(:has-text("Pedro"))').waitFor(patience);
  await workbench.row('Respondidas hoy').waitFor(patience);
});

test('one\'s own free words are handed in, wait, and are taken back', async () => {
  const panel = await openReply(workbench, 'Iris P.', 'Iris Prueba');
  await panel.answer.fill('Hola, Iris. Queda frente al parque.');
  await panel.frame.locator('vscode-button.send', { hasText: 'Enviar a aprobación' }).waitFor(patience);
  await workbench.screenshot('second-person-hand-in');
  await panel.sendByKey();
  await panel.frame.locator('.waiting', { hasText: 'Su respuesta espera por una segunda persona' }).waitFor(patience);
  await workbench.screenshot('second-person-waits');
  expect(practice.server.control.posted()).toHaveLength(1);
  await panel.frame.locator('vscode-button[data-key="takeBack"]').click();
  await expect.poll(() => panel.answer.inputValue(), patience).toBe('Hola, Iris. Queda frente al parque.');
});

test('in a crisis answers are held back: only the statement is offered, every window says who and why, a second person lifts it', async () => {
  await workbench.command('Momentos: Hold Replies...');
  await choose('Tema: Inundación');
  await workbench.page.locator('.quick-input-widget input[type="text"]').first().waitFor(patience);
  await workbench.page.keyboard.type('Huracán: responde solo la dirección', { delay: 5 });
  await workbench.page.keyboard.press('Enter');
  await choose('Acuse de recibo');
  await choose('Por 3 horas');
  await workbench.page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Poner en pausa' }).click(patience);
  await workbench.page.locator('.statusbar-item', { hasText: 'respuestas en pausa' }).waitFor(patience);

  const panel = await openReply(workbench, 'Hugo P.', 'Hugo Prueba');
  await panel.frame.locator('.waiting .hold', { hasText: 'Huracán: responde solo la dirección' }).waitFor(patience);
  await expect.poll(() => panel.frame.locator('.option').count(), patience).toBe(1);
  await panel.answer.fill('Hola, Hugo. No venga hoy.');
  await panel.frame.locator('.checks .refuse', { hasText: 'en pausa' }).waitFor(patience);
  await workbench.screenshot('crisis-hold-seen');

  await workbench.command('Momentos: Lift Hold on Replies...');
  await choose('Huracán');
  await workbench.notification('Quien puso una pausa no la levanta').waitFor(patience);
  const [hold] = await ana.holds.list();
  await ana.holds.lift(hold!.id, 'Ya pasó');
  await workbench.page.locator('.statusbar-item', { hasText: 'respuestas en pausa' }).waitFor({ ...patience, state: 'detached' });
  await panel.frame.locator('.waiting .hold').waitFor({ ...patience, state: 'detached' });
  await expect.poll(() => panel.frame.locator('.option').count(), patience).toBeGreaterThan(1);
  await workbench.screenshot('crisis-hold-lifted');
});

async function choose(label: string): Promise<void> {
  await workbench.page.locator('.quick-input-widget .monaco-list-row', { hasText: label }).first().click(patience);
}
