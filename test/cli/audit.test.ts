import { appendFileSync, copyFileSync, cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { zoneOfNoon } from '../support/zoneOfNoon';
import { CliDesk, json, jsonLines, type Json } from './support/cliWorld';

type Failure = { readonly error: { readonly code: string; readonly message: string } };
interface Verdict { readonly ok: boolean; readonly entries: number; readonly segments: number; readonly head: string; readonly problems: readonly { readonly severity: string; readonly code: string; readonly seq: number | null }[] }

const timeZone = zoneOfNoon();
let desk: CliDesk;
beforeAll(async () => {
  desk = await CliDesk.make();
  const config = join(desk.dir, 'momentos.json');
  writeFileSync(config, readFileSync(config, 'utf8').replace('"America/Santo_Domingo"', JSON.stringify(timeZone)));
  const [one = '', two = ''] = await desk.receive({ text: '@isc ¿Abren el lunes, que es feriado?', author: 'eva', name: '=HYPERLINK("x")' }, { text: '@isc Gracias por la ayuda', author: 'luis' });
  await desk.one('reply', one, '--text', 'No, el lunes no abrimos; el martes sí.');
  await desk.one('close', two, '--reason', 'noAnswerNeeded');
});
afterAll(() => {
  desk.close();
});

const auditFolder = (dir: string): string => join(dir, '.momentos', 'audit');
/** Segments of the log, oldest first: there are two where a month ended meanwhile. */
const segmentsOf = (dir: string): readonly string[] => readdirSync(auditFolder(dir)).filter((name) => /^\d{4}-\d{2}\.jsonl$/u.test(name)).sort().map((name) => join(auditFolder(dir), name));
const firstSegment = (dir: string): string => segmentsOf(dir)[0]!;
const lastSegment = (dir: string): string => segmentsOf(dir).at(-1)!;

describe('momentos audit', () => {
  test('verify and head agree on a whole log, and verify proves a head that was noted earlier', async () => {
    const verdict = await desk.one<Verdict>('audit', 'verify');
    expect(verdict).toMatchObject({ ok: true, entries: expect.any(Number) as number, segments: segmentsOf(desk.dir).length, head: expect.stringMatching(/^[0-9a-f]{64}$/u) as string, problems: [] });
    expect(verdict.entries).toBeGreaterThan(5);
    expect(await desk.one('audit', 'head')).toEqual({ hash: verdict.head, count: verdict.entries, at: expect.stringMatching(/Z$/u) as string });
    const [id] = await desk.receive({ text: '@isc Otra consulta', author: 'otro' });
    expect(id).toBeDefined();
    expect((await desk.one<Verdict>('audit', 'verify', '--expect', verdict.head.toUpperCase())).ok).toBe(true);
    const never = await desk.in('audit', 'verify', '--expect', 'a'.repeat(64), '--json');
    expect(never.status).toBe(6);
    expect(json<Verdict>(never.stdout).problems).toEqual([expect.objectContaining({ severity: 'error', code: 'head.mismatch', seq: null, expected: 'a'.repeat(64) })]);
    const words = await desk.in('audit', 'verify');
    expect(words.stdout).toContain(String(json<Verdict>((await desk.in('audit', 'verify', '--json')).stdout).entries));
  });

  test('verify exits 6 and names the entry when one byte of a copy was changed', async () => {
    const copy = join(desk.home, 'copy');
    cpSync(desk.dir, copy, { recursive: true });
    const segment = firstSegment(copy);
    const bytes = readFileSync(segment);
    const line = bytes.toString('latin1').split('\n')[2]!;
    const at = bytes.toString('latin1').indexOf(line) + line.indexOf('"at":') + 6;
    bytes[at] = bytes[at] === 0x31 ? 0x32 : 0x31;
    writeFileSync(segment, bytes);
    const { status, stdout, stderr } = await desk.run(['audit', 'verify', '--desk', copy, '--json']);
    expect(status).toBe(6);
    expect(stderr).toBe('');
    const verdict = json<Verdict>(stdout);
    expect(verdict.ok).toBe(false);
    expect(verdict.problems).toContainEqual(expect.objectContaining({ severity: 'error', code: 'hash.mismatch', seq: 2 }));
    const words = await desk.run(['audit', 'verify', '--desk', copy]);
    expect(words.status).toBe(6);
    expect(words.stdout).toMatch(/hash\.mismatch {2}\d{4}-\d{2}\.jsonl, line 3, entry 2: The entry was changed/u);
    const doctor = await desk.run(['doctor', '--desk', copy, '--json']);
    expect(doctor.status).toBe(6);
  });

  test('verify checks a part by numbers or by whole days, and a folder without its desk', async () => {
    const { entries } = await desk.one<Verdict>('audit', 'verify');
    const part = await desk.one<Verdict & { readonly range: object }>('audit', 'verify', '--from', '2', '--to', '4');
    expect(part).toMatchObject({ ok: true, entries: 3, range: { first: 2, last: 4 } });
    expect(await desk.one<Verdict>('audit', 'verify', '--from', '2020-01-01', '--to', '2099-12-31')).toMatchObject({ ok: true, entries });
    expect(await desk.one<Verdict>('audit', 'verify', '--to', '2020-01-01')).toMatchObject({ ok: true, entries: 0 });
    expect((await desk.in('audit', 'verify', '--from', '5', '--to', '4')).status).toBe(2);

    const handed = join(desk.home, 'handed');
    cpSync(auditFolder(desk.dir), handed, { recursive: true });
    for (const folder of [handed, desk.dir]) expect(json<Verdict>((await desk.run(['audit', 'verify', '--folder', folder, '--json'])).stdout)).toMatchObject({ ok: true, entries });
    writeFileSync(lastSegment(desk.dir).replace(auditFolder(desk.dir), handed), '');
    expect((await desk.run(['audit', 'verify', '--folder', handed])).status).toBe(6);
    const nothing = await desk.run(['audit', 'verify', '--folder', join(desk.home, 'nowhere')]);
    expect(nothing.status).toBe(2);
    expect(nothing.stderr).toContain('nowhere');
  });

  test('verify says how the people who acted are known', async () => {
    const { actors } = await desk.one<Verdict & { readonly actors: Readonly<Record<string, number>> }>('audit', 'verify');
    expect(Object.values(actors).reduce((sum, each) => sum + each, 0)).toBe((await desk.one<Verdict>('audit', 'verify')).entries);
    expect((await desk.in('audit', 'verify')).stdout).toContain('only declared');
  });

  test('a torn last line is a note, not an error, and a log that was cut is an error', async () => {
    const torn = join(desk.home, 'torn');
    cpSync(desk.dir, torn, { recursive: true });
    appendFileSync(lastSegment(torn), '{"seq":99,"at"');
    const { status, stdout } = await desk.run(['audit', 'verify', '--desk', torn, '--json']);
    expect(status).toBe(0);
    expect(json<Verdict>(stdout).problems.map(({ severity, code }) => `${severity} ${code}`)).toEqual(['note tail.torn']);

    const cut = join(desk.home, 'cut');
    cpSync(desk.dir, cut, { recursive: true });
    const lines = readFileSync(lastSegment(cut), 'utf8').trimEnd().split('\n');
    writeFileSync(lastSegment(cut), `${lines.slice(0, -2).join('\n')}\n`);
    expect((await desk.run(['audit', 'verify', '--desk', cut, '--json'])).status).toBe(6);
  });

  test('export writes CSV, JSON Lines and JSON, and never over a file unless it is told to', async () => {
    const path = (name: string): string => join(desk.home, name);
    const everything = ['--personal-data', 'include', '--purpose', 'Prueba'];
    for (const format of ['csv', 'jsonl', 'json']) {
      const done = await desk.one('audit', 'export', '--format', format, '--out', `../out.${format}`, ...everything);
      expect(done).toEqual({ path: path(`out.${format}`), rows: expect.any(Number) as number, head: expect.stringMatching(/^[0-9a-f]{64}$/u) as string, entries: expect.any(Number) as number, logged: true });
    }
    const csv = readFileSync(path('out.csv'), 'utf8');
    expect(csv.startsWith('\uFEFFreply_id,')).toBe(true);
    expect(csv.split('\r\n')).toHaveLength(3);
    expect(csv).toContain('el martes sí');
    expect(csv).not.toMatch(/[,"]=HYPERLINK/u);
    const entries = jsonLines<{ entry: { seq: number; kind: string } }>(readFileSync(path('out.jsonl'), 'utf8'));
    expect(entries.map(({ entry }) => entry.seq)).toEqual(entries.map((_, index) => index));
    const whole = JSON.parse(readFileSync(path('out.json'), 'utf8')) as { entries: unknown[]; head: { count: number } };
    expect(whole.entries).toHaveLength(whole.head.count);

    copyFileSync(path('out.csv'), path('kept.csv'));
    const refused = await desk.in('audit', 'export', '--format', 'csv', '--out', path('kept.csv'), '--json');
    expect(refused.status).toBe(2);
    expect(json<Failure>(refused.stdout).error.code).toBe('export.exists');
    expect(readFileSync(path('kept.csv'), 'utf8')).toBe(csv);
    expect((await desk.one('audit', 'export', '--format', 'csv', '--out', path('kept.csv'), '--overwrite'))['rows']).toBe(1);
    const nowhere = await desk.in('audit', 'export', '--format', 'csv', '--out', path('missing/folder/out.csv'), '--json');
    expect(nowhere.status).toBe(3);
    expect((await desk.in('audit', 'export', '--format', 'xls', '--out', path('x'))).status).toBe(2);
    expect((await desk.in('audit', 'export', '--format', 'csv', '--json')).status).toBe(2);
    expect(existsSync(path('x'))).toBe(false);
  });

  test('export tells of people only what it is told to, and wants a purpose for more, which the log keeps', async () => {
    const out = join(desk.home, 'people.csv');
    const text = async (...options: readonly string[]): Promise<string> => {
      await desk.one('audit', 'export', '--format', 'csv', '--out', out, '--overwrite', ...options);
      return readFileSync(out, 'utf8');
    };
    const pseudonyms = await text();
    expect(pseudonyms).toMatch(/,citizen-[0-9a-f]{16},/u);
    expect(pseudonyms).not.toMatch(/el martes sí|HYPERLINK|\beva\b/u);
    expect(await text('--personal-data', 'omit')).not.toContain('citizen-');
    const key = join(desk.home, 'pseudonyms.key');
    writeFileSync(key, 'k'.repeat(32), { mode: 0o600 });
    const named = /citizen-[0-9a-f]{16}/u;
    const one = named.exec(await text('--pseudonym-key', key))?.[0];
    expect(named.exec(await text('--pseudonym-key', key, '--per', 'conversation'))?.[0]).toBe(one);
    expect(named.exec(pseudonyms)?.[0]).not.toBe(one);

    const refused = await desk.in('audit', 'export', '--format', 'csv', '--out', out, '--overwrite', '--personal-data', 'include', '--json');
    expect(refused.status).toBe(2);
    expect(json<Failure>(refused.stdout).error.code).toBe('export.purposeMissing');
    expect(await text('--personal-data', 'include', '--purpose', 'Expediente 7 de la Contraloría')).toContain('el martes sí');
    const log = join(desk.home, 'people.jsonl');
    await desk.one('audit', 'export', '--format', 'jsonl', '--out', log);
    const exported = jsonLines<{ entry: { kind: string; body: Json }; values: Json }>(readFileSync(log, 'utf8')).filter(({ entry }) => entry.kind === 'audit.exported');
    expect(exported.at(-1)).toMatchObject({ entry: { body: { format: 'csv', per: 'reply', personalData: 'include', rows: 1 } }, values: { purpose: 'Expediente 7 de la Contraloría' } });
    for (const wrong of [['--personal-data', 'some'], ['--per', 'word'], ['--language', 'fr'], ['--range', 'someday'], ['--range', 'today', '--from', '2026-01-01']]) expect((await desk.in('audit', 'export', '--format', 'csv', '--out', out, '--overwrite', ...wrong)).status).toBe(2);
  });

  test('export takes a range in the institution\'s time zone; the last day counts whole', async () => {
    const today = new Intl.DateTimeFormat('en-CA', { timeZone }).format(Date.now());
    const rows = async (...range: readonly string[]): Promise<unknown> => (await desk.one('audit', 'export', '--format', 'csv', '--out', '../range.csv', '--overwrite', ...range))['rows'];
    expect(await rows('--from', today, '--to', today)).toBe(1);
    for (const range of ['today', 'this-week', 'this-month', 'this-quarter', 'this-year']) expect(await rows('--range', range)).toBe(1);
    for (const range of ['yesterday', 'last-year']) expect(await rows('--range', range)).toBe(0);
    expect(await rows('--to', '2020-12-31')).toBe(0);
    expect(await rows('--from', '2099-01-01')).toBe(0);
    const wrong = await desk.in('audit', 'export', '--format', 'csv', '--out', '../w.csv', '--from', '2026-02-01', '--to', '2026-01-01', '--json');
    expect(wrong.status).toBe(2);
    expect(json<Failure>(wrong.stdout).error.code).toBe('report.invalidRange');
    expect((await desk.in('audit', 'export', '--format', 'csv', '--out', '../w.csv', '--from', 'ayer')).status).toBe(2);
  });
});

describe('momentos report', () => {
  test('gives the figures of today from the log alone', async () => {
    const report = await desk.one<Json & { firstResponse: Json; byChannel: Record<string, Json>; bySentiment: Record<string, Json>; head: string }>('report');
    expect(report).toMatchObject({ answered: 1, closedByReason: { noAnswerNeeded: 1 }, withdrawn: 0, firstResponse: { n: 1 } });
    expect(report['arrivals']).toBeGreaterThanOrEqual(2);
    expect(Object.keys(report.byChannel)).toEqual(['mastodon-main']);
    expect(Object.keys(report.bySentiment)).toEqual(['negative', 'neutral', 'positive', 'unsure']);
    expect(report.head).toBe((await desk.one('audit', 'head'))['hash']);
    const words = await desk.in('report');
    expect(words.status).toBe(0);
    expect(words.stdout).toContain('mastodon-main');
    expect(words.stdout).toContain(report.head);
    expect((await desk.one('report', '--from', '2020-01-01', '--to', '2020-01-31'))['arrivals']).toBe(0);
    expect((await desk.in('report', '--from', '2026-02-01', '--to', '2026-01-01')).status).toBe(2);
  });
});
