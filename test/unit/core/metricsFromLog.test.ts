import { describe, expect, it } from 'vitest';
import { type AuditJson, type AuditKind, type AuditRecord } from '../../../src/core/audit';
import { type DeskMetrics } from '../../../src/core/metrics';
import { metricsFromLog } from '../../../src/core/metricsFromLog';
import { spreadOf } from '../../../src/core/responseCount';

const day = Date.UTC(2026, 4, 20);
const minute = 60_000;
const hour = 60 * minute;

/** Records in the order of their making, a minute apart unless told otherwise. */
class Log {
  readonly records: AuditRecord[] = [];

  add(kind: AuditKind, subject: string, body: Record<string, AuditJson>, at: number): this {
    const seq = this.records.length;
    this.records.push({ entry: { seq, at, kind, actor: { id: 'desk', source: 'desk' }, subject, body, prev: '', hash: '' }, values: {} });
    return this;
  }

  received(id: string, at: number, body: Record<string, AuditJson> = {}): this {
    return this.add('mention.received', id, { channel: 'one', sentiment: 'neutral', postedAt: at - minute, receivedAt: at, backlog: false, ...body }, at);
  }

  sent(reply: string, mention: string, at: number, latency: Record<string, AuditJson> = {}, covers: readonly string[] = []): this {
    return this.add('reply.sent', reply, { mention, channel: 'one', covers, latency: { calendarMs: 10 * minute, met: true, backlog: false, first: true, ...latency } }, at);
  }

  async report(fields: { from?: number; to?: number; now?: number } = {}): Promise<DeskMetrics> {
    const range = { from: day, to: day + 24 * hour, now: day + 20 * hour, ...fields };
    const records = this.records;
    async function* read(): AsyncGenerator<AuditRecord> {
      yield* records;
      await Promise.resolve();
    }
    return metricsFromLog(read(), range, { hash: 'f'.repeat(64), count: records.length, at: 0 });
  }
}

describe('a report from the log', () => {
  it('of an empty log has nothing in it and says so', async () => {
    expect(await new Log().report()).toEqual({
      from: day, to: day + 24 * hour, arrivals: 0, answered: 0, open: 0, oldestOpenMs: undefined,
      firstResponse: { n: 0, medianMs: undefined, p90Ms: undefined, maxMs: undefined }, firstResponseOffice: undefined, targetMet: 0, targetCounted: 0,
      byChannel: {}, byTopic: {}, bySentiment: Object.fromEntries(['negative', 'neutral', 'positive', 'unsure'].map((label) => [label, expect.objectContaining({ arrivals: 0, open: 0 })])),
      closedByReason: {}, withdrawn: 0, approval: { n: 0, medianMs: undefined, p90Ms: undefined, maxMs: undefined }, answeredElsewhere: 0, head: 'f'.repeat(64),
    });
  });

  it('tells each of thousands apart: answered, closed, withdrawn, by channel and topic', async () => {
    const log = new Log();
    for (let index = 0; index < 5000; index += 1) {
      const at = day + index * 1000;
      const id = `m-${String(index)}`;
      log.received(id, at, { channel: index % 2 === 0 ? 'one' : 'two', topics: index % 5 === 0 ? ['water', 'power', 'water'] : [] });
      if (index % 4 === 0) log.sent(`r-${String(index)}`, id, at + 10, { calendarMs: index });
      if (index % 4 === 1) log.add('mention.closed', id, { reason: index % 8 === 1 ? 'spam' : 'duplicate' }, at + 10);
      if (index % 8 === 0) log.add('reply.withdrawn', `r-${String(index)}`, { mention: id }, at + 20);
    }
    const report = await log.report();
    expect(report).toMatchObject({
      arrivals: 5000, answered: 625, open: 3125, withdrawn: 625, closedByReason: { duplicate: 625, spam: 625 }, targetCounted: 625,
      firstResponse: { n: 625, medianMs: 2500, maxMs: 4996 }, byChannel: { one: { arrivals: 2500, answered: 625 }, two: { arrivals: 2500, open: 1250 } }, byTopic: { water: { arrivals: 1000, answered: 125, firstResponse: { n: 125 } } },
    });
    expect(report.byTopic['power']).toEqual(report.byTopic['water']);
  });

  it('counts arrivals, answers, what is open, and the age of the oldest since it was posted', async () => {
    const log = new Log()
      .received('m-old', day - 30 * hour)
      .received('m-1', day + hour)
      .received('m-2', day + 2 * hour)
      .sent('r-1', 'm-1', day + 3 * hour);
    expect(await log.report()).toMatchObject({ arrivals: 2, answered: 1, open: 2, oldestOpenMs: 50 * hour + minute });
    // A day that is over is seen as it ended, and what came later changes nothing in it.
    log.sent('r-2', 'm-old', day + 25 * hour).received('m-3', day + 26 * hour);
    expect(await log.report({ now: day + 40 * hour })).toMatchObject({ arrivals: 2, answered: 1, open: 2, oldestOpenMs: 54 * hour + minute });
    expect(await log.report({ from: day + 24 * hour, to: day + 48 * hour, now: day + 40 * hour })).toMatchObject({ arrivals: 1, answered: 1, open: 2 });
  });

  it('gives median, 90th percentile and longest of first responses, and the share in target without the backlog', async () => {
    const log = new Log();
    [10, 20, 30, 40].forEach((minutes, index) => {
      log.received(`m-${String(index)}`, day + index).sent(`r-${String(index)}`, `m-${String(index)}`, day + hour + index, { calendarMs: minutes * minute, officeMs: minutes * 1000, met: minutes < 25, backlog: minutes === 40 });
    });
    log.sent('r-more', 'm-1', day + 2 * hour, { first: false, calendarMs: 5 * hour });
    expect(await log.report()).toMatchObject({
      answered: 4,
      firstResponse: { n: 4, medianMs: 25 * minute, p90Ms: 40 * minute, maxMs: 40 * minute },
      firstResponseOffice: { n: 4, medianMs: 25_000, p90Ms: 40_000, maxMs: 40_000 },
      targetMet: 2,
      targetCounted: 3,
    });
  });

  it('counts the earlier messages that an answer covers', async () => {
    const log = new Log().received('m-1', day).received('m-2', day + hour).sent('r-1', 'm-2', day + 2 * hour, {}, ['m-1']);
    expect(await log.report()).toMatchObject({ answered: 2, open: 0, firstResponse: { n: 1 } });
  });

  it('takes back what was withdrawn, and counts its correction once', async () => {
    const log = new Log()
      .received('m-1', day)
      .sent('r-1', 'm-1', day + hour)
      .add('reply.withdrawn', 'r-1', { mention: 'm-1', stage: 'intended' }, day + 2 * hour)
      .add('reply.withdrawn', 'r-1', { mention: 'm-1', stage: 'failed' }, day + 2 * hour);
    expect(await log.report()).toMatchObject({ answered: 1, open: 0, withdrawn: 0, firstResponse: { n: 1 } });
    log.add('reply.withdrawn', 'r-1', { mention: 'm-1', stage: 'done' }, day + 3 * hour);
    expect(await log.report()).toMatchObject({ answered: 0, open: 1, withdrawn: 1, firstResponse: { n: 0 }, targetCounted: 0 });
    log.sent('r-2', 'm-1', day + 4 * hour, { calendarMs: 4 * hour });
    expect(await log.report()).toMatchObject({ answered: 1, open: 0, withdrawn: 1, firstResponse: { n: 1, medianMs: 4 * hour } });
  });

  it('counts a follow-up and a second look as no new answer', async () => {
    const log = new Log()
      .received('m-1', day - 24 * hour)
      .sent('r-1', 'm-1', day - 23 * hour)
      .add('mention.snoozed', 'm-1', { waitingFor: 'citizen' }, day)
      .sent('r-2', 'm-1', day + hour, { first: false });
    expect(await log.report()).toMatchObject({ answered: 0, open: 0, firstResponse: { n: 0 } });
  });

  it('knows what is closed and why, what was opened again, what waits, and what was answered elsewhere', async () => {
    const log = new Log();
    for (const id of ['m-1', 'm-2', 'm-3', 'm-4', 'm-5']) log.received(id, day);
    log
      .add('mention.closed', 'm-1', { reason: 'spam' }, day + hour)
      .add('mention.closed', 'm-2', { reason: 'spam' }, day + hour)
      .add('mention.reopened', 'm-2', {}, day + 2 * hour)
      .add('mention.closed', 'm-3', { reason: 'noAnswerNeeded' }, day + hour)
      .add('mention.answeredElsewhere', 'm-4', { at: day }, day + hour)
      .add('mention.snoozed', 'm-5', { until: day + 9 * hour }, day + hour);
    expect(await log.report()).toMatchObject({ arrivals: 5, answered: 0, open: 2, closedByReason: { noAnswerNeeded: 1, spam: 1 }, answeredElsewhere: 1 });
  });

  it('lets what waited for the citizen rest when he has written again', async () => {
    const log = new Log()
      .received('m-1', day)
      .sent('r-1', 'm-1', day + hour)
      .add('mention.snoozed', 'm-1', { waitingFor: 'citizen' }, day + 2 * hour);
    expect(await log.report()).toMatchObject({ open: 1 });
    log.received('m-2', day + 3 * hour).add('mention.woken', 'm-1', { by: 'm-2' }, day + 3 * hour);
    expect(await log.report()).toMatchObject({ open: 1, oldestOpenMs: 17 * hour + minute });
  });

  it('is by channel and by sentiment, as a person corrected it', async () => {
    const log = new Log()
      .received('m-1', day, { sentiment: 'negative' })
      .received('m-2', day, { sentiment: 'neutral', channel: 'two' })
      .received('m-3', day, { sentiment: 'positive' })
      .add('sentiment.corrected', 'm-3', { from: 'positive', to: 'negative' }, day + minute)
      .add('mention.edited', 'm-3', { sentiment: 'positive' }, day + minute)
      .add('mention.edited', 'm-2', { sentiment: 'positive' }, day + minute)
      .received('m-4', day, { sentiment: 'positive', unsure: true, channel: 'two' })
      .received('m-5', day, { language: 'other', channel: 'two' })
      .add('mention.scored', 'm-5', { sentiment: 'neutral', unsure: true }, day + minute)
      .sent('r-1', 'm-3', day + hour);
    const report = await log.report();
    expect(report.byChannel).toMatchObject({ one: { arrivals: 2, answered: 1, open: 1, firstResponse: { n: 1 } }, two: { arrivals: 3, answered: 0, open: 3, firstResponse: { n: 0 } } });
    expect(report.bySentiment).toMatchObject({ negative: { arrivals: 2, answered: 1, firstResponse: { n: 1 } }, neutral: { arrivals: 0 }, positive: { arrivals: 1, open: 1 }, unsure: { arrivals: 2 } });
  });
});

describe('a spread', () => {
  it('uses the nearest rank for the 90th percentile', () => {
    expect(spreadOf([5])).toEqual({ n: 1, medianMs: 5, p90Ms: 5, maxMs: 5 });
    expect(spreadOf([10, 1, 2, 3, 4, 5, 6, 7, 8, 9])).toEqual({ n: 10, medianMs: 6, p90Ms: 9, maxMs: 10 });
  });
});
