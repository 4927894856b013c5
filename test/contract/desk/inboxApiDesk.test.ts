import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Mention } from '../../../src/core/mention';
import { createDesk } from '../../../src/desk/desk';
import { type Desk } from '../../../src/desk/deskApi';
import { initDesk } from '../../../src/desk/initDesk';
import { systemRandomness } from '../../../src/desk/systemClock';
import { type InboxApiServer, type InboxApiServerOptions, startInboxApiServer } from '../../../src/toolkit/practice/inboxApi/inboxApiServer';
import { formChannel } from '../../../src/toolkit/start/makePracticeDesk';
import { mediaDir, MovableClock, quietLogger } from '../../support/openDesk';

let base: string;
let server: InboxApiServer;
let desk: Desk;
let openAgain: () => Promise<Desk>;
const clock = new MovableClock();

async function open(options: InboxApiServerOptions = {}): Promise<void> {
  server = await startInboxApiServer({ count: 0, now: () => clock.now(), ...options });
  const environment = { XDG_CONFIG_HOME: join(base, 'config'), MOMENTOS_TOKEN_INBOX_MAIN: server.token };
  const common = { dir: join(base, 'desk'), mediaDir, clock, random: systemRandomness, logger: quietLogger, environment, as: 'Ana Pérez <ana@isc.example>' };
  await initDesk({
    ...common, institution: { id: 'isc', name: 'ISC', country: 'DO', timeZone: 'America/Santo_Domingo', languages: ['es'], domains: ['isc.example'] },
    otherChannels: [formChannel(server)], reviewer: { name: 'Revisora de práctica' }, practice: true,
  });
  openAgain = () => createDesk({ ...common, version: '0.0.0' });
  desk = await openAgain();
}

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'mo-form-desk-'));
});
afterEach(async () => {
  await desk.dispose();
  await server.close();
  await rm(base, { recursive: true, force: true });
});

const pull = async (): Promise<void> => {
  const [result] = await desk.pulling.pull();
  if (result?.error) throw result.error;
};
const mentionOf = (externalId: string): Mention => desk.inbox.list({ all: true }).find(({ post }) => post.externalId === externalId) ?? expect.fail(`${externalId} is not at the desk`);

test('messages of one case are one conversation, those of another are not', async () => {
  await open();
  const { externalId, conversationId } = server.control.addMention({ text: 'Mi turno 4711 no aparece', author: 'ana' });
  const later = server.control.addMention({ text: 'Sigo esperando', author: 'ana', inReplyTo: externalId });
  await pull();
  expect(later.conversationId).toBe(conversationId);
  expect(mentionOf(later.externalId).conversation).toBe(mentionOf(externalId).conversation);
  const other = server.control.addMention({ text: 'Otro asunto', author: 'ana' });
  await pull();
  expect(mentionOf(other.externalId).conversation).not.toBe(mentionOf(externalId).conversation);
});

test('an edit and a deletion that the feed tells reach the desk', async () => {
  await open();
  const edited = server.control.addMention({ text: 'La oficina de Herrera' }).externalId;
  const deleted = server.control.addMention({ text: 'Mi teléfono es 809 555 0101' }).externalId;
  await pull();
  server.control.editMention(edited, 'La oficina de Los Mina');
  server.control.deleteMention(deleted);
  await pull();
  expect(mentionOf(edited).post.text).toBe('La oficina de Los Mina');
  expect(mentionOf(deleted).deletedAt).toBeDefined();
  expect(mentionOf(deleted).post.text).not.toContain('809');
});

test('what a colleague answered in the form itself settles the message', async () => {
  await open();
  const { externalId } = server.control.addMention({ text: '¿A qué hora abren?' });
  await pull();
  server.control.answerByColleague(externalId, 'A las ocho.');
  await pull();
  expect(mentionOf(externalId)).toMatchObject({ status: 'answered' });
  expect(mentionOf(externalId).answeredElsewhereAt).toBeDefined();
});

test('an answer is in the form, for its author only, and can be taken back', async () => {
  await open();
  const { externalId } = server.control.addMention({ text: '¿A qué hora abren?', visibility: 'direct' });
  await pull();
  const mention = mentionOf(externalId);
  await desk.replies.send(mention.id, { text: 'Abrimos a las ocho de la mañana.', language: 'es', values: {} }, { confirm: [] });
  expect(server.control.posted()).toMatchObject([{ text: 'Abrimos a las ocho de la mañana.', visibility: 'private', inReplyTo: externalId }]);
  await pull();
  expect(mentionOf(externalId)).toMatchObject({ status: 'answered' });
  expect(mentionOf(externalId).answeredElsewhereAt).toBeUndefined();
});

test('what the server does not do is known to every window of the desk, also to one that never asked it', async () => {
  await open({ capabilities: { reply: false, delete: false } });
  const { externalId } = server.control.addMention({ text: '¿A qué hora abren?' });
  const channelOf = async (): Promise<object | undefined> => (await desk.channels.list()).find(({ id }) => id === 'inbox-main')?.capabilities;
  expect(await channelOf()).toMatchObject({ reply: true, delete: true });
  await pull();
  await desk.dispose();
  desk = await openAgain();
  const before = server.control.requests().length;
  expect(await channelOf()).toEqual({ pull: true, thread: true, reply: false, privateReply: true, delete: false, media: true });
  expect(server.control.requests()).toHaveLength(before);
  const { reply } = await desk.replies.send(mentionOf(externalId).id, { text: 'A las ocho.', language: 'es', values: {} }, { confirm: [] });
  // Nobody can send it there: it is for somebody to give.
  expect(reply).toMatchObject({ byHand: true, state: 'intended' });
  expect(server.control.posted()).toEqual([]);
});
