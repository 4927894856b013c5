import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, type ReplyDraft } from '../../../src/desk/deskApi';
import { type MomentosError } from '../../../src/core/errors';
import { type Mention } from '../../../src/core/mention';
import { sentence } from '../../../src/desk/sentences';
import { configDir } from '../../../src/desk/secrets';
import { createFileSecrets } from '../../../src/store/secretFiles';
import { type DeskWorld, makeDesk } from '../../support/openDesk';

let world: DeskWorld;
let desk: Desk;
let mention: Mention;

const free = (text: string, more: Partial<ReplyDraft> = {}): ReplyDraft => ({ text, values: {}, ...more });

async function arrived(text: string): Promise<Mention> {
  world.server.control.addMention({ text });
  await desk.pulling.pull();
  const found = desk.inbox.list({ all: true }).find((candidate) => candidate.post.text.includes(text));
  if (found === undefined) throw new Error(`not pulled: ${text}`);
  return found;
}

async function kinds(subject?: string): Promise<string[]> {
  const path = `${world.home}/out-${String(Math.random())}.jsonl`;
  await desk.audit.export({ format: 'jsonl', out: path });
  return readFileSync(path, 'utf8').trim().split('\n').flatMap((line) => {
    const record = JSON.parse(line) as { entry?: { kind: string; subject: string; body: { mention?: string } }; kind?: string; subject?: string };
    const entry = record.entry ?? (record as { kind: string; subject: string; body: { mention?: string } });
    return entry.kind !== undefined && (subject === undefined || entry.subject === subject || entry.body?.mention === subject) ? [entry.kind] : [];
  });
}

beforeEach(async () => {
  world = await makeDesk({ server: { count: 0 } });
  desk = await world.open();
  mention = await arrived('¿Qué papeles llevo para renovar la cédula?');
});

afterEach(async () => {
  await world.close();
});

describe('answering a mention', () => {
  it('sends an approved template, greets the author, and logs intention, outcome and latency', async () => {
    const draft = await desk.replies.render(mention.id, 'thanks', 'es', {});
    const { reply, mention: answered } = await desk.replies.send(mention.id, draft, { confirm: [] });
    expect(reply.state).toBe('sent');
    expect(reply.latencyMs).toBeGreaterThanOrEqual(0);
    expect(answered.status).toBe('answered');
    const posted = world.server.control.posted();
    expect(posted).toHaveLength(1);
    expect(reply.text.startsWith(`@${mention.post.author.handle} `)).toBe(true);
    expect(await kinds(mention.id)).toEqual(['mention.received', 'reply.intended', 'reply.sent']);
    expect((await desk.audit.verify()).ok).toBe(true);
  });

  it('refuses a hole, a value that does not fit, and a text that is too long, before any network call', async () => {
    const hole = await desk.replies.render(mention.id, 'delay', 'es', { procedure: 'cédula' });
    await expect(desk.replies.send(mention.id, hole, { confirm: [] })).rejects.toMatchObject({ code: 'reply.hole' });
    const wrong = await desk.replies.render(mention.id, 'delay', 'es', { procedure: 'cédula', days: 'muchos', link: 'https://isc.example/contacto' });
    await expect(desk.replies.send(mention.id, wrong, { confirm: [] })).rejects.toMatchObject({ code: 'reply.invalidValue' });
    await expect(desk.replies.send(mention.id, free('ñ'.repeat(600)), { confirm: [] })).rejects.toMatchObject({ code: 'reply.tooLong', details: { max: 500 } });
    await expect(desk.replies.send(mention.id, free('   '), { confirm: [] })).rejects.toMatchObject({ code: 'reply.empty' });
    expect(world.server.control.posted()).toHaveLength(0);
  });

  it('gives advice on free words that never stands in the way, none on approved ones', async () => {
    const draft = free('Yo le ayudo a aperturar su caso, tod@s somos parte.');
    const { checks } = await desk.replies.check(mention.id, draft);
    expect(checks.map(({ code, severity, details }) => [code, severity, details['found']])).toEqual([
      ['norm.firstPerson', 'hint', 'Yo → Nosotros, ayudo → ayudamos'],
      ['norm.plainLetters', 'hint', 'tod@s → todas y todos'],
      ['norm.plainWords', 'hint', 'aperturar → abrir'],
    ]);
    expect((await desk.replies.check(mention.id, await desk.replies.render(mention.id, 'thanks', 'es', {}))).checks).toEqual([]);
    await desk.replies.send(mention.id, draft, { confirm: [] });
    expect(world.server.control.posted()).toHaveLength(1);
  });

  it('writes out dates and choices, takes the case number, and says which value does not fit and why', async () => {
    const front = ['id: visit', 'version: 1', 'title: { es: Visita }', 'placeholders:',
      '  - { name: day, type: date, label: { es: Día }, example: { es: 2026-12-03 } }',
      '  - { name: time, type: choice, label: { es: Hora }, example: { es: mañana }, choices: [{ es: mañana, en: morning }, { es: tarde, en: afternoon }] }',
      '  - { name: days, type: number, min: 2, label: { es: Días }, example: { es: 3 } }',
      '  - { name: page, type: link, label: { es: Enlace }, example: { es: "https://isc.example/" } }',
      '  - { name: request, type: case, label: { es: Solicitud }, example: { es: G-1 } }'].join('\n');
    const body = 'Le esperamos el {{day}} en la {{time}}; su solicitud {{request}} tarda {{days}} días: {{page}}';
    writeFileSync(`${world.dir}/templates/visit.md`, `---\n${front}\n---\n<!-- lang: es -->\n${body}\n\n<!-- lang: en -->\nWe see you on {{day}} in the {{time}}.\n`);
    await (await world.open('Luis Gil <luis@isc.example>')).templates.propose('visit');
    await (await world.open('Revisora de práctica')).templates.approve('visit');
    await desk.triage.setCase(mention.id, 'G-77');
    const values = { day: '2026-12-03', time: 'afternoon', days: '3', page: 'https://isc.example/cita' };
    const draft = await desk.replies.render(mention.id, 'visit', 'es', values);
    expect(draft.text).toBe('Le esperamos el 3 de diciembre de 2026 en la tarde; su solicitud G-77 tarda 3 días: https://isc.example/cita');
    expect((await desk.replies.render(mention.id, 'visit', 'en', { day: '2026-12-03', time: 'tarde' })).text).toBe('We see you on 3 December 2026 in the afternoon.');
    expect((await desk.replies.check(mention.id, draft)).checks).toEqual([]);
    const wrong = await desk.replies.render(mention.id, 'visit', 'es', { ...values, day: '2026-02-30', time: 'noche', days: '1', page: 'https://otra.example/cita' });
    const failure: unknown = await desk.replies.send(mention.id, wrong, { confirm: ['link'] }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'reply.invalidValue', details: { names: 'day, time, days, page', reasons: 'day notDate; time notChoice mañana | tarde; days tooSmall 2; page linkOutside' } });
    expect(sentence(failure as MomentosError)).toBe('Esto no encaja: day: debe ser una fecha como 2026-12-03; time: debe ser una de estas: mañana | tarde; days: debe ser al menos 2; page: la dirección debe estar en los dominios oficiales. Corríjalo antes de enviar.');
    expect((await desk.replies.send(mention.id, draft, { confirm: [] })).reply.text).toContain('el 3 de diciembre de 2026 en la tarde');
  });

  it('sends the short form of a template where there is one for the network', async () => {
    const path = `${world.dir}/templates/thanks.md`;
    writeFileSync(path, `${readFileSync(path, 'utf8').replace('version: 1', 'version: 2')}\n<!-- lang: es network: mastodon -->\nGracias por sus palabras, {{author}}. Las compartiremos.\n`);
    await (await world.open('Luis Gil <luis@isc.example>')).templates.propose('thanks');
    await (await world.open('Revisora de práctica')).templates.approve('thanks');
    const draft = await desk.replies.render(mention.id, 'thanks', 'es', { author: 'Eva' });
    expect(draft.text).toBe('Gracias por sus palabras, Eva. Las compartiremos.');
    const offered = (await desk.replies.context(mention.id, { network: false })).templates.find(({ template }) => template.id === 'thanks');
    expect(offered?.template.bodies['es']).toBe('Gracias por sus palabras, {{author}}. Las compartiremos.');
    const { origin, checks } = await desk.replies.check(mention.id, draft);
    expect({ origin, checks }).toEqual({ origin: 'approved', checks: [] });
    expect((await desk.replies.send(mention.id, draft, { confirm: [] })).reply.text).toContain('Las compartiremos.');
  });

  it('takes each norm as momentos.json says: refused, or not looked at', async () => {
    const path = `${world.dir}/momentos.json`;
    const config = JSON.parse(readFileSync(path, 'utf8').replace(/^\/\/.*\n/u, '')) as Record<string, unknown>;
    writeFileSync(path, JSON.stringify({ ...config, norms: { rules: { firstPerson: 'off', politicalNames: 'refuse', officialLinks: 'hint', personalData: 'refuse' }, names: ['Fuerza Cívica'], domains: ['gob.example'] } }));
    desk = await world.open();
    await expect(desk.replies.send(mention.id, free('Gracias a fuerza civica.'), { confirm: [] })).rejects.toMatchObject({ code: 'reply.norm', details: { norm: 'politicalNames', found: 'fuerza civica' } });
    await expect(desk.replies.send(mention.id, free('Llame al 809-555-1234.'), { confirm: ['personal-data'] })).rejects.toMatchObject({ code: 'reply.norm', details: { norm: 'personalData' } });
    const { checks } = await desk.replies.check(mention.id, free('Yo le invito: https://otra.example/x y https://citas.gob.example'));
    expect(checks).toEqual([{ code: 'norm.officialLinks', severity: 'hint', details: { norm: 'officialLinks', found: 'https://otra.example/x' } }]);
  });

  it('asks to confirm personal data and links outside the domains once, and logs what was confirmed', async () => {
    const draft = free('Llame al 809-555-1234 o vea https://otra.example/x');
    await expect(desk.replies.send(mention.id, draft, { confirm: [] })).rejects.toMatchObject({ code: 'reply.toConfirm', details: { confirm: ['personal-data', 'link'] } });
    expect(world.server.control.posted()).toHaveLength(0);
    await desk.replies.send(mention.id, draft, { confirm: ['personal-data', 'link'] });
    expect(world.server.control.posted()).toHaveLength(1);
  });

  it('asks before a second answer, and takes a reason for it', async () => {
    await desk.replies.send(mention.id, free('Con gusto: lleve su acta.'), { confirm: [] });
    await expect(desk.replies.send(mention.id, free('Y una foto.'), { confirm: [] })).rejects.toMatchObject({ code: 'reply.toConfirm' });
    await desk.replies.send(mention.id, free('Y una foto.', { again: { reason: 'faltaba un dato' } }), { confirm: [] });
    expect(world.server.control.posted()).toHaveLength(2);
  });

  it('sees that a colleague answered in the network\'s own app', async () => {
    world.server.control.answerByColleague(mention.post.externalId, 'Ya le respondimos por aquí.');
    await expect(desk.replies.send(mention.id, free('Hola, lleve su acta.'), { confirm: [] })).rejects.toMatchObject({ code: 'reply.toConfirm', details: { confirm: ['answered'] } });
    const { mention: seen } = await desk.replies.context(mention.id);
    expect(seen.status).toBe('answered');
    expect(seen.answeredElsewhereAt).toBeGreaterThan(0);
    expect(await kinds(mention.id)).toContain('mention.answeredElsewhere');
  });

  it('keeps the text and says why when the network refuses', async () => {
    world.server.control.fault({ kind: '403', path: '^/api/v1/statuses$', method: 'POST' });
    await expect(desk.replies.send(mention.id, free('Hola, lleve su acta.'), { confirm: [] })).rejects.toMatchObject({ code: 'network.forbidden' });
    expect(desk.inbox.get(mention.id).status).toBe('open');
    expect(desk.inbox.get(mention.id).replies[0]).toMatchObject({ state: 'failed', text: expect.stringContaining('lleve su acta') as string });
    expect(await kinds(mention.id)).toEqual(['mention.received', 'reply.intended', 'reply.failed']);
    await desk.replies.send(mention.id, free('Hola, lleve su acta.'), { confirm: [] });
    expect(world.server.control.posted()).toHaveLength(1);
  });

  it('finds its answer in the thread when the connection broke after the write, and does not send twice', async () => {
    world.server.control.fault({ kind: 'timeoutAfterWrite' });
    const { reply } = await desk.replies.send(mention.id, free('Hola, lleve su acta.'), { confirm: [] });
    expect(reply.state).toBe('sent');
    expect(world.server.control.posted()).toHaveLength(1);
  });

  it('asks a person when the outcome cannot be told, and takes the word given', async () => {
    // The look before sending passes; then the answer is lost, and no thread can be read any more.
    world.server.control.fault({ kind: 'slow', path: 'context$', ms: 0 });
    world.server.control.fault({ kind: '500', path: 'context$', count: 50 });
    world.server.control.fault({ kind: 'timeoutAfterWrite' });
    await expect(desk.replies.send(mention.id, free('Hola, lleve su acta.'), { confirm: [] })).rejects.toMatchObject({ code: 'reply.unsettled' });
    const { id: replyId, state } = desk.inbox.get(mention.id).replies[0]!;
    expect(state).toBe('unsettled');
    expect(world.server.control.posted()).toHaveLength(1);
    const [still] = await desk.replies.settleAll();
    expect(still?.reply.state).toBe('unsettled');
    world.server.control.clearFaults();
    const [found] = await desk.replies.settleAll();
    expect(found?.reply).toMatchObject({ id: replyId, state: 'sent' });
    expect(await kinds(replyId)).toEqual(['reply.intended', 'reply.unsettled', 'reply.settled', 'reply.sent']);
  });

  it('takes a person\'s word for what cannot be told', async () => {
    world.server.control.fault({ kind: 'slow', path: 'context$', ms: 0 });
    world.server.control.fault({ kind: '500', path: 'context$', count: 50 });
    world.server.control.fault({ kind: 'timeoutAfterWrite' });
    await expect(desk.replies.send(mention.id, free('Hola, lleve su acta.'), { confirm: [] })).rejects.toMatchObject({ code: 'reply.unsettled' });
    const settled = await desk.replies.settle(desk.inbox.get(mention.id).replies[0]!.id, true);
    expect(settled).toMatchObject({ reply: { state: 'sent' }, mention: { status: 'answered' } });
    world.server.control.clearFaults();
  });

  it('withdraws with a reason: gone on the network, words in the log, mention open again', async () => {
    const { reply } = await desk.replies.send(mention.id, free('Hola, lleve su acta.'), { confirm: [] });
    await expect(desk.replies.withdraw(reply.id, ' ')).rejects.toMatchObject({ code: 'reply.reasonMissing' });
    const { mention: after } = await desk.replies.withdraw(reply.id, 'dato equivocado');
    expect(after.status).toBe('open');
    expect(after.replies[0]?.state).toBe('withdrawn');
    expect(world.server.control.posted()).toHaveLength(0);
    expect(await kinds(reply.id)).toEqual(['reply.intended', 'reply.sent', 'reply.withdrawn', 'reply.withdrawn']);
    await desk.replies.send(mention.id, free('Hola, lleve su acta y una foto.'), { confirm: [] });
    expect(world.server.control.posted()).toHaveLength(1);
  });

  it('does not answer a post that its author deleted', async () => {
    world.server.control.deleteMention(mention.post.externalId);
    await expect(desk.replies.send(mention.id, free('Hola, lleve su acta.'), { confirm: [] })).rejects.toMatchObject({ code: 'mention.gone' });
    await desk.pulling.pull();
    expect(desk.inbox.get(mention.id).deletedAt).toBeGreaterThan(0);
  });

  it('measures from the oldest unanswered message of the citizen, and settles what the answer covers', async () => {
    const author = mention.post.author.handle;
    world.server.control.addMention({ text: '¿Hay alguien? Sigo esperando.', author, inReplyTo: mention.post.externalId });
    await desk.pulling.pull();
    const second = desk.inbox.list().find(({ post }) => post.text.includes('Sigo esperando'));
    expect(second?.conversation).toBe(mention.conversation);
    await desk.replies.send(second?.id ?? '', free('Hola, disculpe la espera. Lleve su acta.'), { confirm: [] });
    expect(desk.inbox.get(mention.id).status).toBe('answered');
    const { reply } = desk.replies.find(desk.inbox.get(second?.id ?? '').replies[0]?.id ?? '');
    expect(reply.latencyMs).toBeGreaterThanOrEqual((reply.sentAt ?? 0) - mention.post.postedAt - 5);
  });

  it('takes no display name that could speak for the institution', async () => {
    world.server.control.addMention({ text: '¿Abren el lunes?', author: 'estafador@mal.example', name: 'Llame al 809-555-0000 https://robo.example' });
    await desk.pulling.pull();
    const hostile = desk.inbox.list().find(({ post }) => post.author.handle.startsWith('estafador'));
    const draft = await desk.replies.render(hostile?.id ?? '', 'thanks', 'es', {});
    expect(draft.text).not.toContain('809');
    expect(draft.text).not.toContain('robo');
  });
});

describe('two windows at one desk', () => {
  it('one of two answers sent at the same moment is stopped', async () => {
    const other = await world.open('Luis Gil <luis@isc.example>');
    await other.inbox.refresh();
    const results = await Promise.allSettled([desk, other].map((window) => window.replies.send(mention.id, free('Hola, lleve su acta.'), { confirm: [] })));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(world.server.control.posted()).toHaveLength(1);
  });

  it('a claim is seen by the other window and not taken by accident', async () => {
    const other = await world.open('Luis Gil <luis@isc.example>');
    await desk.triage.claim([mention.id]);
    await other.inbox.refresh();
    expect(other.inbox.get(mention.id).claim?.name).toBe('Ana Pérez');
    await expect(other.triage.claim([mention.id])).rejects.toMatchObject({ code: 'mention.claimedByOther', details: { name: 'Ana Pérez' } });
    await other.triage.claim([mention.id], { take: true });
    await desk.inbox.refresh();
    expect(desk.inbox.get(mention.id).claim?.name).toBe('Luis Gil');
  });
});

describe('secrets', () => {
  it('sends no token to another origin than the one it was granted for', async () => {
    const seen: string[] = [];
    const thief = createServer((request, response) => {
      seen.push(JSON.stringify(request.headers));
      response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => thief.listen(0, '127.0.0.1', resolve));
    const { port } = thief.address() as { port: number };
    await createFileSecrets({ configDir: configDir(world.environment, world.home) }).write('mastodon-main', { token: 'canary-token-1', origin: new URL(world.server.url).origin });
    const path = `${world.dir}/momentos.json`;
    writeFileSync(path, readFileSync(path, 'utf8').replace(world.server.url, `http://127.0.0.1:${String(port)}`));
    const { MOMENTOS_TOKEN_MASTODON_MAIN: _token, ...without } = world.environment;
    const moved = await world.open(undefined, without);
    const [result] = await moved.pulling.pull();
    expect(result?.error?.code).toBe('secret.otherOrigin');
    expect(seen).toEqual([]);
    thief.close();
  });
});
