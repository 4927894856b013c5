import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AuditDraft } from '../../../src/core/audit';
import { RedactionFacts } from '../../../src/core/redactionFacts';
import { conversationCsv, csvRoom, replyCsv } from '../../../src/desk/export/exportCsv';
import { type ExportSource, type Pieces } from '../../../src/desk/export/exportSource';
import { noon } from '../store/testDesk';
import { conversationDrafts, ExportDesk, operator } from './exportDesk';

let at: ExportDesk;

beforeEach(async () => {
  at = await ExportDesk.make();
});
afterEach(async () => {
  await at.desk.remove();
});

const minutes = (count: number): number => noon + count * 60_000;
const entry = (kind: AuditDraft['kind'], subject: string, after: number, body: AuditDraft['body'] = {}, values: AuditDraft['values'] = {}): AuditDraft => ({ kind, at: minutes(after), actor: operator, subject, body, values });

/** Twelve conversations, what happens to them much later, and a second message in three of them. */
const drafts: readonly AuditDraft[] = [
  ...Array.from({ length: 12 }, (_unused, index) => conversationDrafts(index + 1)).flat(),
  entry('mention.caseSet', 'm-1', 300, { set: true }, { case: 'RC-1' }),
  entry('mention.caseSet', 'm-12', 301, { set: true }, { case: 'RC-12' }),
  entry('sentiment.corrected', 'm-2', 302, { from: 'negative', to: 'positive' }),
  ...[1, 5, 11].map((index): AuditDraft => {
    const [received] = conversationDrafts(index);
    return { ...received!, subject: `m-${String(index)}-again`, at: minutes(310) };
  }),
  entry('mention.closed', 'm-5-again', 320, { reason: 'noAnswerNeeded' }),
  entry('reply.withdrawn', 'r-3', 321, { mention: 'm-3', stage: 'done' }),
  entry('mention.caseSet', 'm-1', 330, { set: false }),
];

async function text(write: (source: ExportSource, room: number) => Pieces, room: number, range: { readonly from?: number; readonly to?: number } = {}): Promise<string> {
  const { audit } = at.stores;
  const source: ExportSource = { audit, head: await audit.head(), options: { format: 'csv', out: '', ...range }, mode: 'include', citizen: (id) => id, redactions: new RedactionFacts(undefined) };
  let whole = '';
  for await (const piece of write(source, room)) whole += piece;
  return whole;
}

describe.each([['replies', replyCsv], ['conversations', conversationCsv]] as const)('the table of %s', (_what, write) => {
  it('is the same however little is held at once, so that a large log takes no more memory', async () => {
    await at.stores.audit.append(drafts);
    const whole = await text(write, csvRoom);
    expect(whole.split('\r\n')).toHaveLength(14);
    for (const room of [1, 2000, 9000]) expect(await text(write, room)).toBe(whole);
    const part = await text(write, csvRoom, { from: minutes(35), to: minutes(95) });
    for (const room of [1, 2000]) expect(await text(write, room, { from: minutes(35), to: minutes(95) })).toBe(part);
    expect(part.split('\r\n')).toHaveLength(8);
  });
});

describe('a row per conversation', () => {
  const rows = async (): Promise<Record<string, string>[]> => at.rows({ per: 'conversation' });

  it('tells of the first answer, how it stands, and how long it took', async () => {
    await at.stores.audit.append(drafts);
    const all = await rows();
    const [first, , third, , fifth] = all;
    expect(all.map((row) => row['status'])).toEqual(['open', 'answered', 'open', 'answered', 'closed', 'answered', 'answered', 'answered', 'answered', 'answered', 'open', 'answered']);
    expect(all[11]).toMatchObject({ case_number: 'RC-12' });
    expect(first).toMatchObject({ conversation_id: 'c-1', case_number: '', messages: '2', replies: '1', first_reply_id: 'r-1', first_reply_by_name: 'Ana Pérez', first_reply_known_by: 'flag', first_reply_template_id: 'delay', first_response_ms: '480000', first_response_office_ms: '180000', target_met: 'true', resolved_at: '', resolution_ms: '' });
    expect(all[1]).toMatchObject({ sentiment_first: 'negative', sentiment_last: 'positive', resolution_ms: String(8 * 60_000) });
    expect(third).toMatchObject({ replies_withdrawn: '1', first_reply_id: '', first_response_ms: '', target_met: '' });
    expect(fifth).toMatchObject({ messages: '2', closed_reason: 'noAnswerNeeded', closed_by_name: 'Ana Pérez', resolved_at: new Date(minutes(320)).toISOString() });
  });

  it('follows a conversation through claims, snoozing, closing and opening again', async () => {
    const [received] = conversationDrafts(1);
    await at.stores.audit.append([
      received!, entry('mention.opened', 'm-1', 11), entry('mention.claimed', 'm-1', 12), entry('mention.referred', 'm-1', 13), entry('mention.snoozed', 'm-1', 14, { waitingFor: 'citizen' }),
    ]);
    expect((await rows())[0]).toMatchObject({ status: 'waiting', opened_at: new Date(minutes(11)).toISOString(), claimed_by_name: 'Ana Pérez', claimed_known_by: 'flag', referrals: '1' });
    await at.stores.audit.append([entry('mention.closed', 'm-1', 20, { reason: 'spam' })]);
    expect((await rows())[0]).toMatchObject({ status: 'closed', closed_reason: 'spam', resolution_ms: String(15 * 60_000) });
    await at.stores.audit.append([entry('mention.reopened', 'm-1', 30)]);
    expect((await rows())[0]).toMatchObject({ status: 'open', closed_reason: '', reopened: '1', resolution_ms: '' });
  });
});
