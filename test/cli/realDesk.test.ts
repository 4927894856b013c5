import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPracticeServer, type PracticeServer } from '../../src/toolkit/practice/practiceServer';
import { CliHome, finished, json, jsonLines, type Json } from './support/cliWorld';

type Failure = { readonly error: { readonly code: string; readonly message: string; readonly details: Json } };

const reviewer = '--as=Luz Marte <luz@isc.example>';
const reviewerKey = [reviewer, '--key=../luz.pem'];
const thanks = 'templates/thanks.md';

/** Every file below a folder, as text. */
function textsBelow(folder: string): readonly { readonly path: string; readonly text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => ({ path, text: readFileSync(path, 'latin1') }));
}

/** What a person does in a browser: opens the page, allows, copies the code. */
async function allow(authorizeUrl: string): Promise<string> {
  const page = await (await fetch(authorizeUrl)).text();
  const form = new URLSearchParams([...page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/gu)].map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')]));
  form.set('decision', 'allow');
  const shown = await (await fetch(new URL('/oauth/authorize', authorizeUrl), { method: 'POST', body: form })).text();
  return /<code id="code">([^<]+)<\/code>/u.exec(shown)![1]!;
}

describe('a real institution, from nothing to its first answer', () => {
  let home: CliHome;
  let server: PracticeServer;
  let dir: string;
  const inDesk = (...args: readonly string[]) => home.run(args, { cwd: dir });
  const failure = (stdout: string): Failure['error'] => json<Failure>(stdout).error;

  beforeAll(async () => {
    home = new CliHome();
    dir = join(home.home, 'mesa');
    server = await startPracticeServer({ count: 0, seed: 3 });
  });
  afterAll(async () => {
    home.close();
    await server.close();
  });

  test('init without a terminal needs every answer that has no default, and makes nothing before it has them', async () => {
    const { status, stdout } = await home.run(['init', dir, '--json']);
    expect(status).toBe(2);
    expect(failure(stdout).code).toBe('usage.invalid');
    expect(readdirSync(home.home)).not.toContain('mesa');
  });

  test('init makes a desk whose templates wait for the reviewer; a second one is refused', async () => {
    const flags = ['--name', 'Instituto de Servicios al Ciudadano', '--id', 'isc', '--country', 'DO', '--time-zone', 'America/Santo_Domingo', '--language', 'es', '--language', 'en', '--domain', 'isc.example',
      '--reviewer', 'Luz Marte <luz@isc.example>', '--url', server.url, '--account', 'isc', '--hours', '08:00-16:00'];
    const made = await home.run(['init', dir, ...flags, '--json']);
    expect({ status: made.status, stderr: made.stderr }).toEqual({ status: 0, stderr: '' });
    expect(json<{ dir: string; templates: number }>(made.stdout)).toMatchObject({ dir });
    expect(json<{ templates: number }>(made.stdout).templates).toBeGreaterThanOrEqual(15);
    expect(readFileSync(join(dir, 'momentos.json'), 'utf8')).toContain('"luz@isc.example"');
    expect(readFileSync(join(dir, '.gitignore'), 'utf8')).toContain('.momentos/');
    expect(statSync(join(dir, '.momentos')).mode & 0o777).toBe(0o700);
    for (const template of jsonLines((await inDesk('templates', 'list', '--json')).stdout)) expect(template).toMatchObject({ state: 'inReview' });
    const again = await home.run(['init', dir, ...flags, '--json']);
    expect(again.status).toBe(3);
    expect(failure(again.stdout).code).toBe('desk.exists');
  });

  test('before the sign-in nothing can be fetched, and doctor says what to do', async () => {
    const pulled = await inDesk('pull', '--json');
    expect(pulled.status).toBe(4);
    expect(json(pulled.stdout)).toEqual({ channels: [{ id: 'mastodon-main', received: 0, new: 0, updated: 0, error: { code: 'secret.missing', message: expect.stringContaining('momentos connect') as string } }] });
    const doctor = await inDesk('doctor', '--json');
    expect(doctor.status).toBe(4);
    const findings = jsonLines(doctor.stdout);
    for (const finding of findings) expect(Object.keys(finding)).toEqual(['code', 'severity', 'message']);
    expect(findings).toContainEqual(expect.objectContaining({ code: 'channel.mastodon-main', severity: 'error' }));
    expect(findings).toContainEqual(expect.objectContaining({ code: 'templates', severity: 'warning' }));
  });

  test('connect takes the code that a person pastes, and keeps the token outside the desk in a file of its owner', async () => {
    const child = home.start(['connect', '--json'], { cwd: dir });
    const whole = finished(child);
    const address = await new Promise<string>((found) => {
      let text = '';
      child.stderr!.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        const url = /http\S+oauth\/authorize\S+(?=\s)/u.exec(text)?.[0];
        if (url !== undefined) found(url);
      });
    });
    child.stdin!.end(`${await allow(address)}\n`);
    const { status, stdout } = await whole;
    expect(status).toBe(0);
    expect(json(stdout)).toEqual({ channel: 'mastodon-main', connected: true, account: expect.stringContaining('isc') as string, new: 0, updated: 0 });
    const secret = join(home.home, 'config', 'momentos', 'secrets', 'mastodon-main.json');
    expect(statSync(secret).mode & 0o777).toBe(0o600);
    expect((await inDesk('doctor')).status).toBe(0);
  });

  test('channels tells of each when it was looked at, what it can do, and never its token', async () => {
    expect((await inDesk('pull')).status).toBe(0);
    const { status, stdout } = await inDesk('channels', '--json');
    expect(status).toBe(0);
    expect(jsonLines(stdout)).toEqual([expect.objectContaining({ id: 'mastodon-main', network: 'mastodon', health: 'working', connected: true, lastPullAt: expect.stringMatching(/^\d{4}-.*Z$/u) as string, error: null })]);
    const plain = (await inDesk('channels')).stdout;
    expect(plain).toMatch(/^✓ mastodon-main {2}Mastodon \(isc\) {2}just now/u);
    const { token } = JSON.parse(readFileSync(join(home.home, 'config', 'momentos', 'secrets', 'mastodon-main.json'), 'utf8')) as { token: string };
    expect(stdout + plain).not.toContain(token);
  });

  test('connect adds an account, says what is lacking, and takes a token from standard input or a file of its owner, never from its arguments', async () => {
    const other = await startPracticeServer({ count: 2, seed: 5 });
    try {
      const lacking = await inDesk('connect', '--network', 'bluesky', '--json');
      expect(lacking.status).toBe(2);
      expect(failure(lacking.stdout).message).toContain('--account');
      const shown = await inDesk('connect', '--network', 'mastodon', '--url', other.url, '--account', 'isc', '--token', other.token, '--json');
      expect({ status: shown.status, code: failure(shown.stdout).code }).toEqual({ status: 2, code: 'usage.invalid' });
      expect(shown.stdout).not.toContain(other.token);
      // It was added by then: the same call again connects it.
      const made = await home.run(['connect', '--network', 'mastodon', '--url', other.url, '--account', 'isc', '--token', '-', '--json'], { cwd: dir, input: `${other.token}\n` });
      expect(json(made.stdout)).toEqual({ channel: 'mastodon-isc', connected: true, account: expect.stringContaining('isc') as string, new: 2, updated: 0 });
      expect(readFileSync(join(dir, 'momentos.json'), 'utf8')).not.toContain(other.token);
      const wrong = await home.run(['connect', 'mastodon-isc', '--token', '-', '--json'], { cwd: dir, input: 'nonsense\n' });
      expect({ status: wrong.status, code: failure(wrong.stdout).code }).toEqual({ status: 4, code: 'signIn.refused' });
      const hand = await inDesk('connect', '--network', 'by-hand', '--medium', 'phone', '--name', 'Llamadas', '--json');
      expect(json(hand.stdout)).toEqual({ channel: 'llamadas', connected: null, account: null });
    } finally {
      const text = readFileSync(join(dir, 'momentos.json'), 'utf8');
      const { channels } = JSON.parse(text.slice(text.indexOf('\n'))) as { channels: { id: string }[] };
      await inDesk('connect', 'mastodon-isc', '--disconnect');
      const [first] = channels;
      writeFileSync(join(dir, 'momentos.json'), text.replace(/"channels": \[[^]*?\n {2}\]/u, `"channels": [${JSON.stringify(first)}]`));
      await other.close();
    }
  });

  test('a wrong code and no code are refused', async () => {
    const wrong = await home.run(['connect', '--json'], { cwd: dir, input: 'nonsense\n' });
    expect(wrong.status).toBe(4);
    expect(failure(wrong.stdout).code).toBe('signIn.refused');
    const none = await home.run(['connect', '--json'], { cwd: dir });
    expect(none.status).toBe(2);
    const other = await home.run(['connect', 'facebook', '--json'], { cwd: dir });
    expect(other.status).toBe(2);
    expect(failure(other.stdout).details['known']).toEqual(['mastodon-main']);
  });

  test('only a listed reviewer approves; approved words are sent; a changed text waits again', async () => {
    server.control.addMention({ text: '@isc Muchas gracias por la excelente atención', author: 'marta' });
    expect((await inDesk('pull')).status).toBe(0);
    const [mention] = jsonLines<{ id: string }>((await inDesk('inbox', '--json')).stdout);
    const early = await inDesk('reply', mention!.id, '--template', 'thanks', '--json');
    expect(early.status).toBe(5);
    expect(failure(early.stdout).code).toBe('reply.notApproved');

    const stranger = await inDesk('templates', 'approve', 'thanks', '--json');
    expect(stranger.status).toBe(5);
    expect(failure(stranger.stdout)).toMatchObject({ code: 'review.notReviewer', message: expect.stringContaining('Ana Pérez') as string });
    const keyless = await inDesk('templates', 'approve', 'thanks', reviewer, '--json');
    expect(keyless.status).toBe(5);
    expect(failure(keyless.stdout)).toMatchObject({ code: 'reviewer.notCounted', details: { standing: 'unsigned' } });
    const made = await inDesk('templates', 'keygen', '--out', '../luz.pem', '--no-passphrase', '--json');
    expect(made.status).toBe(0);
    const fingerprint = String(json(made.stdout)['fingerprint']);
    expect(statSync(join(home.home, 'luz.pem')).mode & 0o777).toBe(0o600);
    expect((await inDesk('templates', 'keygen', '--out', '../luz.pem', '--no-passphrase')).status).toBe(3);
    const added = await inDesk('reviewers', 'add', 'Luz Marte <luz@isc.example>', ...reviewerKey, '--json');
    expect(json(added.stdout)).toMatchObject({ name: 'Luz Marte', standing: 'counted', fingerprint });
    const forgetful = await inDesk('templates', 'approve', 'thanks', reviewer, '--json');
    expect(failure(forgetful.stdout).code).toBe('key.missing');

    const approved = await inDesk('templates', 'approve', 'thanks', ...reviewerKey, '--json');
    expect(approved.status).toBe(0);
    expect(json(approved.stdout)).toMatchObject({ id: 'thanks', version: 1, state: 'approved', approvedVersion: 1 });
    expect(readFileSync(join(dir, 'templates/approved/thanks.v1.md'), 'utf8')).toBe(readFileSync(join(dir, thanks), 'utf8'));

    const working = readFileSync(join(dir, thanks), 'utf8');
    writeFileSync(join(dir, thanks), working.replace('version: 1', 'version: 2').replace('¡Muchas gracias por sus palabras!', '¡Gracias de corazón!'));
    expect(json((await inDesk('templates', 'list', '--json')).stdout.split('\n').find((line) => line.includes('"id":"thanks"'))!)).toMatchObject({ approvedVersion: 1 });
    const sent = await inDesk('reply', mention!.id, '--template', 'thanks', '--json');
    expect(sent.status).toBe(0);
    expect(json(sent.stdout)['text']).toContain('¡Muchas gracias por sus palabras!');
    expect(server.control.posted()).toHaveLength(1);
  });

  test('propose, reject with a reason, propose again; nobody approves what he proposed', async () => {
    expect(json((await inDesk('templates', 'propose', 'thanks', '--json')).stdout)).toMatchObject({ state: 'inReview' });
    expect((await inDesk('templates', 'propose', 'thanks')).status).toBe(5);
    expect((await inDesk('templates', 'reject', 'thanks', reviewer)).status).toBe(2);
    const blank = await inDesk('templates', 'reject', 'thanks', '--reason', ' ', reviewer, '--json');
    expect(blank.status).toBe(5);
    expect(failure(blank.stdout).code).toBe('review.reasonMissing');
    expect(json((await inDesk('templates', 'reject', 'thanks', '--reason', 'demasiado efusivo', reviewer, '--json')).stdout)).toMatchObject({ state: 'rejected' });
    expect(json((await inDesk('templates', 'propose', 'thanks', reviewer, '--json')).stdout)).toMatchObject({ state: 'inReview' });
    const own = await inDesk('templates', 'approve', 'thanks', ...reviewerKey, '--json');
    expect(own.status).toBe(5);
    expect(failure(own.stdout).code).toBe('review.ownProposal');
    expect((await inDesk('templates', 'approve', 'nonesuch', reviewer)).status).toBe(2);
  });

  test('on another machine nothing is sent before the first key is confirmed there, and never under another one', async () => {
    const elsewhere = { XDG_CONFIG_HOME: join(home.home, 'other-config') };
    const state = async (...args: readonly string[]) => {
      const { stdout } = await home.run(['templates', 'list', '--json', ...args], { cwd: dir, env: elsewhere });
      return jsonLines<{ id: string; approvedVersion: number | null }>(stdout).find(({ id }) => id === 'thanks')?.approvedVersion;
    };
    expect(await state()).toBeNull();
    const verdict = await home.run(['templates', 'verify', '--json'], { cwd: dir, env: elsewhere });
    expect(verdict.status).toBe(5);
    expect(json<{ approvals: readonly { verdict: string }[] }>(verdict.stdout).approvals.map((one) => one.verdict)).toEqual(['notTrusted']);
    const wrong = await home.run(['templates', 'list', '--trust', 'a'.repeat(64), '--json'], { cwd: dir, env: elsewhere });
    expect([wrong.status, failure(wrong.stdout).code]).toEqual([5, 'trust.mismatch']);
    const [luz] = jsonLines<{ fingerprint: string }>((await inDesk('reviewers', 'list', '--json')).stdout);
    expect(await state('--trust', luz!.fingerprint)).toBe(1);
    expect(await state()).toBe(1);
    expect((await inDesk('templates', 'verify', '--json')).status).toBe(0);
  });

  test('a template is withdrawn with a reason, and then not sent', async () => {
    const withdrawn = await inDesk('templates', 'withdraw', 'thanks', '--reason', 'cambió la norma', ...reviewerKey, '--json');
    expect([withdrawn.status, json(withdrawn.stdout)['approvedVersion']]).toEqual([0, null]);
    expect((await inDesk('templates', 'withdraw', 'thanks', '--reason', 'otra vez', ...reviewerKey)).status).toBe(5);
  });

  test('check names file, line and reason of what is wrong', async () => {
    writeFileSync(join(dir, 'templates/broken.md'), '---\nid: broken\nversion: 1\ntitle: { es: Rota }\nplaceholders: []\n---\n<!-- lang: es -->\nHola, {{nobody}}.\n');
    const { status, stdout } = await inDesk('templates', 'check', 'broken', '--json');
    expect(status).toBe(5);
    const checked = json<{ ok: boolean; problems: readonly { code: string; message: string }[] }>(stdout);
    expect(checked.ok).toBe(false);
    expect(checked.problems.map(({ message }) => message).join()).toContain('nobody');
    expect((await inDesk('templates', 'check')).stdout).toContain('broken');
    expect((await inDesk('templates', 'propose', 'broken')).status).toBe(5);
  });

  test('a desk whose address was changed gets no token, and the other server hears nothing', async () => {
    const elsewhere = await startPracticeServer({ count: 2 });
    try {
      const config = readFileSync(join(dir, 'momentos.json'), 'utf8');
      writeFileSync(join(dir, 'momentos.json'), config.replace(server.url, elsewhere.url));
      const { status, stdout } = await inDesk('pull', '--json');
      expect(status).toBe(4);
      expect(json<{ channels: readonly { error: { code: string } }[] }>(stdout).channels[0]!.error.code).toBe('secret.otherOrigin');
      expect(elsewhere.control.requests().filter(({ headers }) => headers.includes('authorization'))).toEqual([]);
      writeFileSync(join(dir, 'momentos.json'), config);
    } finally {
      await elsewhere.close();
    }
  });

  test('the token that the server gave is in no file of the desk and in nothing that was printed', () => {
    const { secret } = JSON.parse(readFileSync(join(home.home, 'config', 'momentos', 'secrets', 'mastodon-main.json'), 'utf8')) as { secret: { token: string; clientSecret: string } };
    expect(secret.token.length).toBeGreaterThan(20);
    for (const hidden of [secret.token, secret.clientSecret]) {
      expect(textsBelow(dir).filter(({ text }) => text.includes(hidden)).map(({ path }) => path)).toEqual([]);
      expect(home.printed.join('')).not.toContain(hidden);
    }
  });

  test('disconnect ends the token on the server and forgets it', async () => {
    const { status, stdout } = await inDesk('connect', '--disconnect', '--json');
    expect(status).toBe(0);
    expect(json(stdout)).toMatchObject({ channel: 'mastodon-main', connected: false });
    expect(server.control.requests().map(({ path }) => path)).toContain('/oauth/revoke');
    expect((await inDesk('pull')).status).toBe(4);
  });
});

describe('a token from the environment', () => {
  const canary = 'canary-7f3a9c-do-not-tell';
  let home: CliHome;
  let server: PracticeServer;
  let dir: string;

  beforeAll(async () => {
    home = new CliHome({ MOMENTOS_DEBUG: '1' });
    dir = join(home.home, 'desk');
    server = await startPracticeServer({ count: 0, token: canary });
    const tokenFile = join(home.home, 'token');
    writeFileSync(tokenFile, `${canary}\n`, { mode: 0o600 });
    home.env['MOMENTOS_TOKEN_MASTODON_MAIN_FILE'] = tokenFile;
    await home.run(['init', dir, '--practice', server.url]);
  });
  afterAll(async () => {
    home.close();
    await server.close();
  });

  test('is read from a file of its owner, and shows up nowhere over a whole run with faults', async () => {
    const run = (...args: readonly string[]) => home.run(args, { cwd: dir });
    server.control.addMention({ text: '@isc ¿Abren hoy?', author: 'eva' });
    expect((await run('pull', '--json')).status).toBe(0);
    const [mention] = jsonLines<{ id: string }>((await run('inbox', '--json')).stdout);
    for (const kind of ['401', '403', '500', 'malformed', 'cutoff', 'redirect'] as const) {
      server.control.fault({ kind, count: 20 });
      expect((await run('pull', '--json')).status).toBe(4);
      server.control.clearFaults();
    }
    server.control.fault({ kind: '403', path: '^/api/v1/statuses$', method: 'POST' });
    expect((await run('reply', mention!.id, '--text', 'Sí, hasta las cuatro.')).status).toBe(4);
    expect((await run('reply', mention!.id, '--text', 'Sí, hasta las cuatro.')).status).toBe(0);
    await run('doctor');
    await run('audit', 'export', '--format', 'json', '--out', 'log.json', '--personal-data', 'include', '--purpose', 'Prueba');
    expect(readFileSync(join(dir, 'log.json'), 'utf8')).toContain('Sí, hasta las cuatro.');
    expect(textsBelow(dir).length).toBeGreaterThan(20);
    expect(textsBelow(dir).filter(({ text }) => text.includes(canary)).map(({ path }) => path)).toEqual([]);
    expect(home.printed.join('').length).toBeGreaterThan(1000);
    expect(home.printed.join('')).not.toContain(canary);
  });

  test('is refused from a file that others can read', async () => {
    const open = join(home.home, 'open-token');
    writeFileSync(open, canary, { mode: 0o644 });
    const { status, stdout } = await home.run(['pull', '--json'], { cwd: dir, env: { MOMENTOS_TOKEN_MASTODON_MAIN_FILE: open } });
    expect(status).toBe(4);
    expect(json<{ channels: readonly { error: { code: string } }[] }>(stdout).channels[0]!.error.code).toBe('secret.unreadable');
  });

  test('goes to another machine only after --trust-origin, which is remembered outside the desk', async () => {
    const real = join(home.home, 'real');
    await home.run(['init', real, '--name', 'Instituto', '--reviewer', 'Luz Marte', '--url', 'https://social.isc.invalid', '--account', 'isc']);
    const state = async (): Promise<Json> => jsonLines((await home.run(['doctor', '--json'], { cwd: real })).stdout).find(({ code }) => code === 'channel.mastodon-main')!;
    expect((await state())['message']).toContain('another address');
    const trusted = await home.run(['connect', '--trust-origin', '--json'], { cwd: real });
    expect({ status: trusted.status, ...json(trusted.stdout) }).toEqual({ status: 0, channel: 'mastodon-main', connected: true, account: null });
    // Trusted now: what is left is that there is no such machine.
    expect((await state())['message']).toContain('social.isc.invalid');
    expect((await state())['message']).not.toContain('another address');
  });
});
