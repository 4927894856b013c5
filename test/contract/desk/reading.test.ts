import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AuditEntry } from '../../../src/core/audit';
import { type Mention } from '../../../src/core/mention';
import { type Desk } from '../../../src/desk/deskApi';
import { findingLines } from '../../../src/desk/findingLines';
import { whyWords } from '../../../src/desk/why';
import { type DeskWorld, makeDesk } from '../../support/openDesk';

let world: DeskWorld;
let desk: Desk;

beforeEach(async () => {
  world = await makeDesk({ server: { count: 0 } });
  const path = join(world.dir, 'momentos.json');
  const [head = '', ...rest] = readFileSync(path, 'utf8').split('\n');
  const { topics: _none, ...config } = JSON.parse(rest.join('\n')) as Record<string, unknown>;
  writeFileSync(path, `${head}\n${JSON.stringify({ ...config, topics: [{ id: 'agua', name: 'Agua potable', words: ['agua', 'tubería'] }], informationRequests: { workingDays: 15, source: 'Ley 200-04, art. 8' } })}`);
  desk = await world.open();
});

afterEach(async () => {
  await world.close();
});

async function arrive(text: string, author = 'vecina'): Promise<Mention> {
  world.server.control.addMention({ text, author });
  await desk.pulling.pull();
  return desk.inbox.list({ all: true }).find(({ post }) => post.text.includes(text))!;
}

function entries(kind: string): readonly AuditEntry[] {
  const folder = join(world.dir, '.momentos', 'audit');
  const segments = readdirSync(folder).filter((name) => /^\d{4}-\d{2}\.jsonl$/u.test(name)).sort();
  return segments.flatMap((name) => readFileSync(join(folder, name), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as AuditEntry)).filter((entry) => entry.kind === kind);
}

describe('what the rules find', () => {
  it('is stored with the mention, ranks it, and narrows the list', async () => {
    const fire = await arrive('Hay humo saliendo del segundo piso, mi teléfono es 809-555-0100', 'rosa');
    const leak = await arrive('La tubería de la calle 4 bota agua hace dos semanas y nadie responde', 'pedro');
    const hours = await arrive('¿A qué hora abren el lunes?', 'ana');
    const advert = await arrive('Gana dinero fácil desde tu casa, cupos limitados', 'ventas');
    expect(fire).toMatchObject({ priority: 'urgent', priorityReasons: ['fire'], reading: { urgency: [{ rule: 'fire', level: 'urgent' }] } });
    expect(fire.reading!.personalData.map(({ rule, start, length }) => [rule, fire.post.text.slice(start, start + length)])).toEqual([['phone', '809-555-0100']]);
    expect(leak.reading!.topics.map(({ topic }) => topic)).toEqual(['agua']);
    expect(advert.priority).toBe('low');
    const ids = (filter: Parameters<Desk['inbox']['list']>[0]): string[] => desk.inbox.list(filter).map(({ id }) => id);
    expect(ids({ urgent: true })).toEqual([fire.id]);
    expect(ids({ kind: 'question' })).toEqual([hours.id]);
    expect(ids({ kind: 'spam' })).toEqual([advert.id]);
    expect(ids({ topic: 'agua' })).toEqual([leak.id]);
    expect(ids({})[0]).toBe(fire.id);
    expect(findingLines(fire, desk)).toEqual(expect.arrayContaining(['Urgente: fuego o humo: «Hay humo»', 'Datos personales: número de teléfono']));
  });

  it('gives a request for public information its own legal term, in working days', async () => {
    const asked = await arrive('Al amparo de la Ley 200-04 solicito copia del contrato de limpieza');
    expect(asked).toMatchObject({ priority: 'high', priorityReasons: ['informationRequest'], legalTerm: { workingDays: 15, source: 'Ley 200-04, art. 8' } });
    const days = (asked.legalTerm!.dueAt - asked.receivedAt) / 86_400_000;
    expect(days).toBeGreaterThan(19);
    expect(days).toBeLessThan(32);
    expect((await arrive('¿A qué hora abren?', 'ana')).legalTerm).toBeUndefined();
    expect(whyWords(asked, desk, world.clock.now()).join(' ')).toContain('Ley 200-04, art. 8');
  });

  it('takes the language of a short text from what its author wrote before in the conversation, also of the same page', async () => {
    const { control } = world.server;
    const first = control.addMention({ text: 'Llevo tres meses esperando mi cédula y nadie contesta', author: 'rosa', language: null });
    control.addMention({ text: 'ok', author: 'rosa', language: null, inReplyTo: first.statusId });
    control.addMention({ text: 'ok', author: 'pedro', language: null, inReplyTo: first.statusId });
    await desk.pulling.pull();
    control.addMention({ text: 'ok!!', author: 'rosa', language: null, inReplyTo: first.statusId });
    await desk.pulling.pull();
    const short = desk.inbox.list({ all: true }).filter(({ post }) => post.text.includes('ok'));
    expect(short.map(({ post, language }) => [post.author.handle, language]).sort()).toEqual([['pedro', 'other'], ['rosa', 'es'], ['rosa', 'es']]);
  });

  it('stands in the log as codes, without a word of the text', async () => {
    await arrive('Hay humo saliendo del segundo piso, mi teléfono es 809-555-0100');
    const [received] = entries('mention.received');
    expect(received!.body).toMatchObject({ urgency: ['fire'], topics: [], personalData: ['phone'] });
    expect(JSON.stringify({ ...received!.body, values: undefined })).not.toMatch(/humo|809-?555/u);
  });

  it('says why in sentences', async () => {
    const fire = await arrive('Se quema el vertedero detrás de la escuela, qué desastre', 'rosa');
    const words = whyWords(fire, desk, world.clock.now());
    expect(words).toEqual(expect.arrayContaining(['El texto está en este idioma: español.', 'Urgente: fuego o humo, por estas palabras: «Se quema».']));
    expect(words.find((sentence) => sentence.startsWith('Prioridad: urgente, por: fuego o humo'))).toBeDefined();
  });
});

describe('what people correct', () => {
  it('is the kind, with an audit entry and the legal term; a priority rises by it and never falls', async () => {
    const plain = await arrive('Quiero ver los papeles de la obra del puente');
    const corrected = await desk.triage.correctKind(plain.id, 'informationRequest');
    expect(corrected).toMatchObject({ priority: 'high', legalTerm: { workingDays: 15 }, reading: { correctedKind: 'informationRequest' }, target: plain.target });
    const spam = await desk.triage.correctKind(plain.id, 'spam');
    expect(spam).toMatchObject({ priority: 'high', legalTerm: undefined });
    expect(desk.inbox.list({ kind: 'spam' }).map(({ id }) => id)).toEqual([plain.id]);
    expect(entries('kind.corrected').map(({ body }) => body['to'])).toEqual(['informationRequest', 'spam']);
    await expect(desk.triage.correctKind(plain.id, 'insulto' as never)).rejects.toMatchObject({ code: 'kind.invalid' });
    expect(whyWords(spam, desk, world.clock.now())).toContain('Una persona dijo lo que es: publicidad.');
  });

  it('is told by language and week, from the log alone, of what people looked at', async () => {
    const bad = await arrive('Pésimo servicio, llevo tres meses esperando', 'rosa');
    const good = await arrive('Excelente atención, muchas gracias', 'pedro');
    await arrive('Qué vergüenza de oficina', 'nadie');
    await desk.triage.opened(good.id);
    await desk.triage.correctSentiment(bad.id, 'neutral');
    // No range of days: the day may end meanwhile.
    const range = { from: world.clock.now() - 86_400_000, to: world.clock.now() + 86_400_000 };
    const { agreement } = await desk.audit.report(range);
    expect(agreement).toEqual([{ language: 'es', week: expect.stringMatching(/^\d{4}-W\d{2}$/u) as string, seen: 2, corrected: 1 }]);
    await desk.triage.correctSentiment(bad.id, 'negative');
    expect((await desk.audit.report(range)).agreement).toMatchObject([{ seen: 2, corrected: 0 }]);
  });
});
