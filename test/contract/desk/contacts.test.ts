import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AuditRecord } from '../../../src/core/audit';
import { type NewContact } from '../../../src/desk/contactsApi';
import { type Desk } from '../../../src/desk/deskApi';
import { makeDesk, mediaDir, type DeskWorld } from '../../support/openDesk';

const minute = 60_000;
const hour = 60 * minute;

let world: DeskWorld;
let desk: Desk;

beforeEach(async () => {
  world = await makeDesk({ server: { count: 0 } });
  change({ channels: [...channels(), { id: 'norte', network: 'by-hand', medium: 'counter', name: 'Módulo Norte' }] });
  desk = await world.open();
});
afterEach(() => world.close());

function config(): { readonly head: string; readonly value: Record<string, unknown> } {
  const [head = '', ...rest] = readFileSync(join(world.dir, 'momentos.json'), 'utf8').split('\n');
  return { head, value: JSON.parse(rest.join('\n')) as Record<string, unknown> };
}
const channels = (): readonly unknown[] => config().value['channels'] as readonly unknown[];
function change(part: Record<string, unknown>): void {
  const { head, value } = config();
  writeFileSync(join(world.dir, 'momentos.json'), `${head}\n${JSON.stringify({ ...value, ...part }, undefined, 2)}\n`);
}

const call = (more: Partial<NewContact> = {}): NewContact => ({ medium: 'phone', at: world.clock.now() - 10 * minute, text: 'Llevo dos horas en la fila y nadie atiende, esto es un abuso.', citizen: { name: 'María Pérez' }, ...more });

async function records(from: Desk = desk): Promise<readonly AuditRecord[]> {
  const out = join(world.home, 'log.json');
  await from.audit.export({ format: 'json', out, overwrite: true, personalData: 'include', purpose: 'Prueba' });
  return (JSON.parse(readFileSync(out, 'utf8')) as { entries: AuditRecord[] }).entries;
}
const of = async (kind: string, subject?: string): Promise<readonly AuditRecord[]> => (await records()).filter(({ entry }) => entry.kind === kind && (subject === undefined || entry.subject === subject || entry.body['mention'] === subject));

describe('a recorded contact', () => {
  test('stands in the inbox with sentiment, priority and a target that runs from the moment the citizen spoke', async () => {
    const at = world.clock.now() - 30 * minute;
    const mention = await desk.contacts.record(call({ at }));

    expect(mention).toMatchObject({ channel: 'phone', status: 'open', backlog: false, language: 'es', sentiment: { label: 'negative' }, post: { postedAt: at, visibility: 'direct', author: { name: 'María Pérez' } } });
    expect(mention.target.dueAt).toBeGreaterThan(at);
    expect(mention.receivedAt).toBeGreaterThanOrEqual(at + 30 * minute);
    expect(desk.inbox.groups('channel')).toEqual([expect.objectContaining({ key: 'phone', label: 'Teléfono' })]);
    expect(desk.inbox.list({ channel: 'phone' }).map(({ id }) => id)).toEqual([mention.id]);
    expect(desk.inbox.list({ channel: 'letter' })).toEqual([]);
    expect(desk.inbox.list({ search: 'maria perez' })).toHaveLength(1);

    const [received] = await of('mention.received', mention.id);
    expect(received).toMatchObject({ entry: { body: { channel: 'phone', medium: 'phone', postedAt: at, visibility: 'direct' } }, values: { text: mention.post.text, name: 'María Pérez', 'actor.name': 'Ana Pérez' } });
    expect(received!.entry.actor.id).toBe(desk.operator.id);
    expect((await world.open()).inbox.get(mention.id)).toMatchObject({ id: mention.id, post: { text: mention.post.text } });
    expect((await desk.audit.verify()).ok).toBe(true);
  });

  test('leaves the desk what it was: still a practice desk, still one channel to pull', async () => {
    expect(desk.practice).toBe(true);
    await desk.contacts.record(call({ channel: 'norte', medium: undefined }));
    expect((await desk.pulling.pull()).map(({ id }) => id)).toEqual(['mastodon-main']);
    expect(desk.inbox.groups('channel')).toEqual([expect.objectContaining({ key: 'norte', label: 'Módulo Norte' })]);
    await expect(desk.contacts.record(call({ channel: 'mastodon-main', medium: undefined }))).rejects.toMatchObject({ code: 'channel.notByHand' });
    await expect(desk.contacts.record(call({ channel: 'sur', medium: undefined }))).rejects.toMatchObject({ code: 'channel.notFound' });
  });

  test('knows the same citizen again by handle, else by name, whatever the spelling; nobody is a new person each time', async () => {
    const first = await desk.contacts.record(call({ citizen: { handle: '809 555 0101', name: 'María' } }));
    const counter = await desk.contacts.record(call({ medium: 'counter', citizen: { handle: '809 555 0101', name: 'Sra. Pérez' } }));
    expect(counter.authorId).toBe(first.authorId);
    expect(desk.inbox.earlierContacts(counter).map(({ id }) => id)).toEqual([first.id]);

    const named = await desk.contacts.record(call({ citizen: { name: 'JOSÉ  Núñez' } }));
    expect((await desk.contacts.record(call({ citizen: { name: 'jose nunez' } }))).authorId).toBe(named.authorId);

    const nobody = await desk.contacts.record(call({ citizen: undefined }));
    expect(nobody.post.author).toMatchObject({ handle: '', name: '' });
    expect((await desk.contacts.record(call({ citizen: {} }))).authorId).not.toBe(nobody.authorId);
    expect(desk.inbox.groups('author').find(({ mentions }) => mentions[0]?.id === nobody.id)?.label).toBe('sin nombre');
  });

  test('joins the conversation of its case number, or of a mention', async () => {
    world.server.control.addMention({ text: '@isc Mi pasaporte no llega', author: 'pedro' });
    await desk.pulling.pull();
    const post = desk.inbox.list()[0]!;
    await desk.triage.setCase(post.id, 'RC-2026-77');

    const phoned = await desk.contacts.record(call({ case: 'rc-2026-77' }));
    expect(phoned.conversation).toBe(post.conversation);
    expect(desk.inbox.conversation(phoned).map(({ caseNumber }) => caseNumber)).toEqual(['rc-2026-77', 'rc-2026-77']);
    const again = await desk.contacts.record(call({ conversation: post.id }));
    expect(again).toMatchObject({ conversation: post.conversation, caseNumber: 'rc-2026-77' });
    const fresh = await desk.contacts.record(call({ case: 'RC-2026-78' }));
    expect(fresh.conversation).not.toBe(post.conversation);
    expect(fresh.caseNumber).toBe('RC-2026-78');
    await expect(desk.contacts.record(call({ case: 'no es un <caso>' }))).rejects.toMatchObject({ code: 'case.invalid' });
    await expect(desk.contacts.record(call({ conversation: 'm-nobody' }))).rejects.toMatchObject({ code: 'mention.notFound' });
  });

  test('wakes what waited for this citizen', async () => {
    const first = await desk.contacts.record(call());
    await desk.triage.waitForCitizen([first.id]);
    await desk.contacts.record(call({ conversation: first.id, text: 'Soy yo otra vez, aquí está el número que pidieron.' }));
    expect(desk.inbox.get(first.id).status).toBe('open');
  });

  test.each([
    ['time', { at: Number.NaN }],
    ['empty', { text: ' \n ' }],
    ['tooLong', { text: 'x'.repeat(100_001) }],
  ])('is refused when it cannot be so: %s', async (reason, part) => {
    await expect(desk.contacts.record(call(part))).rejects.toMatchObject({ code: 'contact.invalid', details: { reason } });
    expect(desk.inbox.list({ all: true })).toEqual([]);
  });

  test('is refused when it, or its answer, lies in the future or out of order; nothing is written', async () => {
    const now = world.clock.now();
    await expect(desk.contacts.record(call({ at: now + hour }))).rejects.toMatchObject({ details: { reason: 'future' } });
    await expect(desk.contacts.record(call({ answer: { text: 'Sí.', at: now + hour } }))).rejects.toMatchObject({ details: { reason: 'answerFuture' } });
    await expect(desk.contacts.record(call({ answer: { text: 'Sí.', at: now - hour } }))).rejects.toMatchObject({ details: { reason: 'answerEarly' } });
    await expect(desk.contacts.record(call({ answer: { text: 'Sí.', at: now, template: { id: 'nothing', language: 'es' } } }))).rejects.toMatchObject({ code: 'reply.notApproved' });
    expect(desk.inbox.list({ all: true })).toEqual([]);
    expect(await of('mention.received')).toEqual([]);
  });
});

describe('an answer that was given on the spot', () => {
  test('is noted with its time: latency runs from the contact to it, in the log and in the report', async () => {
    const at = world.clock.now() - 3 * hour;
    const mention = await desk.contacts.record(call({ at, answer: { text: 'Abrimos a las ocho.', at: at + 7 * minute } }));

    expect(mention).toMatchObject({ status: 'answered', replies: [{ state: 'sent', text: 'Abrimos a las ocho.', sentAt: at + 7 * minute, latencyMs: 7 * minute, byHand: true, visibility: 'direct' }] });
    const reply = mention.replies[0]!;
    const [intended] = await of('reply.intended', reply.id);
    expect(intended).toMatchObject({ entry: { body: { origin: 'free', givenBefore: true, channel: 'phone' } }, values: { text: 'Abrimos a las ocho.' } });
    const [sent] = await of('reply.sent', reply.id);
    expect(sent!.entry.body).toMatchObject({ givenBy: 'hand', latency: { calendarMs: 7 * minute, sentAt: at + 7 * minute, first: true } });
    const kinds = (await records()).map(({ entry }) => entry.kind);
    expect(kinds.indexOf('mention.received')).toBeLessThan(kinds.indexOf('reply.intended'));
    expect(kinds.indexOf('reply.intended')).toBeLessThan(kinds.indexOf('reply.sent'));
    const report = await desk.audit.report({ from: 0, to: world.clock.now() + 1 });
    expect(report.byChannel['phone']).toMatchObject({ arrivals: 1, answered: 1, open: 0, firstResponse: { n: 1, medianMs: 7 * minute } });
  });

  test('says whose words they were: the approved ones, mended, or free', async () => {
    const at = world.clock.now() - hour;
    const probe = await desk.contacts.record(call());
    const approved = await desk.replies.render(probe.id, 'thanks', 'es', {});
    const template = { id: 'thanks', language: 'es' };
    const exact = await desk.contacts.record(call({ at, answer: { text: approved.text, at, template, values: approved.values } }));
    const mended = await desk.contacts.record(call({ at, answer: { text: `${approved.text.split(' ').slice(0, -3).join(' ')} muchas cosas buenas.`, at, template, values: approved.values } }));
    const origins = await Promise.all([exact, mended].map(async ({ replies }) => (await of('reply.intended', replies[0]!.id))[0]!.entry.body));
    expect(origins).toEqual([expect.objectContaining({ origin: 'approved', kept: 1000, template: 'thanks' }), expect.objectContaining({ origin: 'edited', template: 'thanks' })]);
    expect(origins[1]!['kept']).toBeLessThan(1000);
  });

  test('answers the earlier messages of the same citizen in the conversation too', async () => {
    const now = world.clock.now();
    const first = await desk.contacts.record(call({ at: now - 2 * hour }));
    const second = await desk.contacts.record(call({ at: now - hour, conversation: first.id, answer: { text: 'Ya está resuelto.', at: now - hour + minute } }));
    expect(desk.inbox.get(first.id).status).toBe('answered');
    expect(second.replies[0]!.latencyMs).toBe(hour + minute);
  });
});

describe('an answer that is given later', () => {
  const free = { text: 'Venga mañana con su acta.', values: {} };

  test('is intended in the log before it is given, and sent when a person says that it was', async () => {
    const mention = await desk.contacts.record(call());
    const prepared = await desk.replies.send(mention.id, free, { confirm: [] });
    expect(prepared.reply).toMatchObject({ state: 'intended', byHand: true, text: free.text, visibility: 'direct' });
    expect((await of('reply.intended', prepared.reply.id))[0]!.entry.body).toMatchObject({ byHand: true });
    expect(await of('reply.sent')).toEqual([]);
    expect(desk.inbox.get(mention.id).status).toBe('open');
    await expect(desk.replies.send(mention.id, free, { confirm: [] })).rejects.toMatchObject({ code: 'reply.inProgress' });

    world.clock.forward(5 * minute);
    const { reply } = await desk.replies.settle(prepared.reply.id, true);
    expect(reply.state).toBe('sent');
    expect(reply.latencyMs).toBeGreaterThanOrEqual(15 * minute);
    expect((await of('reply.sent', reply.id))[0]!.entry).toMatchObject({ actor: { id: desk.operator.id }, body: { givenBy: 'hand' } });
    expect(await of('reply.settled')).toEqual([]);
    expect(desk.inbox.get(mention.id).status).toBe('answered');
    // Twice is once.
    await desk.replies.settle(prepared.reply.id, true);
    expect(await of('reply.sent')).toHaveLength(1);
  });

  test('may be noted with the time at which it was given, not before the contact nor ahead of now', async () => {
    const mention = await desk.contacts.record(call());
    const { reply } = await desk.replies.send(mention.id, free, { confirm: [] });
    await expect(desk.replies.settle(reply.id, true, { at: world.clock.now() + hour })).rejects.toMatchObject({ details: { reason: 'answerFuture' } });
    await expect(desk.replies.settle(reply.id, true, { at: mention.post.postedAt - minute })).rejects.toMatchObject({ details: { reason: 'answerEarly' } });
    const given = await desk.replies.settle(reply.id, true, { at: mention.post.postedAt + 4 * minute });
    expect(given.reply.latencyMs).toBe(4 * minute);
  });

  test('that was not given after all is a draft again, and the mention stays open', async () => {
    const mention = await desk.contacts.record(call());
    const { reply } = await desk.replies.send(mention.id, free, { confirm: [] });
    expect((await desk.replies.settle(reply.id, false)).reply).toMatchObject({ state: 'failed', failure: 'reply.notGiven' });
    expect(await desk.replies.draft(mention.id)).toMatchObject({ text: free.text });
    expect((await of('reply.failed', reply.id))[0]!.entry.body).toMatchObject({ code: 'reply.notGiven' });
    expect(desk.inbox.get(mention.id).status).toBe('open');
    const again = await desk.replies.send(mention.id, free, { confirm: [] });
    await desk.replies.settle(again.reply.id, true);
    expect(await desk.replies.draft(mention.id)).toBeUndefined();
  });

  test('holds no length of a network against it, and takes personal data, as nobody else hears it', async () => {
    const mention = await desk.contacts.record(call());
    const long = { text: `Su cédula 001-1234567-8 está lista. ${'Le explico los pasos con calma. '.repeat(60)}`, values: {} };
    const checked = await desk.replies.check(mention.id, long);
    expect(checked.checks.filter(({ severity }) => severity !== 'hint')).toEqual([]);
    expect((await desk.replies.send(mention.id, long, { confirm: [] })).reply.state).toBe('intended');
  });

  test('passes a second person and a hold like any other', async () => {
    change({ replies: { freeText: 'second-person' } });
    const ana = await world.open();
    const revisora = await world.open('Revisora de práctica');
    const mention = await ana.contacts.record(call());
    await expect(ana.replies.send(mention.id, free, { confirm: [] })).rejects.toMatchObject({ code: 'reply.needsSecondPerson' });
    await ana.approvals.submit(mention.id, free, { confirm: [] });
    await revisora.inbox.refresh();

    const hold = await ana.holds.set({ scope: { kind: 'channel', id: 'phone' }, reason: 'Huracán' });
    await expect(revisora.approvals.send(mention.id, { confirm: [] })).rejects.toMatchObject({ code: 'reply.onHold' });
    await revisora.holds.lift(hold.id);

    const { reply } = await revisora.approvals.send(mention.id, { confirm: [] });
    expect(reply).toMatchObject({ state: 'intended', byHand: true });
    await ana.inbox.refresh();
    const given = await ana.replies.settle(reply.id, true);
    expect(given.reply).toMatchObject({ state: 'sent', approved: { submission: { by: { name: 'Ana Pérez' } } } });
    expect((await of('reply.sent', reply.id))[0]!.entry.body).toMatchObject({ givenBy: 'hand', latency: { approvalMs: expect.any(Number) as number } });

    const other = await ana.contacts.record(call());
    await ana.approvals.submit(other.id, free, { confirm: [] });
    await revisora.inbox.refresh();
    const second = await revisora.approvals.send(other.id, { confirm: [] });
    await revisora.replies.settle(second.reply.id, false);
    expect(revisora.inbox.get(other.id).submission?.text).toBe(free.text);
  });

  test('is asked about again when the process dies between copying and confirming; nothing is lost, nothing is said twice', async () => {
    const mention = await desk.contacts.record(call());
    const folder = mkdtempSync(join(tmpdir(), 'momentos-contact-'));
    const worker = join(folder, 'worker.cjs');
    await build({ entryPoints: [join(__dirname, 'contactWorker.ts')], bundle: true, platform: 'node', format: 'cjs', mainFields: ['module', 'main'], outfile: worker, logLevel: 'error' });
    try {
      const child = spawn(process.execPath, [worker, world.dir, mediaDir, mention.id], { env: { ...process.env, ...world.environment, MOMENTOS_OPERATOR: '' }, stdio: ['ignore', 'pipe', 'inherit'] });
      const ended = new Promise<void>((resolve) => child.once('exit', () => { resolve(); }));
      const line = await new Promise<string>((resolve) => child.stdout.once('data', (data: Buffer) => { resolve(data.toString()); }));
      const [, replyId = '', state] = line.trim().split(' ');
      expect(state).toBe('intended');

      // While that process lives nobody else judges it.
      await desk.inbox.refresh();
      expect(await desk.replies.settleAll()).toEqual([]);
      child.kill('SIGKILL');
      await ended;

      const [settled] = await desk.replies.settleAll();
      expect(settled?.reply).toMatchObject({ id: replyId, state: 'unsettled', text: 'Venga mañana con su acta.' });
      const given = await desk.replies.settle(replyId, true);
      expect(given.reply).toMatchObject({ state: 'sent', sentAt: settled!.reply.intendedAt });
      expect((await of('reply.settled', replyId))[0]!.entry.body).toMatchObject({ outcome: 'sent', by: 'person' });
      expect((await records()).filter(({ entry }) => entry.kind === 'reply.sent')).toHaveLength(1);
      expect((await desk.audit.verify()).ok).toBe(true);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
