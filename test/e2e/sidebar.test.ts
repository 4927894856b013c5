import { type Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pictureFailures } from './support/failurePicture';
import { openPracticeDesk, type PracticeDesk } from './support/practiceDesk';
import { openReply } from './support/replyPanel';
import { spanish } from './support/spanish';
import { colorTheme, findings, shownThemes } from './support/themes';
import { startWorkbench, type Workbench } from './support/vscode';

const patience = { timeout: 90_000 };
const inbox = spanish('Inbox');
/** Markup of every kind, a command link, and marks that turn the reading order. */
const hostile = 'Vean esto: <b>negrita</b> <img src=x onerror=alert(1)> **fuerte** [pulse aquí](command:workbench.action.quit) `código` \u202Eatrás\u202C fin';

let desk: PracticeDesk;
let workbench: Workbench;

beforeAll(async () => {
  desk = await openPracticeDesk({ count: 0 });
  const { control } = desk.server;
  control.addMention({ text: 'Hay un incendio en la oficina de Herrera y hay gente atrapada, ¡auxilio!', author: 'urgente', name: 'Úrsula Prueba', minutesAgo: 90 });
  control.addMention({ text: 'Pésimo servicio, una vergüenza: cuatro horas en la fila y me trataron horrible.', author: 'molesta', name: 'Norma Prueba', minutesAgo: 12 });
  control.addMention({ text: 'Muchas gracias, excelente atención, muy amables todos. ¡Los felicito!', author: 'feliz', name: 'Fidel Prueba', minutesAgo: 11 });
  control.addMention({ text: '¿A qué hora abre la oficina de Los Mina?', author: 'pregunta', name: 'Pilar Prueba', minutesAgo: 10 });
  control.addMention({ text: hostile, author: 'mala_fe', name: '<i>Malo</i> [x](command:workbench.action.quit)', minutesAgo: 9 });
  workbench = await startWorkbench({ deskDir: desk.dir, env: desk.env, settings: { 'momentos.polling.seconds': 3600, 'momentos.notices.urgent': false } });
  await workbench.openMomentosView();
  await workbench.row('Pilar P.', inbox).waitFor(patience);
});

pictureFailures(() => [workbench]);

afterAll(async () => {
  await workbench?.close();
  await desk?.close();
});

const labels = async (level: number): Promise<readonly string[]> => (await workbench.treeRows(inbox)).filter((row) => row.level === level).map(({ label }) => label);
const sentenceOf = async (name: string): Promise<string | undefined> => (await workbench.treeRows(inbox)).find(({ label }) => label.includes(name))?.ariaLabel;
const picks = () => workbench.page.locator('.quick-input-widget');

/** Rests the pointer on a row until its hover shows; anew when the tree was drawn under the pointer. */
async function hoverOver(row: string, text: string): Promise<Locator> {
  const hover = workbench.page.locator('.monaco-hover:visible, .workbench-hover:visible').filter({ hasText: text }).first();
  await expect
    .poll(async () => {
      await workbench.page.mouse.move(640, 792);
      await workbench.row(row, inbox).hover();
      return hover.waitFor({ timeout: 4000 }).then(() => true, () => false);
    }, patience)
    .toBe(true);
  return hover;
}

/** Chooses in the pick list that the command opens. */
async function choose(command: string, label: string): Promise<void> {
  await workbench.command(command);
  await picks().locator('.quick-input-list .monaco-list-row', { hasText: label }).first().click(patience);
}

test('what is overdue stands first, with its count and how late it is', async () => {
  await expect.poll(async () => (await workbench.treeRows(inbox))[0], patience).toMatchObject({ label: spanish('Overdue'), description: '1', level: 1 });
  const [, first] = await workbench.treeRows(inbox);
  expect(first!.label).toMatch(/^−\d+ (?:min|h) · Úrsula P\.$/u);
  expect(first!.ariaLabel).toContain(spanish('priority {0}', spanish('urgent')));
  await workbench.page.locator('.statusbar-item', { hasText: spanish('{0}, 1 overdue', spanish('{0} open', 5)) }).waitFor(patience);
  await workbench.screenshot('inbox-by-due-time');
});

test('the inbox is grouped as the person picks', async () => {
  await choose('Momentos: Group Inbox By', spanish('by sentiment'));
  await expect.poll(() => labels(1), patience).toEqual(expect.arrayContaining([expect.stringMatching(/^negativ/iu), expect.stringMatching(/^positiv/iu), expect.stringMatching(/^neutr/iu)]));
  await workbench.screenshot('inbox-by-sentiment');
  await choose('Momentos: Group Inbox By', spanish('by author'));
  await expect.poll(async () => (await labels(1)).length, patience).toBe(5);
  await choose('Momentos: Group Inbox By', spanish('by due time'));
  await expect.poll(() => labels(1), patience).toContain(spanish('Overdue'));
});

test('a filter and a search narrow the view, say so, and are taken away again', async () => {
  await choose('Momentos: Filter Inbox', spanish('positive'));
  await expect.poll(() => labels(2), patience).toEqual([expect.stringContaining('Fidel P.')]);
  await workbench.view(inbox).locator('.message', { hasText: spanish('positive') }).waitFor(patience);
  await workbench.screenshot('inbox-filtered');
  await workbench.command('Momentos: Show Everything Again');
  await expect.poll(async () => (await labels(2)).length, patience).toBe(5);

  await workbench.command('Momentos: Find in Inbox');
  await picks().locator('.quick-input-title', { hasText: spanish('Find Mentions') }).waitFor(patience);
  await workbench.page.keyboard.insertText('VERGUENZA');
  await workbench.page.keyboard.press('Enter');
  await expect.poll(() => labels(2), patience).toEqual([expect.stringContaining('Norma P.')]);
  await workbench.screenshot('inbox-searched');
  await workbench.command('Momentos: Show Everything Again');
  await expect.poll(async () => (await labels(2)).length, patience).toBe(5);
});

test('the hover shows the whole of a hostile text as text, and why this sentiment', async () => {
  const { page } = workbench;
  const hover = await hoverOver('Vean esto', 'pulse');
  const text = (await hover.innerText()).replaceAll('\u00A0', ' ');
  expect(text).toContain('<b>negrita</b>');
  expect(text).toContain('<img src=x onerror=alert(1)>');
  expect(text).toContain('**fuerte**');
  expect(text).toContain('[pulse aquí](command:workbench.action.quit)');
  expect(text).toContain('`código`');
  expect(text).toContain('<i>Malo</i> [x](command:workbench.action.quit)');
  expect(text).not.toMatch(/[\u202A-\u202E]/u);
  expect(await hover.locator('a, img, b, i, code').count()).toBe(0);
  await workbench.screenshot('inbox-hover-hostile');
  expect((await labels(2)).join(' ')).not.toMatch(/[\u202A-\u202E]/u);
  await page.keyboard.press('Escape');
  await page.mouse.move(640, 792);

  const why = await hoverOver('Norma P.', 'Norma Prueba');
  expect(await why.innerText()).toMatch(/vergüenza −\d/u);
  await workbench.screenshot('inbox-hover');
  await page.keyboard.press('Escape');
  await page.mouse.move(640, 792);
});

test('claim, snooze and refer by keyboard only, on the row that has the focus', async () => {
  const { page } = workbench;
  const { keyboard } = page;
  await keyboard.press('Control+k');
  await page.locator('.statusbar-item', { hasText: 'Ctrl+K' }).waitFor(patience);
  await keyboard.press('Alt+m');
  const list = workbench.view(inbox).locator('.monaco-list');
  await expect.poll(() => list.evaluate((element) => element.contains(document.activeElement)), patience).toBe(true);
  const focus = async (name: string): Promise<void> => {
    const focused = workbench.view(inbox).locator('.monaco-list-row.focused');
    await keyboard.press('Home');
    for (let step = 0; step < 12 && !(await focused.getAttribute('aria-label'))?.includes(name); step += 1) await keyboard.press('ArrowDown');
    expect(await focused.getAttribute('aria-label')).toContain(name);
  };

  await focus('Norma Prueba');
  await keyboard.press('Alt+c');
  await expect.poll(() => sentenceOf('Norma P.'), patience).toContain(spanish('claimed by {0}', 'Ana Pérez'));
  expect(await sentenceOf('Fidel P.')).not.toContain('Ana Pérez');

  await focus('Fidel Prueba');
  await keyboard.press('Alt+s');
  await picks().locator('.quick-input-list .monaco-list-row', { hasText: spanish('For 1 hour') }).waitFor(patience);
  await workbench.screenshot('keyboard-snooze');
  await keyboard.press('Enter');
  await workbench.row(spanish('Snoozed'), inbox).waitFor(patience);
  await expect.poll(() => labels(2), patience).not.toContainEqual(expect.stringContaining('Fidel'));

  await focus('Pilar Prueba');
  await keyboard.press('Alt+r');
  await picks().locator('.quick-input-list .monaco-list-row', { hasText: 'Departamento de Cédulas' }).waitFor(patience);
  await workbench.screenshot('keyboard-refer');
  await keyboard.press('Enter');
  await picks().locator('.quick-input-message', { hasText: spanish('What should the unit find out or do?') }).waitFor(patience);
  await keyboard.insertText('¿Cambió el horario de Los Mina?');
  await keyboard.press('Enter');
  await workbench.row(spanish('Waiting for a unit'), inbox).waitFor(patience);
  await workbench.screenshot('keyboard-done');
});

test('the reply page shows hostile text as text, and axe finds nothing wrong with it, in every theme', async () => {
  const panel = await openReply(workbench, 'Vean esto', 'Malo');
  const post = panel.frame.locator('.post.focused .text');
  await post.waitFor(patience);
  // Without what a screen reader hears between the marked words.
  const text = await post.evaluate((element) => {
    const shown = element.cloneNode(true) as Element;
    for (const unseen of shown.querySelectorAll('.unseen')) unseen.remove();
    return shown.textContent ?? '';
  });
  expect(text).toContain('Vean esto: <b>negrita</b> <img src=x onerror=alert(1)> **fuerte** [pulse aquí](command:workbench.action.quit) `código` RLO');
  expect(await panel.frame.locator('#root b, #root i, #root img, #root a[href^="command"]').count()).toBe(0);
  await panel.choose('delay');
  await panel.fill('days', '1');
  await panel.answer.focus();
  for (const [theme, name] of shownThemes) {
    await colorTheme(workbench, theme);
    await workbench.screenshot(`theme-${name}`);
    expect(await findings(panel.frame)).toEqual([]);
  }
  await colorTheme(workbench, 'Dark Modern');
});
