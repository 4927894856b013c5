import { fork } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, rm, type FileHandle } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chainEntry, valueLine } from '../../src/core/auditChain';
import { emptyHash, type Actor, type AuditDraft } from '../../src/core/audit';
import { type Clock, type Logger, type Randomness } from '../../src/core/clock';
import { type DeskConfig } from '../../src/core/config';
import { createAudit } from '../../src/desk/auditDesk';
import { type ExportOptions } from '../../src/desk/export/exportApi';
import { openDeskStores } from '../../src/store/deskStores';
import { median, rounded, type Emit } from './support/measure';

export const area = 'auditExport';

const entries = Number(process.env['MOMENTOS_BENCH_ENTRIES'] ?? 1_000_000);
const rounds = Number(process.env['MOMENTOS_BENCH_ROUNDS'] ?? 3);
const mostMegabytes = 200;
const start = Date.UTC(2024, 4, 20, 16);
const random: Randomness = { bytes: (length) => randomBytes(length), fraction: () => 0.5 };
const silent = (): void => undefined;
const logger: Logger = { debug: silent, info: silent, warn: silent, error: silent };
const clock: Clock = { now: () => start, sleep: () => Promise.resolve() };
const operator: Actor = { id: 'p-0123456789ab', name: 'Ana Pérez', email: 'ana@isc.example', source: 'git', osAccount: 'ana' };

/** What a child process is asked to do, and what it tells. */
interface Work { readonly dir: string; readonly what: string }
interface Told { readonly ms: number; readonly megabytes: number }

const exports: Readonly<Record<string, Omit<ExportOptions, 'out'>>> = {
  'csv.replies': { format: 'csv' },
  'csv.conversations': { format: 'csv', per: 'conversation' },
  'csv.everything': { format: 'csv', personalData: 'include', purpose: 'bench' },
  jsonl: { format: 'jsonl' },
  'jsonl.everything': { format: 'jsonl', personalData: 'include', purpose: 'bench' },
  html: { format: 'html' },
};

/** Speed against reading both kinds of files of the log, parsing each line and writing it as it is; memory of the whole process. Each in a process of its own, turn by turn. */
export async function run(emit: Emit): Promise<void> {
  const asked = process.env['MOMENTOS_BENCH_WORK'];
  if (asked !== undefined) {
    await work(JSON.parse(asked) as Work);
    return;
  }
  const dir = await mkdtemp(join(tmpdir(), 'momentos-bench-export-'));
  try {
    await writeLog(dir);
    const label = entries >= 1_000_000 ? `${String(entries / 1_000_000)}M` : `${String(entries / 1000)}k`;
    const plain: number[] = [];
    const told = new Map<string, Told[]>();
    for (let round = 0; round < rounds; round += 1) {
      plain.push((await inChild({ dir, what: 'plain' })).ms);
      for (const what of Object.keys(exports)) told.set(what, [...(told.get(what) ?? []), await inChild({ dir, what })]);
    }
    for (const [what, times] of told) {
      const goal = what !== 'html';
      const speed = rounded(median(plain) / median(times.map(({ ms }) => ms)));
      emit({ name: `auditExport.${what}.${label}`, value: speed, unit: 'x', against: 'speed of read+parse+write', ...(goal ? { target: 0.5, met: speed >= 0.5 } : {}) });
      const megabytes = Math.max(...times.map((each) => each.megabytes));
      emit({ name: `auditExport.memory.${what}`, value: rounded(megabytes), unit: 'MB', against: 'the whole process', target: mostMegabytes, met: megabytes < mostMegabytes });
    }
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function inChild(asked: Work): Promise<Told> {
  const child = fork(process.argv[1] ?? '', [area], { env: { ...process.env, MOMENTOS_BENCH_WORK: JSON.stringify(asked) }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [told] = (await Promise.race([once(child, 'message'), once(child, 'exit').then(() => Promise.reject(new Error(`no figure: ${asked.what}`)))])) as [Told];
  return told;
}

async function work({ dir, what }: Work): Promise<void> {
  const begun = process.cpuUsage();
  await (what === 'plain' ? copyParsed(dir) : exportOnce(dir, what));
  const { user, system } = process.cpuUsage(begun);
  // Time of the processor: whatever else the machine does meanwhile counts for none of them.
  const ms = (user + system) / 1000;
  process.send?.({ ms, megabytes: process.resourceUsage().maxRSS / 1024 } satisfies Told);
}

async function exportOnce(dir: string, what: string): Promise<void> {
  const stores = await openDeskStores({ dir, sharing: 'private', clock, random, logger, readOnly: true });
  const config = { institution: { id: 'isc', name: 'ISC', timeZone: 'America/Santo_Domingo', languages: ['es'] }, channels: [], topics: [] } as unknown as DeskConfig;
  const audit = createAudit({ audit: stores.audit, config, clock, random, operator, language: 'es', readOnly: true });
  const { rows } = await audit.export({ format: 'jsonl', ...exports[what], out: join(dir, 'out'), overwrite: true });
  if (rows === 0) throw new Error('nothing exported');
  await stores.dispose();
}

async function copyParsed(dir: string): Promise<void> {
  const folder = join(dir, '.momentos', 'audit');
  const out = createWriteStream(join(dir, 'out'));
  for (const name of (await readdir(folder)).sort()) {
    for await (const line of createInterface({ input: createReadStream(join(folder, name)) })) {
      JSON.parse(line);
      if (!out.write(`${line}\n`)) await once(out, 'drain');
    }
  }
  out.end();
  await once(out, 'finish');
}

/** Five entries a conversation, a minute apart, as the desk writes them; put down through the chain, not the store. */
async function writeLog(dir: string): Promise<void> {
  const folder = join(dir, '.momentos', 'audit');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  let salt = 0;
  const nextSalt = (): Uint8Array => createHash('md5').update(String((salt += 1))).digest();
  let prev = emptyHash;
  let month = '';
  let files: { readonly chain: FileHandle; readonly values: FileHandle } | undefined;
  let chain = '';
  let values = '';
  const flush = async (): Promise<void> => {
    await files?.chain.appendFile(chain);
    await files?.values.appendFile(values);
    chain = values = '';
  };
  for (let seq = 0; seq < entries; seq += 1) {
    const draft = draftOf(seq);
    const own = new Date(draft.at).toISOString().slice(0, 7);
    if (own !== month) {
      await flush();
      await files?.chain.close();
      await files?.values.close();
      files = { chain: await open(join(folder, `${own}.jsonl`), 'a', 0o600), values: await open(join(folder, `${own}.values.jsonl`), 'a', 0o600) };
      month = own;
    }
    const chained = chainEntry(draft, { seq, prev }, nextSalt);
    prev = chained.entry.hash;
    chain += `${chained.line}\n`;
    for (const value of chained.values) values += `${valueLine(value)}\n`;
    if (chain.length > 1_000_000) await flush();
  }
  await flush();
  await files?.chain.close();
  await files?.values.close();
}

function draftOf(seq: number): AuditDraft {
  const index = Math.floor(seq / 5);
  const id = String(index).padStart(12, '0');
  const at = start + seq * 60_000;
  const mention = `m-${id}`;
  const reply = `r-${id}`;
  const common = { mention, conversation: `c-${id}`, channel: 'mastodon-main' };
  switch (seq % 5) {
    case 0:
      return {
        kind: 'mention.received', at, actor: 'desk', subject: mention,
        body: { channel: 'mastodon-main', author: `a-${String(index % 5000).padStart(12, '0')}`, conversation: common.conversation, language: 'es', sentiment: 'negative', score: -640, confidence: 700, model: 'es-1', priority: 'high', reasons: ['negative'], postedAt: at - 300_000, receivedAt: at, backlog: false, dueAt: at + 3_600_000, allowedMs: 3_600_000, officeHours: true, visibility: 'public' },
        values: { text: `¿Dónde está mi cédula? Llevo tres semanas esperando y nadie responde. (${id})`, handle: `rosa${String(index % 5000)}@social.example`, name: 'Rosa Prueba', authorId: id, externalId: id, url: `https://social.example/@rosa/${id}` },
      };
    case 1:
      return { kind: 'mention.opened', at, actor: operator, subject: mention, body: {} };
    case 2:
      return { kind: 'mention.claimed', at, actor: operator, subject: mention, body: {} };
    case 3:
      return {
        kind: 'reply.intended', at, actor: operator, subject: reply,
        body: { ...common, key: reply, language: 'es', origin: 'approved', kept: 1000, confirmed: [], private: false, visibility: 'public', template: 'delay', version: 3, contentHash: 'ab'.repeat(32), approvedAt: start - 1000 },
        values: { text: 'Hola, Rosa. Lamentamos la demora de su trámite y entendemos su molestia. El plazo normal es de 10 días laborables.', values: { procedure: 'cédula', days: '10' } },
      };
    default:
      return {
        kind: 'reply.sent', at, actor: operator, subject: reply,
        body: { ...common, covers: [], latency: { postedAt: at - 540_000, receivedAt: at - 240_000, openedAt: at - 180_000, claimedAt: at - 120_000, sentAt: at, confirmedAt: at + 5, calendarMs: 540_000, officeMs: 180_000, allowedMs: 3_600_000, officeHours: true, dueAt: at + 3_060_000, met: true, backlog: false, first: true } },
        values: { externalId: id, url: `https://social.example/@isc/${id}` },
      };
  }
}
