import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import canonicalize from 'canonicalize';
import { type AuditEntry } from '../../../src/core/audit';
import { replyColumns } from '../../../src/core/replyRow';
import { collect, noon } from '../store/testDesk';
import { conversationDrafts, ExportDesk, operator, parseCsv } from './exportDesk';

let at: ExportDesk;

beforeEach(async () => {
  at = await ExportDesk.make();
});
afterEach(async () => {
  await at.desk.remove();
});

const append = (...drafts: Parameters<ExportDesk['stores']['audit']['append']>[0]): Promise<unknown> => at.stores.audit.append(drafts);

describe('the CSV export', () => {
  it('has a row per reply with who, what, when, and how long it took', async () => {
    await append(
      { kind: 'template.approved', at: noon - 1000, actor: { ...operator, id: 'p-luz', name: 'Luz Marte', email: 'luz@isc.example' }, subject: 'delay', body: { template: 'delay', version: 1, contentHash: 'ab' } },
      ...conversationDrafts(1),
      { kind: 'mention.caseSet', at: noon + 14 * 60_000, actor: operator, subject: 'm-1', body: { set: true }, values: { case: '2026-00123' } },
      { kind: 'sentiment.corrected', at: noon + 15 * 60_000, actor: operator, subject: 'm-1', body: { from: 'negative', to: 'neutral' } },
    );
    const entries = await collect(at.stores.audit.read());
    const rows = await at.rows();
    expect(rows).toHaveLength(1);
    expect(rows[0]).toEqual({
      ...Object.fromEntries(replyColumns.map((column) => [column, ''])),
      reply_id: 'r-1', status: 'sent', channel: 'mastodon-main', mention_id: 'm-1', conversation_id: 'c-1', case_number: '2026-00123',
      author_id: 'a-1', author_handle: 'rosa@social.example', author_name: 'Rosa', mention_url: 'https://social.example/@rosa/1', mention_text: '¿Dónde está mi cédula?',
      mention_language: 'es', mention_visibility: 'public', mention_posted_at: '2026-05-20T16:05:00.000Z', mention_received_at: '2026-05-20T16:10:00.000Z',
      sentiment: 'negative', sentiment_score: '-0.64', sentiment_corrected_to: 'neutral', priority: 'high', backlog: 'false',
      reply_text: 'Lamentamos la demora.', reply_language: 'es', reply_visibility: 'public', private: 'false', reply_url: 'https://social.example/@isc/2', reply_network_id: '123',
      origin: 'approved', kept_share: '1', template_id: 'delay', template_version: '1', template_hash: 'ab', template_approved_by: 'luz@isc.example', template_approved_at: '2026-05-20T15:59:59.000Z', template_approved_known_by: 'flag', confirmed: 'link',
      operator_id: 'p-ana', operator_name: 'Ana Pérez', operator_email: 'ana@isc.example', operator_account: 'ana', operator_known_by: 'flag',
      waited_since: '2026-05-20T16:05:00.000Z', intended_at: '2026-05-20T16:12:00.000Z', sent_at: '2026-05-20T16:13:00.000Z', confirmed_at: '2026-05-20T16:13:00.005Z',
      latency_ms: '480000', office_latency_ms: '180000', target_ms: '3600000', target_in_office_hours: 'true', due_at: '2026-05-20T17:00:00.000Z', target_met: 'true', first_response: 'true',
      intended_seq: '2', intended_hash: entries[2]!.entry.hash, outcome_seq: '3', outcome_hash: entries[3]!.entry.hash,
    });
  });

  it('is UTF-8 with a byte order mark and CRLF, every row as wide as the header', async () => {
    await append(...conversationDrafts(1, { mention: 'una, "dos"\ny tres;' }), ...conversationDrafts(2));
    const text = await at.text('csv');
    expect(text.startsWith('\uFEFFreply_id,status,')).toBe(true);
    expect(text.endsWith('\r\n')).toBe(true);
    const rows = parseCsv(text.slice(1));
    expect(rows.map((row) => row.length)).toEqual([replyColumns.length, replyColumns.length, replyColumns.length]);
    expect((await at.rows()).map((row) => row['mention_text'])).toEqual(['una, "dos"\ny tres;', '¿Dónde está mi cédula?']);
  });

  it.each(['=1+1', '+1', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '＝1', 'hola;=1+1', 'hola\n=1', 'hola; @x', 'a\r\n-1'])('lets no spreadsheet run %j', async (text) => {
    await append(...conversationDrafts(1, { mention: text, name: text, reply: text }));
    const [row] = await at.rows();
    for (const column of ['mention_text', 'author_name', 'reply_text']) {
      const cell = row![column]!;
      expect(cell).not.toMatch(/^[=+\-@\t\r＝＋－＠]/u);
      // A Spanish spreadsheet cuts at semicolons, whatever the quotes.
      for (const part of cell.split(/[;\t\r\n]+/u).slice(1)) expect(part).not.toMatch(/^\s*[=+\-@]/u);
      expect(cell.replaceAll("'", '')).toBe(text);
    }
  });

  it('tells failed, unsettled, withdrawn and cut-off replies apart', async () => {
    const drafts = [1, 2, 3, 4, 5].flatMap((index) => conversationDrafts(index)).filter(({ kind, subject }) => kind !== 'reply.sent' || ['r-1', 'r-5'].includes(subject));
    const later = noon + 3_600_000;
    await append(
      ...drafts,
      { kind: 'reply.failed', at: later, actor: operator, subject: 'r-2', body: { mention: 'm-2', code: 'network.forbidden' } },
      { kind: 'reply.unsettled', at: later, actor: 'desk', subject: 'r-3', body: { mention: 'm-3' } },
      { kind: 'reply.withdrawn', at: later, actor: operator, subject: 'r-1', body: { mention: 'm-1', stage: 'intended' }, values: { reason: 'Número equivocado' } },
      { kind: 'reply.withdrawn', at: later + 1, actor: operator, subject: 'r-1', body: { mention: 'm-1', stage: 'done' } },
      { kind: 'reply.withdrawn', at: later, actor: operator, subject: 'r-5', body: { mention: 'm-5', stage: 'intended' }, values: { reason: 'Otra' } },
      { kind: 'reply.withdrawn', at: later + 1, actor: operator, subject: 'r-5', body: { mention: 'm-5', stage: 'failed', code: 'network.timeout' } },
    );
    const rows = await at.rows();
    expect(rows.map((row) => [row['reply_id'], row['status'], row['failure_code'], row['withdrawn_reason'], row['withdrawn_at']])).toEqual([
      ['r-1', 'withdrawn', '', 'Número equivocado', new Date(later + 1).toISOString()],
      ['r-2', 'failed', 'network.forbidden', '', ''],
      ['r-3', 'unsettled', '', '', ''],
      ['r-4', 'intended', '', '', ''],
      ['r-5', 'sent', '', '', ''],
    ]);
    expect(rows[0]!['latency_ms']).toBe('480000');
  });

  it('holds the replies begun in the range, with mentions from before and outcomes from after it', async () => {
    await append(...conversationDrafts(1), ...conversationDrafts(2));
    const from = noon + 11 * 60_000;
    const rows = await at.rows({ from, to: noon + 12 * 60_000 + 1 });
    expect(rows.map((row) => [row['reply_id'], row['mention_text'], row['status']])).toEqual([['r-1', '¿Dónde está mi cédula?', 'sent']]);
    expect(await at.rows({ from: noon + 12 * 60_000, to: noon + 12 * 60_000 + 1 })).toHaveLength(1);
    expect(await at.rows({ from, to: noon + 12 * 60_000 })).toEqual([]);
  });

  it('shows the words that were answered when the mention was edited', async () => {
    const [received, intended, sent] = conversationDrafts(1);
    const edit = (text: string, minutes: number) => ({ kind: 'mention.edited' as const, at: noon + minutes * 60_000, actor: 'desk' as const, subject: 'm-1', body: { language: 'es' }, values: { text } });
    await append(received!, edit('Corregido', 11), intended!, sent!, edit('Después', 20));
    expect((await at.rows())[0]!['mention_text']).toBe('Corregido');
  });

  it('of an empty log has a header only', async () => {
    expect(await at.rows()).toEqual([]);
    expect(await at.text('csv')).toBe(`\uFEFF${replyColumns.join(',')}\r\n`);
  });
});

describe('the exports with proof', () => {
  beforeEach(async () => {
    await append(...conversationDrafts(1), ...conversationDrafts(2));
  });

  it('can be verified by anybody: hashes, chain and commitments', async () => {
    const lines = (await at.text('jsonl')).trimEnd().split('\n').map((line) => JSON.parse(line) as { entry: AuditEntry; values: Record<string, unknown>; salts: Record<string, string> });
    expect(lines).toHaveLength(6);
    let prev = '0'.repeat(64);
    for (const { entry, values, salts } of lines) {
      const { hash, ...unhashed } = entry;
      expect(createHash('sha256').update(canonicalize(unhashed)!).digest('hex')).toBe(hash);
      expect(entry.prev).toBe(prev);
      prev = hash;
      const commitments = (entry.body['values'] ?? {}) as Record<string, string>;
      expect(Object.keys(values).sort()).toEqual(Object.keys(commitments).sort());
      for (const [field, commitment] of Object.entries(commitments)) {
        expect(createHash('sha256').update(Buffer.from(salts[field]!, 'hex')).update(canonicalize(values[field])!).digest('hex')).toBe(commitment);
      }
    }
    expect(prev).toBe((await at.audit.head()).hash);
  });

  it('as JSON is one document that stock lowdb opens', async () => {
    const { path, rows, head } = await at.audit.export({ format: 'json', out: at.path('log.json') });
    const db = new Low<{ schemaVersion?: number; head?: unknown; entries?: { entry: { kind: string } }[] }>(new JSONFile(path), {});
    await db.read();
    expect(db.data.schemaVersion).toBe(1);
    expect(db.data.head).toEqual({ ...head });
    expect(db.data.entries!.map(({ entry }) => entry.kind)).toEqual(['mention.received', 'reply.intended', 'reply.sent', 'mention.received', 'reply.intended', 'reply.sent']);
    expect(rows).toBe(6);
  });

  it('as JSON of an empty range is a document too', async () => {
    expect(JSON.parse(await at.text('json', { from: noon - 2, to: noon - 1 }))).toMatchObject({ schemaVersion: 1, entries: [] });
  });
});

describe('every export', () => {
  beforeEach(async () => {
    await append(...conversationDrafts(1), ...conversationDrafts(2));
  });

  it.each(['csv', 'jsonl', 'json'] as const)('gives equal bytes for an equal head: %s', async (format) => {
    expect(await at.text(format)).toBe(await at.text(format));
  });

  it('does not see what is appended while it reads', async () => {
    let added = false;
    let last: Promise<unknown> = Promise.resolve();
    const before = await at.text('jsonl');
    const text = await at.text('jsonl', {
      progress: () => {
        if (!added) last = append(...conversationDrafts(3));
        added = true;
      },
    });
    await last;
    expect(added).toBe(true);
    expect(text).toBe(before);
    expect(await at.text('jsonl')).not.toBe(before);
  });

  it('is in the log, with the head that it went up to and the range', async () => {
    const head = await at.audit.head();
    await at.audit.export({ format: 'csv', out: at.path('a.csv'), from: noon });
    const last = (await collect(at.stores.audit.read())).at(-1)!;
    expect(last.entry).toMatchObject({ kind: 'audit.exported', actor: { id: 'p-ana' }, body: { format: 'csv', per: 'reply', personalData: 'pseudonymise', rows: 2, upTo: head.hash, count: 6, from: noon } });
    expect(last.entry.body).not.toHaveProperty('to');
    expect((await at.audit.verify()).ok).toBe(true);
  });

  it('leaves an existing file alone unless told to replace it', async () => {
    await writeFile(at.path('a.csv'), 'mine');
    await expect(at.audit.export({ format: 'csv', out: at.path('a.csv') })).rejects.toMatchObject({ code: 'export.exists' });
    expect(await readFile(at.path('a.csv'), 'utf8')).toBe('mine');
    await at.audit.export({ format: 'csv', out: at.path('a.csv'), overwrite: true });
    expect(await readFile(at.path('a.csv'), 'utf8')).toMatch(/^\uFEFFreply_id/u);
  });

  it('does not write through a link', async () => {
    await writeFile(at.path('elsewhere'), 'mine');
    await symlink(at.path('elsewhere'), at.path('a.csv'));
    await expect(at.audit.export({ format: 'csv', out: at.path('a.csv') })).rejects.toMatchObject({ code: 'export.exists' });
    await at.audit.export({ format: 'csv', out: at.path('a.csv'), overwrite: true });
    expect(await readFile(at.path('elsewhere'), 'utf8')).toBe('mine');
  });

  it('is for its owner only, and never into the log itself', async () => {
    await at.audit.export({ format: 'csv', out: at.path('a.csv') });
    expect((await stat(at.path('a.csv'))).mode & 0o077).toBe(0);
    await expect(at.audit.export({ format: 'jsonl', out: at.desk.path('audit', '2026-05.jsonl'), overwrite: true })).rejects.toMatchObject({ code: 'export.notWritable' });
    expect((await at.audit.verify()).ok).toBe(true);
  });

  it('tells how far it is, up to the end', async () => {
    const told: number[] = [];
    await at.audit.export({ format: 'csv', out: at.path('a.csv'), progress: (fraction) => told.push(fraction) });
    expect(told).toEqual([...told].sort((left, right) => left - right));
    expect(told.at(-1)).toBe(1);
    expect(told.length).toBeGreaterThan(3);
  });

  it('can be cancelled, and leaves nothing behind', async () => {
    const stop = new AbortController();
    const before = (await readdir(at.desk.dir)).sort();
    await expect(at.audit.export({ format: 'jsonl', out: at.path('a.jsonl'), signal: stop.signal, progress: () => stop.abort() })).rejects.toMatchObject({ code: 'network.cancelled' });
    expect((await readdir(at.desk.dir)).sort()).toEqual(before);
    expect((await at.audit.head()).count).toBe(6);
  });

  it.each([
    ['a folder that is not there', 'no/such/a.csv'],
    ['a folder', 'folder'],
  ])('says when it cannot be written: %s', async (_what, name) => {
    await mkdir(at.path('folder'));
    await expect(at.audit.export({ format: 'csv', out: at.path(name), overwrite: true })).rejects.toMatchObject({ code: 'export.notWritable' });
  });

  it.each([
    [5, 5],
    [6, 5],
    [Number.NaN, 5],
  ])('refuses the range from %s to %s', async (from, to) => {
    await expect(at.audit.export({ format: 'csv', out: at.path('a.csv'), from, to })).rejects.toMatchObject({ code: 'report.invalidRange' });
    await expect(at.audit.report({ from, to })).rejects.toMatchObject({ code: 'report.invalidRange' });
  });

  it('works on a copy that may only be read, and is not logged there', async () => {
    const folder = at.desk.path('audit');
    for (const name of await readdir(folder)) await chmod(`${folder}/${name}`, 0o400);
    const stores = await at.desk.open({ readOnly: true });
    const reading = ExportDesk.auditOf(at.desk, stores);
    await reading.export({ format: 'csv', out: at.path('a.csv') });
    expect((await reading.head()).count).toBe(6);
    expect((await reading.verify()).ok).toBe(true);
    expect(await reading.report({ from: noon - 1, to: noon + 3_600_000 })).toMatchObject({ arrivals: 2, answered: 2 });
  });
});

describe('the report of the desk', () => {
  it('is of the day in the time zone of the institution', async () => {
    expect(at.audit.today()).toEqual({ from: Date.UTC(2026, 4, 20, 4), to: Date.UTC(2026, 4, 21, 4) });
    await append(...conversationDrafts(1));
    at.desk.clock.time = noon + 7_200_000;
    const head = await at.audit.head();
    expect(await at.audit.report(at.audit.today())).toMatchObject({
      arrivals: 1, answered: 1, open: 0, firstResponse: { n: 1, medianMs: 480_000 }, firstResponseOffice: { n: 1, medianMs: 180_000 }, targetMet: 1, targetCounted: 1,
      byChannel: { 'mastodon-main': { arrivals: 1 } }, bySentiment: { negative: { answered: 1 } }, head: head.hash,
    });
  });
});
