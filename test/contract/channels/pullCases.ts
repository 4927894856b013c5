import { describe, expect, test } from 'vitest';
import { type ChannelCases } from './channelCases';
import { pullAll, week } from './channelHarness';
import { codeOf } from './testEnvironment';

/** What every channel keeps to when it fetches mentions and looks at them again. */
export function describePulling(contract: ChannelCases): void {
  const { abilities, where, replyTo, oneMention } = contract;

  describe('pull', () => {
    test('with nothing there brings nothing', async () => {
      expect((await pullAll(contract.harness.channel())).posts).toEqual([]);
    });

    test('brings one page, oldest first', async () => {
      const ids = [3, 2, 1].map((minutesAgo) => contract.harness.mention({ text: `hace ${String(minutesAgo)} minutos`, minutesAgo }));
      expect((await pullAll(contract.harness.channel())).posts.map((post) => post.externalId)).toEqual(ids);
    });

    test('brings many pages without gaps, each post once, oldest page first', async () => {
      const ids = Array.from({ length: 130 }, (_, index) => contract.harness.mention({ text: `número ${String(index)}` }));
      const { posts, pages } = await pullAll(contract.harness.channel());
      expect(posts.map((post) => post.externalId)).toEqual(ids);
      expect(pages.length).toBeGreaterThan(1);
    });

    test('goes on without gaps from each cursor that it gave out', async () => {
      const ids = Array.from({ length: 100 }, (_, index) => contract.harness.mention({ text: `número ${String(index)}` }));
      const { pages } = await pullAll(contract.harness.channel());
      const had: string[] = [];
      for (const page of pages) {
        had.push(...page.posts.map((post) => post.externalId));
        if (page.cursor === undefined) continue;
        const rest = (await pullAll(contract.harness.channel(), { cursor: page.cursor })).posts.map((post) => post.externalId);
        expect(new Set([...had, ...rest])).toEqual(new Set(ids));
        expect(rest.length).toBe(ids.length - had.length);
      }
    });

    test('brings only what is new the next time, many pages of it, and then nothing', async () => {
      contract.harness.mention({ text: 'la primera' });
      const channel = contract.harness.channel();
      const { cursor } = await pullAll(channel);
      const ids = Array.from({ length: 95 }, (_, index) => contract.harness.mention({ text: `nueva ${String(index)}` }));
      const second = await pullAll(channel, { cursor });
      expect(second.posts.map((post) => post.externalId)).toEqual(ids);
      expect((await pullAll(channel, { cursor: second.cursor })).pages).toEqual([]);
    });

    test('loses nothing that comes in while it pages', async () => {
      const ids = Array.from({ length: 90 }, (_, index) => contract.harness.mention({ text: `antes ${String(index)}` }));
      const channel = contract.harness.channel();
      const got: string[] = [];
      let cursor: string | undefined;
      for await (const page of channel.pull({ cursor: undefined, since: Date.now() - week, recheck: [] })) {
        got.push(...page.posts.map((post) => post.externalId));
        cursor = page.cursor ?? cursor;
        if (ids.length < 96) ids.push(contract.harness.mention({ text: `mientras ${String(ids.length)}` }));
      }
      got.push(...(await pullAll(channel, { cursor })).posts.map((post) => post.externalId));
      expect(got).toEqual(ids);
    });

    where(abilities.past, 'the first run ends where it is told, and the next goes on from there', async () => {
      contract.harness.mention({ text: 'vieja', minutesAgo: 3 * 24 * 60 });
      const young = contract.harness.mention({ text: 'joven', minutesAgo: 5 });
      const channel = contract.harness.channel();
      const first = await pullAll(channel, { since: Date.now() - 86_400_000 });
      expect(first.posts.map((post) => post.externalId)).toEqual([young]);
      const later = contract.harness.mention({ text: 'después' });
      expect((await pullAll(channel, { cursor: first.cursor })).posts.map((post) => post.externalId)).toEqual([later]);
    });

    where(abilities.past, 'when everything is too old, what comes later is new', async () => {
      contract.harness.mention({ text: 'vieja', minutesAgo: 3 * 24 * 60 });
      const channel = contract.harness.channel();
      const first = await pullAll(channel, { since: Date.now() - 86_400_000 });
      expect(first.posts).toEqual([]);
      expect(first.cursor).toBeDefined();
      const later = contract.harness.mention({ text: 'después' });
      expect((await pullAll(channel, { cursor: first.cursor })).posts.map((post) => post.externalId)).toEqual([later]);
    });

    test('a pull that breaks off keeps what it gave, and the next brings the rest', async () => {
      const channel = contract.harness.channel();
      contract.harness.mention({ text: 'la primera' });
      let { cursor } = await pullAll(channel);
      const ids = Array.from({ length: 2 * (contract.harness.pageSize ?? 40) + 10 }, (_, index) => contract.harness.mention({ text: `nueva ${String(index)}` }));
      contract.harness.fault({ kind: 'answer', status: 503, method: 'GET', path: contract.harness.mentionsPath, skip: 2 });
      const got = new Set<string>();
      const broken = (async () => {
        for await (const page of channel.pull({ cursor, since: 0, recheck: [] })) {
          for (const post of page.posts) got.add(post.externalId);
          cursor = page.cursor ?? cursor;
        }
      })();
      expect(await codeOf(broken, contract.harness.token)).toBe('network.unavailable');
      expect(got.size).toBeGreaterThan(0);
      contract.harness.heal();
      const rest = await pullAll(channel, { cursor });
      for (const post of rest.posts) got.add(post.externalId);
      expect(got).toEqual(new Set(ids));
    });

    test('keeps the words of any script, emoji and line ends', async () => {
      const text = 'Señoría 👩🏽‍⚖️ «¿ya?»\nשלום مرحبا 你好 é';
      expect((await oneMention(contract.harness.channel(), { text })).text).toContain(text);
    });

    test('loses none of those that came in the same millisecond, and doubles none', async () => {
      const at = Date.now() - 60_000;
      const ids = Array.from({ length: 95 }, (_, index) => contract.harness.mention({ text: `a la vez ${String(index)}`, at }));
      const channel = contract.harness.channel();
      const first = await pullAll(channel);
      const later = contract.harness.mention({ text: 'también a la vez', at });
      const second = await pullAll(channel, { cursor: first.cursor });
      const got = [...first.posts, ...second.posts].map((post) => post.externalId);
      expect(new Set(got)).toEqual(new Set([...ids, later]));
      expect(first.posts).toHaveLength(ids.length);
    });

    test('brings what comes late, behind what it has brought already', async () => {
      const channel = contract.harness.channel();
      const early = contract.harness.mention({ text: 'la primera' });
      const { cursor } = await pullAll(channel);
      const late = contract.harness.lateMention('llego tarde');
      const { posts } = await pullAll(channel, { cursor });
      expect(posts.map((post) => post.externalId).filter((id) => id !== early)).toEqual([late]);
    });

    test.each(['reversed', 'doubled'] as const)('a list that comes %s brings each once', async (kind) => {
      const ids = Array.from({ length: 30 }, (_, index) => contract.harness.mention({ text: `número ${String(index)}` }));
      contract.harness.fault({ kind, method: 'GET', path: contract.harness.mentionsPath });
      const channel = contract.harness.channel();
      const first = await pullAll(channel);
      contract.harness.heal();
      const later = contract.harness.mention({ text: 'y una más' });
      const second = await pullAll(channel, { cursor: first.cursor });
      const got = [...first.posts, ...second.posts].map((post) => post.externalId);
      expect(new Set(got)).toEqual(new Set([...ids, later]));
      // A server that turns its list round may bring an item twice while its place in the list is looked for; the desk knows each by its id.
      if (kind === 'doubled') expect(first.posts).toHaveLength(ids.length);
    });

    test('says in which language a post is, where its author told', async () => {
      expect((await oneMention(contract.harness.channel(), { text: 'When do you open?', language: 'en' })).language).toBe('en');
    });

    test('takes no text for HTML', async () => {
      const text = 'Si 1 < 2 && 3 > 2: <b>ojo</b> &amp; <script>alert(1)</script>';
      expect((await oneMention(contract.harness.channel(), { text })).text).toContain(text);
    });

    test('survives a text of a hundred thousand letters', async () => {
      const channel = contract.harness.channel();
      const huge = contract.harness.mention({ text: 'á'.repeat(100_000) });
      const after = contract.harness.mention({ text: 'y ahora una corta' });
      const { posts } = await pullAll(channel);
      expect(posts.map((post) => post.externalId)).toEqual([huge, after]);
      expect(posts[0]?.text.length).toBeGreaterThan(10_000);
    });

    test('an answer of a colleague is ours, and is seen with the post that it answers', async () => {
      const channel = contract.harness.channel();
      const parent = await oneMention(channel);
      const { cursor } = await pullAll(channel);
      const answer = contract.harness.answerByColleague(parent.externalId, 'Le responde una colega.');
      const pulled = (await pullAll(channel, { cursor })).posts;
      expect(pulled.filter((post) => !post.own && post.externalId === answer)).toEqual([]);
      const own = [...pulled, ...((await channel.around?.(Date.now() - week))?.own ?? [])].find((post) => post.externalId === answer);
      expect(own).toMatchObject({ own: true, parentId: parent.externalId });
      expect(own?.text).toContain('Le responde una colega.');
    });

    where(abilities.unnamed, 'an answer to us that names us no more is brought', async () => {
      const channel = contract.harness.channel();
      const parent = await oneMention(channel);
      const sent = await channel.reply(replyTo(parent, 'Con gusto.'));
      const answer = contract.harness.unnamedAnswer(sent.externalId, '¿Y eso cuánto cuesta?');
      const all = [...(await pullAll(channel)).posts, ...((await channel.around?.(Date.now() - week))?.answers ?? [])];
      expect(all.find((post) => post.externalId === answer)).toMatchObject({ own: false, parentId: sent.externalId });
    });

    where(abilities.media, 'brings pictures with what the author says is on them', async () => {
      const { media } = await oneMention(contract.harness.channel(), { text: 'Miren', images: ['Una fila larga', null] });
      expect(media.map(({ type, alt }) => [type, alt])).toEqual([['image', 'Una fila larga'], ['image', undefined]]);
    });

    test('says who can see a post', async () => {
      const channel = contract.harness.channel();
      for (const visibility of abilities.visibilities) expect((await oneMention(channel, { text: 'Hola', visibility })).visibility).toBe(visibility);
    });

    test('can be cancelled', async () => {
      contract.harness.mention({ text: 'Hola' });
      const stop = new AbortController();
      stop.abort();
      const run = (async () => {
        for await (const page of contract.harness.channel().pull({ cursor: undefined, since: 0, recheck: [], signal: stop.signal })) expect.fail(String(page));
      })();
      expect(await codeOf(run, contract.harness.token)).toBe('network.cancelled');
    });
  });

  describe('check', () => {
    where(abilities.edit, 'tells edited, deleted and unchanged posts apart', async () => {
      const channel = contract.harness.channel();
      const [kept, edited, deleted] = ['queda', 'cambia', 'se va'].map((text) => contract.harness.mention({ text })) as [string, string, string];
      contract.harness.edit(edited, 'cambió');
      contract.harness.remove(deleted);
      const { found, gone } = await channel.check([kept, edited, deleted]);
      expect(gone).toEqual([deleted]);
      expect(found.find((post) => post.externalId === edited)?.text).toContain('cambió');
      expect(found.find((post) => post.externalId === edited)?.editedAt).toBeDefined();
      expect(found.find((post) => post.externalId === kept)?.editedAt).toBeUndefined();
    });

    test.each([401, 403, 500, 503])('a %s makes nothing gone', async (status) => {
      const channel = contract.harness.channel();
      const { externalId } = await oneMention(channel);
      contract.harness.fault({ kind: 'answer', status });
      const result = await channel.check([externalId]).catch(() => ({ gone: [] }));
      expect(result.gone).toEqual([]);
    });

    test('a server that answers 404 to everything makes nothing gone', async () => {
      const channel = contract.harness.channel();
      const { externalId } = await oneMention(channel);
      contract.harness.fault({ kind: 'answer', status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>404</h1>' });
      expect(await codeOf(channel.check([externalId]), contract.harness.token)).toBe('network.notFound');
    });

    test('nothing to check asks nothing', async () => {
      expect(await contract.harness.channel().check([])).toEqual({ found: [], gone: [] });
      expect(contract.harness.seen).toHaveLength(0);
    });
  });
}
