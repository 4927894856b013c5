import { createHmac, randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';

/** An account on a personal data server, as any app there would use it. */
export interface Person {
  readonly pds: string;
  readonly did: string;
  readonly handle: string;
  readonly password: string;
  readonly access: string;
}

export interface StrongRef {
  readonly uri: string;
  readonly cid: string;
}

type Json = Readonly<Record<string, unknown>>;

export interface Answer {
  readonly status: number;
  readonly json: Json;
  readonly headers: Headers;
}

/** One call, whatever it answers. A body makes it a POST; null is one without a body. */
export async function call(pds: string, method: string, options: { readonly query?: Readonly<Record<string, string>>; readonly body?: unknown; readonly token?: string } = {}): Promise<Answer> {
  const { query, body, token } = options;
  const response = await fetch(`${pds}/xrpc/${method}?${new URLSearchParams(query).toString()}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { ...(body === undefined || body === null ? {} : { 'content-type': 'application/json' }), ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    ...(body === undefined || body === null ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, json: (text === '' ? {} : JSON.parse(text)) as Json };
}

async function done(pds: string, method: string, options: Parameters<typeof call>[2]): Promise<Json> {
  const { status, json } = await call(pds, method, options);
  if (status !== 200) throw new Error(`${method}: ${String(status)} ${JSON.stringify(json)}`);
  return json;
}

/** A new account with a handle of its own. */
export async function newPerson(pds: string, name: string): Promise<Person> {
  const handle = `${name}-${randomBytes(4).toString('hex')}.test`;
  const password = `password of ${handle}`;
  const made = await done(pds, 'com.atproto.server.createAccount', { body: { handle, email: `${handle.replace('.test', '')}@example.com`, password } });
  return { pds, did: String(made['did']), handle, password, access: String(made['accessJwt']) };
}

export async function newAppPassword(person: Person, name = 'momentos'): Promise<string> {
  return String((await done(person.pds, 'com.atproto.server.createAppPassword', { token: person.access, body: { name } }))['password']);
}

export async function revokeAppPassword(person: Person, name = 'momentos'): Promise<void> {
  await done(person.pds, 'com.atproto.server.revokeAppPassword', { token: person.access, body: { name } });
}

/** Waits until the AppView shows these posts: one that gets to see an answer before what it answers tells nobody of it. */
async function shown(person: Person, uris: readonly string[]): Promise<void> {
  for (const deadline = Date.now() + 30_000; ; await setTimeout(100)) {
    const found = await Promise.all(uris.map(async (uri) => (await done(person.pds, 'app.bsky.feed.getPosts', { token: person.access, query: { uris: uri } }))['posts']));
    if (found.every((posts) => Array.isArray(posts) && posts.length === 1)) return;
    if (Date.now() > deadline) throw new Error(`The AppView does not show ${uris.join(', ')}.`);
  }
}

/** Writes a post; `record` adds to it or replaces its parts. An answer is written once what it answers can be seen, as in any app. */
export async function post(person: Person, text: string, record: Json & { readonly reply?: Readonly<Record<'root' | 'parent', { readonly uri: string; readonly cid?: string | undefined }>> } = {}): Promise<StrongRef> {
  if (record.reply !== undefined) await shown(person, [record.reply.root.uri, record.reply.parent.uri]);
  const made = await done(person.pds, 'com.atproto.repo.createRecord', {
    token: person.access, body: { repo: person.did, collection: 'app.bsky.feed.post', record: { $type: 'app.bsky.feed.post', text, createdAt: new Date().toISOString(), langs: ['es'], ...record } },
  });
  return { uri: String(made['uri']), cid: String(made['cid']) };
}

/** The facet that makes `@handle` in a text a mention. */
export function mentioning(text: string, whom: Person): Json {
  const name = `@${whom.handle}`;
  const at = text.indexOf(name);
  if (at < 0) throw new Error(`${text} does not name ${name}`);
  const byteStart = Buffer.byteLength(text.slice(0, at));
  return { facets: [{ index: { byteStart, byteEnd: byteStart + Buffer.byteLength(name) }, features: [{ $type: 'app.bsky.richtext.facet#mention', did: whom.did }] }] };
}

/** Somebody mentions somebody. */
export async function mention(from: Person, whom: Person, words: string, record: Json = {}): Promise<StrongRef> {
  const text = `@${whom.handle} ${words}`;
  return post(from, text, { ...mentioning(text, whom), ...record });
}

export async function remove(person: Person, uri: string): Promise<void> {
  await done(person.pds, 'com.atproto.repo.deleteRecord', { token: person.access, body: { repo: person.did, collection: 'app.bsky.feed.post', rkey: uri.split('/').at(-1) } });
}

export async function recordsOf(person: Person): Promise<readonly { readonly uri: string; readonly cid: string; readonly value: Json }[]> {
  const { records } = await done(person.pds, 'com.atproto.repo.listRecords', { query: { repo: person.did, collection: 'app.bsky.feed.post', limit: '100' } });
  return records as readonly { readonly uri: string; readonly cid: string; readonly value: Json }[];
}

/** An access token of the server's own making whose time is up. */
export function expiredToken(jwtSecret: string, pdsDid: string, did: string): string {
  const now = Math.floor(Date.now() / 1000);
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = `${part({ typ: 'at+jwt', alg: 'HS256' })}.${part({ scope: 'com.atproto.appPass', aud: pdsDid, sub: did, iat: now - 7_260, exp: now - 60 })}`;
  return `${head}.${createHmac('sha256', jwtSecret).update(head).digest('base64url')}`;
}
