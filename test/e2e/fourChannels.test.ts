import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../src/desk/systemClock';
import { connectTo, type LocalNetwork, startFourNetworks, tokensOf } from '../support/fourNetworks';
import { pictureFailures } from './support/failurePicture';
import { openPracticeDesk, type PracticeDesk } from './support/practiceDesk';
import { openReply } from './support/replyPanel';
import { spanish } from './support/spanish';
import { startWorkbench, type Workbench } from './support/vscode';

const patience = { timeout: 90_000 };
const inbox = spanish('Inbox');

let desk: PracticeDesk;
let networks: readonly LocalNetwork[];
let workbench: Workbench;

/** Accounts that a person connects in VS Code; the others have their tokens in the environment. */
const byHand: ReadonlySet<string> = new Set(['bluesky-main', 'inbox-main']);

/** Who writes where. */
const citizens: Readonly<Record<string, { readonly author: string; readonly text: string }>> = {
  'mastodon-main': { author: 'rosaura', text: '¿A qué hora abre la oficina de Gascue?' },
  'x-main': { author: 'damaris', text: '¿Dónde pago la multa de tránsito?' },
  'inbox-main': { author: 'bienvenida', text: '¿Qué necesito para el acta de nacimiento?' },
  'bluesky-main': { author: 'yolanda', text: '¿Cuánto tarda el pasaporte?' },
};

beforeAll(async () => {
  desk = await openPracticeDesk({ count: 0 });
  networks = await startFourNetworks(systemClock);
  connectTo(desk.dir, networks);
  for (const network of networks) network.mention(citizens[network.id]!.text, citizens[network.id]!.author);
  workbench = await startWorkbench({ deskDir: desk.dir, env: { ...desk.env, ...tokensOf(networks.filter(({ id }) => !byHand.has(id))) }, settings: { 'momentos.polling.seconds': 3600, 'momentos.replies.undoSeconds': 1, 'momentos.replies.openNext': false } });
});

pictureFailures(() => [workbench]);

afterAll(async () => {
  await workbench?.close();
  for (const network of networks) await network.close();
  await desk?.close();
});

/** A row that still moves swallows the click. */
async function rowsStandStill(): Promise<void> {
  let before = '';
  await expect.poll(async () => {
    const now = JSON.stringify(await workbench.treeRows(inbox));
    const same = now === before;
    before = now;
    return same;
  }, { ...patience, interval: 500 }).toBe(true);
}

const picks = () => workbench.page.locator('.quick-input-widget');

/** Chooses from the list that is open, by typing: a hover may cover what is to be clicked. */
async function choose(label: string): Promise<void> {
  await picks().locator('.quick-input-list .monaco-list-row', { hasText: label }).first().waitFor(patience);
  await picks().locator('input[type="text"]').first().fill(label);
  await picks().locator('.quick-input-list .monaco-list-row.focused', { hasText: label }).waitFor(patience);
  await workbench.page.keyboard.press('Enter');
}

/** From the palette to what is to be made at the network. */
async function connect(id: string, name: string): Promise<void> {
  await workbench.openMomentosView();
  await workbench.command('Momentos: Connect Channel');
  await choose(name);
  await picks().locator('.quick-input-list .monaco-list-row', { hasText: spanish('Done, go on') }).waitFor(patience);
  await workbench.screenshot(`connect-${id}`);
  await choose(spanish('Done, go on'));
}

/** Into the field that is asked for now. */
async function paste(question: string, secret: string): Promise<void> {
  await picks().locator('.quick-input-message', { hasText: question }).waitFor(patience);
  const input = picks().locator('input[type="password"]');
  await input.fill(secret);
  await input.press('Enter');
}

test.each([
  ['bluesky-main', 'Bluesky (isc.test)', 'Paste the app password. It is kept outside the desk folder.'],
  ['inbox-main', 'Inbox API (isc)', 'Paste the token. It is kept outside the desk folder.'],
])('%s is connected with what its network made for us: told what to make where, signed in, fetched', async (id, name, question) => {
  await connect(id, name);
  await paste(spanish(question), networks.find((each) => each.id === id)!.token);
  await workbench.notification(name).waitFor(patience);
  await workbench.row(citizens[id]!.author, inbox).waitFor(patience);
});

test('one inbox over four channels, each a group of its own', async () => {
  await workbench.openMomentosView();
  await expect.poll(async () => (await workbench.treeRows(inbox)).filter(({ level }) => level === 2).length, patience).toBe(4);
  await workbench.command('Momentos: Group Inbox By');
  await workbench.page.locator('.quick-input-widget .monaco-list-row', { hasText: spanish('by channel') }).click(patience);
  await expect.poll(async () => (await workbench.treeRows(inbox)).filter(({ level }) => level === 1).map(({ label }) => label).sort(), patience).toEqual(['Bluesky (isc.test)', 'Inbox API (isc)', 'Mastodon (isc)', 'X (isc)']);
  await workbench.screenshot('four-channels-inbox');
});

test.each(['mastodon-main', 'x-main', 'bluesky-main', 'inbox-main'])('an answer on %s says where it will stand, arrives there, and settles the mention', async (id) => {
  const network = networks.find((each) => each.id === id)!;
  const { author } = citizens[id]!;
  await rowsStandStill();
  const panel = await openReply(workbench, author, author);
  const words = `De lunes a viernes, de 8:00 a 16:00. Ref. ${author}`;
  await panel.answer.fill(words);
  await panel.frame.locator('#audience', { hasText: /Mastodon|X|Bluesky|Inbox API/u }).waitFor(patience);
  await workbench.screenshot(`reply-on-${id}`);
  await panel.sendByKey();
  await expect.poll(() => network.posted().map(({ text }) => text.replace(/^(?:@[\w.@-]+ )+/u, '')), patience).toEqual([words]);
  await expect.poll(async () => (await workbench.treeRows(inbox)).some(({ label }) => label.includes(author)), patience).toBe(false);
});
