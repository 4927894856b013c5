import { join } from 'node:path';
import { expect } from 'vitest';
import { makeDesk } from '../../support/openDesk';
import { filesWith, isCutOff, killedSteps } from './killedSteps';

const words = 'Mi cédula es 001-1234567-8';
const traces = [words, 'pedronavaja', 'Pedro Navaja', 'Llamó Eulalia', 'Un borrador'];

/** Kills a process at steps of an approved redaction; whoever opens the desk next finds all of it there, or nothing of it. What became of each. */
export async function redactionKills(first: number, every: number): Promise<readonly string[]> {
  const world = await makeDesk({ server: { count: 0 } });
  const local = join(world.dir, '.momentos');
  try {
    world.server.control.addMention({ text: `@isc ${words}`, author: 'pedronavaja', name: 'Pedro Navaja' });
    world.server.control.addMention({ text: '@isc ¿A qué hora abren?', author: 'maria' });
    const ana = await world.open();
    await ana.pulling.pull();
    const named = (author: string): string => ana.inbox.list().find(({ post }) => post.author.handle.startsWith(author))!.id;
    const [id, other] = [named('pedro'), named('maria')];
    await ana.triage.note(id, 'Llamó Eulalia');
    await ana.replies.saveDraft(id, { text: 'Un borrador', values: {} });
    await ana.redactions.propose({ target: { kind: 'mention', id }, basis: 'erasureRequest', reason: 'Lo pidió' });
    await ana.dispose();
    return await killedSteps({
      worker: 'redactionWorker.ts',
      world,
      first,
      every,
      look: async ({ nth, ended }) => {
        const cutOff = isCutOff(world);
        const desk = await world.open();
        // Before anything is written: opening is enough.
        expect({ nth, cutOff: isCutOff(world) }).toEqual({ nth, cutOff: false });
        const decided = (await desk.redactions.done()).length === 1;
        const where = traces.flatMap((trace) => filesWith(trace, local));
        const waiting = await desk.redactions.list();
        expect({ nth, met: desk.cutOff.met().map(({ kind, state }) => `${kind} ${state}`) }).toEqual({ nth, met: cutOff ? [`erasure ${decided ? 'finished' : 'dropped'}`] : [] });
        expect({ nth, verdict: await desk.audit.verify() }).toMatchObject({ nth, verdict: { ok: true } });
        if (decided) {
          expect({ nth, where }).toEqual({ nth, where: [] });
          expect(desk.inbox.list({ all: true }).map((mention) => mention.id)).toEqual([other]);
          expect(waiting).toEqual([]);
        } else {
          expect(desk.inbox.list({ all: true })).toHaveLength(2);
          expect(await desk.replies.draft(id)).toMatchObject({ text: 'Un borrador' });
          expect(waiting).toHaveLength(1);
        }
        await desk.dispose();
        return ended ? 'unharmed' : decided ? 'finished' : 'dropped';
      },
    });
  } finally {
    await world.close();
  }
}
