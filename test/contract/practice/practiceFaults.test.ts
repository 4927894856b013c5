import { afterEach, describe, expect, test } from 'vitest';
import { type FaultKind } from '../../../src/toolkit/practice/faults';
import { allMentions, ask, closeAll, json, pulled, start, type ContextBody, type ErrorBody, type NotificationBody, type StatusBody } from './practiceClient';

afterEach(closeAll);

describe('faults', () => {
  test.each(['401', '403', '404', '429', '500', '503'] satisfies FaultKind[])('%s meets as many requests as were asked for, then the server behaves', async (kind) => {
    const server = await start({ count: 2 });
    server.control.fault({ kind, count: 2 });
    const answers = [await ask<ErrorBody>(server, allMentions), await ask<ErrorBody>(server, allMentions), await ask(server, allMentions)];
    expect(answers.map((answer) => answer.status)).toEqual([Number(kind), Number(kind), 200]);
    expect((answers[0]!.body as ErrorBody).error).toBeTypeOf('string');
  });

  test('429 says when to come back', async () => {
    const now = Date.UTC(2026, 10, 20, 15);
    const server = await start({ count: 0, now: () => now, faults: [{ kind: '429', ms: 45_000 }] });
    const { headers } = await ask(server, allMentions);
    expect(headers.get('retry-after')).toBe('45');
    expect(headers.get('x-ratelimit-remaining')).toBe('0');
    expect(Date.parse(headers.get('x-ratelimit-reset')!)).toBe(now + 45_000);
  });

  test('meet only the paths and methods they were meant for', async () => {
    const server = await start({ count: 0, faults: [{ kind: '500', path: '/context$' }, { kind: '403', method: 'POST' }] });
    const { statusId } = server.control.addMention({ text: 'Hola' });
    expect((await ask(server, allMentions)).status).toBe(200);
    expect((await ask(server, `/api/v1/statuses/${statusId}/context`)).status).toBe(500);
    expect((await ask(server, '/api/v1/statuses', json({ status: 'x' }))).status).toBe(403);
  });

  test('cut a body off in the middle, or its JSON', async () => {
    const server = await start({ count: 5 });
    server.control.fault({ kind: 'cutoff' });
    await expect(ask(server, allMentions)).rejects.toThrow();
    server.control.fault({ kind: 'malformed' });
    await expect(ask(server, allMentions)).rejects.toThrow(SyntaxError);
    expect((await ask(server, allMentions)).status).toBe(200);
  });

  test('slow keeps the answer back until the client gives up, and does not keep the server from closing', async () => {
    const server = await start({ count: 1, faults: [{ kind: 'slow', ms: 600_000 }, { kind: 'slow', ms: 600_000 }] });
    const impatient = new AbortController();
    const first = ask(server, allMentions, { signal: impatient.signal });
    impatient.abort();
    await expect(first).rejects.toThrow();
    const second = ask(server, allMentions);
    await expect.poll(() => server.control.requests().length).toBeGreaterThanOrEqual(1);
    await Promise.all([expect(second).rejects.toThrow(), server.close()]);
  });

  test('duplicates send each notification twice', async () => {
    const server = await start({ count: 4, faults: [{ kind: 'duplicates' }] });
    const { body } = await ask<NotificationBody[]>(server, allMentions);
    expect(body).toHaveLength(8);
    expect(new Set(body.map((item) => item.id)).size).toBe(4);
  });

  test('answered: a colleague was quicker', async () => {
    const server = await start({ count: 0, faults: [{ kind: 'answered' }] });
    const { statusId } = server.control.addMention({ text: '¿Hay alguien?' });
    const { descendants } = (await ask<ContextBody>(server, `/api/v1/statuses/${statusId}/context`)).body;
    expect(descendants).toMatchObject([{ account: { acct: 'isc' }, in_reply_to_id: statusId }]);
  });

  test('timeoutAfterWrite: the answer is lost, the status is there, and the key finds it again', async () => {
    const server = await start({ count: 0, faults: [{ kind: 'timeoutAfterWrite' }] });
    const { statusId } = server.control.addMention({ text: '¿Hay alguien?' });
    const send = () => ask<StatusBody>(server, '/api/v1/statuses', json({ status: 'Sí, díganos.', in_reply_to_id: statusId }, { 'idempotency-key': 'once' }));
    await expect(send()).rejects.toThrow();
    expect(server.control.posted()).toHaveLength(1);
    expect((await send()).body.id).toBe(server.control.posted()[0]!.id);
    expect(server.control.posted()).toHaveLength(1);
  });

  test('redirect points to another host', async () => {
    const server = await start({ count: 0, faults: [{ kind: 'redirect' }] });
    const answer = await ask(server, allMentions);
    expect(answer.status).toBe(302);
    expect(new URL(answer.headers.get('location')!).host).not.toBe(new URL(server.url).host);
  });
});

describe('the limit', () => {
  test('is announced and not enforced by default', async () => {
    const server = await start({ count: 0 });
    for (let request = 0; request < 310; request += 1) {
      const { status, headers } = await ask(server, '/api/v2/instance', { token: null });
      expect(status).toBe(200);
      expect(Number(headers.get('x-ratelimit-remaining'))).toBeGreaterThan(0);
      expect(headers.get('x-ratelimit-reset')).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
    }
  });

  test('refuses with 429 until its reset when it was asked for', async () => {
    let now = Date.UTC(2026, 10, 20, 15);
    const server = await start({ count: 0, limit: { count: 3, seconds: 60 }, now: () => now });
    const statuses: number[] = [];
    let reset = '';
    for (let request = 0; request < 4; request += 1) {
      const { status, headers } = await ask(server, allMentions);
      statuses.push(status);
      reset = headers.get('x-ratelimit-reset')!;
    }
    expect(statuses).toEqual([200, 200, 200, 429]);
    now = Date.parse(reset);
    expect((await ask(server, allMentions)).status).toBe(200);
  });
});

describe('the controls over HTTP', () => {
  const controls = ['/practice/faults', '/practice/posts', '/practice/labels'];
  test.each(controls)('%s needs the token', async (path) => {
    const server = await start({ count: 1 });
    expect((await ask(server, path, { token: null })).status).toBe(401);
    expect((await ask(server, path)).status).toBe(200);
  });

  test('add, edit, answer and delete a mention, and set a fault', async () => {
    const server = await start({ count: 0 });
    const added = (await ask<{ statusId: string; acct: string }>(server, '/practice/mentions', json({ text: 'Se fue la luz', author: 'nueva@ejemplo.do', minutesAgo: 30, images: ['Un poste'] }))).body;
    expect(added.acct).toBe('nueva@ejemplo.do');
    const [mention] = await pulled(server);
    expect(mention?.status).toMatchObject({ id: added.statusId, media_attachments: [{ description: 'Un poste' }] });
    expect((await ask(server, `/practice/mentions/${added.statusId}`, json({ text: 'Volvió la luz' }, {}, 'PUT'))).status).toBe(200);
    expect((await pulled(server))[0]!.status.content).toContain('Volvió');
    expect((await ask(server, `/practice/answers/${added.statusId}`, json({ text: 'Nos alegra' }))).status).toBe(200);
    expect((await ask<ContextBody>(server, `/api/v1/statuses/${added.statusId}/context`)).body.descendants).toHaveLength(1);
    expect((await ask(server, `/practice/mentions/${added.statusId}`, { method: 'DELETE' })).status).toBe(200);
    expect(await pulled(server)).toEqual([]);
    expect((await ask(server, '/practice/faults', json({ kind: '500', count: 1 }))).status).toBe(200);
    expect((await ask(server, allMentions)).status).toBe(500);
  });

  test.each([
    ['/practice/faults', { kind: 'volcano' }], ['/practice/faults', { kind: '500', path: '(' }], ['/practice/mentions', {}], ['/practice/mentions', { text: 'x', visibility: 'all' }],
  ])('%s refuses %j', async (path, body) => {
    const server = await start({ count: 0 });
    expect((await ask(server, path, json(body))).status).toBe(422);
  });

  test('labels say what a careful person would have chosen, for each mention of the stream', async () => {
    const server = await start({ count: 30 });
    const labels = (await ask<{ statusId: string; sentiment: string; kind: string }[]>(server, '/practice/labels')).body;
    expect(new Set(labels.map((label) => label.statusId))).toEqual(new Set((await pulled(server)).map((item) => item.status.id)));
  });
});
