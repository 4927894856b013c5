import { afterEach, describe, expect, test } from 'vitest';
import { startPracticeServer, type PracticeServer, type PracticeServerOptions } from '../../../src/toolkit/practice/practiceServer';

const running: PracticeServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

async function start(options: PracticeServerOptions = {}): Promise<PracticeServer> {
  const server = await startPracticeServer(options);
  running.push(server);
  return server;
}

interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

interface StatusBody {
  readonly id: string;
  readonly uri: string;
  readonly url: string;
  readonly content: string;
}
interface NotificationBody {
  readonly id: string;
  readonly account: { readonly acct: string };
  readonly status: StatusBody;
}
interface ContextBody {
  readonly ancestors: readonly StatusBody[];
  readonly descendants: readonly StatusBody[];
}

async function ask<T>(server: PracticeServer, path: string, init: RequestInit & { readonly token?: string | null } = {}): Promise<Answer<T>> {
  const { token = server.token, ...rest } = init;
  const response = await fetch(path.startsWith('http') ? path : server.url + path, {
    redirect: 'manual', ...rest, headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...rest.headers },
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: (text.startsWith('<') || text === '' ? text : JSON.parse(text)) as T };
}

const json = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({ method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });

describe('the practice server', () => {
  test('gives the mentions of its stream, and says who the account is', async () => {
    const server = await start({ count: 30 });
    const me = await ask<object>(server, '/api/v1/accounts/verify_credentials');
    expect(me.body).toMatchObject({ username: 'isc', acct: 'isc' });
    const list = await ask<NotificationBody[]>(server, '/api/v1/notifications?types[]=mention&include_filtered=true&limit=80');
    expect(list.body).toHaveLength(30);
    expect(list.body[0]!.status.content).toContain('class="u-url mention"');
    const first = await ask<StatusBody>(server, `/api/v1/statuses/${list.body[0]!.status.id}`);
    expect(first.body.uri).toBe(list.body[0]!.status.uri);
    const reply = await ask<StatusBody>(server, '/api/v1/statuses', json({ status: `@${list.body[0]!.account.acct} Gracias por escribirnos.`, in_reply_to_id: first.body.id }));
    expect(reply.status).toBe(200);
    const context = await ask<ContextBody>(server, `/api/v1/statuses/${first.body.id}/context`);
    expect(context.body.descendants.map((status) => status.id)).toContain(reply.body.id);
    const page = await ask<string>(server, first.body.url);
    expect(page.body).toContain('Gracias por escribirnos.');
  });
});
