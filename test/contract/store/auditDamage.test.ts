import { cp, mkdtemp, readdir, readFile, rename, rm, truncate, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type AuditProblemCode, type AuditVerdict } from '../../../src/core/audit';
import { openDeskStores, type DeskStores } from '../../../src/store/deskStores';
import { collect, draftOf, FixedClock, LogBook, noon, systemRandom, TestDesk } from './testDesk';

const june = Date.UTC(2026, 5, 3);
let desk: TestDesk;
let head: string;
const copies: string[] = [];
const opened: DeskStores[] = [];

beforeAll(async () => {
  desk = await TestDesk.make();
  const stores = await desk.open();
  for (let index = 0; index < 6; index += 1) await stores.audit.append([draftOf(index)]);
  for (let index = 6; index < 10; index += 1) await stores.audit.append([draftOf(index, { at: june + index })]);
  head = (await stores.audit.head()).hash;
  await stores.dispose();
});
afterEach(async () => {
  for (const stores of opened.splice(0)) await stores.dispose();
  for (const copy of copies.splice(0)) await rm(copy, { recursive: true, force: true });
});
afterAll(async () => {
  await desk.remove();
});

const may = ['audit', '2026-05.jsonl'] as const;
const juneChain = ['audit', '2026-06.jsonl'] as const;

async function copied(): Promise<(...parts: readonly string[]) => string> {
  const dir = await mkdtemp(join(tmpdir(), 'momentos-damage-'));
  copies.push(dir);
  await cp(desk.dir, dir, { recursive: true });
  return (...parts) => join(dir, ...(parts.length === 0 ? [] : ['.momentos', ...parts]));
}

async function opening(dir: string, readOnly: boolean): Promise<{ readonly stores: DeskStores; readonly log: LogBook }> {
  const log = new LogBook();
  const stores = await openDeskStores({ dir, sharing: 'private', clock: new FixedClock(june + 30), random: systemRandom, logger: log, readOnly });
  opened.push(stores);
  return { stores, log };
}

async function verdictOf(dir: string, expected?: string): Promise<AuditVerdict> {
  return (await opening(dir, true)).stores.audit.verify({ expect: expected });
}

const codes = (verdict: AuditVerdict, severity: 'error' | 'note' = 'error'): readonly AuditProblemCode[] => verdict.problems.filter((problem) => problem.severity === severity).map((problem) => problem.code);

describe('verify', () => {
  it('passes what was left alone, and finds the head that somebody wrote down', async () => {
    expect(await verdictOf(desk.dir, head)).toMatchObject({ ok: true, entries: 10, segments: 2, head, problems: [], untold: 0, erased: 0, range: { first: 0, last: 9 }, actors: { flag: 10, key: 0, desk: 0 } });
    expect(codes(await verdictOf(desk.dir, 'f'.repeat(64)))).toEqual(['head.mismatch']);
  });

  it.each([
    ['blown up inside', (line: string) => line.replace('"kind":', `"kine":"${'x'.repeat(12_000_000)}","kind":`), ['hash.mismatch', 'schema.unknown', 'line.notCanonical']],
    ['made of nothing', () => 'x'.repeat(12_000_000), ['line.malformed']],
  ])('tells of a line of 12 MB, %s, and goes on behind it', async (_what, blown, told) => {
    const at = await copied();
    const lines = (await readFile(at(...may), 'utf8')).split('\n');
    await writeFile(at(...may), lines.map((line, index) => (index === 2 ? blown(line) : line)).join('\n'));
    const { stores } = await opening(at(), true);
    const verdict = await stores.audit.verify();
    expect(new Set(verdict.problems.filter(({ line, file }) => line === 3 && file === '2026-05.jsonl').map(({ code }) => code))).toEqual(new Set(told));
    expect(verdict).toMatchObject({ ok: false, segments: 2, head });
    expect((await collect(stores.audit.read())).map(({ entry, values }) => [entry.seq, Object.keys(values).length > 0]).filter(([seq]) => seq !== 2)).toEqual([0, 1, 3, 4, 5, 6, 7, 8, 9].map((seq) => [seq, true]));
    // A value of that size.
    const values = at('audit', '2026-06.values.jsonl');
    const kept = await readFile(values, 'utf8');
    await writeFile(values, kept.replace('"value":"', `"value":"${'x'.repeat(12_000_000)}`));
    const both = await stores.audit.verify();
    expect(both.problems.filter(({ file, severity }) => file === '2026-06.values.jsonl' && severity === 'error')).toMatchObject([{ code: 'value.mismatch', seq: 6, line: 1 }]);
    expect(both.entries).toBe(verdict.entries);
  });

  it('finds every flipped bit, in the chain and in the values', async () => {
    const at = await copied();
    const files = ['2026-05.jsonl', '2026-05.values.jsonl', '2026-06.jsonl', '2026-06.values.jsonl'].map((name) => at('audit', name));
    const originals = await Promise.all(files.map((file) => readFile(file)));
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: files.length - 1 }), fc.double({ min: 0, max: 0.999999, noNaN: true }), fc.nat({ max: 7 }), async (which, where, bit) => {
        const damaged = Buffer.from(originals[which]!);
        damaged[Math.floor(where * damaged.length)]! ^= 1 << bit;
        await writeFile(files[which]!, damaged);
        const verdict = await verdictOf(at());
        await writeFile(files[which]!, originals[which]!);
        return !verdict.ok;
      }),
      { numRuns: 150, seed: 7 },
    );
    expect((await verdictOf(at())).ok).toBe(true);
  });

  const lines = async (path: string): Promise<string[]> => (await readFile(path, 'utf8')).split('\n').slice(0, -1);
  const write = async (path: string, content: readonly string[]): Promise<void> => writeFile(path, content.map((line) => `${line}\n`).join(''));

  it.each<[string, (at: (...parts: readonly string[]) => string) => Promise<unknown>, AuditProblemCode]>([
    ['an entry taken out', async (at) => write(at(...may), (await lines(at(...may))).filter((_line, index) => index !== 2)), 'seq.gap'],
    ['two entries swapped', async (at) => { const [a, b, ...rest] = await lines(at(...may)); await write(at(...may), [b!, a!, ...rest]); }, 'segment.missing'],
    ['an entry doubled', async (at) => { const all = await lines(at(...may)); await write(at(...may), [...all, all.at(-1)!]); }, 'seq.gap'],
    ['a month taken out', async (at) => unlink(at(...may)), 'segment.missing'],
    ['the last entry cut off', async (at) => write(at(...juneChain), (await lines(at(...juneChain))).slice(0, -1)), 'tail.cut'],
    ['the last month cut off', async (at) => unlink(at(...juneChain)), 'tail.cut'],
    ['a month under an older name', async (at) => rename(at(...juneChain), at('audit', '2026-04.jsonl')), 'segment.order'],
    ['values taken away', async (at) => unlink(at('audit', '2026-05.values.jsonl')), 'value.missing'],
    ['a value exchanged', async (at) => write(at('audit', '2026-05.values.jsonl'), (await lines(at('audit', '2026-05.values.jsonl'))).map((line) => line.replace('número 3', 'número 4'))), 'value.mismatch'],
    ['a month that is no file', async (at) => { await unlink(at(...may)); await cp(at('drafts'), at(...may), { recursive: true }); }, 'segment.unreadable'],
  ])('finds %s', async (_what, damage, code) => {
    const at = await copied();
    await damage(at);
    const verdict = await verdictOf(at());
    expect(verdict.ok).toBe(false);
    expect(codes(verdict)).toContain(code);
  });

  it('finds a rewritten end by the head written down, though the rest fits', async () => {
    const at = await copied();
    await write(at(...juneChain), (await lines(at(...juneChain))).slice(0, -2));
    await unlink(at('audit', 'head.json'));
    const { stores } = await opening(at(), false);
    await stores.audit.append([draftOf(8, { at: june + 8 }), draftOf(9, { at: june + 9 })]);
    expect((await stores.audit.verify()).ok).toBe(true);
    expect(codes(await stores.audit.verify({ expect: head }))).toEqual(['head.mismatch']);
  });

  it('tells of a cut end for good, also after work went on', async () => {
    const at = await copied();
    await write(at(...juneChain), (await lines(at(...juneChain))).slice(0, -2));
    const { stores } = await opening(at(), false);
    await stores.audit.append([draftOf(20, { at: june + 20 })]);
    await stores.dispose();
    expect(codes(await verdictOf(at()))).toEqual(['tail.cut']);
  });

  it('takes values without an entry for harmless', async () => {
    const at = await copied();
    const path = at('audit', '2026-06.values.jsonl');
    const [first] = await lines(path);
    await write(path, [...(await lines(path)), first!.replace(/"seq":\d+/u, '"seq":10')]);
    const verdict = await verdictOf(at());
    expect(verdict.ok).toBe(true);
    expect(codes(verdict, 'note')).toEqual(['value.orphan']);
  });

  it('stops when it is told to', async () => {
    const { stores } = await opening(desk.dir, true);
    await expect(stores.audit.verify({ signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });
});

describe('a last line torn by a crash', () => {
  it('is a note at whatever byte it was torn, and hides nothing before it', async () => {
    const at = await copied();
    await unlink(at('audit', 'head.json'));
    const whole = await readFile(at(...juneChain));
    const lastLine = whole.lastIndexOf('\n', whole.length - 2) + 1;
    const { stores } = await opening(at(), true);
    for (let size = whole.length - 1; size >= lastLine; size -= 1) {
      await truncate(at(...juneChain), size);
      const verdict = await stores.audit.verify();
      expect(verdict).toMatchObject({ ok: true, entries: 9 });
      expect(codes(verdict, 'note').includes('tail.torn')).toBe(size > lastLine);
      expect((await stores.audit.head()).count).toBe(9);
    }
  });

  it('is set aside, and work goes on behind what was whole', async () => {
    const at = await copied();
    await unlink(at('audit', 'head.json'));
    const whole = await readFile(at(...juneChain));
    const values = await readFile(at('audit', '2026-06.values.jsonl'));
    const lastLine = whole.lastIndexOf('\n', whole.length - 2) + 1;
    const before = (await collect((await opening(desk.dir, true)).stores.audit.read())).slice(0, 9);
    for (const size of [lastLine, lastLine + 1, lastLine + 100, whole.length - 76, whole.length - 2, whole.length - 1]) {
      await writeFile(at(...juneChain), whole.subarray(0, size));
      await writeFile(at('audit', '2026-06.values.jsonl'), values);
      const { stores } = await opening(at(), false);
      const [entry] = await stores.audit.append([draftOf(30, { at: june + 30 })]);
      expect(entry?.seq).toBe(size > lastLine ? 10 : 9);
      expect(codes(await stores.audit.verify())).toEqual([]);
      expect((await collect(stores.audit.read())).slice(0, 9)).toEqual(before);
      const aside = (await readdir(at('audit'))).filter((name) => name.startsWith(`2026-06.jsonl.torn-${String(lastLine)}-`));
      const kept = await Promise.all(aside.map(async (name) => readFile(at('audit', name))));
      expect(kept.some((bytes) => bytes.equals(whole.subarray(lastLine, size)))).toBe(size > lastLine);
      await stores.dispose();
      await unlink(at('audit', 'head.json'));
    }
  });

  it('is told as a note before it is repaired, and blocks no reader', async () => {
    const at = await copied();
    await unlink(at('audit', 'head.json'));
    await truncate(at(...juneChain), (await readFile(at(...juneChain))).length - 5);
    const { stores } = await opening(at(), true);
    const verdict = await stores.audit.verify();
    expect(verdict).toMatchObject({ ok: true, entries: 9 });
    expect((await stores.audit.head()).count).toBe(9);
    expect(await collect(stores.audit.read())).toHaveLength(9);
  });

  it('of lost blocks (NUL bytes) counts as torn too', async () => {
    const at = await copied();
    await unlink(at('audit', 'head.json'));
    const whole = await readFile(at(...juneChain));
    whole.fill(0, whole.length - 40, whole.length - 10);
    await writeFile(at(...juneChain), whole);
    const { stores, log } = await opening(at(), false);
    await stores.audit.append([draftOf(30, { at: june + 30 })]);
    expect(codes(await stores.audit.verify())).toEqual([]);
    expect(log.lines.some((line) => line.level === 'warn')).toBe(true);
  });
});

describe('a clock set back', () => {
  it('leaves the entries in the newest segment and is noted', async () => {
    const at = await copied();
    const { stores } = await opening(at(), false);
    await stores.audit.append([draftOf(40, { at: noon })]);
    const verdict = await stores.audit.verify();
    expect(verdict).toMatchObject({ ok: true, segments: 2, entries: 12 });
    expect(codes(verdict, 'note')).toEqual(['clock.back']);
    const records = await collect(stores.audit.read({ fromSeq: 10 }));
    expect(records.map((record) => record.entry.kind)).toEqual(['audit.clockBack', 'mention.noted']);
    expect(records[0]?.entry.body).toEqual({ previousAt: june + 9 });
  });
});

describe('a log changed underneath', () => {
  it('is not written to: neither when it grew past the lock nor when it was cut', async () => {
    const at = await copied();
    const { stores } = await opening(at(), false);
    await stores.audit.append([draftOf(50, { at: june + 50 })]);
    const whole = await readFile(at(...juneChain));
    await writeFile(at(...juneChain), whole.subarray(0, whole.lastIndexOf('\n', whole.length - 2) + 1));
    await expect(stores.audit.append([draftOf(51, { at: june + 51 })])).rejects.toMatchObject({ code: 'audit.changedUnderneath' });
    await expect(stores.audit.append([draftOf(52, { at: june + 52 })])).rejects.toMatchObject({ code: 'audit.changedUnderneath' });
    expect(await readFile(at(...juneChain))).toEqual(whole.subarray(0, whole.lastIndexOf('\n', whole.length - 2) + 1));
  });
});
