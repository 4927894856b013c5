import { writeFileSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AuditVerdict } from '../../../src/core/audit';
import { type DeskStores } from '../../../src/store/deskStores';
import { collect, draftOf, noon, TestDesk } from './testDesk';
import { redactedDraft, takeOutValues } from './verifiers';

const june = Date.UTC(2026, 5, 3);
let desk: TestDesk;
let stores: DeskStores;
beforeEach(async () => {
  desk = await TestDesk.make();
  stores = await desk.open();
  for (let index = 0; index < 6; index += 1) await stores.audit.append([draftOf(index)]);
});
afterEach(async () => {
  await desk.remove();
});

const found = ({ problems }: AuditVerdict): readonly string[] => problems.map(({ severity, code, seq, field }) => `${severity} ${code} ${String(seq)} ${field ?? ''}`.trimEnd());

describe('a log from which texts were erased', () => {
  it('verifies, says how many, and reads on without them', async () => {
    await stores.audit.append([redactedDraft([[1, 'note'], [3, 'actor.name', 'note']], { at: june })]);
    await takeOutValues(desk.path('audit'), [[1, 'note'], [3, 'actor.name', 'note']]);
    expect(await stores.audit.verify()).toMatchObject({ ok: true, problems: [], erased: 3, entries: 7 });
    const records = await collect(stores.audit.read());
    expect(Object.keys(records[3]!.values).sort()).toEqual(['actor.email', 'actor.osAccount']);
  });

  it('does not excuse what no entry names, nor what an earlier entry names', async () => {
    await stores.audit.append([redactedDraft([[1, 'note']], { at: june })]);
    await stores.audit.append([draftOf(7, { at: june })]);
    await takeOutValues(desk.path('audit'), [[1, 'note'], [2, 'note'], [7, 'note']]);
    expect(found(await stores.audit.verify())).toEqual(['error value.missing 2 note', 'error value.missing 7 note']);
  });

  it('tells of a text that is still there, and of another one in its place', async () => {
    const file = desk.path('audit', '2026-05.values.jsonl');
    await copyFile(file, `${file}.backup`);
    await stores.audit.append([redactedDraft([[1, 'note'], [2, 'note']])]);
    const verdict = await stores.audit.verify();
    expect(verdict.ok).toBe(true);
    expect(found(verdict)).toEqual(['note value.notErased 1 note', 'note value.notErased 2 note']);
    await takeOutValues(desk.path('audit'), [[1, 'note'], [2, 'note']]);
    const other = (await readFile(`${file}.backup`, 'utf8')).split('\n').find((line) => line.includes('número 1'))!.replace('número 1', 'número 8');
    await writeFile(file, `${other}\n${await readFile(file, 'utf8')}`);
    expect(found(await stores.audit.verify())).toEqual(['error value.mismatch 1 note', 'note value.orphan 1 note']);
  });

  it('verifies where they are erased while it is read', async () => {
    const values = desk.path('audit', '2026-05.values.jsonl');
    const before = await readFile(values);
    await stores.audit.append([redactedDraft([[1, 'note']], { at: june })]);
    await takeOutValues(desk.path('audit'), [[1, 'note']]);
    const after = { chain: await readFile(desk.path('audit', '2026-06.jsonl')), values: await readFile(values) };
    await rm(desk.path('audit', '2026-06.jsonl'));
    await rm(desk.path('audit', 'head.json'), { force: true });
    await writeFile(values, before);
    let asked = 0;
    const verdict = await stores.audit.verify({
      // Asked for once it is settled how far to read.
      get signal() {
        asked += 1;
        if (asked === 1) {
          writeFileSync(desk.path('audit', '2026-06.jsonl'), after.chain);
          writeFileSync(values, after.values);
        }
        return undefined;
      },
    });
    expect(asked).toBeGreaterThan(0);
    expect(verdict).toMatchObject({ ok: true, problems: [], erased: 1, entries: 7 });
  });

  it.each<[string, unknown, string]>([
    ['an entry that never was', [[1, 'note'], [99, 'note']], ''],
    ['a text that never was', [[1, 'note', 'nothing']], '1 note, nothing'],
    ['itself', [[1, 'note'], [6, 'actor.name']], ''],
    ['nothing that can be read', 'all', ''],
    ['nothing at all', undefined, ''],
  ])('tells of an erasure of %s', async (_what, erased, named) => {
    await stores.audit.append([redactedDraft([], { body: { scope: 'entry', basis: 'unlawful', ...(erased === undefined ? {} : { erased: erased as string }) } })]);
    await takeOutValues(desk.path('audit'), Array.isArray(erased) ? [[1, 'note']] : []);
    const verdict = await stores.audit.verify();
    expect(found(verdict)).toEqual(['error redaction.unfounded 6']);
    expect(verdict.problems[0]?.found ?? '').toBe(named);
  });

  it('verifies with a month in the archive, and goes on behind it', async () => {
    await stores.audit.append([draftOf(6, { at: june })]);
    await mkdir(desk.path('audit', 'archive'));
    await rename(desk.path('audit', '2026-05.jsonl'), desk.path('audit', 'archive', '2026-05.jsonl'));
    await stores.audit.append([draftOf(7, { at: june })]);
    expect(await stores.audit.verify()).toMatchObject({ ok: true, entries: 8, segments: 2, problems: [] });
    expect(await collect(stores.audit.read())).toHaveLength(8);
  });
});

describe('verifying a part of the log', () => {
  beforeEach(async () => {
    for (let index = 6; index < 10; index += 1) await stores.audit.append([draftOf(index, { at: june + index })]);
    await stores.audit.append([redactedDraft([[1, 'note'], [7, 'note']], { at: june + 10 })]);
    await takeOutValues(desk.path('audit'), [[1, 'note'], [7, 'note']]);
  });

  it.each([
    ['some numbers', { fromSeq: 2, toSeq: 4 }, 2, 4, 0],
    ['numbers over two months', { fromSeq: 4, toSeq: 7 }, 4, 7, 1],
    ['from a number on', { fromSeq: 8 }, 8, 10, 0],
    ['up to a number', { toSeq: 1 }, 0, 1, 1],
    ['a time', { from: noon + 2, to: noon + 5 }, 2, 4, 0],
    ['a month', { from: Date.UTC(2026, 5, 1), to: Date.UTC(2026, 6, 1) }, 6, 10, 1],
  ])('counts %s, and erasures after it', async (_what, span, first, last, erased) => {
    expect(await stores.audit.verify({ span })).toMatchObject({ ok: true, problems: [], range: { first, last }, entries: last - first + 1, erased });
  });

  it('finds nothing in an empty span', async () => {
    expect(await stores.audit.verify({ span: { fromSeq: 100 } })).toMatchObject({ ok: true, entries: 0, range: undefined });
  });

  it('looks at the link to the entry before, and not at what stands outside', async () => {
    const chain = desk.path('audit', '2026-05.jsonl');
    const lines = (await readFile(chain, 'utf8')).split('\n');
    await writeFile(chain, lines.map((line, index) => (index === 3 ? line.replace('"index":3', '"index":4') : line)).join('\n'));
    expect(found(await stores.audit.verify({ span: { fromSeq: 3, toSeq: 3 } }))).toEqual(['error hash.mismatch 3']);
    expect(await stores.audit.verify({ span: { fromSeq: 4 } })).toMatchObject({ ok: true });
    await writeFile(chain, lines.filter((_line, index) => index !== 3).join('\n'));
    expect(found(await stores.audit.verify({ span: { fromSeq: 4, toSeq: 5 } }))).toEqual(['error seq.gap 4']);
    expect(found(await stores.audit.verify({ span: { fromSeq: 5 } }))).toEqual([]);
  });

  it('looks at the link over the border of a month', async () => {
    const chain = desk.path('audit', '2026-05.jsonl');
    const lines = (await readFile(chain, 'utf8')).split('\n');
    await writeFile(chain, lines.slice(0, -2).map((line) => `${line}\n`).join(''));
    expect(found(await stores.audit.verify({ span: { fromSeq: 6, toSeq: 8 } }))).toEqual(['error segment.missing 6']);
  });

  it('finds a head that was noted outside the span', async () => {
    const [entry] = await collect(stores.audit.read());
    expect(await stores.audit.verify({ span: { fromSeq: 8 }, expect: entry!.entry.hash })).toMatchObject({ ok: true, entries: 3 });
    expect(found(await stores.audit.verify({ span: { fromSeq: 8 }, expect: 'e'.repeat(64) }))).toEqual(['error head.mismatch undefined']);
  });
});

describe('what verifying says of a problem', () => {
  it('names file, line, entry and text, what was expected and what was found', async () => {
    const values = desk.path('audit', '2026-05.values.jsonl');
    await writeFile(values, (await readFile(values, 'utf8')).replace('número 3', 'número 4'));
    const { problems } = await stores.audit.verify();
    expect(problems[0]).toMatchObject({ code: 'value.mismatch', seq: 3, segment: '2026-05', file: '2026-05.values.jsonl', line: 16, field: 'note' });
    expect(problems[0]?.expected).toMatch(/^[0-9a-f]{64}$/u);
    expect(problems[0]?.found).not.toBe(problems[0]?.expected);
  });

  it('counts the actors by how they are known', async () => {
    await stores.audit.append([draftOf(6, { actor: 'desk' }), redactedDraft([[0, 'note']])]);
    await takeOutValues(desk.path('audit'), [[0, 'note']]);
    expect((await stores.audit.verify()).actors).toEqual({ flag: 6, env: 0, git: 0, os: 0, key: 1, desk: 1 });
  });
});
