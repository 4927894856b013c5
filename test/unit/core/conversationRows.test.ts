import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AuditEntry, type AuditJson, type AuditKind, type AuditRecord } from '../../../src/core/audit';
import { type ConversationRow } from '../../../src/core/conversationRow';
import { ConversationRows } from '../../../src/core/conversationRows';
import { IdMap } from '../../../src/core/idMap';

const start = 1_700_000_000_000;
const timeOf = (seq: number): number => start + seq * 1000;

const record = (seq: number, kind: AuditKind, subject: string, body: Record<string, AuditJson> = {}, values: Record<string, AuditJson> = {}): AuditRecord => ({
  entry: { seq, at: timeOf(seq), kind, actor: { id: 'p-1', source: 'key' }, subject, body, prev: '', hash: `h${String(seq)}` } as AuditEntry,
  values: { 'actor.name': 'Ana', ...values },
});
const message = (seq: number, conversation: number, mention: string, body: Record<string, AuditJson> = {}): AuditRecord =>
  record(seq, 'mention.received', mention, { conversation: `c-${String(conversation)}`, channel: 'x', author: 'a-1', sentiment: 'negative', priority: 'normal', postedAt: timeOf(seq) - 500, ...body }, { text: `¿Qué pasa, ${mention}?`, handle: 'rosa' });
const begun = (seq: number, conversation: number, reply: string): AuditRecord => record(seq, 'reply.intended', reply, { conversation: `c-${String(conversation)}`, template: 'delay', version: 3 });
const sent = (seq: number, reply: string, mention: string, covers: readonly string[] = []): AuditRecord => record(seq, 'reply.sent', reply, { mention, covers, latency: { sentAt: timeOf(seq), calendarMs: seq, met: true, approvalMs: 5 } });

interface Reading {
  readonly near?: number | undefined;
  readonly room?: number;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** Values are handed over only where they are asked for. */
function rowsOf(log: readonly AuditRecord[], { near, room = 1_000_000, from, to }: Reading): { readonly rows: readonly ConversationRow[]; readonly windows: number } {
  const rows: ConversationRow[] = [];
  const known = new IdMap();
  let windows = 0;
  for (let fromSeq: number | undefined = 0; fromSeq !== undefined; windows += 1) {
    const window: ConversationRows = new ConversationRows({ fromSeq, room, near, from, to, begun: known });
    const windowStart = fromSeq;
    for (const each of log) if (each.entry.seq >= windowStart) window.prepare(window.preparesValues(each.entry) ? each : { ...each, values: {} });
    const first = window.firstSeq;
    for (const each of log) {
      if (first === undefined || each.entry.seq < first) continue;
      rows.push(...window.next(window.usesValues(each.entry) ? each : { ...each, values: {} }));
      if (window.isComplete(each.entry.seq)) break;
    }
    rows.push(...window.rest());
    fromSeq = window.nextSeq;
  }
  return { rows, windows };
}

/** What happens in a random history, as far as something can happen at that point. */
const step = fc.record({
  what: fc.constantFrom('begin', 'begin', 'message', 'message', 'reply', 'sent', 'sent', 'failed', 'withdrawn', 'opened', 'claimed', 'closed', 'reopened', 'caseSet', 'referred', 'scored', 'corrected', 'elsewhere', 'snoozed', 'woken', 'other'),
  gap: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 12 })),
  pick: fc.nat(1000),
  covers: fc.array(fc.nat(1000), { maxLength: 3 }),
});

function historyOf(steps: readonly (typeof step extends fc.Arbitrary<infer Step> ? Step : never)[]): readonly AuditRecord[] {
  const log: AuditRecord[] = [];
  const mentions: { readonly id: string; readonly conversation: number }[] = [];
  const replies: { readonly id: string; readonly mention: string }[] = [];
  let conversations = 0;
  let seq = -1;
  for (const { what, gap, pick, covers } of steps) {
    seq += gap;
    const mention = mentions[pick % Math.max(1, mentions.length)];
    const reply = replies[pick % Math.max(1, replies.length)];
    if (what === 'begin' || what === 'message') {
      if (what === 'begin' || conversations === 0) conversations += 1;
      const conversation = what === 'begin' ? conversations : 1 + (pick % conversations);
      mentions.push({ id: `m-${String(mentions.length)}`, conversation });
      log.push(message(seq, conversation, `m-${String(mentions.length - 1)}`, { priority: pick % 2 === 0 ? 'high' : 'low', ...(pick % 3 === 0 ? {} : { sentiment: 'neutral' }) }));
    } else if (mention === undefined) continue;
    else if (what === 'reply') {
      replies.push({ id: `r-${String(replies.length)}`, mention: mention.id });
      log.push(begun(seq, mention.conversation, `r-${String(replies.length - 1)}`));
    } else if (what === 'sent' || what === 'failed' || what === 'withdrawn') {
      if (reply === undefined) continue;
      const others = covers.map((index) => mentions[index % mentions.length]?.id ?? '');
      log.push(what === 'sent' ? sent(seq, reply.id, reply.mention, others) : record(seq, `reply.${what}`, reply.id, { mention: reply.mention }));
    } else log.push(changed(seq, what, mention.id, pick));
  }
  return log;
}

function changed(seq: number, what: string, mention: string, pick: number): AuditRecord {
  switch (what) {
    case 'caseSet':
      return record(seq, 'mention.caseSet', mention, {}, { case: `RC-${String(pick)}` });
    case 'corrected':
      return record(seq, 'sentiment.corrected', mention, { to: 'positive' });
    case 'elsewhere':
      return record(seq, 'mention.answeredElsewhere', mention, { at: timeOf(seq) - 10 });
    case 'snoozed':
      return record(seq, 'mention.snoozed', mention, pick % 2 === 0 ? { waitingFor: 'citizen' } : {});
    case 'closed':
      return record(seq, 'mention.closed', mention, { reason: 'spam' });
    case 'scored':
      return record(seq, 'mention.scored', mention, { sentiment: 'positive' });
    case 'other':
      return record(seq, 'mention.closed', 'm-of-nobody', { reason: 'spam' });
    default:
      return record(seq, `mention.${what}` as AuditKind, mention);
  }
}

describe('the table of conversations', () => {
  it('tells the same of any history, however little is held at once and however late things happen', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 0, max: 40 }), fc.constantFrom(1, 700, 2500, 1_000_000), fc.option(fc.tuple(fc.nat(150), fc.nat(150)), { nil: undefined }), (steps, near, room, range) => {
        const log = historyOf(steps);
        const [from, to] = range === undefined ? [] : [timeOf(Math.min(...range)), timeOf(Math.max(...range) + 1)];
        const atOnce = rowsOf(log, { near: Infinity, from, to });
        expect(atOnce.windows).toBe(1);
        expect(rowsOf(log, { near, room, from, to }).rows).toEqual(atOnce.rows);
      }),
      { numRuns: 150, seed: 5 },
    );
  });

  const late = 5000;
  const first = [message(0, 1, 'm-1'), message(1, 2, 'm-2')];
  const cases: readonly (readonly [string, readonly AuditRecord[], ConversationRow])[] = [
    ['a claim', [record(late, 'mention.claimed', 'm-1')], { claimed_at: timeOf(late), claimed_by_name: 'Ana', claimed_known_by: 'key', last_seq: late, status: 'open' }],
    ['closing', [record(late, 'mention.closed', 'm-1', { reason: 'spam' })], { status: 'closed', closed_reason: 'spam', closed_by_name: 'Ana', resolved_at: timeOf(late), resolution_ms: late * 1000 + 500 }],
    ['a second message with its own late answer', [message(late, 1, 'm-1b'), begun(late + 3000, 1, 'r-1'), sent(late + 6000, 'r-1', 'm-1b', ['m-1'])], { messages: 2, status: 'answered', replies: 1, first_reply_id: 'r-1', first_reply_by_name: 'Ana', first_reply_template_version: 3, approval_ms: 5 }],
    ['opening again', [record(5, 'mention.closed', 'm-1', { reason: 'spam' }), record(late, 'mention.reopened', 'm-1')], { status: 'open', reopened: 1, closed_reason: undefined, resolved_at: undefined }],
    ['a withdrawal', [begun(3, 1, 'r-1'), sent(4, 'r-1', 'm-1'), record(late, 'reply.withdrawn', 'r-1', { mention: 'm-1' })], { status: 'open', replies: 1, replies_withdrawn: 1, first_reply_id: undefined }],
    ['waiting for the citizen', [record(late, 'mention.snoozed', 'm-1', { waitingFor: 'citizen' })], { status: 'waiting' }],
    ['waking', [record(9, 'mention.snoozed', 'm-1', { waitingFor: 'citizen' }), record(late, 'mention.woken', 'm-1')], { status: 'open' }],
    ['a case number', [record(9, 'mention.caseSet', 'm-1', {}, { case: 'RC-1' }), record(late, 'mention.caseSet', 'm-1', {}, { case: 'RC-2' })], { case_number: 'RC-2' }],
    ['an answer that had failed', [begun(3, 1, 'r-1'), record(4, 'reply.failed', 'r-1', { mention: 'm-1' }), sent(late, 'r-1', 'm-1')], { status: 'answered', first_reply_by_name: 'Ana', first_reply_known_by: 'key' }],
  ];
  it.each(cases)('tells of %s that comes long after', (_what, entries, expected) => {
    for (const room of [1, 1_000_000]) {
      const { rows } = rowsOf([...first, ...entries, message(20_000, 3, 'm-3')], { room });
      expect(rows.map((row) => row.first_seq)).toEqual([0, 1, 20_000]);
      expect(rows[0]).toMatchObject(expected);
      expect(rows[1]).toMatchObject({ status: 'open', messages: 1, last_seq: 1 });
    }
  });

  it('tells that a message is answered which an answer to another conversation covers, even one outside the range', () => {
    for (const seq of [5, late]) {
      const log = [...first, begun(3, 1, 'r-1'), sent(seq, 'r-1', 'm-1', ['m-2'])];
      const { rows } = rowsOf(log, { from: timeOf(1) });
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({ conversation_id: 'c-2', status: 'answered', resolved_at: timeOf(seq), replies: 0 });
    }
  });

  it('leaves to the next reading what does not fit', () => {
    const many = Array.from({ length: 40 }, (_unused, index) => message(index, index, `m-${String(index)}`));
    const closings = many.map((_each, index) => record(9000 + index, 'mention.closed', `m-${String(39 - index)}`, { reason: 'spam' }));
    const whole = rowsOf([...many, ...closings], {});
    const parts = rowsOf([...many, ...closings], { room: 8000 });
    expect(whole.windows).toBe(1);
    expect(parts.windows).toBeGreaterThan(2);
    expect(parts.windows).toBeLessThan(15);
    expect(parts.rows).toEqual(whole.rows);
  });
});
