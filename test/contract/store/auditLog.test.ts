import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyHash } from '../../../src/core/audit';
import { collect, draftOf, noon, TestDesk } from './testDesk';

let desk: TestDesk;
beforeEach(async () => {
  desk = await TestDesk.make();
});
afterEach(async () => {
  await desk.remove();
});

describe('audit log', () => {
  it('chains entries from zero on and joins their values again', async () => {
    const { audit } = await desk.open();
    const first = await audit.append([draftOf(0), draftOf(1)]);
    const second = await audit.append([draftOf(2, { actor: 'desk', values: {} })]);
    expect(first.map((entry) => entry.seq)).toEqual([0, 1]);
    expect(first[0]?.prev).toBe(emptyHash);
    expect(second[0]?.prev).toBe(first[1]?.hash);
    const records = await collect(audit.read());
    expect(records.map((record) => record.entry)).toEqual([...first, ...second]);
    expect(records[1]?.values).toEqual({ 'actor.email': 'ana@isc.example', 'actor.name': 'Ana Pérez', 'actor.osAccount': 'ana', note: draftOf(1).values?.['note'] });
    expect(await audit.head()).toEqual({ hash: second[0]?.hash, count: 3, at: noon + 2 });
    expect(await audit.verify()).toMatchObject({ ok: true, entries: 3, segments: 1, head: second[0]?.hash, problems: [] });
  });

  it('keeps names and texts out of the chain', async () => {
    const { audit } = await desk.open();
    await audit.append([draftOf(0)]);
    const chain = await readFile(desk.path('audit', '2026-05.jsonl'), 'utf8');
    expect(chain).toContain('"kind":"mention.noted"');
    expect(chain).not.toMatch(/Ana|isc\.example|ciudadana/u);
    expect(await readFile(desk.path('audit', '2026-05.values.jsonl'), 'utf8')).toContain('ciudadana');
  });

  it('begins a segment with each month of the entries and goes on when opened again', async () => {
    const stores = await desk.open();
    await stores.audit.append([draftOf(0), draftOf(1, { at: Date.UTC(2026, 5, 1) })]);
    await stores.dispose();
    const again = await desk.open();
    await again.audit.append([draftOf(2, { at: Date.UTC(2026, 6, 1) })]);
    const verdict = await again.audit.verify();
    expect(verdict).toMatchObject({ ok: true, entries: 3, segments: 3, problems: [] });
    const june = await collect(again.audit.read({ from: Date.UTC(2026, 5, 1), to: Date.UTC(2026, 6, 1) }));
    expect(june.map((record) => record.entry.seq)).toEqual([1]);
  });
});
