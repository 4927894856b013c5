import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { accountSchema, changeSchema, conflictSchema, conversationSchema, messageSchema, pageSchema, replySchema } from '../../../src/channels/inboxApi/entities';
import { startInboxApiServer, type InboxApiServer } from '../../../src/toolkit/practice/inboxApi/inboxApiServer';
import { type ChannelHarness, pullAll } from './channelHarness';
import { inboxApiDocument, type JsonSchema, misfits, type Operation, resolved } from './inboxApiDocument';
import { startInboxApiHarness } from './inboxApiHarness';

const { paths, components } = inboxApiDocument;
const operations = Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })));
const schema = (name: string): JsonSchema => components.schemas[name] ?? expect.fail(`no schema ${name}`);

/** The operation that a request belongs to. */
function operationOf(method: string, path: string): Operation | undefined {
  return operations.find((each) => each.method === method && new RegExp(`^${each.path.replace(/\{[^}]+\}/gu, '[^/]+')}$`, 'u').test(path))?.operation;
}

describe('the document', () => {
  test('is OpenAPI 3.1, asks for a token everywhere, and all its references lead somewhere', () => {
    expect(inboxApiDocument.openapi).toMatch(/^3\.1\./u);
    expect(inboxApiDocument.security).toEqual([{ token: [] }]);
    const walk = (value: unknown): number => {
      if (typeof value !== 'object' || value === null) return 0;
      const own = '$ref' in value ? 1 : 0;
      if (own === 1) resolved(value);
      return own + Object.values(value).map(walk).reduce((sum, count) => sum + count, 0);
    };
    expect(walk(inboxApiDocument)).toBeGreaterThan(50);
    expect(() => resolved({ $ref: '#/components/schemas/Nothing' })).toThrow('points to nothing');
  });

  test('has examples that fit its own schemas', () => {
    let seen = 0;
    for (const { operation } of operations) {
      const bodies = [operation.requestBody, ...Object.values(operation.responses).map(resolved)];
      for (const { schema: shape, examples } of bodies.flatMap((body) => Object.values(body?.content ?? {}))) {
        for (const example of Object.values(examples ?? {})) {
          seen += 1;
          expect(misfits(shape, resolved(example).value)).toEqual([]);
        }
      }
    }
    expect(seen).toBeGreaterThanOrEqual(Object.keys(components.examples).length);
  });

  test('says of every failure what it is, and of a 429 when to come back', () => {
    for (const { operation } of operations) {
      for (const [status, response] of Object.entries(operation.responses)) {
        const { content, headers } = resolved(response);
        if (Number(status) >= 400) expect(misfits(content?.['application/json']?.schema ?? expect.fail(status), { error: { code: 'a_code', message: '' } })).toEqual([]);
        if (status === '429') expect(Object.keys(headers ?? {})).toContain('Retry-After');
      }
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['401', '429']));
    }
  });

  test('is not checked blindly: what does not fit is found', () => {
    expect(misfits(schema('MentionPage'), { items: [{ change: 'created', externalId: '' }, { change: 'deleted', externalId: 'a' }], nextCursor: 7 })).not.toEqual([]);
    expect(misfits(schema('Account'), { id: 'a', handle: 'b', name: 'c', capabilities: { reply: 'yes' }, limits: { reply: { maxLength: 0, countedAs: 'letters' } } })).toHaveLength(3);
    expect(misfits(schema('Message'), { externalId: 'a', conversationId: 'b', author: { id: 'c' }, text: '', createdAt: 'yesterday' })).toEqual(['$.createdAt is no time']);
  });

  test.each([
    ['Account', accountSchema], ['ReadingAccount', accountSchema], ['Message', messageSchema], ['MentionPage', pageSchema], ['EmptyPage', pageSchema],
    ['Conversation', conversationSchema], ['Reply', replySchema], ['AlreadySent', conflictSchema],
  ] as const)('the example %s is what the desk reads', (name, known) => {
    const value = components.examples[name]?.value ?? expect.fail(name);
    const parsed = v.parse(known as v.GenericSchema<unknown, Record<string, unknown>>, value);
    for (const key of Object.keys(parsed)) if (key in (value as object)) expect(parsed[key]).toEqual((value as Record<string, unknown>)[key]);
    for (const item of 'items' in parsed ? (parsed['items'] as { readonly change?: string }[]) : []) {
      expect(v.safeParse(item.change === 'deleted' ? changeSchema : messageSchema, item).success).toBe(true);
    }
  });
});

describe('the pages for those who build a server', () => {
  const page = (name: string): string => readFileSync(resolve(__dirname, '../../../docs', name), 'utf8');
  const calls = (text: string): readonly string[] =>
    [...text.replaceAll('\\\n', ' ').matchAll(/^curl (.*)$/gmu)].map(([, rest = '']) => {
      const path = /\$BASE(\/[^"?]*)/u.exec(rest)?.[1] ?? expect.fail(rest);
      return `${/-X (\w+)/u.exec(rest)?.[1] ?? 'GET'} ${path}`;
    });

  test.each(['inbox-api.md', 'inbox-api.es.md'])('%s shows calls that the document has, and a feed that fits it', (name) => {
    const text = page(name);
    expect(new Set(calls(text).map((call) => operationOf(...(call.split(' ') as [string, string]))?.operationId))).toEqual(new Set(operations.map(({ operation }) => operation.operationId).filter((id) => id !== 'getMention')));
    const json = /```json\n(.*?)```/su.exec(text)?.[1] ?? expect.fail('no page of the feed');
    expect(misfits(schema('MentionPage'), JSON.parse(json))).toEqual([]);
    for (const { path } of operations) expect(text).toContain(`${path}`);
  });

  test('say the same in both languages', () => {
    expect(calls(page('inbox-api.es.md'))).toEqual(calls(page('inbox-api.md')));
    const shape = (text: string): readonly string[] => text.split('\n').filter((line) => /^(?:#|```|\||\d\.)/u.test(line)).map((line) => line.slice(0, 2));
    expect(shape(page('inbox-api.es.md'))).toEqual(shape(page('inbox-api.md')));
  });
});

describe('the desk', () => {
  let harness: ChannelHarness;
  beforeAll(async () => {
    harness = await startInboxApiHarness();
  });
  afterAll(() => harness.close());

  test('calls what the document has, with the parameters that it has', async () => {
    const channel = harness.channel();
    const first = harness.mention({ text: 'Hola' });
    const { posts, cursor } = await pullAll(channel);
    harness.mention({ text: 'Otra' });
    await pullAll(channel, { cursor });
    await channel.check([first]);
    await channel.thread(first);
    const parent = posts[0] ?? expect.fail('no post');
    const { externalId } = await channel.reply({ parent, text: 'Con gusto.', language: 'es', visibility: 'public', idempotencyKey: 'k-1', intendedAt: Date.now() });
    await channel.delete(externalId);
    const called = new Set<string>();
    for (const { method, path, query, headers, body } of harness.seen) {
      const operation = operationOf(method, path) ?? expect.fail(`${method} ${path} is not in the document`);
      called.add(operation.operationId);
      const parameters = (operation.parameters ?? []).map(resolved);
      const known = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
      expect(known).toEqual(expect.arrayContaining([...query.keys()]));
      for (const { name } of parameters.filter((parameter) => parameter.in === 'header' && parameter.required)) expect(headers[name.toLowerCase()]).toBeTruthy();
      expect(headers.authorization).toBe(`Bearer ${harness.token}`);
      if (body !== '') expect(misfits(operation.requestBody?.content?.['application/json']?.schema ?? expect.fail(path), JSON.parse(body))).toEqual([]);
    }
    expect(called).toEqual(new Set(operations.map(({ operation }) => operation.operationId)));
  });
});

describe('the reference server', () => {
  let server: InboxApiServer;
  beforeAll(async () => {
    server = await startInboxApiServer({ count: 30 });
  });
  afterAll(() => server.close());

  const ask = async (method: string, path: string, init: RequestInit = {}): Promise<{ readonly status: number; readonly body: unknown }> => {
    const response = await fetch(server.url + path, { method, ...init, headers: { authorization: `Bearer ${server.token}`, ...init.headers } });
    const text = await response.text();
    const operation = operationOf(method, path.replace(/\?.*$/u, ''));
    const told = operation?.responses[String(response.status)] ?? expect.fail(`${method} ${path} answers ${String(response.status)}, which the document does not know`);
    const content = resolved(told).content?.['application/json'];
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    if (content) expect(misfits(content.schema, body)).toEqual([]);
    return { status: response.status, body };
  };
  const post = (key: string | undefined, body: object): ReturnType<typeof ask> =>
    ask('POST', '/v1/replies', { body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { 'idempotency-key': key }) } });

  test('answers as the document says, in every case', async () => {
    const statuses: number[] = [];
    const note = async (asked: ReturnType<typeof ask>): Promise<unknown> => {
      const { status, body } = await asked;
      statuses.push(status);
      return body;
    };
    const { externalId, conversationId } = server.control.addMention({ text: 'Hola', visibility: 'public', images: ['Una fila'] });
    await note(ask('GET', '/v1/account'));
    await note(ask('GET', '/v1/account', { headers: { authorization: 'Bearer other' } }));
    const page = (await note(ask('GET', '/v1/mentions?limit=7'))) as { readonly nextCursor: string; readonly items: readonly unknown[] };
    expect(page.items).toHaveLength(7);
    await note(ask('GET', `/v1/mentions?since=${page.nextCursor}`));
    await note(ask('GET', '/v1/mentions?since=from-another-world'));
    await note(ask('GET', `/v1/mentions/${externalId}`));
    await note(ask('GET', '/v1/mentions/none'));
    await note(ask('GET', `/v1/conversations/${conversationId}`));
    await note(ask('GET', '/v1/conversations/none'));
    const reply = { inReplyTo: externalId, text: 'Con gusto.', lang: 'es', visibility: 'public' };
    const sent = (await note(post('k-1', reply))) as { readonly externalId: string };
    expect(await note(post('k-1', reply))).toEqual(sent);
    await note(post('k-1', { ...reply, text: 'Otra cosa' }));
    await note(post(undefined, reply));
    await note(post('k-2', { ...reply, inReplyTo: 'none' }));
    await note(post('k-3', { ...reply, text: 'á'.repeat(2_001) }));
    await note(ask('DELETE', `/v1/replies/${sent.externalId}`));
    await note(ask('DELETE', `/v1/replies/${sent.externalId}`));
    server.control.fault({ kind: '429' });
    await note(ask('GET', '/v1/account'));
    server.control.fault({ kind: '503' });
    await note(ask('GET', '/v1/account'));
    expect(statuses).toEqual([200, 401, 200, 200, 400, 200, 404, 200, 404, 201, 200, 422, 422, 404, 422, 204, 410, 429, 503]);
  });
});
