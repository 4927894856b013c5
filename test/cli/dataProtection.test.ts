import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CliDesk, json, jsonLines, type Json } from './support/cliWorld';

const reviewer = '--as=Revisora de práctica';
let desk: CliDesk;
let id: string;

beforeAll(async () => {
  desk = await CliDesk.make();
  [id = ''] = await desk.receive({ text: '@isc Perdí mi cédula', author: 'pedro' }, { text: '@isc ¿Abren hoy?', author: 'rosa' });
});
afterAll(() => {
  desk.close();
});

async function refused(code: string, status: number, ...args: readonly string[]): Promise<void> {
  const outcome = await desk.in(...args, '--json');
  expect({ args, code: json<{ error: { code: string } }>(outcome.stdout).error.code, status: outcome.status }).toEqual({ args, code, status });
}

test('a legal hold is set, listed and lifted by a second person', async () => {
  const hold = await desk.one<{ id: string; scope: string; setBy: string }>('legal-hold', 'set', '--mention', id, '--reason', 'Oficio 12');
  expect(hold).toMatchObject({ scope: 'author', setBy: 'Ana Pérez' });
  expect((await desk.in('legal-hold', 'list')).stdout).toContain('Oficio 12');
  await refused('legalHold.own', 5, 'legal-hold', 'lift', hold.id, '--reason', 'Ya no');
  await refused('legalHold.notFound', 2, 'legal-hold', 'lift', 'g-zzzz', '--reason', 'Ya no', reviewer);
  await refused('usage.invalid', 2, 'legal-hold', 'set', '--reason', 'Oficio');
  await refused('usage.invalid', 2, 'legal-hold', 'set', '--case', 'C-1', '--from', '2026-01-01', '--reason', 'Oficio');
  expect(await desk.one('legal-hold', 'lift', hold.id, '--reason', 'Sentencia', reviewer)).toEqual({ status: 'lifted', id: hold.id });
  expect(jsonLines(await desk.in('legal-hold', 'list', '--json').then(({ stdout }) => stdout))).toEqual([]);
});

test('a citizen\'s data is written as page and JSON, or as what the ending says', async () => {
  const out = join(desk.home, 'datos');
  const given = await desk.one<{ paths: readonly string[]; mentions: number }>('citizen', 'data', '--mention', id, '--out', out, '--purpose', 'Acceso 4/2026');
  expect(given).toMatchObject({ paths: [`${out}.html`, `${out}.json`], mentions: 1 });
  expect((JSON.parse(readFileSync(`${out}.json`, 'utf8')) as { mentions: readonly Json[] }).mentions).toMatchObject([{ text: '@isc Perdí mi cédula' }]);
  await refused('export.exists', 2, 'citizen', 'data', '--mention', id, '--out', `${out}.html`, '--purpose', 'Acceso');
  await desk.one('citizen', 'data', '--mention', id, '--out', join(desk.home, 'solo.json'), '--purpose', 'Acceso');
  expect([existsSync(join(desk.home, 'solo.json')), existsSync(join(desk.home, 'solo.html'))]).toEqual([true, false]);
  await refused('usage.invalid', 2, 'citizen', 'data', '--out', out, '--purpose', 'Acceso');
  await refused('usage.invalid', 2, 'citizen', 'data', '--mention', id, '--out', out, '--purpose', 'Acceso', '--format', 'pdf');
  await refused('citizen.notFound', 2, 'citizen', 'data', '--author', 'a-zzzz', '--out', out, '--purpose', 'Acceso');
});

test('disposal needs rules, a signature and somebody else than who signed', async () => {
  await refused('retention.none', 5, 'audit', 'retain', '--dry-run');
  const path = join(desk.dir, 'momentos.json');
  const rule = '{ "name": "spam", "authority": "Tabla 4", "keepDays": 90, "from": "received", "closeReasons": ["spam"] }';
  writeFileSync(path, readFileSync(path, 'utf8').replace('"schemaVersion": 1,', `"schemaVersion": 1,\n  // La tabla\n  "retention": { "rules": [${rule}] },`));
  expect(await desk.one('audit', 'retain', '--dry-run')).toMatchObject({ standing: 'unsigned', due: 0, open: 2, rules: [{ name: 'spam', authority: 'Tabla 4', oldest: null }] });
  await refused('retention.unsigned', 5, 'audit', 'retain');
  expect(await desk.one('audit', 'retain', '--sign', reviewer)).toMatchObject({ standing: 'signed' });
  expect(readFileSync(path, 'utf8')).toContain('// La tabla');
  await refused('retention.own', 5, 'audit', 'retain', reviewer);
  expect(await desk.one('audit', 'retain')).toMatchObject({ mentions: 0, redactions: [] });
  expect((await desk.in('audit', 'retain', '--dry-run')).stdout).toContain('The schedule is signed.');
});
