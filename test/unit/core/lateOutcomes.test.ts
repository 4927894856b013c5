import { expect, it } from 'vitest';
import { type AuditEntry, type AuditJson, type AuditKind, type AuditRecord } from '../../../src/core/audit';
import { type ReplyRow } from '../../../src/core/replyRow';
import { ReplyRows } from '../../../src/core/replyRows';

const record = (seq: number, kind: AuditKind, subject: string, body: Record<string, AuditJson> = {}, values: Record<string, AuditJson> = {}): AuditRecord => ({
  entry: { seq, at: 1_700_000_000_000 + seq, kind, actor: { id: 'p-1', source: 'key' }, subject, body, prev: '', hash: `h${String(seq)}` } as AuditEntry,
  values,
});

/** A reply that fails at once, is sent `sentAfter` entries after it was begun, and withdrawn 5,000 entries after that. */
function rowsWith(sentAfter: number, room: number): { readonly rows: readonly ReplyRow[]; readonly windows: number } {
  const log = [
    record(0, 'mention.received', 'm-1', { author: 'a-1' }, { text: '¿Cuándo?' }),
    record(1, 'reply.intended', 'r-1', { mention: 'm-1' }, { text: 'Mañana.' }),
    record(2, 'reply.failed', 'r-1', { code: 'network.down' }),
    record(3, 'reply.intended', 'r-2', { mention: 'm-1' }, { text: 'Pasado mañana.' }),
    record(1 + sentAfter, 'reply.sent', 'r-1', { latency: { sentAt: 7 } }, { url: 'https://x.example/1' }),
    record(6000 + sentAfter, 'reply.withdrawn', 'r-1', {}, { reason: 'Estaba mal' }),
    record(9000 + sentAfter, 'reply.intended', 'r-3', { mention: 'm-1' }, { text: 'Hoy.' }),
  ];
  const rows: ReplyRow[] = [];
  let windows = 0;
  for (let fromSeq: number | undefined = 0; fromSeq !== undefined; windows += 1) {
    const window: ReplyRows = new ReplyRows({ fromSeq, room }, new Map());
    const first = fromSeq;
    for (const each of log) if (each.entry.seq >= first) window.prepare(each);
    for (const each of log) rows.push(...window.next(each));
    rows.push(...window.rest());
    expect(window.left).toBe(0);
    fromSeq = window.nextSeq;
  }
  return { rows, windows };
}

it.each([2, 900, 1000, 1001, 3000])('an outcome that comes %i entries after its reply stands in its row, whatever came before and after it', (sentAfter) => {
  for (const room of [1_000_000, 1]) {
    const { rows, windows } = rowsWith(sentAfter + 2, room);
    expect(rows.map((row) => row.cell('reply_id'))).toEqual(['r-1', 'r-2', 'r-3']);
    const cells = (['status', 'failure_code', 'reply_url', 'sent_at', 'withdrawn_reason', 'mention_text', 'outcome_seq'] as const).map((column) => rows[0]!.cell(column));
    expect(cells).toEqual(['withdrawn', undefined, 'https://x.example/1', 7, 'Estaba mal', '¿Cuándo?', 6002 + sentAfter]);
    expect(rows.slice(1).map((row) => row.cell('status'))).toEqual(['intended', 'intended']);
    expect(windows).toBe(room === 1 ? 3 : 1);
  }
});
