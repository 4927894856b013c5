import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadConfig } from '../../../../src/desk/config';
import { inspectDeskFolder, pointDeskAt, setDeskAside } from '../../../../src/toolkit/start/practiceDesk';

let base: string;
let desk: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'mo-desk-'));
  desk = join(base, 'desk');
});
afterEach(() => rm(base, { recursive: true, force: true }));

const config = (url: string): string => `{
  // a comment that somebody wrote
  "schemaVersion": 1,
  "institution": { "id": "isc", "name": "ISC", "country": "DO", "timeZone": "America/Santo_Domingo", "languages": ["es"] },
  "channels": [{ "id": "mastodon-main", "network": "mastodon", "url": "${url}", "account": "isc" }]
}
`;
const makeDesk = async (text: string): Promise<void> => {
  await mkdir(desk, { recursive: true });
  await writeFile(join(desk, 'momentos.json'), text);
};

describe('what lies in the folder', () => {
  test('nothing, or nothing yet', async () => {
    expect(await inspectDeskFolder(desk)).toBe('free');
    await mkdir(desk);
    expect(await inspectDeskFolder(desk)).toBe('free');
  });

  test('a practice desk', async () => {
    await makeDesk(config('http://127.0.0.1:4010'));
    expect(await inspectDeskFolder(desk)).toBe('practice');
  });

  test('a desk whose configuration cannot be read', async () => {
    await makeDesk('{ "schemaVersion": 1, ');
    expect(await inspectDeskFolder(desk)).toBe('broken');
  });

  test('a real desk is never taken for practice', async () => {
    await makeDesk(config('https://social.example'));
    await expect(inspectDeskFolder(desk)).rejects.toMatchObject({ code: 'desk.exists', details: { dir: desk } });
  });

  test('somebody’s other files are never mixed with a desk', async () => {
    await mkdir(desk);
    await writeFile(join(desk, 'tesis.txt'), '');
    await expect(inspectDeskFolder(desk)).rejects.toMatchObject({ code: 'usage.invalid', details: { reason: 'notEmpty' } });
  });
});

test('a desk that is started over is kept beside the new one, each time under another name', async () => {
  const at = Date.UTC(2026, 0, 2, 3, 4, 5);
  await makeDesk('one');
  expect(await setDeskAside(desk, at)).toBe(`${desk}-20260102-030405`);
  expect(existsSync(desk)).toBe(false);
  await makeDesk('two');
  const second = await setDeskAside(desk, at);
  expect(await readFile(join(second, 'momentos.json'), 'utf8')).toBe('two');
  expect(await readFile(join(`${desk}-20260102-030405`, 'momentos.json'), 'utf8')).toBe('one');
});

const practice = { url: 'http://127.0.0.1:5123', account: 'isc' };
const form = { url: 'http://127.0.0.1:5124', account: 'isc' };
const read = (): Promise<string> => readFile(join(desk, 'momentos.json'), 'utf8');

describe('a desk that is started again', () => {
  test('from before there was a web form gets it beside its first channel, and nothing else in the file changes', async () => {
    await makeDesk(config('http://127.0.0.1:4010'));
    await pointDeskAt(desk, practice, form);
    const text = await read();
    for (const line of config(practice.url).split('\n').filter((each) => !each.includes('"channels"'))) expect(text.split('\n')).toContain(line);
    expect(text).toContain('// a comment that somebody wrote');
    expect((await loadConfig(desk)).channels).toEqual([
      { id: 'mastodon-main', network: 'mastodon', ...practice }, { id: 'inbox-main', network: 'inbox-api', ...form, name: 'Formulario web' },
    ]);
    await pointDeskAt(desk, practice, form);
    expect(await read()).toBe(text);
  });

  test('is pointed to where each server listens now', async () => {
    await makeDesk(config('http://127.0.0.1:4010'));
    await pointDeskAt(desk, practice, form);
    const text = await read();
    await pointDeskAt(desk, { ...practice, url: 'http://127.0.0.1:6000' }, { ...form, url: 'http://127.0.0.1:6001' });
    expect(await read()).toBe(text.replace(practice.url, 'http://127.0.0.1:6000').replace(form.url, 'http://127.0.0.1:6001'));
  });

  test('without any channel gets one all the same', async () => {
    await makeDesk(config('http://127.0.0.1:4010').replace(/"channels": \[.*\]/u, '"channels": []'));
    await pointDeskAt(desk, practice, form);
    expect((await loadConfig(desk)).channels.map(({ id }) => id)).toEqual(['inbox-main']);
  });
});
