import { startPracticeServer, type PracticeServer, type PracticeServerOptions } from '../../../src/toolkit/practice/practiceServer';

export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}
export interface AccountBody {
  readonly id: string;
  readonly acct: string;
  readonly username: string;
}
export interface StatusBody {
  readonly id: string;
  readonly uri: string;
  readonly url: string;
  readonly content: string;
  readonly created_at: string;
  readonly edited_at: string | null;
  readonly in_reply_to_id: string | null;
  readonly visibility: string;
  readonly spoiler_text: string;
  readonly language: string | null;
  readonly account: AccountBody;
  readonly mentions: readonly AccountBody[];
  readonly media_attachments: readonly { readonly url: string; readonly description: string | null }[];
}
export interface NotificationBody {
  readonly id: string;
  readonly type: string;
  readonly account: AccountBody;
  readonly status: StatusBody;
}
export interface ContextBody {
  readonly ancestors: readonly StatusBody[];
  readonly descendants: readonly StatusBody[];
}
export interface ErrorBody {
  readonly error: string;
  readonly error_description?: string;
}

const running: PracticeServer[] = [];

export async function start(options: PracticeServerOptions = {}): Promise<PracticeServer> {
  const server = await startPracticeServer(options);
  running.push(server);
  return server;
}

export async function closeAll(): Promise<void> {
  await Promise.all(running.splice(0).map((server) => server.close()));
}

/** One request, as the server's own token holder unless another token (or null for none) is named; redirects are not followed. */
export async function ask<T>(server: PracticeServer, path: string, init: RequestInit & { readonly token?: string | null } = {}): Promise<Answer<T>> {
  const { token = server.token, ...rest } = init;
  const response = await fetch(path.startsWith('http') ? path : server.url + path, {
    redirect: 'manual', ...rest, headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...rest.headers },
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  return { status: response.status, headers: response.headers, body: (isJson && text !== '' ? JSON.parse(text) : text) as T };
}

export const json = (body: unknown, headers: Record<string, string> = {}, method = 'POST'): RequestInit => ({
  method, body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers },
});
export const form = (fields: Record<string, string>, headers: Record<string, string> = {}): RequestInit => ({ method: 'POST', body: new URLSearchParams(fields), headers });

export const allMentions = '/api/v1/notifications?types[]=mention&include_filtered=true';

/** Every mention, oldest first, gathered as a client should: forwards by `min_id` until a page is empty. */
export async function pulled(server: PracticeServer, limit = 80): Promise<NotificationBody[]> {
  const found: NotificationBody[] = [];
  for (let cursor = '0'; ;) {
    const { body } = await ask<NotificationBody[]>(server, `${allMentions}&limit=${String(limit)}&min_id=${cursor}`);
    if (body.length === 0) return found;
    found.push(...[...body].reverse());
    cursor = body[0]!.id;
  }
}
