import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collect, draftOf, mentionOf, noon, receivedDraft, TestDesk } from './testDesk';
import { type Draft } from '../../../src/core/draft';
import { type DeskStores } from '../../../src/store/deskStores';
import { bundleWorker, WorkerProcess } from './workerProcess';

let desk: TestDesk;
let umask: number;
beforeEach(async () => {
  desk = await TestDesk.make();
  umask = process.umask();
});
afterEach(async () => {
  process.umask(umask);
  await desk.remove();
});

const draft: Draft = { mentionId: 'm-0123456789', text: 'Buenos días', values: { lugar: 'Santiago' }, savedAt: noon, by: 'p-1', template: { id: 'thanks', version: 2, language: 'es' } };

async function useEverything(stores: DeskStores): Promise<void> {
  await stores.inbox.update((transaction) => {
    transaction.put(mentionOf(1));
    transaction.audit(receivedDraft(mentionOf(1)));
  });
  await stores.drafts.write(draft);
  await stores.channelState.update('mastodon-main', () => ({ lastPullAt: noon }));
  await stores.people.idFor({ name: 'Ana', osAccount: 'ana' });
}

async function modes(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const item of await readdir(folder, { withFileTypes: true, recursive: true })) {
    found[item.name] = ((await stat(join(item.parentPath, item.name))).mode & 0o7777).toString(8);
  }
  found['.'] = ((await stat(folder)).mode & 0o7777).toString(8);
  return found;
}

describe('rights of the files', () => {
  it.each([
    ['private' as const, 0o000, '700', '600'],
    ['private' as const, 0o077, '700', '600'],
    ['group' as const, 0o077, '2770', '660'],
  ])('are those of a %s desk under umask %i', async (sharing, mask, folderMode, fileMode) => {
    process.umask(mask);
    const stores = await desk.open({ sharing });
    await useEverything(stores);
    await stores.dispose();
    const found = await modes(desk.path());
    const folders = ['.', 'audit', 'drafts', 'lock.queue'];
    expect(Object.keys(found)).toEqual(expect.arrayContaining([...folders, '.gitignore', 'inbox.jsonl', 'head.json', '2026-05.jsonl', '2026-05.values.jsonl', 'channels.json', 'people.json', 'm-0123456789.json']));
    for (const [name, mode] of Object.entries(found)) expect(`${name} ${mode}`).toBe(`${name} ${folders.includes(name) ? folderMode : fileMode}`);
    expect(await readFile(desk.path('.gitignore'), 'utf8')).toBe('*\n');
  });

  it('follow when a desk becomes one of a group', async () => {
    const alone = await desk.open();
    await useEverything(alone);
    await alone.dispose();
    const shared = await desk.open({ sharing: 'group' });
    await useEverything({ ...shared, inbox: { ...shared.inbox, update: async () => undefined as never } });
    await shared.dispose();
    const found = await modes(desk.path());
    expect(found['.']).toBe('2770');
    expect(found['inbox.jsonl']).toBe('660');
  });
});

describe('a desk that cannot be written', () => {
  it('is read and verified, and each write says what is wrong', async () => {
    const stores = await desk.open();
    await useEverything(stores);
    await stores.dispose();
    const before = await modes(desk.path());
    const { audit, inbox, drafts, people, channelState, pollLease } = await desk.open({ readOnly: true });
    expect(inbox.size()).toBe(1);
    expect(await audit.verify()).toMatchObject({ ok: true, entries: 1 });
    expect(await collect(audit.read())).toHaveLength(1);
    expect(await drafts.list()).toEqual([draft]);
    expect(await people.idFor({ name: 'Ana', osAccount: 'ana' })).toMatch(/^p-[0-9a-f]{10}$/u);
    expect(await channelState.read('mastodon-main')).toEqual({ lastPullAt: noon });
    const refused = { code: 'store.notWritable' };
    await expect(audit.append([draftOf(1)])).rejects.toMatchObject(refused);
    await expect(inbox.update(() => undefined)).rejects.toMatchObject(refused);
    await expect(drafts.write(draft)).rejects.toMatchObject(refused);
    await expect(drafts.remove(draft.mentionId)).rejects.toMatchObject(refused);
    await expect(people.idFor({ name: 'Eva', osAccount: 'eva' })).rejects.toMatchObject(refused);
    await expect(channelState.update('mastodon-main', (state) => state)).rejects.toMatchObject(refused);
    await expect(pollLease.tryAcquire()).rejects.toMatchObject(refused);
    expect(await modes(desk.path())).toEqual(before);
  });

  it('because of its rights is told by code, in a process of another account', async () => {
    const stores = await desk.open();
    await stores.audit.append([draftOf(0)]);
    await stores.dispose();
    const bundle = await bundleWorker();
    const isRoot = process.getuid?.() === 0;
    for (const path of [bundle.path, join(bundle.path, '..'), desk.dir, desk.path(), desk.path('audit'), desk.path('drafts'), desk.path('lock.queue')]) await chmod(path, 0o555);
    await chmod(desk.path('inbox.jsonl'), 0o444);
    for (const name of await readdir(desk.path('audit'))) await chmod(desk.path('audit', name), 0o444);
    const worker = new WorkerProcess(bundle, { dir: desk.dir, deed: 'append', from: 1, count: 1 }, isRoot ? { uid: 65_534, gid: 65_534 } : {});
    worker.tell('go');
    await worker.says((line) => line === 'end');
    expect(worker.lines).toContain('failed store.notWritable');
    for (const path of [join(bundle.path, '..'), desk.dir, desk.path(), desk.path('audit'), desk.path('drafts'), desk.path('lock.queue')]) await chmod(path, 0o755);
    await bundle.remove();
    expect(await (await desk.open({ readOnly: true })).audit.verify()).toMatchObject({ ok: true, entries: 1 });
  });

  it('because it is not there is empty', async () => {
    const { audit, inbox, drafts } = await desk.open({ readOnly: true });
    expect(await audit.verify()).toMatchObject({ ok: true, entries: 0, segments: 0, head: '0'.repeat(64) });
    expect([inbox.size(), await drafts.list(), await collect(audit.read())]).toEqual([0, [], []]);
    expect(await readdir(desk.dir)).toEqual([]);
  });
});

describe('a desk that somebody prepared with links', () => {
  it.each(['.momentos', '.momentos/audit', '.momentos/inbox.jsonl', '.momentos/drafts'])('is not followed out of its folder through %s', async (name) => {
    const outside = await TestDesk.make();
    if (name !== '.momentos') await mkdir(desk.path());
    await writeFile(join(outside.dir, 'file'), '');
    await symlink(name.endsWith('jsonl') ? join(outside.dir, 'file') : outside.dir, join(desk.dir, name));
    await expect(desk.open().then(async (stores) => useEverything(stores))).rejects.toMatchObject({ code: 'store.unreadable' });
    expect(await readdir(outside.dir)).toEqual(['file']);
    expect(await readFile(join(outside.dir, 'file'), 'utf8')).toBe('');
    await outside.remove();
  });
});

describe('a small document', () => {
  it('that cannot be read is kept beside the new one and reported', async () => {
    await mkdir(desk.path(), { mode: 0o700 });
    await writeFile(desk.path('channels.json'), '{"schemaVersion":1,"chan');
    const { channelState } = await desk.open();
    expect(await channelState.read('a')).toEqual({});
    await channelState.update('a', () => ({ cursor: { value: '5', at: noon } }));
    expect(await channelState.read('a')).toEqual({ cursor: { value: '5', at: noon } });
    expect(await readFile(desk.path(`channels.json.unreadable-${String(noon)}`), 'utf8')).toBe('{"schemaVersion":1,"chan');
    expect(desk.log.lines.some((line) => line.level === 'error')).toBe(true);
  });

  it('of a newer version is refused and left alone', async () => {
    await mkdir(desk.path(), { mode: 0o700 });
    const newer = '{"schemaVersion":2,"channels":[]}';
    await writeFile(desk.path('channels.json'), newer);
    const { channelState } = await desk.open();
    await expect(channelState.read('a')).rejects.toMatchObject({ code: 'store.newerSchema', details: { path: '.momentos/channels.json', found: 2 } });
    await expect(channelState.update('a', (state) => state)).rejects.toMatchObject({ code: 'store.newerSchema' });
    expect(await readFile(desk.path('channels.json'), 'utf8')).toBe(newer);
  });

  it('takes changes of two windows at once', async () => {
    const [one, two] = [await desk.open(), await desk.open()];
    await Promise.all(Array.from({ length: 20 }, async (_unused, index) => (index % 2 === 0 ? one : two).channelState.update(`c${String(index)}`, () => ({ lastPullAt: index }))));
    for (let index = 0; index < 20; index += 1) expect(await one.channelState.read(`c${String(index)}`)).toEqual({ lastPullAt: index });
    expect(await one.channelState.read('__proto__')).toEqual({});
  });

  it('gives a person one id, by address and account, or by name', async () => {
    const [one, two] = [await desk.open(), await desk.open()];
    const ids = await Promise.all([one, two, one].map(async (stores) => stores.people.idFor({ name: 'Ana Pérez', email: 'ana@isc.example', osAccount: 'ana' })));
    expect(new Set(ids).size).toBe(1);
    expect(await two.people.idFor({ name: 'Ana P.', email: 'Ana@ISC.example', osAccount: 'ana' })).toBe(ids[0]);
    expect(await two.people.idFor({ name: 'Ana Pérez', osAccount: 'ana' })).not.toBe(ids[0]);
    expect(await two.people.idFor({ name: 'Ana Pérez', email: 'ana@isc.example', osAccount: 'otra' })).not.toBe(ids[0]);
  });
});

describe('drafts', () => {
  it('are there after closing, until they are removed', async () => {
    await (await desk.open()).drafts.write(draft);
    const { drafts } = await desk.open();
    expect(await drafts.read(draft.mentionId)).toEqual(draft);
    await drafts.write({ ...draft, text: 'Buenas tardes' });
    expect((await drafts.list()).map((found) => found.text)).toEqual(['Buenas tardes']);
    await drafts.remove(draft.mentionId);
    await drafts.remove(draft.mentionId);
    expect(await drafts.read(draft.mentionId)).toBeUndefined();
  });

  it.each(['../../etc/passwd', 'm-../../../x', 'm-abc', 'm-ABCDEF', '', 'm-abcde/../x', 'm-abcd\0', `m-${'a'.repeat(300)}`])('are not read or written under the id %j', async (mentionId) => {
    const { drafts } = await desk.open();
    await expect(drafts.write({ ...draft, mentionId })).rejects.toMatchObject({ code: 'mention.notFound' });
    await expect(drafts.read(mentionId)).rejects.toMatchObject({ code: 'mention.notFound' });
    await expect(drafts.remove(mentionId)).rejects.toMatchObject({ code: 'mention.notFound' });
    expect(await readdir(desk.dir)).toEqual([]);
  });

  it('that cannot be read are kept beside, and hide no other', async () => {
    const { drafts } = await desk.open();
    await drafts.write(draft);
    await writeFile(desk.path('drafts', 'm-9999999999.json'), '{"schemaVersion":1,');
    expect(await drafts.list()).toEqual([draft]);
    expect(await readFile(desk.path('drafts', `m-9999999999.json.unreadable-${String(noon)}`), 'utf8')).toBe('{"schemaVersion":1,');
  });
});

describe('the inbox file', () => {
  it('is rewritten when most of it is old, and other windows go on from there', async () => {
    const [one, two] = [await desk.open(), await desk.open()];
    const others = [mentionOf(1), mentionOf(2)];
    await one.inbox.update((transaction) => {
      for (const mention of others) transaction.put(mention);
      transaction.putAuthor('mastodon-main', 'net-1', 'a-000001');
      transaction.audit(...others.map(receivedDraft));
    });
    await two.inbox.refresh();
    let mention = mentionOf(3);
    for (let revision = 1; revision <= 1010; revision += 1) {
      mention = { ...mention, revision };
      // One line, many records: what counts is how many are old.
      await one.inbox.update((transaction) => {
        transaction.put(mention);
      });
    }
    await one.dispose();
    expect((await readFile(desk.path('inbox.jsonl'), 'utf8')).split('\n').length).toBeLessThan(20);
    await two.inbox.refresh();
    for (const inbox of [two.inbox, (await desk.open()).inbox]) {
      expect([...inbox.all()].map((found) => [found.id, found.revision]).sort()).toEqual([...others, mention].map((found) => [found.id, found.revision]).sort());
      expect(inbox.authorId('mastodon-main', 'net-1')).toBe('a-000001');
    }
    await two.inbox.update((transaction) => {
      transaction.put({ ...mention, revision: mention.revision + 1 });
    });
    expect((await desk.open()).inbox.get(mention.id)?.revision).toBe(1011);
  }, 240_000);

  it('refuses a writer who has not seen the newest', async () => {
    const { inbox } = await desk.open();
    await inbox.update((transaction) => {
      transaction.put(mentionOf(1));
    });
    await expect(
      inbox.update((transaction) => {
        transaction.put(mentionOf(1));
      }),
    ).rejects.toMatchObject({ code: 'unexpected' });
    expect(inbox.get(mentionOf(1).id)?.revision).toBe(1);
  });

  it('of a newer version is refused and left alone', async () => {
    await mkdir(desk.path());
    const newer = '{"type":"header","schemaVersion":99,"generation":"00"}\n';
    await writeFile(desk.path('inbox.jsonl'), newer);
    await expect(desk.open()).rejects.toMatchObject({ code: 'store.newerSchema' });
    expect(await readFile(desk.path('inbox.jsonl'), 'utf8')).toBe(newer);
  });

  it('passes over a line that cannot be read, and says so', async () => {
    const stores = await desk.open();
    for (const index of [1, 2, 3]) {
      await stores.inbox.update((transaction) => {
        transaction.put(mentionOf(index));
      });
    }
    await stores.dispose();
    const text = await readFile(desk.path('inbox.jsonl'), 'utf8');
    await writeFile(desk.path('inbox.jsonl'), text.replace('ext-2', 'ext"2'));
    const { inbox } = await desk.open();
    expect([...inbox.all()].map((mention) => mention.id)).toEqual([mentionOf(1).id, mentionOf(3).id]);
    expect(desk.log.lines.some((line) => line.level === 'error')).toBe(true);
  });

  it('finds a mention by its answer, and those whose answer is not settled', async () => {
    const { inbox } = await desk.open();
    const reply = { id: 'r-0123456789', state: 'intended' as const, text: 'Hola', visibility: 'public' as const, by: 'p-1', intendedAt: noon };
    const mention = mentionOf(1, { replies: [reply] });
    await inbox.update((transaction) => {
      transaction.put(mention);
    });
    expect(inbox.byReply(reply.id)).toEqual(mention);
    expect(inbox.unsettled()).toEqual([mention]);
    const answered = { ...mention, revision: 2, status: 'answered' as const, replies: [{ ...reply, state: 'sent' as const, externalId: 'ext-r' }] };
    await inbox.update((transaction) => {
      transaction.put(answered);
      expect(transaction.conversationOf('mastodon-main', 'ext-r')).toBe(mention.conversation);
    });
    expect(inbox.unsettled()).toEqual([]);
    expect(inbox.conversationOf('mastodon-main', 'ext-r')).toBe(mention.conversation);
  });
});

