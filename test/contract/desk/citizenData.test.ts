import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Desk } from '../../../src/desk/deskApi';
import { makeDesk, type DeskWorld } from '../../support/openDesk';

const hostile = '<script>alert(1)</script>"\'&\u202Egnirts\u0000 "></blockquote>';
let world: DeskWorld;
let ana: Desk;

interface Data {
  readonly about: { readonly purpose: string; readonly authors: readonly string[]; readonly logEntries: number };
  readonly mentions: readonly { readonly id: string; readonly text: string; readonly earlierWordings: readonly { text: string }[]; readonly notes: readonly { text: string; by?: string }[]; readonly caseNumber?: string; readonly answers: readonly { text: string; state: string; by?: string }[]; readonly sentimentOfText: { label: string; correctedTo?: string }; readonly draft?: { text: string }; readonly referral?: { note: string; answer?: { text: string } }; readonly author: { handle: string } }[];
  readonly log: readonly { readonly seq: number; readonly kind: string; readonly values: Record<string, unknown>; readonly body: Record<string, unknown>; readonly erased: readonly string[] }[];
}

beforeEach(async () => {
  world = await makeDesk({ server: { count: 0 } });
  for (const [text, author] of [[`@isc Perdí mi cédula ${hostile}`, 'pedro'], ['@isc ¿Y el pasaporte?', 'pedro'], ['@isc Mi asunto es de Rosa', 'rosa']] as const) world.server.control.addMention({ text, author, name: author === 'pedro' ? `Pedro ${hostile}` : 'Rosa' });
  ana = await world.open();
  await ana.pulling.pull();
});
afterEach(() => world.close());

const of = (words: string) => ana.inbox.list({ all: true }).find(({ post }) => post.text.includes(words))!;
const out = (name = 'datos'): string => join(world.home, name);
const read = (path = `${out()}.json`): Data => JSON.parse(readFileSync(path, 'utf8')) as Data;
const ask = { mentions: [] as string[], authors: [] as string[], purpose: 'Solicitud de acceso 4/2026, a la propia persona', formats: ['html', 'json'] as const };

async function work(): Promise<void> {
  const { id } = of('cédula');
  world.server.control.editMention(of('pasaporte').post.externalId, '@isc ¿Y mi pasaporte, por favor?');
  await ana.triage.note(id, 'Llamó su hija');
  await ana.triage.setCase(id, 'C-77');
  await ana.triage.refer([id], 'cedulas', 'Buscar el expediente');
  await ana.triage.unitAnswered(id, 'Está en archivo');
  await ana.replies.send(id, { text: 'Buenos días. Abrimos a las ocho.', values: {} }, { confirm: ['personal-data', 'answered', 'link'] });
  await ana.replies.saveDraft(of('pasaporte').id, { text: 'Aún no lo sabemos', values: {} });
  await ana.triage.note(of('Rosa').id, 'Secreto de Rosa');
  world.clock.forward(3_600_000);
  await ana.pulling.pull();
}

test('a citizen gets all that the desk holds, readable and as data, and nobody else\'s', async () => {
  await work();
  const given = await ana.citizenData.give({ ...ask, mentions: [of('cédula').id.slice(0, 8)], out: out() });
  expect(given).toMatchObject({ paths: [`${out()}.html`, `${out()}.json`], mentions: 2, authors: [of('cédula').authorId] });
  const data = read();
  expect(data.about).toMatchObject({ purpose: ask.purpose, authors: given.authors });
  expect(data.mentions.map(({ text }) => text)).toEqual([of('cédula').post.text, '@isc ¿Y mi pasaporte, por favor?']);
  const [first, second] = data.mentions;
  expect(first).toMatchObject({ caseNumber: 'C-77', notes: [{ text: 'Llamó su hija' }], referral: { note: 'Buscar el expediente', answer: { text: 'Está en archivo' } }, answers: [{ state: 'sent' }], sentimentOfText: { label: of('cédula').sentiment.label } });
  expect(second).toMatchObject({ earlierWordings: [{ text: '@isc ¿Y el pasaporte?' }], draft: { text: 'Aún no lo sabemos' } });
  expect(data.log.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['mention.received', 'mention.edited', 'mention.noted', 'mention.caseSet', 'mention.referred', 'mention.unitAnswered', 'reply.intended', 'reply.sent']));
  expect(given.entries).toBe(data.log.length);
  const whole = readFileSync(`${out()}.json`, 'utf8') + readFileSync(`${out()}.html`, 'utf8');
  for (const foreign of ['Rosa', 'rosa', 'Ana Pérez', 'ana@isc.example', '"actor.']) expect({ foreign, found: whole.includes(foreign) }).toEqual({ foreign, found: false });
  expect((await ana.audit.verify()).ok).toBe(true);
});

test('the page runs nothing, loads nothing, and shows hostile words as words', async () => {
  await ana.citizenData.give({ ...ask, authors: [of('cédula').authorId], formats: ['html'], out: out() });
  const page = readFileSync(`${out()}.html`, 'utf8');
  expect(page).not.toMatch(/<script|\son\w+=|javascript:|<iframe|<img|<link|src=/iu);
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(page).not.toContain('\u0000');
  expect(page).toMatch(/Content-Security-Policy" content="default-src 'none'; style-src 'sha256-[\w+/=]+'/u);
  expect(page).toMatch(/^<!DOCTYPE html>\n<html lang="es">/u);
  const open = [...page.matchAll(/<(article|blockquote|table|dl|ul|main|bdi)\b/gu)].length;
  expect([...page.matchAll(/<\/(article|blockquote|table|dl|ul|main|bdi)>/gu)]).toHaveLength(open);
});

test('what was given out, to whom and for what stands in the log first, and in the next one', async () => {
  await ana.citizenData.give({ ...ask, authors: [of('cédula').authorId], formats: ['json'], out: out() });
  await ana.citizenData.give({ ...ask, authors: [of('cédula').authorId], formats: ['json'], out: out('otra'), withStaff: true });
  const entry = read(`${out('otra')}.json`).log.find(({ kind }) => kind === 'data.given');
  expect(entry).toMatchObject({ values: { purpose: ask.purpose, 'actor.name': 'Ana Pérez' }, body: { formats: ['json'], mentions: 2, withStaff: false } });
  await ana.citizenData.give({ ...ask, authors: [of('cédula').authorId], formats: ['html'], out: out('tercera') });
  expect(readFileSync(`${out('tercera')}.html`, 'utf8')).toContain('Solicitud de acceso 4/2026');
});

test('one person with several accounts gets one file; a folder names it', async () => {
  mkdirSync(out('carpeta'));
  const given = await ana.citizenData.give({ ...ask, authors: [of('cédula').authorId], mentions: [of('Rosa').id], formats: ['json'], out: out('carpeta') });
  expect(given).toMatchObject({ mentions: 3, paths: [join(out('carpeta'), `momentos-${of('cédula').authorId}.json`)] });
});

test('is refused without purpose, for nobody, into the desk\'s own folder, over a file, and leaves nothing behind', async () => {
  const author = of('cédula').authorId;
  const refused = (change: object) => expect(ana.citizenData.give({ ...ask, authors: [author], out: out(), ...change })).rejects;
  await refused({ purpose: ' ' }).toMatchObject({ code: 'citizen.purposeMissing' });
  await refused({ authors: ['a-zzzzzzzzzzzz'] }).toMatchObject({ code: 'citizen.notFound' });
  await refused({ authors: [] }).toMatchObject({ code: 'citizen.notFound' });
  await refused({ out: join(world.dir, '.momentos', 'datos') }).toMatchObject({ code: 'export.notWritable' });
  writeFileSync(`${out()}.json`, 'mío');
  await refused({}).toMatchObject({ code: 'export.exists' });
  expect([readFileSync(`${out()}.json`, 'utf8'), existsSync(`${out()}.html`)]).toEqual(['mío', false]);
  const stop = new AbortController();
  stop.abort();
  await refused({ overwrite: true, signal: stop.signal }).toMatchObject({ code: 'network.cancelled' });
  expect(readFileSync(`${out()}.json`, 'utf8')).toBe('mío');
  await ana.citizenData.give({ ...ask, authors: [author], out: out(), overwrite: true });
  expect(read().mentions).toHaveLength(2);
});
