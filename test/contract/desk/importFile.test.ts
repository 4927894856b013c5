import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AuditRecord } from '../../../src/core/audit';
import { type Desk } from '../../../src/desk/deskApi';
import { type ImportOptions } from '../../../src/desk/importFile/importApi';
import { makeDesk, mediaDir, type DeskWorld } from '../../support/openDesk';

let world: DeskWorld;
let desk: Desk;

beforeEach(async () => {
  world = await makeDesk({ server: { count: 0 } });
  desk = await world.open();
});
afterEach(() => world.close());

function file(name: string, content: string | Buffer): string {
  const path = join(world.home, name);
  writeFileSync(path, content);
  return path;
}
const run = (path: string, more: ImportOptions = {}) => desk.imports.run(path, { medium: 'phone', ...more });
const texts = (): readonly string[] => desk.inbox.list({ all: true }).map(({ post }) => post.text).sort();

async function records(kind: string): Promise<readonly AuditRecord[]> {
  const out = join(world.home, 'log.json');
  await desk.audit.export({ format: 'json', out, overwrite: true, personalData: 'include', purpose: 'Prueba' });
  return (JSON.parse(readFileSync(out, 'utf8')) as { entries: AuditRecord[] }).entries.filter(({ entry }) => entry.kind === kind);
}

const calls = 'Folio;Fecha;Nombre;Teléfono;Mensaje;Expediente\r\nA-1;14/03/2026 10:30;María Pérez;809 555 0101;"Llevo dos horas; nadie atiende\r\ny esto es un abuso";RC-1\r\nA-2;15/03/2026 08:00;José;;¿Abren el sábado?;RC-1\r\n';

describe('a file', () => {
  test('is looked at, its columns guessed, and comes in with sentiment, author, case and one log entry for the whole', async () => {
    const path = file('llamadas.csv', calls);
    const plan = await desk.imports.look(path);
    expect(plan).toMatchObject({ format: 'csv', separator: ';', encoding: 'utf-8', dates: 'dmy', remembered: false, mapping: { id: 'Folio', at: 'Fecha', name: 'Nombre', handle: 'Teléfono', text: 'Mensaje', case: 'Expediente' } });
    expect(plan.rows).toHaveLength(2);

    expect(await run(path)).toMatchObject({ channel: 'phone', read: 2, imported: 2, backlog: 2, known: 0, rejected: 0, rejectedPath: undefined, cancelled: false });
    const [second, first] = [...desk.inbox.list({ all: true })].sort((one, other) => other.post.postedAt - one.post.postedAt);
    expect(first).toMatchObject({ channel: 'phone', caseNumber: 'RC-1', sentiment: { label: 'negative' }, post: { externalId: 'A-1', text: 'Llevo dos horas; nadie atiende\ny esto es un abuso', author: { handle: '809 555 0101', name: 'María Pérez' }, visibility: 'direct' } });
    expect(new Date(first!.post.postedAt).toISOString()).toBe('2026-03-14T14:30:00.000Z');
    expect(second!.conversation).toBe(first!.conversation);
    expect(await records('mentions.imported')).toEqual([expect.objectContaining({ entry: expect.objectContaining({ body: expect.objectContaining({ channel: 'phone', imported: 2, rejected: 0 }) as object }) as object, values: expect.objectContaining({ file: 'llamadas.csv' }) as object })]);
    expect((await desk.audit.verify()).ok).toBe(true);
  });

  test('adds nothing when it is imported again, with ids or without; rows that say the same twice stay two', async () => {
    const withIds = file('con.csv', calls);
    const without = file('sin.csv', 'fecha,mensaje\n2026-03-14,Se fue la luz\n2026-03-14,Se fue la luz\n2026-03-15,Volvió la luz\n');
    await run(withIds);
    expect(await run(without)).toMatchObject({ imported: 3 });
    const before = texts();
    const log = (await records('mention.received')).length;
    for (const path of [withIds, without]) expect(await run(path)).toMatchObject({ imported: 0, known: path === withIds ? 2 : 3, rejected: 0 });
    expect(texts()).toEqual(before);
    expect((await records('mention.received')).length).toBe(log);
  });

  test('keeps bad rows aside with line and reason, never over a file that is there; mended and imported again they come in', async () => {
    const path = file('mixto.csv', `fecha,telefono,mensaje,caso\n2026-03-14 10:00,809,Bien,\n,809,Sin fecha,\n2026-99-14,809,Mala fecha,\n2026-03-14,+1809,,\n2026-03-14,809,"Caso
malo",<x>\n2026-03-14,809,Muchas,RC-1,de más\n2099-01-01,809,Futuro,\n2026-03-15,809,Bien también,\n`);
    const result = await run(path);
    expect(result).toMatchObject({ read: 8, imported: 2, rejected: 6 });
    expect(result.rejects.map(({ line, reason }) => [line, reason])).toEqual([[3, 'noDate'], [4, 'badDate'], [5, 'noText'], [6, 'badCase'], [8, 'tooManyCells'], [9, 'future']]);
    expect(result.rejectedPath).toBe(`${path}.rejected.csv`);
    const kept = readFileSync(result.rejectedPath!, 'utf8');
    expect(kept).toMatch(/^\uFEFF_line,_reason,fecha,telefono,mensaje,caso\r\n3,La fecha está vacía\.,,809,Sin fecha,\r\n/u);
    // What a spreadsheet would run is kept as text.
    expect(kept).toContain(",'+1809,");

    const again = await run(path);
    expect(again.rejectedPath).toBe(`${path}.rejected-2.csv`);
    expect(readFileSync(result.rejectedPath!, 'utf8')).toBe(kept);

    const mended = file('mended.csv', kept.split('\r\n').slice(0, 2).join('\r\n').replace(',,809', ',2026-03-14,809'));
    expect((await desk.imports.look(mended)).columns).toEqual(['fecha', 'telefono', 'mensaje', 'caso']);
    expect(await run(mended)).toMatchObject({ imported: 1, rejected: 0 });
  });

  test('notes the answers that it holds, with their latency', async () => {
    const path = file('respuestas.csv', 'fecha,mensaje,respuesta,fecha de respuesta\n2026-03-14 10:00,¿Abren hoy?,Hasta las cuatro.,2026-03-14 10:25\n2026-03-14 10:00,¿Y mañana?,,\n2026-03-14 10:00,¿Y el lunes?,Sí.,\n2026-03-14 10:00,¿Y el martes?,Sí.,2026-03-13 10:00\n');
    const result = await run(path);
    expect(result).toMatchObject({ imported: 2, answered: 1, rejected: 2 });
    expect(result.rejects.map(({ reason }) => reason)).toEqual(['answerWithoutTime', 'answerEarly']);
    const answered = desk.inbox.list({ all: true }).find(({ status }) => status === 'answered')!;
    expect(answered.replies).toMatchObject([{ state: 'sent', text: 'Hasta las cuatro.', latencyMs: 25 * 60_000, byHand: true }]);
    expect((await records('reply.sent'))[0]!.entry.body).toMatchObject({ givenBy: 'hand', latency: { backlog: true } });
  });

  test('counts under the targets what came after the channel was first used', async () => {
    await run(file('alt.csv', calls));
    const at = new Date(world.clock.now() + 60_000).toISOString();
    world.clock.forward(120_000);
    expect(await run(file('neu.csv', `fecha,mensaje\n${at},Sigo esperando\n`))).toMatchObject({ imported: 1, backlog: 0 });
  });

  test.each([
    ['Latin-1 of an old spreadsheet', 'latin.csv', Buffer.from('fecha;mensaje\n14/03/2026;¿Cuándo abrirán la oficina de la peña?\n', 'latin1')],
    ['UTF-16 with its mark', 'utf16.csv', Buffer.from('\uFEFFfecha\tmensaje\n14/03/2026\t¿Cuándo abrirán la oficina de la peña?\n', 'utf16le')],
    ['UTF-8 with its mark', 'bom.csv', Buffer.from('\uFEFFfecha,mensaje\n14/03/2026,¿Cuándo abrirán la oficina de la peña?\n')],
    ['a JSON list', 'lista.json', Buffer.from('[{"fecha":"14/03/2026","mensaje":"¿Cuándo abrirán la oficina de la peña?"}]')],
    ['a JSON document with a list in it', 'dentro.json', Buffer.from('{"total":1,"datos":{"filas":[{"fecha":1773484200,"mensaje":"¿Cuándo abrirán la oficina de la peña?","autor":{"nombre":"Ana"}}]}}')],
    ['JSON Lines', 'lineas.jsonl', Buffer.from('{"fecha":"2026-03-14","mensaje":"¿Cuándo abrirán la oficina de la peña?"}\n\n')],
  ])('may be %s', async (_, name, content) => {
    expect(await run(file(name, content))).toMatchObject({ imported: 1, rejected: 0 });
    expect(texts()).toEqual(['¿Cuándo abrirán la oficina de la peña?']);
  });

  test('keeps what is broken in JSON aside and takes the rest', async () => {
    const lines = await run(file('roto.jsonl', '{"fecha":"2026-03-14","mensaje":"uno"}\nno es JSON\n{"fecha":"2026-03-14","mensaje":"dos"}\n["lista"]\n'));
    expect(lines).toMatchObject({ imported: 2, rejected: 2 });
    expect(lines.rejects.map(({ line, reason }) => [line, reason])).toEqual([[2, 'malformed'], [4, 'malformed']]);
    const cut = await run(file('cortado.json', '[{"fecha":"2026-03-14","mensaje":"tres"},{"fecha":"2026-0'));
    expect(cut).toMatchObject({ imported: 1, rejected: 1 });
    expect(texts()).toEqual(['dos', 'tres', 'uno']);
  });

  test('refuses a row of more than a megabyte with its line, and reads on', async () => {
    const huge = 'x'.repeat(1_100_000);
    const csv = await run(file('grande.csv', `fecha,mensaje\n2026-03-14,uno\n2026-03-14,${huge}\n2026-03-14,dos\n`));
    expect(csv).toMatchObject({ imported: 2, rejected: 1, rejects: [{ line: 3, reason: 'tooLarge' }] });
    const lines = await run(file('grande.jsonl', `{"fecha":"2026-03-14","mensaje":"tres"}\n{"mensaje":"${huge}"}\n{"fecha":"2026-03-14","mensaje":"cuatro"}\n`));
    expect(lines).toMatchObject({ imported: 2, rejected: 1, rejects: [{ line: 2, reason: 'tooLarge' }] });
  });

  test('takes hostile words as words', async () => {
    const hostile = '=HYPERLINK("http://malo.example";"x") <script>alert(1)</script> \u202Eoculto [x](command:y)';
    await run(file('hostil.csv', `fecha,mensaje\n2026-03-14,"${hostile.replaceAll('"', '""')}"\n`));
    expect(texts()).toEqual([hostile]);
  });

  test('asks whether day or month stands first where nothing tells, and remembers what was said', async () => {
    const path = file('fechas.csv', 'cuando,que paso,quien\n03/04/2026,Se fue la luz en mi calle,Ana\n');
    expect((await desk.imports.look(path)).dates).toBe('unclear');
    await expect(run(path)).rejects.toMatchObject({ code: 'import.datesUnclear' });
    expect(texts()).toEqual([]);
    const mapping = { at: 'cuando', text: 'que paso', name: 'quien' };
    await run(path, { mapping, dates: 'mdy' });
    expect(desk.inbox.list({ all: true })[0]!.post).toMatchObject({ postedAt: Date.UTC(2026, 2, 4, 4), author: { name: 'Ana' } });
    expect(await (await world.open()).imports.look(path)).toMatchObject({ mapping, dates: 'mdy', remembered: true });
  });

  test('is refused where something is missing; nothing is written', async () => {
    const path = file('m.csv', calls);
    await expect(run(path, { mapping: { at: 'Fecha' } })).rejects.toMatchObject({ code: 'import.mapping', details: { reason: 'noText' } });
    await expect(run(path, { mapping: { text: 'Nada' } })).rejects.toMatchObject({ code: 'import.mapping', details: { reason: 'noColumn' } });
    await expect(run(path, { mapping: { text: 'Mensaje', answer: 'Folio' } })).rejects.toMatchObject({ code: 'import.mapping', details: { reason: 'noAnswerTime' } });
    await expect(run(path, { medium: undefined, channel: 'sur' })).rejects.toMatchObject({ code: 'channel.notFound' });
    await expect(run(path, { medium: undefined, channel: 'mastodon-main', mapping: { text: 'Mensaje', at: 'Fecha' } })).rejects.toMatchObject({ code: 'import.needsId' });
    await expect(run(join(world.home, 'nada.csv'))).rejects.toMatchObject({ code: 'import.unreadable' });
    await expect(run(file('leer.csv', '\n'))).rejects.toMatchObject({ code: 'import.empty' });
    await expect(run(file('sin.json', '{\n  "a": 1\n}\n'))).rejects.toMatchObject({ code: 'import.unreadable', details: { reason: 'noList' } });
    expect(texts()).toEqual([]);
  });

  test('is only counted on a dry run', async () => {
    const path = file('seco.csv', 'fecha,mensaje\n2026-03-14,uno\n,dos\n');
    expect(await run(path, { dryRun: true })).toMatchObject({ imported: 1, rejected: 1, rejectedPath: undefined });
    expect(texts()).toEqual([]);
    expect(existsSync(`${path}.rejected.csv`)).toBe(false);
  });

  test('that a person stops keeps what came in, and the next run goes on', async () => {
    const path = file('larga.csv', `fecha,mensaje\n${Array.from({ length: 1_800 }, (_, index) => `2026-03-14,Reporte número ${String(index)}\n`).join('')}`);
    const stop = new AbortController();
    const fractions: number[] = [];
    const stopped = await run(path, { signal: stop.signal, progress: (fraction) => { fractions.push(fraction); stop.abort(); } });
    expect(stopped).toMatchObject({ cancelled: true, imported: 500 });
    expect(texts()).toHaveLength(500);
    expect(await run(path)).toMatchObject({ cancelled: false, known: 500, imported: 1_300 });
    expect(new Set(texts()).size).toBe(1_800);
  });

  test('whose import is killed in the middle is complete after the next run, and nothing is doubled', async () => {
    const rows = 4_000;
    const path = file('muerta.csv', `fecha,mensaje\n${Array.from({ length: rows }, (_, index) => `2026-03-14,Reporte ${String(index % 1_000)}\n`).join('')}`);
    const folder = mkdtempSync(join(tmpdir(), 'momentos-import-'));
    const worker = join(folder, 'worker.cjs');
    await build({ entryPoints: [join(__dirname, 'importWorker.ts')], bundle: true, platform: 'node', format: 'cjs', mainFields: ['module', 'main'], outfile: worker, logLevel: 'error' });
    try {
      const child = spawn(process.execPath, [worker, world.dir, mediaDir, path], { env: { ...process.env, ...world.environment, MOMENTOS_OPERATOR: '' }, stdio: ['ignore', 'pipe', 'inherit'] });
      const ended = new Promise<void>((resolve) => child.once('exit', () => { resolve(); }));
      let output = '';
      child.stdout.on('data', (data: Buffer) => {
        output += data.toString();
        if (output.split('\n').length > 3) child.kill('SIGKILL');
      });
      await ended;
      expect(output).not.toContain('done');
      const result = await run(path);
      expect(result.known).toBeGreaterThan(0);
      expect(result.known + result.imported).toBe(rows);
      expect(texts()).toHaveLength(rows);
      expect(new Set(desk.inbox.list({ all: true }).map(({ post }) => post.externalId)).size).toBe(rows);
      expect(await records('mention.received')).toHaveLength(rows);
      expect((await desk.audit.verify()).ok).toBe(true);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
