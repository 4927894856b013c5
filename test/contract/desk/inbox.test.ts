import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Desk } from '../../../src/desk/deskApi';
import { type Mention } from '../../../src/core/mention';
import { type DeskWorld, makeDesk } from '../../support/openDesk';

let world: DeskWorld;
let desk: Desk;

beforeEach(async () => {
  world = await makeDesk({ server: { count: 0 } });
  desk = await world.open();
});

afterEach(async () => {
  await world.close();
});

async function arrive(text: string, more: { author?: string; minutesAgo?: number } = {}): Promise<Mention> {
  world.server.control.addMention({ text, ...more });
  await desk.pulling.pull();
  return desk.inbox.list({ all: true }).find(({ post }) => post.text.includes(text))!;
}

describe('pulling', () => {
  it('brings each mention once, also when two windows pull at the same time', async () => {
    for (let index = 0; index < 30; index++) world.server.control.addMention({ text: `Pregunta número ${String(index)}`, author: `vecina${String(index)}` });
    const other = await world.open('Luis Gil <luis@isc.example>');
    const results = await Promise.all([desk, other].map((window) => window.pulling.pull()));
    expect(results.flat().map(({ error }) => error)).toEqual([null, null]);
    await desk.inbox.refresh();
    expect(desk.inbox.list()).toHaveLength(30);
    expect(new Set(desk.inbox.list().map(({ post }) => post.externalId)).size).toBe(30);
    const before = (await desk.audit.head()).count;
    await desk.pulling.pull();
    expect((await desk.audit.head()).count).toBe(before);
  });

  it('marks what was posted before the connection as backlog: shown, not overdue', async () => {
    const old = await arrive('¿Hay turnos?', { minutesAgo: 60 * 48 });
    expect(old.backlog).toBe(true);
    expect(desk.inbox.groupOf(old)).toBe('open');
  });

  it('takes over an edit and a deletion, and logs both', async () => {
    const mention = await arrive('¿Abren el sábado?');
    world.server.control.editMention(mention.post.externalId, '¿Abren el sábado y el domingo?');
    const [result] = await desk.pulling.pull();
    expect(result?.updated).toBe(1);
    expect(desk.inbox.get(mention.id).post.text).toContain('y el domingo');
    expect(desk.inbox.get(mention.id).earlierTexts).toHaveLength(1);
    world.server.control.deleteMention(mention.post.externalId);
    await desk.pulling.pull();
    expect(desk.inbox.get(mention.id).deletedAt).toBeGreaterThan(0);
    expect((await desk.audit.verify()).ok).toBe(true);
  });

  it('erases the words of a deleted post from the inbox, also those of its earlier versions', async () => {
    const mention = await arrive('Mi cédula es la de Zarzamora');
    world.server.control.editMention(mention.post.externalId, 'Mi cédula es la de Zarzamora, la hija de Ciruela');
    await desk.pulling.pull();
    world.server.control.deleteMention(mention.post.externalId);
    await desk.pulling.pull();
    expect(desk.inbox.get(mention.id)).toMatchObject({ erased: true, post: { text: '', media: [] } });
    expect(desk.inbox.get(mention.id).earlierTexts).toBeUndefined();
    const files = readdirSync(`${world.dir}/.momentos`).filter((name) => name.startsWith('inbox'));
    expect(files.length).toBeGreaterThan(0);
    for (const name of files) expect(readFileSync(`${world.dir}/.momentos/${name}`, 'utf8'), name).not.toMatch(/Zarzamora|Ciruela/u);
    const again = await world.open('Luis Gil <luis@isc.example>');
    expect(again.inbox.get(mention.id)).toMatchObject({ erased: true, post: { text: '' } });
  });

  it.each(['answered', 'referred', 'hold'] as const)('keeps the words of a deleted post that is %s, and the log says why', async (because) => {
    const mention = await arrive('¿En qué va lo mío?');
    if (because === 'answered') {
      await desk.replies.send(mention.id, { text: 'Está en revisión.', values: {} }, { confirm: [] });
      await desk.triage.reopen([mention.id]);
    }
    if (because === 'referred') await desk.triage.refer([mention.id], 'cedulas', '');
    if (because === 'hold') await desk.holds.set({ scope: { kind: 'all' }, reason: 'Huracán' });
    world.server.control.deleteMention(mention.post.externalId);
    await desk.pulling.pull();
    expect(desk.inbox.get(mention.id)).toMatchObject({ deletedAt: expect.any(Number) as number, post: { text: expect.stringContaining('lo mío') as string } });
    const out = `${world.home}/log.jsonl`;
    await desk.audit.export({ format: 'jsonl', out });
    const entry = readFileSync(out, 'utf8').split('\n').find((line) => line.includes('"mention.deleted"'));
    expect(entry).toContain(`"because":"${because}"`);
  });

  it('sees at the next pull that a colleague answered in the app of the network, with the time that it took', async () => {
    const mention = await arrive('¿Dónde voto?');
    const other = await arrive('¿Y la partida?', { author: 'otra' });
    world.clock.forward(10 * 60_000);
    world.server.control.answerByColleague(mention.post.externalId, 'En la escuela de su barrio.');
    const [result] = await desk.pulling.pull();
    expect(result).toMatchObject({ error: null, updated: 1 });
    expect(desk.inbox.get(mention.id)).toMatchObject({ status: 'answered', answeredElsewhereAt: expect.any(Number) as number });
    expect(desk.inbox.get(other.id).status).toBe('open');
    const out = `${world.home}/log.jsonl`;
    await desk.audit.export({ format: 'jsonl', out });
    const entry = readFileSync(out, 'utf8').split('\n').find((line) => line.includes('"mention.answeredElsewhere"')) ?? '';
    const latency = Number(/"latencyMs":(\d+)/u.exec(entry)?.[1]);
    expect(latency).toBeGreaterThanOrEqual(10 * 60_000);
    expect(latency).toBeLessThan(11 * 60_000);
    await desk.pulling.pull();
    await desk.audit.export({ format: 'jsonl', out, overwrite: true });
    expect(readFileSync(out, 'utf8').split('"mention.answeredElsewhere"').length - 1).toBe(1);
  });

  it('an answer of its own is no answer elsewhere', async () => {
    const mention = await arrive('¿Qué llevo?');
    await desk.replies.send(mention.id, { text: 'Su acta de nacimiento.', values: {} }, { confirm: [] });
    await desk.triage.reopen([mention.id]);
    await desk.pulling.pull();
    expect(desk.inbox.get(mention.id)).toMatchObject({ status: 'open' });
    expect(desk.inbox.get(mention.id).answeredElsewhereAt).toBeUndefined();
  });

  it('brings an answer to us that names us no more', async () => {
    const mention = await arrive('¿Cuánto cuesta?', { author: 'rosa' });
    const sent = await desk.replies.send(mention.id, { text: 'RD$ 500.', values: {} }, { confirm: [] });
    world.server.control.addMention({ text: 'Eso es carísimo', author: 'rosa', inReplyTo: sent.reply.externalId!, unnamed: true });
    await desk.pulling.pull();
    const found = desk.inbox.list().find(({ post }) => post.text.includes('carísimo'));
    expect(found).toMatchObject({ conversation: mention.conversation, status: 'open' });
    await desk.pulling.pull();
    expect(desk.inbox.list().filter(({ post }) => post.text.includes('carísimo'))).toHaveLength(1);
  });

  it('tells the reason when the network fails, keeps what is there, and goes on later', async () => {
    await arrive('Primera pregunta');
    world.server.control.fault({ kind: '401', count: 20 });
    const [failed] = await desk.pulling.pull();
    expect(failed?.error?.code).toBe('network.unauthorized');
    expect(await desk.pulling.state('mastodon-main')).toMatchObject({ lastError: 'network.unauthorized', failingSince: expect.any(Number) as number });
    expect((await desk.channels.list())[0]?.failure?.code).toBe('network.unauthorized');
    expect(desk.inbox.list()).toHaveLength(1);
    world.server.control.clearFaults();
    await arrive('Segunda pregunta');
    expect(desk.inbox.list()).toHaveLength(2);
    const state = await desk.pulling.state('mastodon-main');
    expect([state.lastError, state.failingSince]).toEqual([undefined, undefined]);
    expect(state.limits?.remaining).toBeGreaterThan(0);
    expect(state.lagMs).toBeGreaterThanOrEqual(0);
  });

  it('notices urgent arrivals', async () => {
    world.server.control.addMention({ text: 'Huele a gas en su oficina' });
    const [result] = await desk.pulling.pull();
    expect(result?.urgent).toHaveLength(1);
    const mention = desk.inbox.get(result!.urgent[0]!);
    expect(mention.target).toMatchObject({ priority: 'urgent', officeHours: false, allowedMs: 15 * 60_000 });
  });
});

describe('triage', () => {
  it('claims, releases, snoozes, wakes, refers, notes, closes and reopens, each in the log', async () => {
    const mention = await arrive('¿Cuánto cuesta la licencia?');
    await desk.triage.opened(mention.id);
    await desk.triage.opened(mention.id);
    await desk.triage.claim([mention.id]);
    expect(desk.inbox.list({ mine: true })).toHaveLength(1);
    await expect(desk.triage.snooze([mention.id], world.clock.now() - 1)).rejects.toMatchObject({ code: 'snooze.inPast' });
    await desk.triage.snooze([mention.id], world.clock.now() + 3_600_000);
    expect(desk.inbox.groupOf(desk.inbox.get(mention.id))).toBe('snoozed');
    world.clock.forward(2 * 3_600_000);
    await desk.pulling.pull();
    expect(desk.inbox.get(mention.id).status).toBe('claimed');
    await expect(desk.triage.refer([mention.id], 'nadie', '')).rejects.toMatchObject({ code: 'unit.notFound', details: { known: ['cedulas'] } });
    await desk.triage.refer([mention.id], 'cedulas', '¿Qué tarifa rige?');
    expect(desk.inbox.groupOf(desk.inbox.get(mention.id))).toBe('waitingUnit');
    await desk.triage.unitAnswered(mention.id, 'RD$ 1,800.');
    await desk.triage.note(mention.id, 'Llamó también por teléfono.');
    await expect(desk.triage.note(mention.id, ' ')).rejects.toMatchObject({ code: 'note.empty' });
    await desk.triage.setCase(mention.id, 'G-2231');
    expect(desk.inbox.byCase('g-2231').map(({ id }) => id)).toEqual([mention.id]);
    await desk.triage.correctSentiment(mention.id, 'negative');
    await desk.triage.waitForCitizen([mention.id]);
    await desk.triage.release([mention.id]);
    await desk.triage.close([mention.id], 'duplicate');
    expect(desk.inbox.groupOf(desk.inbox.get(mention.id))).toBeUndefined();
    await desk.triage.reopen([mention.id]);
    expect(desk.inbox.get(mention.id).status).toBe('open');

    const out = `${world.home}/log.jsonl`;
    await desk.audit.export({ format: 'jsonl', out });
    const text = readFileSync(out, 'utf8');
    for (const kind of ['opened', 'claimed', 'snoozed', 'woken', 'referred', 'unitAnswered', 'noted', 'caseSet', 'released', 'closed', 'reopened']) expect(text.split(`"mention.${kind}"`).length - 1, kind).toBeGreaterThanOrEqual(1);
    expect(text.split('"mention.opened"').length - 1).toBe(1);
    expect(text).toContain('sentiment.corrected');
  });

  it('changes all of the named mentions or none', async () => {
    const one = await arrive('Una');
    const two = await arrive('Otra', { author: 'otra' });
    const other = await world.open('Luis Gil <luis@isc.example>');
    await other.triage.claim([two.id]);
    await desk.inbox.refresh();
    await expect(desk.triage.claim([one.id, two.id])).rejects.toMatchObject({ code: 'mention.claimedByOther' });
    expect(desk.inbox.get(one.id).status).toBe('open');
  });

  it('wakes what waited for the citizen when he writes again', async () => {
    const mention = await arrive('¿En qué va lo mío?', { author: 'rosa' });
    await desk.replies.send(mention.id, { text: 'Díganos por privado su número de solicitud.', values: {} }, { confirm: [] });
    await desk.triage.waitForCitizen([mention.id]);
    world.server.control.addMention({ text: 'Es la 5120', author: 'rosa', inReplyTo: mention.post.externalId });
    await desk.pulling.pull();
    expect(desk.inbox.get(mention.id).status).toBe('answered');
    expect(desk.inbox.list().map(({ post }) => post.text)).toEqual([expect.stringContaining('5120')]);
  });
});

describe('views of the inbox', () => {
  it('groups by due, sentiment, priority, channel and author, and finds by text, name and case', async () => {
    await arrive('Llevo tres meses esperando mi cédula y nadie contesta', { author: 'pedro' });
    await arrive('Muchas gracias, excelente servicio', { author: 'sol' });
    await arrive('Hay un herido frente a su oficina', { author: 'luisa' });
    for (const grouping of ['due', 'sentiment', 'priority', 'channel', 'author'] as const) {
      const groups = desk.inbox.groups(grouping);
      expect(groups.flatMap(({ mentions }) => mentions), grouping).toHaveLength(3);
      expect(groups.every(({ label }) => label !== ''), grouping).toBe(true);
    }
    expect(desk.inbox.groups('priority')[0]?.key).toBe('urgent');
    expect(desk.inbox.list({ search: 'CEDULA' })).toHaveLength(1);
    expect(desk.inbox.list({ sentiment: 'positive' })).toHaveLength(1);
    expect(desk.inbox.counts()).toMatchObject({ open: 3, urgent: 1 });
    expect(() => desk.inbox.get('m-')).toThrowError(expect.objectContaining({ code: 'mention.ambiguous' }) as Error);
  });
});

describe('free text forbidden', () => {
  it('sends only what equals a rendering of an approved version', async () => {
    const path = `${world.dir}/momentos.json`;
    writeFileSync(path, readFileSync(path, 'utf8').replace('"freeText": "allow"', '"freeText": "forbid"'));
    const strict = await world.open();
    const mention = await arrive('Gracias por la ayuda');
    await strict.inbox.refresh();
    await expect(strict.replies.send(mention.id, { text: 'Hola', values: {} }, { confirm: [] })).rejects.toMatchObject({ code: 'reply.freeTextForbidden' });
    const draft = await strict.replies.render(mention.id, 'thanks', 'es', {});
    await expect(strict.replies.send(mention.id, { ...draft, text: `${draft.text} Saludos.` }, { confirm: [] })).rejects.toMatchObject({ code: 'reply.freeTextForbidden' });
    const sent = await strict.replies.send(mention.id, draft, { confirm: [] });
    expect(sent.reply.state).toBe('sent');
  });
});
