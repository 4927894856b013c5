import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDesk } from '../../src/desk/desk';
import { systemClock, systemRandomness } from '../../src/desk/systemClock';
import { type NewMention } from '../../src/toolkit/practice/controlRoutes';
import { silentLogger } from '../../src/toolkit/start/silentLogger';
import { pictureFailures } from './support/failurePicture';
import { projectRoot } from './support/packaged';
import { openPracticeDesk, type PracticeDesk } from './support/practiceDesk';
import { keepForReadme } from './support/readmePictures';
import { openReply, replyPanel } from './support/replyPanel';
import { saveAs } from './support/saveDialog';
import { spanish } from './support/spanish';
import { startWorkbench, type Workbench } from './support/vscode';
import { type WorkbenchWindow } from './support/workbenchWindow';

const patience = { timeout: 90_000 };
const inbox = spanish('Inbox');

/** Stands in for a token that must never be written down. */
const canary = 'canario-9f31-que-no-debe-aparecer';

let desk: PracticeDesk;
let workbench: Workbench;
let exports: string;

beforeAll(async () => {
  exports = await mkdtemp(join(tmpdir(), 'mo-export-'));
  desk = await openPracticeDesk({ count: 8, token: canary });
  workbench = await startWorkbench({ deskDir: desk.dir, env: desk.env, settings: { 'momentos.polling.seconds': 3600 } });
});

pictureFailures(() => [workbench]);

afterAll(async () => {
  await workbench?.close();
  await desk?.close();
  await rm(exports, { recursive: true, force: true, maxRetries: 10 });
});

const posted = (): readonly string[] => desk.server.control.posted().map(({ text }) => text);

/** A citizen writes, and the row appears in the tree. */
async function arrives(mention: NewMention & { readonly name: string }, row: string): Promise<void> {
  desk.server.control.addMention(mention);
  await workbench.command('Momentos: Refresh');
  await workbench.row(row, inbox).waitFor(patience);
}

/** The id that the desk gave to the mention of this author. */
async function mentionOf(name: string): Promise<string> {
  const reader = await createDesk({ dir: desk.dir, environment: { ...process.env, ...desk.env }, clock: systemClock, random: systemRandomness, logger: silentLogger, version: '0.0.0', mediaDir: join(projectRoot, 'media'), readOnly: true });
  const found = reader.inbox.list({ all: true }).find(({ post }) => post.author.name === name);
  await reader.dispose();
  if (found === undefined) throw new Error(`Nobody is called ${name}.`);
  return found.id;
}

/** Mentions that nobody has answered: the practice institution answers some of them in its own app before the desk comes. */
async function unanswered(): Promise<number> {
  const { url, token } = desk.server;
  const list = async (path: string): Promise<readonly Record<string, unknown>[]> => (await (await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } })).json()) as Record<string, unknown>[];
  const own = (await (await fetch(`${url}/api/v1/accounts/verify_credentials`, { headers: { authorization: `Bearer ${token}` } })).json()) as { readonly id: string };
  const answered = new Set((await list(`/api/v1/accounts/${own.id}/statuses?limit=40`)).map((status) => status['in_reply_to_id']));
  const mentions = await list('/api/v1/notifications?types[]=mention&include_filtered=true&limit=40');
  return mentions.filter(({ status }) => !answered.has((status as { readonly id: string }).id)).length;
}

test('first start: both views, the mentions, the badge, and how many are open', async () => {
  await workbench.openMomentosView();
  const count = await unanswered();
  expect(count).toBeGreaterThan(1);
  await expect.poll(async () => (await workbench.treeRows(inbox)).filter(({ level }) => level === 2).length, patience).toBe(count);
  const open = spanish('{0} open', count);
  await workbench.page.locator('.statusbar-item', { hasText: open }).waitFor(patience);
  await workbench.page.locator('.activitybar .badge-content', { hasText: String(count) }).waitFor(patience);
  await workbench.row(spanish('Approved'), spanish('Templates')).waitFor(patience);
  // What the institution answered in its own app is open until the desk has seen the answer; then it is shown for the rest of the day, in a group of its own.
  const inGroups = async (): Promise<number> => (await workbench.treeRows(inbox)).filter(({ level, label }) => level === 1 && label !== spanish('Answered today')).reduce((sum, { description }) => sum + Number(description), 0);
  await expect.poll(inGroups, patience).toBe(count);
  const rows = await workbench.treeRows(inbox);
  for (const { label, description, ariaLabel } of rows.filter(({ level }) => level === 2)) {
    expect(label).toMatch(/^(?:−|hace )?\d+ (?:min|h|d) · \S/u);
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
  await panel.frame.locator('.side', { hasText: spanish('Nobody has answered yet') }).waitFor(patience);
  await workbench.screenshot('reply-filled-in');
  await keepForReadme(workbench, 'desk');
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
  await picks.locator('.monaco-list-row', { hasText: spanish('$(table) Table of answers').slice(9) }).click(patience);
  await picks.locator('.monaco-list-row', { has: page.getByText(spanish('Everything'), { exact: true }) }).click(patience);
  await picks.locator('.monaco-list-row', { hasText: spanish('$(shield) Citizens as pseudonyms').slice(10) }).click(patience);
  await picks.locator('.monaco-button', { hasText: 'OK' }).waitFor(patience);
  await workbench.screenshot('export-save-dialog');
  await saveAs(page, file, () => workbench.notification(/registro\.csv/u).waitFor({ timeout: 1500 }).then(() => true, () => false));
  const csv = await readFile(file, 'utf8');
  expect(csv.startsWith('\uFEFFreply_id,status,')).toBe(true);
  expect(csv.split('\r\n')).toHaveLength(3);
  expect(csv).toMatch(/,citizen-[0-9a-f]{16},/u);
  expect(csv).not.toContain('Ramona');
  expect(csv).toContain('Revisora de práctica');

  await workbench.command('Momentos: Verify Audit Log');
  await workbench.notification(/íntegro/u).waitFor(patience);
  await workbench.screenshot('export-and-verify');
});

test('an answer with a hole is refused, and the empty field is shown', async () => {
  await arrives({ text: '¿Qué papeles necesito para renovar mi cédula?', author: 'hipolito', name: 'Hipólito Prueba' }, 'Hipólito P.');
  const before = posted();
  const panel = await openReply(workbench, 'Hipólito P.', 'Hipólito Prueba');
  await panel.choose('requirements');
  await panel.fill('procedure', 'renovación de la cédula');
  expect(await panel.answer.inputValue()).toContain('____');
  await panel.answer.focus();
  await workbench.page.keyboard.press('Control+Enter');
  await panel.frame.locator('#value-requirements:focus').waitFor(patience);
  await panel.frame.locator('.checks .refuse', { hasText: 'Lo que debe traer' }).waitFor(patience);
  expect(await panel.send.getAttribute('aria-disabled')).toBe('true');
  await workbench.screenshot('reply-hole-refused');
  expect(posted()).toEqual(before);
});

test('a text over the limit of the network is refused, by how much is said', async () => {
  const before = posted();
  const panel = await replyPanel(workbench, 'Hipólito Prueba');
  await panel.frame.locator('[data-key="drop"]').click(patience);
  await panel.answer.fill('á'.repeat(495));
  // With "@hipolito " before it.
  await panel.frame.locator('.counter.is-over', { hasText: '505 / 500' }).waitFor(patience);
  await panel.frame.locator('.over', { hasText: spanish('{0} characters too many.', 5) }).waitFor(patience);
  await panel.answer.focus();
  await workbench.page.keyboard.press('Control+Enter');
  await panel.frame.locator('.unseen[role="status"]', { hasText: spanish('{0} characters too many.', 5) }).waitFor({ ...patience, state: 'attached' });
  await workbench.screenshot('reply-over-the-limit');
  expect(posted()).toEqual(before);
});

test('undo takes an answer back while there is time; the text stays as a draft', async () => {
  const before = posted();
  const panel = await replyPanel(workbench, 'Hipólito Prueba');
  await panel.answer.fill('Con su acta de nacimiento y su cédula anterior basta.');
  await panel.sendByKey();
  await panel.frame.locator('.bar.undo').waitFor(patience);
  await workbench.page.keyboard.press('Escape');
  await panel.frame.locator('.bar.undo').waitFor({ ...patience, state: 'detached' });
  await panel.frame.locator('vscode-button.send:not(.not-yet)').waitFor(patience);
  expect(await panel.answer.inputValue()).toBe('Con su acta de nacimiento y su cédula anterior basta.');
  await workbench.screenshot('reply-undone');
  expect(posted()).toEqual(before);
});

test('a draft is back after the window was reloaded in mid-sentence', async () => {
  const panel = await replyPanel(workbench, 'Hipólito Prueba');
  await panel.answer.fill('Con su acta de nacimiento y');
  await panel.frame.locator('.saved', { hasText: spanish('Draft saved') }).waitFor(patience);
  await workbench.reload(await mentionOf('Hipólito Prueba'));
  const again = await replyPanel(workbench, 'Hipólito Prueba');
  await expect.poll(() => again.answer.inputValue(), patience).toBe('Con su acta de nacimiento y');
  await workbench.openMomentosView();
  await workbench.screenshot('reply-draft-after-reload');
});

test('a window that closes while an answer can still be taken back sends nothing, and the next start says so', async () => {
  const before = posted();
  const panel = await replyPanel(workbench, 'Hipólito Prueba');
  await panel.answer.fill('Con su acta de nacimiento basta.');
  await panel.sendByKey();
  await panel.frame.locator('.bar.undo').waitFor(patience);
  await workbench.reload(await mentionOf('Hipólito Prueba'));
  await workbench.notification(spanish('The answer to {0} was not sent: VS Code closed before its time was up. It is kept as a draft.', 'Hipólito P.')).waitFor(patience);
  const again = await replyPanel(workbench, 'Hipólito Prueba');
  await expect.poll(() => again.answer.inputValue(), patience).toBe('Con su acta de nacimiento basta.');
  await workbench.screenshot('reply-closed-in-undo-window');
  expect(posted()).toEqual(before);
  await workbench.command('Notifications: Clear All Notifications');
});

test('while the network is down the text stays and the reason is said; sending again works', async () => {
  const before = posted();
  const panel = await replyPanel(workbench, 'Hipólito Prueba');
  desk.server.control.fault({ kind: '503', count: 100_000 });
  await panel.sendByKey();
  await panel.frame.locator('.bar.problem [role="alert"]').waitFor(patience);
  expect(await panel.answer.inputValue()).toBe('Con su acta de nacimiento basta.');
  expect(posted()).toEqual(before);
  await workbench.command('Momentos: Refresh Inbox');
  await workbench.view(inbox).locator('.message', { hasText: /no responde/u }).waitFor(patience);
  await workbench.screenshot('network-down');

  desk.server.control.clearFaults();
  await workbench.command('Momentos: Refresh Inbox');
  await workbench.view(inbox).locator('.message', { hasText: /no responde/u }).waitFor({ ...patience, state: 'hidden' });
  await panel.sendByKey();
  await expect.poll(posted, patience).toEqual([...before, '@hipolito Con su acta de nacimiento basta.']);
  await panel.frame.locator('h1:not(:has-text("Hipólito"))').waitFor(patience);
});

test('after sending: a second answer with its reason, one that is corrected, one that is withdrawn', async () => {
  await arrives({ text: '¿Dónde pido una copia de mi acta?', author: 'fidelina', name: 'Fidelina Prueba' }, 'Fidelina P.');
  const panel = await openReply(workbench, 'Fidelina P.', 'Fidelina Prueba');
  const mine = (): readonly string[] => posted().filter((text) => text.startsWith('@fidelina '));
  /** Back to the mention, once the page has gone on to the next one by itself. */
  const show = async (sentFrom: typeof panel): Promise<typeof panel> => {
    await sentFrom.frame.locator('h1:not(:has-text("Fidelina"))').waitFor(patience);
    const group = spanish('Answered today');
    await workbench.row(group, inbox).waitFor(patience);
    if ((await workbench.treeRows(inbox)).some(({ label, expanded }) => label === group && expanded === false)) await workbench.clickRow(group, inbox);
    return openReply(workbench, 'Fidelina P.', 'Fidelina Prueba');
  };
  const say = async (reason: string): Promise<void> => {
    await workbench.page.locator('.quick-input-widget input[type="text"]').fill(reason, patience);
    await workbench.page.keyboard.press('Enter');
  };
  // The page puts the hand where one goes on; a text that comes while it does so is written again.
  const write = (page: typeof panel, text: string): Promise<void> =>
    expect
      .poll(async () => {
        if ((await page.answer.inputValue()) !== text) await page.answer.fill(text);
        return page.frame.locator('.saved', { hasText: spanish('Draft saved') }).isVisible().then(async (saved) => saved && (await page.answer.inputValue()) === text);
      }, patience)
      .toBe(true);
  await write(panel, 'En cualquiera de nuestras oficinas.');
  await panel.sendByKey();
  await expect.poll(mine, patience).toEqual(['@fidelina En cualquiera de nuestras oficinas.']);

  let answered = await show(panel);
  await answered.frame.locator('[data-key="followUp"], button:has-text("Añadir")').or(answered.frame.getByText(spanish('Follow up…'))).first().click(patience);
  await say('Faltó el horario');
  await write(answered, 'Abrimos de lunes a viernes, de 8 a 4.');
  await answered.sendByKey();
  await expect.poll(mine, patience).toHaveLength(2);

  answered = await show(answered);
  await answered.frame.getByText(spanish('Correct…')).last().click(patience);
  await say('El horario estaba mal');
  await workbench.page.locator('.monaco-dialog-box').getByRole('button', { name: spanish('Withdraw and Write Anew') }).click(patience);
  await expect.poll(mine, patience).toEqual(['@fidelina En cualquiera de nuestras oficinas.']);
  await write(answered, 'Abrimos de lunes a viernes, de 8 a 3.');
  await answered.sendByKey();
  await expect.poll(mine, patience).toEqual(['@fidelina En cualquiera de nuestras oficinas.', '@fidelina Abrimos de lunes a viernes, de 8 a 3.']);

  answered = await show(answered);
  await answered.frame.getByText(spanish('Withdraw…')).last().click(patience);
  await answered.frame.locator('.withdrawal input, .withdrawal textarea').first().fill('Se repite');
  await answered.frame.locator('.withdrawal').getByText(spanish('Withdraw'), { exact: true }).click(patience);
  await expect.poll(mine, patience).toEqual(['@fidelina En cualquiera de nuestras oficinas.']);
  await answered.frame.locator('.withdrawal').waitFor({ ...patience, state: 'detached' });
  await workbench.screenshot('after-sending');
});

test('two windows on one desk: what one does the other shows, and one alone asks the network', async () => {
  await arrives({ text: '¿A qué hora abren mañana?', author: 'altagracia', name: 'Altagracia Prueba' }, 'Altagracia P.');
  const asked = (): number => desk.server.control.requests().filter(({ path }) => path === '/api/v1/notifications').length;
  const before = asked();
  const second = await workbench.openSecondWindow();
  await second.openMomentosView();
  await second.row('Altagracia P.', inbox).waitFor(patience);
  await second.page.locator('.statusbar-item', { hasText: /abierta/u }).waitFor(patience);
  const claimed = spanish('claimed by {0}', 'Ana Pérez');
  const labelIn = async (window: WorkbenchWindow): Promise<string> => (await window.treeRows(inbox)).find(({ label }) => label.includes('Altagracia'))?.ariaLabel ?? '';
  const isClaimed = (): Promise<boolean> => expect.poll(() => labelIn(second), { timeout: 15_000 }).toContain(claimed).then(() => true, () => false);
  // A window that has just opened draws its rows anew, and a click on the old ones is lost.
  for (let times = 1; times <= 4; times += 1) {
    await second.pressInRow('Altagracia P.', 'a[aria-label^="Claim"], a[aria-label^="Tomar"]', inbox);
    if (await isClaimed()) break;
    await second.screenshot(`two-windows-not-claimed-${String(times)}`);
  }
  for (const window of [second, workbench]) await expect.poll(() => labelIn(window), patience).toContain(claimed);
  expect(asked()).toBe(before);
  await second.screenshot('two-windows-second');
  await workbench.screenshot('two-windows-first');
  await second.page.close();
});

test('the token stands in no file of the desk and in no log, setting or memory of VS Code', async () => {
  expect(await filesWith(canary, [desk.dir, workbench.userData, exports])).toEqual([]);
  // The search itself finds what is there.
  expect((await filesWith('Altagracia Prueba', [desk.dir])).length).toBeGreaterThan(0);
  expect((await filesWith('desk opened', [workbench.userData])).length).toBeGreaterThan(0);
});

async function filesWith(text: string, folders: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const folder of folders) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      // VS Code gives up its locks meanwhile; what is gone holds nothing.
      const content = await readFile(path).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
        throw error;
      });
      if (content.includes(text)) found.push(path);
    }
  }
  return found;
}
