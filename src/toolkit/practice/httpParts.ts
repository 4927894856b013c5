import { type IncomingMessage } from 'node:http';

/** Larger bodies are refused with 413. */
export const maxBodyBytes = 512 * 1024;
/** The rest of a body that is too large is read up to here, so that the refusal gets through. */
const mostDrained = 16 * maxBodyBytes;

/** Parameters of a query or a body, as Rails reads them: `types[]=a&types[]=b` and `{"types":["a","b"]}` are the same. */
export class Params {
  constructor(private readonly values: ReadonlyMap<string, readonly string[]>) {}

  static from(pairs: Iterable<readonly [string, string]>): Params {
    const values = new Map<string, string[]>();
    for (const [key, value] of pairs) {
      const name = key.replace(/\[\d*\]$/, '');
      values.set(name, [...(values.get(name) ?? []), value]);
    }
    return new Params(values);
  }

  /** The last one given; undefined when there is none. */
  one(name: string): string | undefined {
    return this.values.get(name)?.at(-1);
  }

  all(name: string): readonly string[] {
    return this.values.get(name) ?? [];
  }

  flag(name: string): boolean {
    return ['true', '1', 'on', 't'].includes((this.one(name) ?? '').toLowerCase());
  }
}

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Query and body together; the body wins. */
  readonly params: Params;
  readonly header: (name: string) => string | undefined;
  /** What the path's pattern captured, decoded. */
  readonly captured: readonly string[];
  readonly at: number;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, unless it is a page or bytes. */
  readonly json?: unknown;
  readonly html?: string;
  readonly bytes?: { readonly type: string; readonly data: Uint8Array };
}

/** A refusal that is answered with the JSON error body of Mastodon. */
export class HttpRefusal extends Error {
  constructor(readonly status: number, readonly body: Readonly<Record<string, unknown>>, readonly headers: Readonly<Record<string, string>> = {}) {
    super(String(status));
  }
}

export const refusal = (status: number, error: string, more: Readonly<Record<string, string>> = {}): HttpRefusal => new HttpRefusal(status, { error, ...more });
export const notFound = (): HttpRefusal => refusal(404, 'Record not found');

/** Reads a body up to the size limit. Throws a 413 refusal beyond it. */
export async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxBodyBytes) chunks.push(chunk);
    else if (size > mostDrained) break;
  }
  if (size > maxBodyBytes) throw refusal(413, 'Payload Too Large');
  return Buffer.concat(chunks);
}

/** The fields of a body: JSON, form or multipart. Throws 400 on what cannot be read, 415 on any other type. */
export async function bodyFields(body: Buffer, contentType: string): Promise<readonly (readonly [string, string])[]> {
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (body.length === 0) return [];
  if (type === 'application/json') return jsonFields(body);
  if (type === 'application/x-www-form-urlencoded' || type === '') return [...new URLSearchParams(body.toString('utf8'))];
  if (type === 'multipart/form-data') return multipartFields(body, contentType);
  throw refusal(415, 'Unsupported Media Type');
}

function jsonFields(body: Buffer): readonly (readonly [string, string])[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString('utf8'));
  } catch {
    throw refusal(400, 'Error occurred while parsing request parameters');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw refusal(400, 'Error occurred while parsing request parameters');
  return Object.entries(parsed).flatMap(([key, value]: [string, unknown]): [string, string][] => {
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    return list.filter((item) => item !== null && item !== undefined).map((item) => [key, typeof item === 'object' ? JSON.stringify(item) : String(item)]);
  });
}

async function multipartFields(body: Buffer, contentType: string): Promise<readonly (readonly [string, string])[]> {
  try {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
    return [...form.entries()].filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  } catch {
    throw refusal(400, 'Error occurred while parsing request parameters');
  }
}
