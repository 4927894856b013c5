import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CliDesk, json, type Json } from './support/cliWorld';

type Failure = { readonly error: { readonly code: string; readonly message: string; readonly details: Json } };

const commands = [
  'init', 'connect', 'channels', 'practice', 'pull', 'inbox', 'watch', 'show', 'reply', 'withdraw', 'claim', 'snooze', 'refer', 'note', 'case', 'close', 'score', 'report', 'doctor',
  'templates list', 'templates check', 'templates propose', 'templates approve', 'templates reject', 'audit export', 'audit verify', 'audit head',
];

let desk: CliDesk;
beforeAll(async () => {
  desk = await CliDesk.make();
});
afterAll(() => {
  desk.close();
});

describe('help', () => {
  test('names every command, on stdout, with status 0', async () => {
    const { status, stdout, stderr } = await desk.run(['--help']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const command of new Set(commands.map((name) => name.split(' ')[0]))) expect(stdout).toMatch(new RegExp(`^  ${command!} `, 'mu'));
    expect((await desk.run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/u);
  });

  test('every command has its own, with --json and --desk', async () => {
    // Few at a time: each is a process.
    const left = [...commands];
    const worker = async (): Promise<void> => {
      for (let command = left.pop(); command !== undefined; command = left.pop()) {
        const { status, stdout } = await desk.run([...command.split(' '), '--help']);
        expect({ command, status }).toEqual({ command, status: 0 });
        expect(stdout).toContain(`momentos ${command}`);
        expect(stdout).toContain('--json');
        expect(stdout).toContain('--desk');
      }
    };
    await Promise.all([worker(), worker(), worker()]);
  });

  test('speaks the desk\'s language, and the one that is asked for', async () => {
    const spanish = await desk.run(['inbox', '--help', '--desk', desk.dir], { env: { MOMENTOS_LANGUAGE: undefined } });
    const english = await desk.run(['inbox', '--help', '--desk', desk.dir]);
    expect(english.stdout).toContain('List the open mentions');
    expect(spanish.stdout).not.toContain('List the open mentions');
  });
});

describe('wrong use', () => {
  test('exits 2, in words on stderr or as an error object on stdout', async () => {
    for (const args of [['nonsense'], ['inbox', '--nonsense'], ['show'], ['audit']]) {
      const words = await desk.in(...args);
      expect({ args, status: words.status, stdout: words.stdout }).toEqual({ args, status: 2, stdout: '' });
      expect(words.stderr).not.toBe('');
    }
    const { status, stdout, stderr } = await desk.in('inbox', '--nonsense', '--json');
    expect({ status, stderr }).toEqual({ status: 2, stderr: '' });
    expect(json<Failure>(stdout).error).toMatchObject({ code: 'usage.invalid', message: expect.stringContaining('--nonsense') as string });
  });

  test('a person who is none is refused', async () => {
    const { status, stdout } = await desk.in('inbox', '--as', '<@>', '--json');
    expect(status).toBe(2);
    expect(json<Failure>(stdout).error.code).toBe('operator.invalid');
  });
});

describe('a desk that is not right', () => {
  async function broken(text: string): Promise<{ status: number | null; error: Failure['error'] }> {
    const dir = join(desk.home, 'broken');
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, 'momentos.json'), text);
    const { status, stdout } = await desk.run(['inbox', '--desk', dir, '--json']);
    return { status, error: json<Failure>(stdout).error };
  }
  const config = (): string => readFileSync(join(desk.dir, 'momentos.json'), 'utf8');

  test('no momentos.json: exit 3, and what to do', async () => {
    const { status, stdout, stderr } = await desk.run(['inbox']);
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
    expect(stderr).toContain('momentos init');
    const missing = await desk.run(['pull', '--json', '--desk', join(desk.home, 'nowhere')]);
    expect(missing.status).toBe(3);
    expect(json<Failure>(missing.stdout).error.code).toBe('desk.notFound');
  });

  test('JSON that cannot be read: exit 3, with the line', async () => {
    const { status, error } = await broken('{\n  "schemaVersion": 1,\n  "institution": { "id": }\n}\n');
    expect(status).toBe(3);
    expect(error.code).toBe('config.invalid');
    expect(error.message).toContain('line 3');
  });

  test('an unknown key: exit 3, with the nearest known one', async () => {
    const { status, error } = await broken(config().replace('"holidays"', '"holydays"'));
    expect(status).toBe(3);
    expect(error).toMatchObject({ code: 'config.unknownKey', details: { key: 'holydays', nearest: 'holidays' } });
    const nested = await broken(config().replace('"timeZone"', '"timezone"'));
    expect(nested.error.message).toContain('timeZone');
  });

  test('values that cannot be: exit 3, with the rule in words', async () => {
    expect((await broken(config().replace('America/Santo_Domingo', 'Santo Domingo'))).error.message).toContain('not a time zone');
    expect((await broken(config().replace('"4h"', '"4 horas"'))).error.message).toContain('4 horas');
    expect((await broken(config().replace('"schemaVersion": 1', '"schemaVersion": 2'))).error.code).toBe('config.newerSchema');
  });

  test('a store that cannot be written: exit 3, and nothing was sent', async () => {
    // A file stands where the folder should: it holds for root too.
    const dir = join(desk.home, 'blocked');
    mkdirSync(dir);
    writeFileSync(join(dir, 'momentos.json'), config());
    writeFileSync(join(dir, '.momentos'), '');
    const { status, stdout } = await desk.run(['pull', '--desk', dir, '--json']);
    expect(status).toBe(3);
    expect(json<Failure>(stdout).error.code).toMatch(/^store\./u);
    rmSync(dir, { recursive: true });
    const inFile = await desk.run(['init', join(desk.dir, 'momentos.json', 'below'), '--practice', '--json']);
    expect(inFile.status).toBe(3);
  });
});

describe('the network', () => {
  test('a server that is not there: exit 4, in pull\'s own shape; what is stored can still be read', async () => {
    const [id = ''] = await desk.receive({ text: '@isc ¿Abren hoy?', author: 'eva' });
    desk.server.control.fault({ kind: '503', count: 1000 });
    const down = await desk.in('pull', '--json');
    expect(down.status).toBe(4);
    expect(json(down.stdout)).toEqual({ channels: [{ id: 'mastodon-main', received: 0, new: 0, updated: 0, error: { code: 'network.unavailable', message: expect.any(String) as string } }] });
    desk.server.control.clearFaults();
    await desk.server.close();
    const gone = await desk.in('pull', '--json');
    expect(gone.status).toBe(4);
    expect(json<{ channels: readonly { error: Failure['error'] }[] }>(gone.stdout).channels[0]!.error).toMatchObject({ code: 'network.offline', message: expect.stringContaining(new URL(desk.server.url).host) as string });
    const reply = await desk.in('reply', id, '--text', 'Sí, hasta las cuatro.', '--json');
    expect(reply.status).toBe(4);
    expect(json<Failure>(reply.stdout).error.code).toBe('network.offline');
    expect((await desk.in('inbox')).status).toBe(0);
    expect((await desk.one('audit', 'verify'))['ok']).toBe(true);
  });
});
