import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { makeDesk, mediaDir } from '../../support/openDesk';

it('one process hands in, another is killed while it sends: nothing is sent twice, and what was not sent waits again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'momentos-approve-'));
  const worker = join(folder, 'worker.cjs');
  await build({ entryPoints: [join(__dirname, 'approvalWorker.ts')], bundle: true, platform: 'node', format: 'cjs', mainFields: ['module', 'main'], outfile: worker, logLevel: 'error' });
  const world = await makeDesk({ server: { count: 0 } });
  try {
    const config = join(world.dir, 'momentos.json');
    writeFileSync(config, readFileSync(config, 'utf8').replace('"freeText": "allow"', '"freeText": "second-person"'));
    for (const author of ['uno', 'dos', 'tres', 'cuatro']) world.server.control.addMention({ text: `@isc Pregunta de ${author}`, author });
    const ana = await world.open();
    await ana.pulling.pull();
    const ids = ana.inbox.list().map(({ id }) => id);
    for (const id of ids) await ana.approvals.submit(id, { text: `Respuesta a ${id}.`, values: {} }, { confirm: [] });

    for (let kill = 0; kill < 6; kill++) {
      const child = spawn(process.execPath, [worker, world.dir, mediaDir], { env: { ...process.env, ...world.environment, MOMENTOS_OPERATOR: '' }, stdio: ['ignore', 'pipe', 'inherit'] });
      const ended = new Promise<void>((resolve) => child.once('exit', () => { resolve(); }));
      child.stdout.once('data', () => setTimeout(() => { child.kill('SIGKILL'); }, kill * 25));
      await ended;
    }
    world.clock.forward(10 * 60_000);
    const desk = await world.open('Revisora de práctica');
    await desk.replies.settleAll();
    const posted = world.server.control.posted().map(({ text }) => text);
    expect(new Set(posted).size).toBe(posted.length);
    for (const id of ids) {
      const mention = desk.inbox.get(id);
      const isOut = posted.some((text) => text.includes(id));
      expect({ id, status: mention.status === 'answered', waits: mention.submission !== undefined }).toEqual({ id, status: isOut, waits: !isOut });
    }
    for (const { mention } of desk.approvals.list()) await desk.approvals.send(mention.id, { confirm: [] });
    expect(world.server.control.posted()).toHaveLength(ids.length);
    expect((await desk.audit.verify()).ok).toBe(true);
  } finally {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  }
}, 400_000);
