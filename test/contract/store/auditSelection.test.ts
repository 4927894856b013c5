import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AuditRange, type AuditLog } from '../../../src/core/ports';
import { collect, draftOf, noon, TestDesk } from './testDesk';

let desk: TestDesk;
let audit: AuditLog;

beforeEach(async () => {
  desk = await TestDesk.make();
  audit = (await desk.open()).audit;
  await audit.append(
    Array.from({ length: 600 }, (_, index) =>
      draftOf(index, {
        kind: index % 100 === 7 ? 'template.proposed' : 'mention.noted',
        subject: index % 3 === 0 ? 'x","seq":1,"kind":"template.proposed","y' : `m-${String(index)}`,
        body: { index, kind: 'template.proposed', seq: 3 },
      }),
    ),
  );
});
afterEach(async () => {
  await desk.remove();
});

const seqs = async (range: AuditRange): Promise<number[]> => (await collect(audit.read(range))).map(({ entry }) => entry.seq);

describe('reading a part of the log', () => {
  it('gives the entries of the kinds asked for, whatever their texts look like, with their values', async () => {
    const records = await collect(audit.read({ kinds: ['template.proposed'] }));
    expect(records.map(({ entry }) => entry.seq)).toEqual([7, 107, 207, 307, 407, 507]);
    for (const { entry, values } of records) expect(values['note']).toBe(`Nota número ${String(entry.seq)}: llamó la ciudadana`);
  });

  it('starts at the entry asked for and ends at the head', async () => {
    expect(await seqs({ fromSeq: 590 })).toEqual([590, 591, 592, 593, 594, 595, 596, 597, 598, 599]);
    expect(await seqs({ fromSeq: 590, upTo: { hash: '', count: 593, at: 0 } })).toEqual([590, 591, 592]);
    expect(await seqs({ fromSeq: 300, kinds: ['template.proposed'], upTo: { hash: '', count: 408, at: 0 } })).toEqual([307, 407]);
    expect(await seqs({ from: noon + 598 })).toEqual([598, 599]);
    expect(await seqs({ fromSeq: 600 })).toEqual([]);
  });

  it('joins values only where they are asked for', async () => {
    const records = await collect(audit.read({ fromSeq: 500, valuesOf: ['template.proposed'] }));
    expect(records.filter(({ values }) => Object.keys(values).length > 0).map(({ entry }) => entry.seq)).toEqual([507]);
    expect(records).toHaveLength(100);
    expect((await collect(audit.read({ valuesOf: [] }))).every(({ values }) => Object.keys(values).length === 0)).toBe(true);
  });

  it('passes over lines that are no entries', async () => {
    const path = desk.path('audit', '2026-05.jsonl');
    const lines = (await readFile(path, 'utf8')).split('\n');
    await writeFile(path, [...lines.slice(0, 7), '{"seq":', 'nothing', ...lines.slice(7)].join('\n'));
    await appendFile(path, '"seq":9,"kind":"template.proposed"\n');
    expect(await seqs({ kinds: ['template.proposed'] })).toEqual([7, 107, 207, 307, 407, 507]);
  });
});
