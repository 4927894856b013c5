import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import * as v from 'valibot';

const portSchema = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535));
const rememberedSchema = v.object({ schemaVersion: v.literal(1), practice: portSchema, browser: portSchema, form: v.optional(portSchema) });

/** The ports that a practice desk was last opened on. The same ones again keep its configuration, bookmarks and window state valid. */
export interface RememberedPorts {
  readonly practice: number;
  readonly browser: number;
  /** Of the practice web form. */
  readonly form: number;
}

/** What a desk uses that has never been opened. */
export const firstPorts: RememberedPorts = { practice: 4010, browser: 4011, form: 4012 };

/** The ports of last time; the first ones if there was none, or the file says nothing usable. */
export async function readPorts(file: string): Promise<RememberedPorts> {
  try {
    const { practice, browser, form = firstPorts.form } = v.parse(rememberedSchema, JSON.parse(await readFile(file, 'utf8')));
    return { practice, browser, form };
  } catch {
    return firstPorts;
  }
}

export async function rememberPorts(file: string, ports: RememberedPorts): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify({ schemaVersion: 1, ...ports })}\n`);
}

/** `wanted` if nobody listens on it on 127.0.0.1 now, else any free port. */
export async function freePortNear(wanted: number): Promise<number> {
  return (await tryPort(wanted)) ?? (await tryPort(0)) ?? wanted;
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
    });
  });
}
