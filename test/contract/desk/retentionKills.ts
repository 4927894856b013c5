import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type AuditRecord } from '../../../src/core/audit';
import { makeDesk, type DeskWorld } from '../../support/openDesk';
import { readAuditRecords } from '../../../src/store/auditReader';
import { DeskFolder } from '../../../src/store/deskFolder';
import { filesWith, isCutOff, killedSteps } from './killedSteps';

const day = 86_400_000;
const rules = [
  { name: 'correspondencia', authority: 'Ley 481-08, tabla 3', keepDays: 30, from: 'closed', closeReasons: ['noAnswerNeeded'] },
  { name: 'sin trámite', authority: 'Ley 481-08, tabla 4', keepDays: 20, from: 'received', closeReasons: ['spam'] },
];
/** Words of each message that is due, by the rule under which it goes. */
const due: Readonly<Record<string, readonly string[]>> = { 'correspondencia': ['cédula perdida uno', 'cédula perdida dos'], 'sin trámite': ['dinero fácil uno', 'dinero fácil dos'] };

/** Kills a process at steps of applying a retention schedule: two rules, two finished months. Whoever opens the desk next ends what was begun, and the next run the rest. */
export async function retentionKills(first: number, every: number): Promise<readonly string[]> {
  const world = await makeDesk({ server: { count: 0 } });
  try {
    const { before, shiftMs } = await preparedDesk(world);
    return await killedSteps({
      worker: 'retentionWorker.ts',
      world,
      more: [String(shiftMs)],
      first,
      every,
      look: async ({ nth, ended }) => {
        const cutOff = isCutOff(world);
        const desk = await world.open();
        expect({ nth, cutOff: isCutOff(world), verdict: await desk.audit.verify() }).toMatchObject({ nth, cutOff: false, verdict: { ok: true } });
        await expectErased(world, nth);
        const met = desk.cutOff.met().map(({ kind, state }) => `${kind} ${state}`);
        expect({ nth, met: met.length }).toEqual({ nth, met: cutOff ? 1 : 0 });
        await desk.retention.dispose();
        await expectErased(world, nth, Object.keys(due));
        expect({ nth, open: desk.inbox.list({ all: true }).map(({ post }) => post.text) }).toEqual({ nth, open: ['@isc ¿Abren hoy?'] });
        const verdict = await desk.audit.verify();
        expect({ nth, verdict }).toMatchObject({ nth, verdict: { ok: true } });
        expect({ nth, standing: verdict.problems.filter(({ code }) => code === 'value.notErased') }).toEqual({ nth, standing: [] });
        await expectNothingLostOrDoubled(world, before, nth);
        await desk.dispose();
        return ended ? 'unharmed' : (met[0] ?? 'nothing begun');
      },
    });
  } finally {
    await world.close();
  }
}

/** Messages of two months, closed; then a month and more later an open one. */
async function preparedDesk(world: DeskWorld): Promise<{ readonly before: ReadonlyMap<string, Buffer>; readonly shiftMs: number }> {
  const ana = await world.open();
  const config = join(world.dir, 'momentos.json');
  const [comment = '', ...rest] = readFileSync(config, 'utf8').split('\n');
  writeFileSync(config, `${comment}\n${JSON.stringify({ ...(JSON.parse(rest.join('\n')) as object), retention: { rules } }, undefined, 2)}\n`);
  const revisora = await world.open('Revisora de práctica');
  await revisora.retention.sign();
  await revisora.dispose();
  for (const which of ['uno', 'dos']) {
    world.server.control.addMention({ text: `@isc cédula perdida ${which}`, author: `pedro${which}` });
    world.server.control.addMention({ text: `@isc dinero fácil ${which}`, author: `spammer${which}` });
    await ana.pulling.pull();
    for (const { id, post, status } of ana.inbox.list({ all: true })) if (status === 'open') await ana.triage.close([id], post.text.includes('dinero') ? 'spam' : 'noAnswerNeeded');
    world.clock.forward(35 * day);
  }
  world.clock.forward(35 * day);
  world.server.control.addMention({ text: '@isc ¿Abren hoy?', author: 'rosa' });
  await ana.pulling.pull();
  await ana.dispose();
  const before = new Map(monthsIn(world).slice(0, -1).map((name) => [name, readFileSync(join(world.dir, '.momentos', 'audit', name))] as const));
  expect(before.size).toBe(2);
  return { before, shiftMs: world.clock.now() - Date.now() };
}

function monthsIn({ dir }: DeskWorld, ...below: readonly string[]): readonly string[] {
  const folder = join(dir, '.momentos', 'audit', ...below);
  return existsSync(folder) ? readdirSync(folder).filter((name) => /^\d{4}-\d{2}\.jsonl$/u.test(name)).sort() : [];
}

async function logOf({ dir }: DeskWorld): Promise<readonly AuditRecord[]> {
  const records: AuditRecord[] = [];
  for await (const record of readAuditRecords(new DeskFolder(dir, 'private', true))) records.push(record);
  return records;
}

/** Whose disposal stands in the log, of those no word stands anywhere; what is not disposed of is all there. */
async function expectErased(world: DeskWorld, nth: number, wanted?: readonly string[]): Promise<void> {
  const disposed = (await logOf(world)).flatMap(({ entry }) => (entry.kind === 'retention.disposed' ? String(entry.body['rule']) : []));
  if (wanted !== undefined) expect({ nth, disposed: [...disposed].sort() }).toEqual({ nth, disposed: [...wanted].sort() });
  for (const [rule, texts] of Object.entries(due)) {
    for (const text of texts) {
      const where = filesWith(text, join(world.dir, '.momentos'));
      if (disposed.includes(rule)) expect({ nth, text, where }).toEqual({ nth, text, where: [] });
      else expect({ nth, text, where }).toMatchObject({ where: expect.arrayContaining(['inbox.jsonl']) as unknown });
    }
  }
}

/** Each month is archived once, with the bytes that it had; each rule was carried out once, on all that were due by it. */
async function expectNothingLostOrDoubled(world: DeskWorld, before: ReadonlyMap<string, Buffer>, nth: number): Promise<void> {
  expect({ nth, archive: monthsIn(world, 'archive') }).toEqual({ nth, archive: [...before.keys()] });
  expect(monthsIn(world).filter((name) => before.has(name))).toEqual([]);
  for (const [name, bytes] of before) expect(readFileSync(join(world.dir, '.momentos', 'audit', 'archive', name)).equals(bytes)).toBe(true);
  const log = await logOf(world);
  const archived = log.flatMap(({ entry }) => (entry.kind === 'retention.archived' ? (entry.body['segments'] as readonly { readonly segment: string; readonly sha256: string }[]) : []));
  expect({ nth, archived: archived.map(({ segment, sha256 }) => [segment, sha256]) }).toEqual({ nth, archived: [...before].map(([name, bytes]) => [name.slice(0, 7), createHash('sha256').update(bytes).digest('hex')]) });
  const disposed = log.filter(({ entry }) => entry.kind === 'retention.disposed').map(({ entry }) => [entry.body['rule'], entry.body['mentions']]);
  expect({ nth, disposed: disposed.sort() }).toEqual({ nth, disposed: [['correspondencia', 2], ['sin trámite', 2]] });
}
