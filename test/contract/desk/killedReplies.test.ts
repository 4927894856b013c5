import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { makeDesk, mediaDir } from '../../support/openDesk';

const kills = 50;

/** Park and Miller's generator: the moments of the kills are the same in each run, as far as the machine allows. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

it(`${String(kills)} processes killed while they answer: nothing lost, nothing sent twice, the log verifies`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'momentos-kill-'));
  const worker = join(folder, 'worker.cjs');
  await build({ entryPoints: [join(__dirname, 'replyWorker.ts')], bundle: true, platform: 'node', format: 'cjs', mainFields: ['module', 'main'], outfile: worker, logLevel: 'error' });
  // Few enough that nothing in the stream changes by itself: an answer to a message that its author deletes meanwhile stays unsettled, and rightly so.
  const world = await makeDesk({ server: { count: 50 } });
  for (let number = 1; number <= 100; number += 1) world.server.control.addMention({ text: `¿Cuánto cuesta el trámite ${String(number)}?`, author: `persona_${String(number)}` });
  const random = randomFrom(20_261_121);
  const told = new Set<string>();
  try {
    let killed = 0;
    while (killed < kills) {
      // One in five is killed while it settles and pulls, the others a moment after they began to answer or after an answer was told: so the
      // kills fall into the work on a slow machine too.
      const word = killed % 5 === 4 ? 'open' : ['pulled', 'sent', 'sent', 'sent'][Math.floor(random() * 4)]!;
      const times = word === 'sent' ? 1 + Math.floor(random() * 3) : 1;
      const child = spawn(process.execPath, [worker, world.dir, mediaDir], { env: { ...process.env, ...world.environment, MOMENTOS_OPERATOR: '' }, stdio: ['ignore', 'pipe', 'inherit'] });
      const ended = new Promise<void>((resolve) => child.once('exit', () => { resolve(); }));
      let output = '';
      let timer: NodeJS.Timeout | undefined;
      child.stdout.on('data', (data: Buffer) => {
        output += data.toString();
        if (timer === undefined && output.split(word).length > times) timer = setTimeout(() => { child.kill('SIGKILL'); }, Math.floor(random() * 120));
      });
      await ended;
      for (const [, id] of output.matchAll(/^sent (\S+)$/gmu)) told.add(id!);
      if (output.includes('done')) world.server.control.addMention({ text: `Otra pregunta más, la número ${String(killed)}` });
      else killed++;
    }
    world.clock.forward(10 * 60_000);
    const desk = await world.open();
    await desk.replies.settleAll();
    const replies = desk.inbox.list({ all: true }).flatMap((mention) => mention.replies.map((reply) => ({ mention, reply })));
    const posted = world.server.control.posted();

    expect(replies.filter(({ reply }) => reply.state === 'intended' || reply.state === 'unsettled')).toEqual([]);
    const sent = replies.filter(({ reply }) => reply.state === 'sent');
    expect(sent.length).toBeGreaterThan(0);
    expect(new Set(posted.map(({ text }) => text)).size).toBe(posted.length);
    expect(sent.map(({ reply }) => reply.externalId).sort()).toEqual(posted.map(({ id }) => id).sort());
    for (const id of told) expect(sent.some(({ reply }) => reply.id === id)).toBe(true);
    const verdict = await desk.audit.verify();
    expect(verdict.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(verdict.ok).toBe(true);
  } finally {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  }
}, 400_000);
