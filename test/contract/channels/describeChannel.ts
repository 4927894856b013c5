import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type IncomingPost, type Visibility } from '../../../src/core/mention';
import { type Channel, type PullPage, type ReplyRequest } from '../../../src/core/ports';
import { countText } from '../../../src/core/text/countText';
import { type HttpLimits } from '../../../src/channels/http';
import { type NetworkFault, type SeenAtFront } from './faultyFront';
import { codeOf, failureOf, type TestClock, type TestLogger } from './testEnvironment';

export interface NewMention {
  readonly text: string;
  readonly author?: string;
  readonly visibility?: Visibility;
  readonly inReplyTo?: string;
  readonly images?: readonly (string | null)[];
  /** How long ago it came to our server. */
  readonly minutesAgo?: number;
  /** When it came to our server, UTC ms: several may come in the same millisecond. */
  readonly at?: number;
  /** As the author's program declares it. */
  readonly language?: string;
  readonly html?: string;
}

/** What a network can do, so that the cases of these abilities run; the others are printed as not applying. */
export interface ChannelAbilities {
  /** Who a post can be seen by there; the usual one first. */
  readonly visibilities: readonly Visibility[];
  /** Citizens can edit their posts, and the network shows it. */
  readonly edit: boolean;
  readonly media: boolean;
  readonly thread: boolean;
  readonly delete: boolean;
  /** The same key is the same answer: it can be sent again after an unknown outcome. */
  readonly sameKey: boolean;
  /** Names the author in front of an answer, or the author is not told. */
  readonly greets: boolean;
  /** How `reply` and `delete` are written there. */
  readonly replyMethod: 'POST' | 'PUT';
  readonly deleteMethod: 'DELETE' | 'POST';
  /** A mention that our server had at another time than it was posted can be made with `minutesAgo`. */
  readonly past: boolean;
  /** What others answer to our own posts without naming us is brought too. */
  readonly unnamed: boolean;
}

/**
 * A network account on a real local server, behind a front that can spoil the way. A new network joins the contract by making one of these.
 */
export interface ChannelHarness {
  readonly clock: TestClock;
  readonly log: TestLogger;
  /** The canary: it may show up in no error and no log line. */
  readonly token: string;
  readonly seen: readonly SeenAtFront[];
  readonly url: string;
  channel(options?: { readonly account?: string; readonly limits?: Partial<HttpLimits>; readonly origin?: string }): Channel;
  /** Somebody mentions us; the external id of the post. */
  mention(mention: NewMention): string;
  /** A mention that the network puts behind what it has shown already: it declares an earlier time, or its list was late. */
  lateMention(text: string): string;
  /** Somebody answers one of our posts without naming us. */
  unnamedAnswer(externalId: string, text: string): string;
  /** A colleague answers in the network's own app; the external id of the answer. */
  answerByColleague(externalId: string, text: string): string;
  edit(externalId: string, text: string): void;
  remove(externalId: string): void;
  /** What stands there in our name and was posted by the desk. */
  posted(): readonly { readonly id: string; readonly text: string }[];
  fault(fault: NetworkFault): void;
  heal(): void;
  /** No more connections. */
  shut(): Promise<void>;
  close(): Promise<void>;
  /** Mentions in one answer, if not 40. */
  readonly pageSize?: number;
  /** Of requests that fetch mentions. */
  readonly mentionsPath: RegExp;
  /** Of the request that posts an answer. */
  readonly replyPath: RegExp;
}

const week = 7 * 86_400_000;
/** Of every answer here, as the desk has it at each try. */
const replyTime = Date.now();

export async function pullAll(channel: Channel, options: { readonly cursor?: string | undefined; readonly since?: number } = {}): Promise<{ posts: IncomingPost[]; pages: PullPage[]; cursor: string | undefined }> {
  const pages: PullPage[] = [];
  for await (const page of channel.pull({ cursor: options.cursor, since: options.since ?? Date.now() - week, recheck: [] })) pages.push(page);
  const cursor = pages.map((page) => page.cursor).findLast((told) => told !== undefined) ?? options.cursor;
  return { posts: pages.flatMap((page) => page.posts), pages, cursor };
}

/** Every channel keeps to this, whatever its network. */
export function describeChannel(name: string, abilities: ChannelAbilities, start: () => Promise<ChannelHarness>): void {
  describe(`${name} channel`, () => {
    let harness: ChannelHarness;
    const notApplying: string[] = [];
    /** A case of an ability that not every network has. */
    const where = (able: boolean, title: string, run: () => Promise<void>): void => {
      if (able) test(title, run);
      else notApplying.push(title);
    };
    const usual = abilities.visibilities[0] ?? 'public';
    afterAll(() => {
      if (notApplying.length > 0) process.stdout.write(`${name}: does not apply: ${notApplying.join('; ')}\n`);
    });
    beforeEach(async () => {
      harness = await start();
    });
    afterEach(async () => {
      expect(harness.log.lines.join('\n')).not.toContain(harness.token);
      await harness.close();
    });

    const replyTo = (parent: IncomingPost, text: string, key = 'key-1'): ReplyRequest => ({ parent, text, language: 'es', visibility: parent.visibility, idempotencyKey: key, intendedAt: replyTime });
    const oneMention = async (channel: Channel, mention: NewMention = { text: '¿Dónde saco la cédula?', author: 'vecina@ejemplo.do' }): Promise<IncomingPost> => {
      const id = harness.mention(mention);
      const { posts } = await pullAll(channel);
      return posts.find((post) => post.externalId === id) ?? expect.fail('the mention did not come');
    };
    const writes = (): number => harness.seen.filter(({ method, path }) => method !== 'GET' && harness.replyPath.test(path)).length;

    describe('account', () => {
      test('tells who we are there', async () => {
        const account = await harness.channel().account();
        expect(account.handle).not.toBe('');
        expect(account.id).not.toBe('');
      });

      test('refuses the token of another account', async () => {
        expect(await codeOf(harness.channel({ account: 'otra-institucion' }).account(), harness.token)).toBe('secret.otherAccount');
      });

      test('a token that another server granted is not sent', async () => {
        expect(await codeOf(harness.channel({ origin: 'https://old.example' }).account(), harness.token)).toBe('secret.otherOrigin');
        expect(harness.seen).toHaveLength(0);
      });

      test('says who asks', async () => {
        await harness.channel().account();
        expect(harness.seen[0]?.headers['user-agent']).toMatch(/^Momentos\/\d/u);
      });
    });

    describe('pull', () => {
      test('with nothing there brings nothing', async () => {
        expect((await pullAll(harness.channel())).posts).toEqual([]);
      });

      test('brings one page, oldest first', async () => {
        const ids = [3, 2, 1].map((minutesAgo) => harness.mention({ text: `hace ${String(minutesAgo)} minutos`, minutesAgo }));
        expect((await pullAll(harness.channel())).posts.map((post) => post.externalId)).toEqual(ids);
      });

      test('brings many pages without gaps, each post once, oldest page first', async () => {
        const ids = Array.from({ length: 130 }, (_, index) => harness.mention({ text: `número ${String(index)}` }));
        const { posts, pages } = await pullAll(harness.channel());
        expect(posts.map((post) => post.externalId)).toEqual(ids);
        expect(pages.length).toBeGreaterThan(1);
      });

      test('goes on without gaps from each cursor that it gave out', async () => {
        const ids = Array.from({ length: 100 }, (_, index) => harness.mention({ text: `número ${String(index)}` }));
        const { pages } = await pullAll(harness.channel());
        const had: string[] = [];
        for (const page of pages) {
          had.push(...page.posts.map((post) => post.externalId));
          if (page.cursor === undefined) continue;
          const rest = (await pullAll(harness.channel(), { cursor: page.cursor })).posts.map((post) => post.externalId);
          expect(new Set([...had, ...rest])).toEqual(new Set(ids));
          expect(rest.length).toBe(ids.length - had.length);
        }
      });

      test('brings only what is new the next time, many pages of it, and then nothing', async () => {
        harness.mention({ text: 'la primera' });
        const channel = harness.channel();
        const { cursor } = await pullAll(channel);
        const ids = Array.from({ length: 95 }, (_, index) => harness.mention({ text: `nueva ${String(index)}` }));
        const second = await pullAll(channel, { cursor });
        expect(second.posts.map((post) => post.externalId)).toEqual(ids);
        expect((await pullAll(channel, { cursor: second.cursor })).pages).toEqual([]);
      });

      test('loses nothing that comes in while it pages', async () => {
        const ids = Array.from({ length: 90 }, (_, index) => harness.mention({ text: `antes ${String(index)}` }));
        const channel = harness.channel();
        const got: string[] = [];
        let cursor: string | undefined;
        for await (const page of channel.pull({ cursor: undefined, since: Date.now() - week, recheck: [] })) {
          got.push(...page.posts.map((post) => post.externalId));
          cursor = page.cursor ?? cursor;
          if (ids.length < 96) ids.push(harness.mention({ text: `mientras ${String(ids.length)}` }));
        }
        got.push(...(await pullAll(channel, { cursor })).posts.map((post) => post.externalId));
        expect(got).toEqual(ids);
      });

      where(abilities.past, 'the first run ends where it is told, and the next goes on from there', async () => {
        harness.mention({ text: 'vieja', minutesAgo: 3 * 24 * 60 });
        const young = harness.mention({ text: 'joven', minutesAgo: 5 });
        const channel = harness.channel();
        const first = await pullAll(channel, { since: Date.now() - 86_400_000 });
        expect(first.posts.map((post) => post.externalId)).toEqual([young]);
        const later = harness.mention({ text: 'después' });
        expect((await pullAll(channel, { cursor: first.cursor })).posts.map((post) => post.externalId)).toEqual([later]);
      });

      where(abilities.past, 'when everything is too old, what comes later is new', async () => {
        harness.mention({ text: 'vieja', minutesAgo: 3 * 24 * 60 });
        const channel = harness.channel();
        const first = await pullAll(channel, { since: Date.now() - 86_400_000 });
        expect(first.posts).toEqual([]);
        expect(first.cursor).toBeDefined();
        const later = harness.mention({ text: 'después' });
        expect((await pullAll(channel, { cursor: first.cursor })).posts.map((post) => post.externalId)).toEqual([later]);
      });

      test('a pull that breaks off keeps what it gave, and the next brings the rest', async () => {
        const channel = harness.channel();
        harness.mention({ text: 'la primera' });
        let { cursor } = await pullAll(channel);
        const ids = Array.from({ length: 2 * (harness.pageSize ?? 40) + 10 }, (_, index) => harness.mention({ text: `nueva ${String(index)}` }));
        harness.fault({ kind: 'answer', status: 503, method: 'GET', path: harness.mentionsPath, skip: 2 });
        const got = new Set<string>();
        const broken = (async () => {
          for await (const page of channel.pull({ cursor, since: 0, recheck: [] })) {
            for (const post of page.posts) got.add(post.externalId);
            cursor = page.cursor ?? cursor;
          }
        })();
        expect(await codeOf(broken, harness.token)).toBe('network.unavailable');
        expect(got.size).toBeGreaterThan(0);
        harness.heal();
        const rest = await pullAll(channel, { cursor });
        for (const post of rest.posts) got.add(post.externalId);
        expect(got).toEqual(new Set(ids));
      });

      test('keeps the words of any script, emoji and line ends', async () => {
        const text = 'Señoría 👩🏽‍⚖️ «¿ya?»\nשלום مرحبا 你好 é';
        expect((await oneMention(harness.channel(), { text })).text).toContain(text);
      });

      test('loses none of those that came in the same millisecond, and doubles none', async () => {
        const at = Date.now() - 60_000;
        const ids = Array.from({ length: 95 }, (_, index) => harness.mention({ text: `a la vez ${String(index)}`, at }));
        const channel = harness.channel();
        const first = await pullAll(channel);
        const later = harness.mention({ text: 'también a la vez', at });
        const second = await pullAll(channel, { cursor: first.cursor });
        const got = [...first.posts, ...second.posts].map((post) => post.externalId);
        expect(new Set(got)).toEqual(new Set([...ids, later]));
        expect(first.posts).toHaveLength(ids.length);
      });

      test('brings what comes late, behind what it has brought already', async () => {
        const channel = harness.channel();
        const early = harness.mention({ text: 'la primera' });
        const { cursor } = await pullAll(channel);
        const late = harness.lateMention('llego tarde');
        const { posts } = await pullAll(channel, { cursor });
        expect(posts.map((post) => post.externalId).filter((id) => id !== early)).toEqual([late]);
      });

      test.each(['reversed', 'doubled'] as const)('a list that comes %s brings each once', async (kind) => {
        const ids = Array.from({ length: 30 }, (_, index) => harness.mention({ text: `número ${String(index)}` }));
        harness.fault({ kind, method: 'GET', path: harness.mentionsPath });
        const channel = harness.channel();
        const first = await pullAll(channel);
        harness.heal();
        const later = harness.mention({ text: 'y una más' });
        const second = await pullAll(channel, { cursor: first.cursor });
        const got = [...first.posts, ...second.posts].map((post) => post.externalId);
        expect(new Set(got)).toEqual(new Set([...ids, later]));
        // A server that turns its list round may bring an item twice while its place in the list is looked for; the desk knows each by its id.
        if (kind === 'doubled') expect(first.posts).toHaveLength(ids.length);
      });

      test('says in which language a post is, where its author told', async () => {
        expect((await oneMention(harness.channel(), { text: 'When do you open?', language: 'en' })).language).toBe('en');
      });

      test('takes no text for HTML', async () => {
        const text = 'Si 1 < 2 && 3 > 2: <b>ojo</b> &amp; <script>alert(1)</script>';
        expect((await oneMention(harness.channel(), { text })).text).toContain(text);
      });

      test('survives a text of a hundred thousand letters', async () => {
        const channel = harness.channel();
        const huge = harness.mention({ text: 'á'.repeat(100_000) });
        const after = harness.mention({ text: 'y ahora una corta' });
        const { posts } = await pullAll(channel);
        expect(posts.map((post) => post.externalId)).toEqual([huge, after]);
        expect(posts[0]?.text.length).toBeGreaterThan(10_000);
      });

      test('an answer of a colleague is ours, and is seen with the post that it answers', async () => {
        const channel = harness.channel();
        const parent = await oneMention(channel);
        const { cursor } = await pullAll(channel);
        const answer = harness.answerByColleague(parent.externalId, 'Le responde una colega.');
        const pulled = (await pullAll(channel, { cursor })).posts;
        expect(pulled.filter((post) => !post.own && post.externalId === answer)).toEqual([]);
        const own = [...pulled, ...((await channel.around?.(Date.now() - week))?.own ?? [])].find((post) => post.externalId === answer);
        expect(own).toMatchObject({ own: true, parentId: parent.externalId });
        expect(own?.text).toContain('Le responde una colega.');
      });

      where(abilities.unnamed, 'an answer to us that names us no more is brought', async () => {
        const channel = harness.channel();
        const parent = await oneMention(channel);
        const sent = await channel.reply(replyTo(parent, 'Con gusto.'));
        const answer = harness.unnamedAnswer(sent.externalId, '¿Y eso cuánto cuesta?');
        const all = [...(await pullAll(channel)).posts, ...((await channel.around?.(Date.now() - week))?.answers ?? [])];
        expect(all.find((post) => post.externalId === answer)).toMatchObject({ own: false, parentId: sent.externalId });
      });

      where(abilities.media, 'brings pictures with what the author says is on them', async () => {
        const { media } = await oneMention(harness.channel(), { text: 'Miren', images: ['Una fila larga', null] });
        expect(media.map(({ type, alt }) => [type, alt])).toEqual([['image', 'Una fila larga'], ['image', undefined]]);
      });

      test('says who can see a post', async () => {
        const channel = harness.channel();
        for (const visibility of abilities.visibilities) expect((await oneMention(channel, { text: 'Hola', visibility })).visibility).toBe(visibility);
      });

      test('can be cancelled', async () => {
        harness.mention({ text: 'Hola' });
        const stop = new AbortController();
        stop.abort();
        const run = (async () => {
          for await (const page of harness.channel().pull({ cursor: undefined, since: 0, recheck: [], signal: stop.signal })) expect.fail(String(page));
        })();
        expect(await codeOf(run, harness.token)).toBe('network.cancelled');
      });
    });

    describe('check', () => {
      where(abilities.edit, 'tells edited, deleted and unchanged posts apart', async () => {
        const channel = harness.channel();
        const [kept, edited, deleted] = ['queda', 'cambia', 'se va'].map((text) => harness.mention({ text })) as [string, string, string];
        harness.edit(edited, 'cambió');
        harness.remove(deleted);
        const { found, gone } = await channel.check([kept, edited, deleted]);
        expect(gone).toEqual([deleted]);
        expect(found.find((post) => post.externalId === edited)?.text).toContain('cambió');
        expect(found.find((post) => post.externalId === edited)?.editedAt).toBeDefined();
        expect(found.find((post) => post.externalId === kept)?.editedAt).toBeUndefined();
      });

      test.each([401, 403, 500, 503])('a %s makes nothing gone', async (status) => {
        const channel = harness.channel();
        const { externalId } = await oneMention(channel);
        harness.fault({ kind: 'answer', status });
        const result = await channel.check([externalId]).catch(() => ({ gone: [] }));
        expect(result.gone).toEqual([]);
      });

      test('a server that answers 404 to everything makes nothing gone', async () => {
        const channel = harness.channel();
        const { externalId } = await oneMention(channel);
        harness.fault({ kind: 'answer', status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>404</h1>' });
        expect(await codeOf(channel.check([externalId]), harness.token)).toBe('network.notFound');
      });

      test('nothing to check asks nothing', async () => {
        expect(await harness.channel().check([])).toEqual({ found: [], gone: [] });
        expect(harness.seen).toHaveLength(0);
      });
    });

    describe('thread', () => {
      where(abilities.thread, 'shows the conversation in the order of time, ours marked', async () => {
        const channel = harness.channel();
        const parent = await oneMention(channel);
        const sent = await channel.reply(replyTo(parent, `${channel.greeting(parent, '')}Con gusto.`));
        const followUp = harness.mention({ text: '¿Y el costo?', author: 'vecina@ejemplo.do', inReplyTo: sent.externalId });
        const { posts, complete } = await channel.thread(parent.externalId);
        expect(complete).toBe(true);
        expect(posts.map((post) => [post.externalId, post.own, post.parentId])).toEqual([
          [parent.externalId, false, undefined], [sent.externalId, true, parent.externalId], [followUp, false, sent.externalId],
        ]);
        expect(new Set(posts.map((post) => post.rootId))).toEqual(new Set([parent.externalId]));
      });

      where(abilities.thread, 'of a deleted post is not found', async () => {
        const channel = harness.channel();
        const { externalId } = await oneMention(channel);
        harness.remove(externalId);
        expect(await codeOf(channel.thread(externalId), harness.token)).toBe('network.notFound');
      });
    });

    describe('reply', () => {
      where(abilities.thread, 'stands under its parent, and is seen by no more people', async () => {
        const channel = harness.channel();
        const parent = await oneMention(channel, { text: 'en privado', author: 'vecina@ejemplo.do', visibility: abilities.visibilities.at(-1) ?? usual });
        const text = `${channel.greeting(parent, 'Le respondemos.')}Le respondemos.`;
        const sent = await channel.reply(replyTo(parent, text));
        expect(sent.attached).toBe(true);
        expect(sent.url).toMatch(/^https?:\/\//u);
        const { posts } = await channel.thread(parent.externalId);
        const own = posts.find((post) => post.own);
        expect(own).toMatchObject({ externalId: sent.externalId, visibility: parent.visibility, postedAt: sent.postedAt });
        if (abilities.greets) expect(own?.mentions).toContain('vecina@ejemplo.do');
      });

      test('to a post that is gone did not happen', async () => {
        const channel = harness.channel();
        const parent = await oneMention(channel);
        harness.remove(parent.externalId);
        expect(await codeOf(channel.reply(replyTo(parent, 'Hola')), harness.token)).toBe('network.notFound');
        expect(harness.posted()).toEqual([]);
      });

      where(abilities.visibilities.includes('direct'), 'that more people would see than the mention is not sent', async () => {
        const channel = harness.channel();
        const parent = await oneMention(channel, { text: 'en privado', visibility: 'direct' });
        expect(await codeOf(channel.reply({ ...replyTo(parent, 'Hola'), visibility: 'public' }), harness.token)).toBe('network.invalid');
        expect(writes()).toBe(0);
      });

      test('as long as the rule allows goes, one more is refused', async () => {
        const channel = harness.channel();
        const parent = await oneMention(channel);
        const rule = await channel.lengthRule();
        const longest = 'á'.repeat(rule.max);
        expect(countText(longest, rule)).toBe(rule.max);
        await channel.reply(replyTo(parent, longest, 'key-long'));
        const failure = await failureOf(channel.reply(replyTo(parent, `${longest}á`, 'key-longer')), harness.token);
        expect(failure.code).toBe('network.invalid');
        expect(failure.details['reason']).toEqual(expect.any(String));
        expect(harness.posted()).toHaveLength(1);
      });

      where(abilities.sameKey, 'with the same key is the same post', async () => {
        const channel = harness.channel();
        const parent = await oneMention(channel);
        const first = await channel.reply(replyTo(parent, 'Una vez'));
        expect((await channel.reply(replyTo(parent, 'Una vez'))).externalId).toBe(first.externalId);
        expect(harness.posted()).toHaveLength(1);
      });

      test.each(['silenceAfter', 'resetAfter', 'cutOff', 'halfJson', 'drip'] as const)('that was done but not confirmed (%s) has an unknown outcome, and is not sent again', async (kind) => {
        const channel = harness.channel();
        const parent = await oneMention(channel);
        harness.fault({ kind, method: abilities.replyMethod, path: harness.replyPath });
        const hasty = harness.channel({ limits: { total: 400 } });
        expect(await codeOf(hasty.reply(replyTo(parent, 'Hola')), harness.token)).toBe('network.outcomeUnknown');
        expect(writes()).toBe(1);
        await vi.waitFor(() => expect(harness.posted()).toHaveLength(1));
      });

      test.each(['silenceBefore', 'resetBefore', 'notHttp'] as const)('that was lost on the way (%s) has an unknown outcome, and is not sent again', async (kind) => {
        const channel = harness.channel();
        const parent = await oneMention(channel);
        harness.fault({ kind, method: abilities.replyMethod, path: harness.replyPath });
        const hasty = harness.channel({ limits: { total: 400 } });
        expect(await codeOf(hasty.reply(replyTo(parent, 'Hola')), harness.token)).toBe('network.outcomeUnknown');
        expect(writes()).toBe(1);
        expect(harness.posted()).toEqual([]);
      });

      test.each([500, 502, 503, 504])('answered by %s has an unknown outcome, and is not sent again', async (status) => {
        const channel = harness.channel();
        const parent = await oneMention(channel);
        harness.fault({ kind: 'answer', status, method: abilities.replyMethod, path: harness.replyPath });
        expect(await codeOf(channel.reply(replyTo(parent, 'Hola')), harness.token)).toBe('network.outcomeUnknown');
        expect(writes()).toBe(1);
      });

      test.each([[400, 'network.invalid'], [401, 'network.unauthorized'], [403, 'network.forbidden'], [404, 'network.notFound'], [410, 'network.notFound'], [422, 'network.invalid'], [429, 'network.rateLimited']] as const)(
        'refused with %s surely did not happen', async (status, code) => {
          const channel = harness.channel();
          const parent = await oneMention(channel);
          harness.fault({ kind: 'answer', status, method: abilities.replyMethod, path: harness.replyPath });
          expect(await codeOf(channel.reply(replyTo(parent, 'Hola')), harness.token)).toBe(code);
          expect(writes()).toBe(1);
        });

      test('that cannot be sent surely did not happen', async () => {
        const channel = harness.channel();
        const parent = await oneMention(channel);
        await harness.shut();
        expect(await codeOf(channel.reply(replyTo(parent, 'Hola')), harness.token)).toBe('network.offline');
      });

      where(abilities.sameKey, 'can be sent again after an unknown outcome, with the same key, and stands there once', async () => {
        const channel = harness.channel();
        const parent = await oneMention(channel);
        harness.fault({ kind: 'resetAfter', method: abilities.replyMethod, path: harness.replyPath, count: 1 });
        expect(await codeOf(channel.reply(replyTo(parent, 'Hola')))).toBe('network.outcomeUnknown');
        await channel.reply(replyTo(parent, 'Hola'));
        expect(harness.posted()).toHaveLength(1);
      });
    });

    describe('delete', () => {
      where(abilities.delete, 'takes an answer away, once', async () => {
        const channel = harness.channel();
        const parent = await oneMention(channel);
        const { externalId } = await channel.reply(replyTo(parent, 'Hola'));
        await channel.delete(externalId);
        expect(harness.posted()).toEqual([]);
        expect(await codeOf(channel.delete(externalId), harness.token)).toBe('network.notFound');
      });

      where(abilities.delete, 'without an answer has an unknown outcome', async () => {
        const channel = harness.channel();
        const parent = await oneMention(channel);
        const { externalId } = await channel.reply(replyTo(parent, 'Hola'));
        harness.fault({ kind: 'silenceAfter', method: abilities.deleteMethod });
        expect(await codeOf(harness.channel({ limits: { total: 400 } }).delete(externalId), harness.token)).toBe('network.outcomeUnknown');
      });
    });

    describe('when the network fails a read', () => {
      test.each([[400, 'network.invalid'], [401, 'network.unauthorized'], [403, 'network.forbidden'], [404, 'network.notFound'], [410, 'network.notFound'], [422, 'network.invalid'], [418, 'network.unexpected']] as const)(
        '%s is %s, at once', async (status, code) => {
          harness.fault({ kind: 'answer', status, body: `{"error":"no ${harness.token}"}` });
          expect(await codeOf(harness.channel().account(), harness.token)).toBe(code);
          expect(harness.seen).toHaveLength(1);
        });

      test.each([[429, 'network.rateLimited'], [500, 'network.unavailable'], [502, 'network.unavailable'], [503, 'network.unavailable'], [504, 'network.unavailable']] as const)(
        '%s is tried again with growing pauses, and then is %s', async (status, code) => {
          harness.fault({ kind: 'answer', status });
          expect(await codeOf(harness.channel().account(), harness.token)).toBe(code);
          expect(harness.seen).toHaveLength(4);
          const { slept } = harness.clock;
          expect(slept).toHaveLength(3);
          for (const [index, pause] of slept.entries()) expect(pause).toBeGreaterThanOrEqual(250 * 2 ** index);
        });

      test('a failure that passes is not seen', async () => {
        const channel = harness.channel();
        harness.mention({ text: 'Hola' });
        for (const fault of [{ kind: 'answer', status: 502 }, { kind: 'cutOff' }, { kind: 'resetBefore' }] as const) {
          harness.fault({ ...fault, count: 1 });
          expect((await pullAll(channel)).posts).toHaveLength(1);
        }
      });

      test('a short wait that the server asks for is kept', async () => {
        harness.fault({ kind: 'answer', status: 429, headers: { 'retry-after': '7' }, count: 1 });
        await harness.channel().account();
        expect(harness.clock.slept[0]).toBeGreaterThanOrEqual(7_000);
      });

      test('a long one is told instead of waited for', async () => {
        const at = Date.now() + 240_000;
        harness.fault({ kind: 'answer', status: 429, headers: { 'x-ratelimit-reset': new Date(at).toISOString() } });
        const { code, details } = await failureOf(harness.channel().account(), harness.token);
        expect(code).toBe('network.rateLimited');
        expect(Math.abs(Number(details['retryAt']) - at)).toBeLessThan(5_000);
        expect(harness.clock.slept).toEqual([]);
        expect(harness.seen).toHaveLength(1);
      });

      test.each(['silenceBefore', 'drip'] as const)('a server that never comes to an end (%s) is given up', async (kind) => {
        harness.fault({ kind });
        expect(await codeOf(harness.channel({ limits: { total: 150 } }).account(), harness.token)).toBe('network.timeout');
      });

      test.each(['resetBefore', 'cutOff'] as const)('a connection that breaks (%s) is offline', async (kind) => {
        harness.fault({ kind });
        expect(await codeOf(harness.channel().account(), harness.token)).toBe('network.offline');
      });

      test('no server there is offline', async () => {
        const channel = harness.channel();
        await harness.shut();
        expect(await codeOf(channel.account(), harness.token)).toBe('network.offline');
      });

      test('what is no HTTP is malformed', async () => {
        harness.fault({ kind: 'notHttp' });
        expect(await codeOf(harness.channel().account(), harness.token)).toBe('network.malformed');
      });

      test('half a JSON is malformed', async () => {
        harness.fault({ kind: 'halfJson' });
        expect(await codeOf(harness.channel().account(), harness.token)).toBe('network.malformed');
      });

      test('a web page in place of the answer is malformed', async () => {
        harness.fault({ kind: 'answer', status: 200, headers: { 'content-type': 'text/html' }, body: '<title>Sign in to the hotel network</title>' });
        expect(await codeOf(harness.channel().account(), harness.token)).toBe('network.malformed');
      });

      test('JSON under a wrong name is read', async () => {
        harness.fault({ kind: 'mislabel', type: 'text/plain' });
        expect((await harness.channel().account()).id).not.toBe('');
      });

      test('an answer without end is given up before it fills the memory', async () => {
        harness.fault({ kind: 'huge' });
        expect(await codeOf(harness.channel().account(), harness.token)).toBe('network.tooLarge');
      });

      test('can be cancelled while it waits', async () => {
        harness.fault({ kind: 'silenceBefore' });
        const stop = new AbortController();
        const call = harness.channel().account(stop.signal);
        const outcome = codeOf(call, harness.token);
        await vi.waitFor(() => expect(harness.seen).toHaveLength(1));
        stop.abort();
        expect(await outcome).toBe('network.cancelled');
      });

      test.each([301, 302, 303, 307, 308])('a %s to another host is refused, and no token goes there', async (status) => {
        const other = await start();
        try {
          const location = `${other.url}/api/v1/accounts/verify_credentials`;
          harness.fault({ kind: 'answer', status, headers: { location } });
          expect(await codeOf(harness.channel().account(), harness.token)).toBe('network.redirect');
          expect(other.seen).toHaveLength(0);
        } finally {
          await other.close();
        }
      });
    });
  });
}
