import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CliDesk, json, jsonLines, type Json } from './support/cliWorld';

type Failure = { readonly error: { readonly code: string; readonly message: string; readonly details: Json } };

const luz = '--as=Luz Marte <luz@isc.example>';
let desk: CliDesk;
let ids: readonly string[];

beforeAll(async () => {
  desk = await CliDesk.make();
  ids = await desk.receive(...['uno', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete'].map((author) => ({ text: `@isc Tengo una consulta, soy ${author}`, author })));
});
afterAll(() => {
  desk.close();
});

async function refused(code: string, status: number, ...args: readonly string[]): Promise<Failure['error']> {
  const outcome = await desk.in(...args, '--json');
  const { error } = json<Failure>(outcome.stdout);
  expect({ args, code: error.code, status: outcome.status }).toEqual({ args, code, status });
  return error;
}

describe('deeds on a mention', () => {
  test('claim, take over, release', async () => {
    const [id = '', other = ''] = ids;
    expect(await desk.lines('claim', id, other)).toMatchObject([{ id, status: 'claimed', claimedBy: 'Ana Pérez' }, { id: other, status: 'claimed' }]);
    const error = await refused('mention.claimedByOther', 5, 'claim', id, luz);
    expect(error.message).toContain('Ana Pérez');
    expect(await desk.one('claim', id, luz, '--take')).toMatchObject({ claimedBy: 'Luz Marte' });
    expect(await desk.one('claim', id, '--release')).toMatchObject({ status: 'open', claimedBy: null });
    await refused('mention.notFound', 2, 'claim', id, 'm-zzzzzzzzzz');
    expect((await desk.one('show', id))['status']).toBe('open');
  });

  test('snooze for a span or until a time, and never into the past', async () => {
    const id = ids[2]!;
    const before = Date.now();
    const snoozed = await desk.one<{ status: string; snoozedUntil: string }>('snooze', id, '--until', '2h');
    expect(snoozed.status).toBe('snoozed');
    expect(Date.parse(snoozed.snoozedUntil) - before).toBeGreaterThanOrEqual(2 * 3_600_000);
    // In the institution's time zone, four hours behind.
    expect((await desk.one('snooze', id, '--until', '2099-12-01T09:00'))['snoozedUntil']).toBe('2099-12-01T13:00:00.000Z');
    await refused('snooze.inPast', 5, 'snooze', id, '--until', '2020-01-01');
    await refused('snooze.invalid', 2, 'snooze', id, '--until', 'mañana');
    await refused('usage.invalid', 2, 'snooze', id);
  });

  test('refer to a unit, and record what it answered', async () => {
    const id = ids[3]!;
    expect(await desk.one('refer', id, '--unit', 'cedulas', '--note', '¿Está lista la 4471?')).toMatchObject({ status: 'referred', unit: 'cedulas' });
    expect((await refused('unit.notFound', 2, 'refer', id, '--unit', 'nadie')).message).toContain('cedulas');
    expect(await desk.one('refer', id, '--answer', 'Sí, desde ayer.')).toMatchObject({ status: 'open' });
    const shown = await desk.in('show', id);
    expect(shown.stdout).toContain('Sí, desde ayer.');
    await refused('referral.none', 5, 'refer', id, '--answer', 'otra vez');
    await refused('usage.invalid', 2, 'refer', id);
  });

  test('notes stay inside; a case number is found again and taken away', async () => {
    const id = ids[4]!;
    await desk.one('note', id, 'Ya llamó dos veces');
    expect((await desk.one('show', id))['notes']).toEqual([{ text: 'Ya llamó dos veces', by: 'Ana Pérez', at: expect.any(String) as string }]);
    await refused('note.empty', 5, 'note', id, ' ');
    expect(await desk.lines('case', id, 'SAC-2026/118')).toMatchObject([{ id, case: 'SAC-2026/118' }]);
    expect(await desk.lines('case', 'sac-2026/118', '--find')).toMatchObject([{ id }]);
    await refused('case.invalid', 2, 'case', id, '<b>');
    expect(await desk.lines('case', id, '--clear')).toMatchObject([{ id, case: null }]);
    expect(await desk.lines('case', 'SAC-2026/118', '--find')).toEqual([]);
    await refused('usage.invalid', 2, 'case', id);
    expect(desk.server.control.posted()).toEqual([]);
  });

  test('close needs a reason from the list; closed ones can be opened again and cannot be answered', async () => {
    const [, , , , , id = '', other = ''] = ids;
    for (const args of [[], ['--reason', 'porque sí']]) {
      const error = await refused('close.reasonMissing', 5, 'close', id, ...args);
      expect(error.message).toContain('spam');
    }
    expect(await desk.lines('close', id, other, '--reason', 'duplicate', '--note', 'igual a otro')).toMatchObject([{ id, status: 'closed', closeReason: 'duplicate' }, { id: other, status: 'closed' }]);
    const error = await refused('mention.wrongStatus', 5, 'reply', id, '--text', 'Hola');
    expect(error.message).toContain('closed');
    expect((await desk.in('claim', id)).stderr).toContain('closed');
    expect(await desk.one('close', id, '--reopen')).toMatchObject({ status: 'open', closeReason: null });
  });

  test('a wrong sentiment is corrected', async () => {
    const id = ids[0]!;
    expect(await desk.one('sentiment', id, 'negative')).toMatchObject({ sentiment: { label: 'negative' } });
    await refused('sentiment.invalid', 2, 'sentiment', id, 'furioso');
  });

  test('every deed stands in the audit log with who did it', async () => {
    const out = `${desk.home}/log.jsonl`;
    await desk.one('audit', 'export', '--format', 'jsonl', '--out', out);
    const kinds = jsonLines<{ entry: { kind: string } }>(readFileSync(out, 'utf8')).map(({ entry }) => entry.kind);
    for (const kind of ['mention.claimed', 'mention.released', 'mention.snoozed', 'mention.referred', 'mention.unitAnswered', 'mention.noted', 'mention.caseSet', 'mention.closed', 'mention.reopened', 'sentiment.corrected']) {
      expect(kinds).toContain(kind);
    }
    expect(readFileSync(out, 'utf8')).toContain('Luz Marte');
  });
});
