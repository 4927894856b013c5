import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CliHome, finished, firstLine, json, type Json } from './support/cliWorld';

let home: CliHome;
beforeAll(() => {
  home = new CliHome();
});
afterAll(() => {
  home.close();
});

describe('momentos practice', () => {
  test('says with --json in one line where it listens, serves, and ends with status 0 when it is ended', async () => {
    const child = home.start(['practice', '--json', '--port', '0', '--seed', '3', '--count', '5']);
    const whole = finished(child);
    const line = json<Json>(await firstLine(child));
    expect(Object.keys(line)).toEqual(['url', 'account', 'token']);
    expect(line['account']).toBe('isc');
    const { url, token } = line as { url: string; token: string };
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/u);
    const response = await fetch(`${url}/api/v1/notifications?types[]=mention&include_filtered=true`, { headers: { authorization: `Bearer ${token}` } });
    expect(response.status).toBe(200);
    expect(await response.json()).toHaveLength(5);
    child.kill('SIGTERM');
    const { status, stdout, stderr } = await whole;
    expect(status).toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(stderr).toBe('');
  });

  test('--inbox-api starts the web form in its place, and with --mastodon both', async () => {
    const form = home.start(['practice', '--inbox-api', '--json', '--port', '0', '--count', '5']);
    const formEnded = finished(form);
    const line = json<{ url: string; account: string; token: string }>(await firstLine(form));
    expect(Object.keys(line)).toEqual(['url', 'account', 'token']);
    const response = await fetch(`${line.url}/v1/mentions`, { headers: { authorization: `Bearer ${line.token}` } });
    expect(((await response.json()) as { items: readonly { own: boolean }[] }).items.filter(({ own }) => !own)).toHaveLength(5);
    form.kill('SIGINT');
    expect((await formEnded).status).toBe(0);

    const both = home.start(['practice', '--inbox-api', '--mastodon', '--json', '--port', '0']);
    const bothEnded = finished(both);
    const told = json<Record<string, { url: string; token: string }>>(await firstLine(both));
    expect(Object.keys(told)).toEqual(['mastodon', 'inbox-api']);
    const ask = async (kind: string, path: string): Promise<number> => (await fetch(`${told[kind]?.url ?? ''}${path}`, { headers: { authorization: `Bearer ${told[kind]?.token ?? ''}` } })).status;
    expect([await ask('mastodon', '/api/v1/notifications'), await ask('inbox-api', '/v1/account')]).toEqual([200, 200]);
    both.kill('SIGTERM');
    expect((await bothEnded).status).toBe(0);
  });

  test('ends with Ctrl+C too, and says on a screen what it is', async () => {
    const child = home.start(['practice', '--port', '0', '--count', '1']);
    const whole = finished(child);
    expect(await firstLine(child)).toContain('http://127.0.0.1:');
    child.kill('SIGINT');
    const { status, stderr } = await whole;
    expect(status).toBe(0);
    expect(stderr).toContain('Ctrl+C');
  });

  test('refuses a port that is taken and numbers that are none as wrong use', async () => {
    const child = home.start(['practice', '--json', '--port', '0', '--count', '1']);
    const { url } = json<{ url: string }>(await firstLine(child));
    const { status, stdout } = await home.run(['practice', '--json', '--port', new URL(url).port]);
    expect(status).toBe(2);
    expect(json<{ error: { code: string; message: string } }>(stdout).error).toMatchObject({ code: 'usage.invalid', message: expect.stringContaining(new URL(url).port) as string });
    child.kill('SIGTERM');
    for (const [option, value] of [['--port', '70000'], ['--count', 'many'], ['--seed', '-1'], ['--limit', '0/5']] as const) {
      const wrong = await home.run(['practice', option, value]);
      expect(wrong.status).toBe(2);
      expect(wrong.stderr).toContain(`${option} ${value}`);
    }
  });
});
