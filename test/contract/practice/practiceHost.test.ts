import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'jsonc-parser';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDesk } from '../../../src/desk/desk';
import { type Desk } from '../../../src/desk/deskApi';
import { systemClock, systemRandomness } from '../../../src/desk/systemClock';
import { escapeHtml } from '../../../src/toolkit/practice/statusHtml';
import { practiceFolders } from '../../../src/toolkit/start/folders';
import { makePracticeDesk } from '../../../src/toolkit/start/makePracticeDesk';
import { openPracticeDesk, type PracticeHost } from '../../../src/toolkit/start/practiceHost';
import { terminalInbox } from '../../../src/toolkit/start/terminalInbox';
import { mediaDir, quietLogger } from '../../support/openDesk';

let base: string;
let environment: Record<string, string>;
const hosts: PracticeHost[] = [];
const desks: Desk[] = [];
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'mo-host-'));
  environment = { XDG_STATE_HOME: join(base, 'state'), XDG_CONFIG_HOME: join(base, 'config'), MOMENTOS_OPERATOR: 'Ana Pérez <ana@isc.example>' };
});
afterEach(async () => {
  for (const desk of desks.splice(0)) await desk.dispose();
  for (const host of hosts.splice(0)) await host.close();
  await rm(base, { recursive: true, force: true, maxRetries: 10 });
});

const common = { mediaDir, clock: systemClock, random: systemRandomness, logger: quietLogger };
const open = async (options: { readonly withForm?: boolean; readonly fresh?: boolean } = {}): Promise<PracticeHost> => {
  const deskDir = join(base, 'practica');
  const host = await openPracticeDesk({
    deskDir, folders: practiceFolders(deskDir, environment, base), fresh: options.fresh ?? false, clock: systemClock, ratePerMinute: 0,
    makeDesk: (dir, practice, form) => makePracticeDesk({ dir, practice, form: options.withForm === false ? undefined : form, environment, ...common }),
  });
  hosts.push(host);
  return host;
};
const deskOf = async (host: PracticeHost): Promise<Desk> => {
  const desk = await createDesk({ dir: host.deskDir, environment: { ...environment, ...host.env }, version: '0.0.0', ...common });
  desks.push(desk);
  return desk;
};
const close = async (): Promise<void> => {
  for (const desk of desks.splice(0)) await desk.dispose();
  for (const host of hosts.splice(0)) await host.close();
};

describe('the practice desk of npm start', () => {
  test('has two channels, and some of the same citizens write on both', async () => {
    const desk = await deskOf(await open());
    const results = await desk.pulling.pull();
    expect(results.map(({ id, error }) => [id, error])).toEqual([['mastodon-main', null], ['inbox-main', null]]);
    const mentions = desk.inbox.list();
    const people = (channel: string): Set<string> => new Set(mentions.filter((mention) => mention.channel === channel).map(({ post }) => `${post.author.handle} ${post.author.name}`));
    const onForm = people('inbox-main');
    expect(onForm.size).toBeGreaterThan(10);
    expect([...onForm].filter((person) => people('mastodon-main').has(person)).length).toBeGreaterThanOrEqual(4);
    expect(mentions.filter(({ channel, backlog }) => channel === 'inbox-main' && !backlog).length).toBeGreaterThan(5);
    expect((await desk.channels.list()).map(({ name, connected }) => [name, connected])).toEqual([['Mastodon (isc)', true], ['Formulario web', true]]);
    const lines = await terminalInbox(desk, systemClock);
    expect(lines.join('\n')).toMatch(/ {2}Mastodon \(isc\): \d+\n {2}Formulario web: \d+/u);
  });

  test('shows each message of the form at its address in a browser', async () => {
    const host = await open();
    const desk = await deskOf(host);
    await desk.pulling.pull();
    const posts = desk.inbox.list().filter(({ channel }) => channel === 'inbox-main').map(({ post }) => post);
    expect(posts.length).toBeGreaterThan(10);
    for (const { url, author } of posts) {
      expect(url?.startsWith(host.formUrl)).toBe(true);
      expect(await (await fetch(url ?? '')).text()).toContain(`<strong>${escapeHtml(author.name)}</strong>`);
    }
  });

  test('from before there was a web form gets it when it is started again, and keeps its mentions and its comments', async () => {
    const first = await open({ withForm: false });
    const desk = await deskOf(first);
    await desk.pulling.pull();
    const before = desk.inbox.list().length;
    await close();
    const file = join(first.deskDir, 'momentos.json');
    await writeFile(file, `// una nota nuestra\n${await readFile(file, 'utf8')}`);

    const again = await deskOf(await open());
    expect(again.inbox.list()).toHaveLength(before);
    expect((await again.pulling.pull()).map(({ id, error }) => [id, error])).toEqual([['mastodon-main', null], ['inbox-main', null]]);
    expect(again.inbox.list().some(({ channel }) => channel === 'inbox-main')).toBe(true);
    expect(await readFile(file, 'utf8')).toContain('// una nota nuestra');
  });

  test('has the same messages in the form the second time, and others never twice; --fresh starts over', async () => {
    const first = await open();
    const desk = await deskOf(first);
    await desk.pulling.pull();
    const ids = desk.inbox.list().map(({ id }) => id).sort();
    const { channels } = parse(await readFile(join(first.deskDir, 'momentos.json'), 'utf8')) as { channels: unknown };
    await close();
    const second = await open();
    expect(second.formUrl).toBe(first.formUrl);
    expect((parse(await readFile(join(first.deskDir, 'momentos.json'), 'utf8')) as { channels: unknown }).channels).toEqual(channels);
    const again = await deskOf(second);
    expect((await again.pulling.pull()).map((result) => result.new)).toEqual([0, 0]);
    expect(again.inbox.list().map(({ id }) => id).sort()).toEqual(ids);
    await close();
    const fresh = await deskOf(await open({ fresh: true }));
    expect(fresh.inbox.list()).toEqual([]);
  });
});
