import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { makeDesk, mediaDir } from '../../support/openDesk';

const words = 'Mi cédula es 001-1234567-8';
const traces = [words, 'pedronavaja', 'Pedro Navaja', 'Llamó Eulalia', 'Un borrador'];

function filesWith(text: string, dir: string): readonly string[] {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    if (statSync(path).isDirectory()) return filesWith(text, path);
    return readFileSync(path).includes(Buffer.from(text)) ? [name] : [];
  });
}

it('a process that is killed at any step of erasing leaves all of it there, or whoever comes next finishes it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'momentos-erase-'));
  const worker = join(folder, 'worker.cjs');
  await build({ entryPoints: [join(import.meta.dirname, 'redactionWorker.ts')], bundle: true, platform: 'node', format: 'cjs', mainFields: ['module', 'main'], outfile: worker, logLevel: 'error' });
  const world = await makeDesk({ server: { count: 0 } });
  const local = join(world.dir, '.momentos');
  const kept = join(folder, 'before');
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
    cpSync(local, kept, { recursive: true });

    const outcomes: string[] = [];
    for (let nth = 1; outcomes.at(-1) !== 'unharmed'; nth += 1) {
      expect(nth).toBeLessThan(200);
      rmSync(local, { recursive: true, force: true });
      cpSync(kept, local, { recursive: true });
      const child = spawnSync(process.execPath, [worker, world.dir, mediaDir, String(nth)], { env: { ...process.env, ...world.environment, MOMENTOS_OPERATOR: '' }, encoding: 'utf8' });
      const desk = await world.open();
      await desk.triage.note(other, 'sigue');
      const decided = (await desk.redactions.done()).length === 1;
      const where = traces.flatMap((trace) => filesWith(trace, local));
      const waiting = await desk.redactions.list();
      expect({ nth, verdict: await desk.audit.verify() }).toMatchObject({ nth, verdict: { ok: true } });
      expect(existsSync(join(local, 'redaction.json'))).toBe(false);
      if (decided) {
        expect({ nth, where }).toEqual({ nth, where: [] });
        expect(desk.inbox.list({ all: true }).map((mention) => mention.id)).toEqual([other]);
        expect(waiting).toEqual([]);
      } else {
        expect(desk.inbox.list({ all: true })).toHaveLength(2);
        expect(await desk.replies.draft(id)).toMatchObject({ text: 'Un borrador' });
        expect(waiting).toHaveLength(1);
      }
      outcomes.push(child.stdout === 'done' ? 'unharmed' : decided ? 'finished' : 'dropped');
      await desk.dispose();
    }
    // Both ways out were met: before the log had it, and after.
    expect(outcomes).toContain('dropped');
    expect(outcomes).toContain('finished');
  } finally {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  }
}, 600_000);
