import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { makeDesk, type DeskWorld } from '../../support/openDesk';
import { filesWith, isCutOff, killedSteps } from './killedSteps';

/** Notes that were erased by themselves and came back, and texts that stay. */
const gone = ['Vive en la calle 3', 'Su vecina dijo "no abre"'];
const staying = ['Quiere una cita', '¿A qué hora abren?', '¿Dónde pago?'];

/**
 * Kills a process at steps of erasing again, where backups brought notes back in the inbox alone and one lies in a file set aside. Whoever opens the desk next ends what was
 * begun, or a second run does it; what became of each.
 */
export async function eraseAgainKills(first: number, every: number): Promise<readonly string[]> {
  const world = await makeDesk({ server: { count: 0 } });
  const local = join(world.dir, '.momentos');
  try {
    const id = await preparedDesk(world);
    return await killedSteps({
      worker: 'eraseAgainWorker.ts',
      world,
      first,
      every,
      look: async ({ nth, ended }) => {
        const cutOff = isCutOff(world);
        const desk = await world.open('Revisora de práctica');
        const again = async (): Promise<number> => (await desk.redactions.done()).filter(({ scope }) => scope === 'again').length;
        const traces = (): readonly string[] => gone.flatMap((text) => filesWith(text, local).concat(filesWith(JSON.stringify(text).slice(1, -1), local)));
        // Before anything is written: opening is enough for what was begun.
        expect({ nth, cutOff: isCutOff(world) }).toEqual({ nth, cutOff: false });
        const decided = (await again()) === 1;
        expect({ nth, met: desk.cutOff.met().map(({ kind, state }) => `${kind} ${state}`) }).toEqual({ nth, met: cutOff ? [`erasure ${decided ? 'finished' : 'dropped'}`] : [] });
        if (decided) expect({ nth, where: traces() }).toEqual({ nth, where: [] });
        expect({ nth, returned: await desk.redactions.returned() }).toMatchObject({ nth, returned: { values: decided ? 0 : gone.length } });
        await desk.redactions.eraseAgain();
        expect({ nth, again: await again(), where: traces() }).toEqual({ nth, again: 1, where: [] });
        const { ok, problems } = await desk.audit.verify();
        // Who acted, written down just before the entry that the kill kept from being written: it belongs to nothing.
        expect({ nth, ok, problems: problems.filter(({ code, field = '' }) => code !== 'value.orphan' || !field.startsWith('actor.')) }).toEqual({ nth, ok: true, problems: [] });
        expect(await desk.redactions.returned()).toEqual({ values: 0, mentions: [], drafts: 0 });
        const mentions = desk.inbox.list({ all: true });
        expect({ nth, notes: desk.inbox.get(id).notes.map(({ text }) => text) }).toEqual({ nth, notes: [staying[0]] });
        expect({ nth, texts: mentions.map(({ post }) => post.text.replace('@isc ', '')).sort() }).toEqual({ nth, texts: staying.slice(1).sort() });
        await desk.dispose();
        return ended ? 'unharmed' : decided ? 'finished' : 'dropped';
      },
    });
  } finally {
    await world.close();
  }
}

/** Three notes on one message, two of them erased; then the inbox of before, and part of it in a file that damage left. The message's id. */
async function preparedDesk(world: DeskWorld): Promise<string> {
  const local = (name: string): string => join(world.dir, '.momentos', name);
  world.server.control.addMention({ text: '@isc ¿A qué hora abren?', author: 'maria' });
  world.server.control.addMention({ text: '@isc ¿Dónde pago?', author: 'pedro' });
  const ana = await world.open();
  const revisora = await world.open('Revisora de práctica');
  await ana.pulling.pull();
  const id = ana.inbox.list().find(({ post }) => post.text.includes('abren'))!.id;
  for (const note of [...gone, staying[0] ?? '']) await ana.triage.note(id, note);
  const { count } = await ana.audit.head();
  const proposals = [];
  for (const seq of [count - 3, count - 2]) proposals.push(await ana.redactions.propose({ target: { kind: 'entry', seq, withActor: false }, basis: 'erasureRequest', reason: 'Lo pidió' }));
  const before = join(world.home, 'inbox-before.jsonl');
  cpSync(local('inbox.jsonl'), before);
  for (const proposal of proposals) await revisora.redactions.approve(proposal.id);
  await Promise.all([ana.dispose(), revisora.dispose()]);
  expect(gone.flatMap((text) => filesWith(text, join(world.dir, '.momentos')))).toEqual([]);
  cpSync(before, local('inbox.jsonl'));
  writeFileSync(local('inbox.jsonl.unreadable-1'), readFileSync(before).subarray(10));
  return id;
}
