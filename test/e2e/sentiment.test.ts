import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AuditEntry } from '../../src/core/audit';
import { pictureFailures } from './support/failurePicture';
import { loadModel } from '../../src/desk/loadModel';
import { tornText } from '../support/tornText';
import { projectRoot } from './support/packaged';
import { openPracticeDesk, type PracticeDesk } from './support/practiceDesk';
import { keepForReadme } from './support/readmePictures';
import { openReply } from './support/replyPanel';
import { spanish } from './support/spanish';
import { colorTheme, findings, shownThemes } from './support/themes';
import { startWorkbench, type Workbench } from './support/vscode';

const patience = { timeout: 90_000 };
const inbox = spanish('Inbox');
const torn = tornText(loadModel(join(projectRoot, 'media')));

let desk: PracticeDesk;
let workbench: Workbench;

beforeAll(async () => {
  desk = await openPracticeDesk({ count: 0 });
  const { control } = desk.server;
  control.addMention({ text: 'Hay humo saliendo del segundo piso de su oficina de San Cristóbal y hay gente adentro', author: 'urgente', name: 'Úrsula Prueba', minutesAgo: 3 });
  control.addMention({ text: 'Pido copia del contrato de limpieza de las oficinas, años 2024 y 2025, al amparo de la Ley 200-04.', author: 'solicitante', name: 'Inés Prueba', minutesAgo: 20 });
  control.addMention({ text: 'Llevo tres meses esperando mi pasaporte y nadie contesta, pésimo servicio.', author: 'molesta', name: 'Norma Prueba', minutesAgo: 12 });
  control.addMention({ text: 'Muchas gracias, excelente atención, muy amables todos. ¡Los felicito!', author: 'feliz', name: 'Fidel Prueba', minutesAgo: 11 });
  control.addMention({ text: '¿A qué hora abre la oficina de Los Mina?', author: 'pregunta', name: 'Pilar Prueba', minutesAgo: 10 });
  control.addMention({ text: torn.text, author: 'mezcla', name: 'Mirta Prueba', minutesAgo: 9 });
  control.addMention({ text: 'Mwen gen sis mwa ap tann paspò mwen an', author: 'kreyol', name: 'Jean Prueba', minutesAgo: 8 });
  workbench = await startWorkbench({ deskDir: desk.dir, env: desk.env, settings: { 'momentos.polling.seconds': 3600, 'momentos.notices.urgent': false } });
  await workbench.openMomentosView();
  await workbench.row('Pilar P.', inbox).waitFor(patience);
});

pictureFailures(() => [workbench]);

afterAll(async () => {
  await workbench?.close();
  await desk?.close();
});

const picks = (): Locator => workbench.page.locator('.quick-input-widget');
const people = async (): Promise<readonly string[]> => (await workbench.treeRows(inbox)).filter(({ level }) => level === 2).map(({ label }) => label.replace(/^.* · /u, ''));
const sentenceOf = async (name: string): Promise<string | undefined> => (await workbench.treeRows(inbox)).find(({ label }) => label.includes(name))?.ariaLabel;

async function narrow(label: string, picture?: string): Promise<void> {
  await workbench.command('Momentos: Filter Inbox');
  const row = picks().locator('.quick-input-list .monaco-list-row', { hasText: label }).first();
  await picks().locator('.quick-input-list .monaco-list-row').first().waitFor(patience);
  if (picture !== undefined) await workbench.screenshot(picture);
  await picks().locator('input[type="text"]').fill(label);
  await row.click(patience);
}

async function everything(): Promise<void> {
  await workbench.command('Momentos: Show Everything Again');
  await expect.poll(async () => (await people()).length, patience).toBe(7);
}

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

function entries(kind: string): readonly AuditEntry[] {
  const folder = join(desk.dir, '.momentos', 'audit');
  const segments = readdirSync(folder).filter((name) => /^\d{4}-\d{2}\.jsonl$/u.test(name)).sort();
  return segments.flatMap((name) => readFileSync(join(folder, name), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as AuditEntry)).filter((entry) => entry.kind === kind);
}

test('danger and requests for public information are ranked and marked as such', async () => {
  await expect.poll(async () => [(await people()).length, (await people())[0]], patience).toEqual([7, 'Úrsula P.']);
  const rows = (await workbench.treeRows(inbox)).filter(({ level }) => level === 2);
  const words = (name: string): string => rows.find(({ label }) => label.includes(name))!.description;
  expect(words('Úrsula')).toMatch(new RegExp(`^${spanish('URGENT')}`, 'u'));
  expect(words('Inés')).toMatch(new RegExp(`^${spanish('PUBLIC INFO')}`, 'u'));
  const place = (name: string): number => rows.findIndex(({ label }) => label.includes(name));
  expect(place('Inés')).toBeLessThan(place('Pilar'));
  expect(await sentenceOf('Mirta')).toContain(spanish('sentiment uncertain'));
  expect(await sentenceOf('Jean')).toContain(spanish('sentiment uncertain'));
  // Another language is not read, and ranked no lower for it: by the time alone, as the question before it.
  expect(place('Jean')).toBeLessThan(rows.length);
  expect(await sentenceOf('Jean')).toContain(spanish('priority {0}', spanish('normal')));
  await workbench.screenshot('sentiment-inbox');
});

test('the inbox is narrowed by sentiment, urgency, kind and topic', async () => {
  await narrow(spanish('uncertain'), 'sentiment-filter-choices');
  await expect.poll(async () => [...(await people())].sort(), patience).toEqual(['Jean P.', 'Mirta P.']);
  await workbench.screenshot('sentiment-filter-uncertain');
  await everything();
  await narrow(spanish('danger to somebody'));
  await expect.poll(people, patience).toEqual(['Úrsula P.']);
  await workbench.screenshot('sentiment-filter-urgency');
  await everything();
  await narrow(spanish('request for public information'));
  await expect.poll(people, patience).toEqual(['Inés P.']);
  await workbench.screenshot('sentiment-filter-kind');
  await everything();
  await narrow('Pasaportes');
  await expect.poll(people, patience).toEqual(['Norma P.']);
  await workbench.screenshot('sentiment-filter-topic');
  await everything();
});

test('a filter that matches nothing says so, and one press shows everything again', async () => {
  await narrow(spanish('advertising'));
  const again = workbench.view(inbox).locator('.welcome-view a.monaco-button, .welcome-view .monaco-button', { hasText: 'Mostrar todo de nuevo' }).first();
  await again.waitFor(patience);
  await workbench.screenshot('sentiment-filter-nothing');
  await again.click();
  await expect.poll(async () => (await people()).length, patience).toBe(7);
});

test('the hover lists the words that weighed; where the desk is not sure, those for each side', async () => {
  const sure = await hoverOver('Norma P.', 'Norma Prueba');
  expect(await sure.innerText()).toMatch(/pésimo[^\n]* −\d/u);
  await workbench.screenshot('sentiment-hover');
  await workbench.page.keyboard.press('Escape');
  const unsure = (await (await hoverOver('Mirta P.', 'Mirta Prueba')).innerText()).replaceAll('\u00A0', ' ');
  expect(unsure).toContain(spanish('Sentiment: uncertain'));
  expect(unsure).toContain(`${spanish('For negative')}:`);
  expect(unsure).toContain(`${spanish('For positive')}:`);
  await workbench.screenshot('sentiment-hover-uncertain');
  await workbench.page.keyboard.press('Escape');
  await workbench.page.mouse.move(640, 792);
});

test('the reply page marks the evidence, and one press corrects the sentiment, with an entry in the log', async () => {
  const panel = await openReply(workbench, 'Norma P.', 'Norma');
  await panel.frame.locator('mark.evidence.negative').first().waitFor(patience);
  await workbench.screenshot('sentiment-evidence');
  await panel.frame.locator('[data-key="correctSentiment neutral"]').click(patience);
  await panel.frame.locator('.sentiment-label.neutral', { hasText: spanish('corrected by a person') }).waitFor(patience);
  await expect.poll(() => entries('sentiment.corrected').map(({ body }) => [body['from'], body['to']]), patience).toEqual([['negative', 'neutral']]);
  await expect.poll(() => sentenceOf('Norma'), patience).toContain(spanish('sentiment {0}', spanish('neutral')));
  await workbench.screenshot('sentiment-corrected');
});

test('where the desk is not sure the page shows both sides in every theme, and axe finds nothing wrong', async () => {
  const panel = await openReply(workbench, 'Mirta P.', 'Mirta');
  const side = panel.frame.locator('.sentiment');
  await side.locator('.sentiment-label.unsure', { hasText: spanish('uncertain') }).waitFor(patience);
  expect(await side.locator('h3').allInnerTexts()).toEqual([spanish('For negative'), spanish('For positive')]);
  expect(await side.locator('.correct-sentiment .link').count()).toBe(3);
  for (const [theme, name] of shownThemes) {
    await colorTheme(workbench, theme);
    await workbench.screenshot(`sentiment-uncertain-${name}`);
    if (name === 'dark') await keepForReadme(workbench, 'uncertain', { x: 348, y: 70, width: 932, height: 520 });
    expect(await findings(panel.frame)).toEqual([]);
  }
  await colorTheme(workbench, 'Dark Modern');
  const other = await openReply(workbench, 'Jean P.', 'Jean');
  await other.frame.locator('.sentiment', { hasText: spanish('The language of the text is none that the desk reads.') }).waitFor(patience);
  await workbench.screenshot('sentiment-other-language');
});

test('Why? says all of it in sentences', async () => {
  const panel = await openReply(workbench, 'Inés P.', 'Inés');
  await panel.frame.locator('[data-key="why"]').click(patience);
  const page = await workbench.webviewFrame(`:text("Ley 200-04, art. 8")`);
  const words = await page.locator('body').innerText();
  expect(words).toContain(spanish('All of it was found on this machine, in this text alone. The desk judges texts, never people.'));
  expect(words).toContain('«al amparo de la Ley 200-04»'.slice(1, 12));
  await workbench.screenshot('sentiment-why');
  await keepForReadme(workbench, 'why', { x: 348, y: 70, width: 932, height: 340 });
});

test('the report says by language and week how often people agreed', async () => {
  await workbench.command("Momentos: Today's Report");
  const page = await workbench.webviewFrame(`:text("${spanish('Agreement of people with the desk')}")`);
  const words = await page.locator('body').innerText();
  // What the desk was not sure of is nothing to agree with.
  expect(words).toMatch(/Semana \d{1,2} de \d{4}, español: \d+ % de acuerdo con el tono \(vistas: 2, corregidas: 1\)/u);
  expect(words).not.toContain(spanish('other languages'));
  await page.locator(`:text("${spanish('Agreement of people with the desk')}")`).last().scrollIntoViewIfNeeded();
  await workbench.screenshot('sentiment-agreement');
});
