import { spawn, spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cliPath, CliDesk, finished } from './support/cliWorld';

let desk: CliDesk;
beforeAll(async () => {
  desk = await CliDesk.make({ count: 60 });
  await desk.one('pull');
});
afterAll(() => {
  desk.close();
});

/** Runs a command on a terminal of its own: `script` of util-linux makes one. */
async function onTerminal(args: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
  const command = `'${process.execPath}' '${cliPath}' ${args}`;
  const child = spawn('script', ['-qec', command, '/dev/null'], { cwd: desk.dir, env: { ...desk.env, TERM: 'xterm', ...env }, stdio: 'pipe' });
  child.stdin.end();
  const { stdout } = await finished(child);
  return stdout;
}

const hasScript = spawnSync('script', ['-qec', 'true', '/dev/null']).status === 0;

test.skipIf(!hasScript)('on a terminal there are colours, and none where they are not wanted', async () => {
  expect(await onTerminal('inbox')).toContain('\u001b[31m');
  expect(await onTerminal('inbox', { NO_COLOR: '1' })).not.toContain('\u001b[');
  expect(await onTerminal('inbox --json')).not.toContain('\u001b[');
});

test('a reader that has enough ends the command in silence', async () => {
  for (const args of ['inbox --all --json', 'inbox --all', '--help', 'templates list']) {
    const child = spawn('bash', ['-c', `'${process.execPath}' '${cliPath}' ${args} | head -1; echo "status \${PIPESTATUS[0]}"`], { cwd: desk.dir, env: { ...desk.env }, stdio: 'pipe' });
    const { stdout, stderr } = await finished(child);
    expect({ args, stderr }).toEqual({ args, stderr: '' });
    expect(stdout.trimEnd().split('\n')).toHaveLength(2);
    expect(stdout).toContain('status 0');
  }
});
