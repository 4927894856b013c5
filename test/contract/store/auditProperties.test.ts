import { appendFile, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AuditVerdict } from '../../../src/core/audit';
import { findAuditCopy } from '../../../src/store/auditCopy';
import { readAuditRecords } from '../../../src/store/auditReader';
import { verifyAudit } from '../../../src/store/auditVerify';
import { collect, draftOf, noon, TestDesk } from './testDesk';
import { comparable, pythonVerdict, redactedDraft, takeOutValues } from './verifiers';

const day = 86_400_000;

async function verdictOf(folder: string): Promise<AuditVerdict> {
  const copy = await findAuditCopy(folder);
  if (copy === undefined) throw new Error('no log');
  return verifyAudit(copy);
}

const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.string({ maxLength: 20 }), fc.constant('\u001f "\\\u2028 é 🇩🇴'));
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('append' as const), count: fc.integer({ min: 1, max: 5 }), texts: fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/u), text, { maxKeys: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('erase' as const), which: fc.array(fc.nat({ max: 60 }), { minLength: 1, maxLength: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('roll' as const), days: fc.integer({ min: 1, max: 70 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('crash' as const), torn: fc.nat({ max: 400 }), orphan: fc.boolean() }) },
);

it('whatever was appended, erased, rolled into new months and torn by crashes: the log verifies, and the second verifier says the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
      const desk = await TestDesk.make();
      const folder = desk.path('audit');
      try {
        let stores = await desk.open();
        let now = noon;
        let written = 0;
        for (const each of steps) {
          if (each.kind === 'roll') now += each.days * day;
          if (each.kind === 'append') {
            await stores.audit.append(Array.from({ length: each.count }, (_unused, index) => draftOf(written + index, { at: now, values: each.texts })));
            written += each.count;
          }
          const { count } = await stores.audit.head();
          if (each.kind === 'erase' && count > 0) {
            const records = await collect(stores.audit.read());
            const chosen = [...new Set(each.which.map((which) => which % records.length))].sort((one, other) => one - other);
            const pairs = chosen.flatMap((which): [number, ...string[]][] => {
              const record = records[which];
              const fields = Object.keys(record?.values ?? {});
              return record === undefined || fields.length === 0 || record.entry.kind === 'redacted' ? [] : [[record.entry.seq, ...fields]];
            });
            await stores.eraser.erase(() => Promise.resolve({ id: 'x-0123456789', drafts: [redactedDraft(pairs, { at: now })], erased: pairs, mentions: [], thinned: [] }));
          }
          if (each.kind === 'crash' && count > 0) {
            await stores.dispose();
            const segment = (await readdir(folder)).filter((name) => /^\d{4}-\d{2}\.jsonl$/u.test(name)).sort().at(-1)!;
            const line = (await readFile(join(folder, segment), 'utf8')).split('\n')[0]!;
            if (each.orphan) await appendFile(join(folder, segment.replace('.jsonl', '.values.jsonl')), `{"field":"text","salt":"${'ab'.repeat(16)}","seq":${String(count)},"value":"verwaist"}\n`);
            await appendFile(join(folder, segment), line.slice(0, each.torn % line.length));
            await rm(join(folder, 'head.json'), { force: true });
            stores = await desk.open();
          }
        }
        if (written === 0) return;
        const verdict = await verdictOf(folder);
        expect(verdict.problems.filter(({ severity, code }) => severity === 'error' || code === 'value.notErased')).toEqual([]);
        expect(comparable((await pythonVerdict(folder)).verdict)).toEqual(comparable(verdict));
      } finally {
        await desk.remove();
      }
    }),
    { numRuns: 25, seed: 3 },
  );
}, 300_000);

describe('one byte changed', () => {
  let desk: TestDesk;
  let copy: string;
  let files: readonly { readonly path: string; readonly bytes: Buffer }[];
  let before: { readonly notes: number; readonly records: string };

  beforeAll(async () => {
    desk = await TestDesk.make();
    const stores = await desk.open();
    for (let index = 0; index < 4; index += 1) await stores.audit.append([draftOf(index)]);
    await stores.audit.append([draftOf(4, { values: { note: 'tab\t comillas " \\ \u0001\u001f', list: [1, -2, { a: 'x', b: null }], none: '' } })]);
    await stores.audit.append([redactedDraft([[1, 'note'], [2, 'actor.name']], { at: noon + 20 * day })]);
    await stores.audit.append([draftOf(6, { at: noon + 20 * day, actor: 'desk', values: {} })]);
    await takeOutValues(desk.path('audit'), [[1, 'note'], [2, 'actor.name']]);
    await stores.dispose();
    await appendFile(desk.path('audit', '2026-05.values.jsonl'), `{"field":"note","salt":"${'ab'.repeat(16)}","seq":3,"value":"verwaist"}\n`);
    copy = await mkdtemp(join(tmpdir(), 'momentos-byte-'));
    await cp(desk.path('audit'), copy, { recursive: true });
    files = await Promise.all((await readdir(copy)).filter((name) => name.endsWith('.jsonl')).sort().map(async (name) => ({ path: join(copy, name), bytes: await readFile(join(copy, name)) })));
    const verdict = await verdictOf(copy);
    expect(verdict).toMatchObject({ ok: true, entries: 7, segments: 2, erased: 2 });
    before = { notes: verdict.problems.length, records: await recordsOf(copy) };
  });
  afterAll(async () => {
    await desk.remove();
    await rm(copy, { recursive: true, force: true });
  });

  /** All that a reader gets of the log. */
  async function recordsOf(folder: string): Promise<string> {
    return JSON.stringify(await collect(readAuditRecords((await findAuditCopy(folder))!)));
  }

  it('anywhere is found, or nothing that is read has changed; both verifiers agree', async () => {
    const place = fc.nat({ max: files.reduce((sum, { bytes }) => sum + bytes.length, 0) - 1 });
    const byte = fc.oneof(fc.nat({ max: 255 }), fc.constantFrom(0x00, 0x0a, 0x20, 0x22, 0x2c, 0x5c, 0x7b, 0x7d, 0x30, 0x31, 0x46, 0x65, 0xff));
    let asked = 0;
    await fc.assert(
      fc.asyncProperty(fc.noBias(place), byte, async (where, to) => {
        let [at, index] = [where, 0];
        while (at >= files[index]!.bytes.length) at -= files[index++]!.bytes.length;
        const { path, bytes } = files[index]!;
        if (bytes[at] === to) return;
        const damaged = Buffer.from(bytes);
        damaged[at] = to;
        await writeFile(path, damaged);
        try {
          const verdict = await verdictOf(copy);
          const same = verdict.ok && (await recordsOf(copy)) === before.records;
          if (verdict.ok && !same) throw new Error(`not found: byte ${String(at)} of ${path} made ${String(to)}`);
          asked += 1;
          if (asked % 10 === 0) expect(comparable((await pythonVerdict(copy)).verdict)).toEqual(comparable(verdict));
        } finally {
          await writeFile(path, bytes);
        }
      }),
      { numRuns: 300, seed: 11 },
    );
    expect((await verdictOf(copy)).problems).toHaveLength(before.notes);
  }, 300_000);

  it('a month cut at any byte is told, and what stands before the cut is read', async () => {
    const all = JSON.parse(before.records) as readonly unknown[];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('2026-05.jsonl', '2026-06.jsonl', '2026-05.values.jsonl', '2026-06.values.jsonl'), fc.noBias(fc.double({ min: 0, max: 0.999999, noNaN: true })), async (name, share) => {
        const { path, bytes } = files.find((file) => file.path.endsWith(`/${name}`))!;
        const cut = bytes.subarray(0, Math.floor(share * bytes.length));
        await writeFile(path, cut);
        try {
          const verdict = await verdictOf(copy);
          const read = JSON.parse(await recordsOf(copy)) as readonly unknown[];
          if (verdict.ok) expect(read).toEqual(all);
          const whole = cut.toString('latin1').split('\n').length - 1;
          if (name === '2026-05.jsonl') expect(read.slice(0, whole)).toEqual(all.slice(0, whole));
          if (name === '2026-06.jsonl') expect(read).toEqual(all.slice(0, 5 + whole));
        } finally {
          await writeFile(path, bytes);
        }
      }),
      { numRuns: 60, seed: 4 },
    );
  }, 300_000);

  it.each([
    ['the writing of an escape in a kept text', '\\u001f', '\\u001F'],
    ['a text that belongs to no entry', 'verwaist', 'verweist'],
  ])('is harmless in %s alone: nothing that is read has changed', async (_what, from, to) => {
    const { path, bytes } = files.find((file) => file.bytes.includes(from))!;
    await writeFile(path, bytes.toString('utf8').replace(from, to));
    const verdict = await verdictOf(copy);
    expect(verdict.ok).toBe(true);
    expect(await recordsOf(copy)).toBe(before.records);
    expect(comparable((await pythonVerdict(copy)).verdict)).toEqual(comparable(verdict));
    await writeFile(path, bytes);
  });
});
