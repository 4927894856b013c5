import { type IncomingPost } from '../../core/mention';
import { contextOf, type ReadSource } from './check';
import { compareIds, idAt, timeOfId } from './snowflake';
import { searched, walk } from './thread';
import { newestVersions, toPost } from './toPost';

/** Lists are some seconds late: so much is asked for again, ms. */
const overlap = 60_000;

/** Our own posts, each asked for about once: every read costs the institution money. */
export class OwnPosts {
  private posts: ReadonlyMap<string, IncomingPost> = new Map();
  /** Everything since then is known, up to `newest`. */
  private known: { readonly since: number; readonly newest: string } | undefined;

  /** Those since then (UTC ms), in the order of time. */
  async read(source: ReadSource, since: number): Promise<readonly IncomingPost[]> {
    const from = this.known !== undefined && since >= this.known.since ? this.known.newest : idAt(since);
    const { pages, whole } = await walk((position) => source.api.timeline(source.ownId, position, source.signal), [['since_id', from]]);
    const context = contextOf(source, pages);
    const read = pages.flatMap((page) => page.posts);
    const found = newestVersions(read).flatMap((entity) => toPost(entity, context) ?? []);
    const all = new Map([...this.posts.values(), ...found].filter((post) => post.postedAt >= since).map((post) => [post.externalId, post]));
    if (whole) {
      const last = read.map(({ id }) => id).sort(compareIds).at(-1);
      const again = last === undefined ? undefined : timeOfId(last);
      this.known = { since, newest: again === undefined ? from : [idAt(again - overlap), from].sort(compareIds).at(-1) ?? from };
      this.posts = all;
    }
    return [...all.values()].sort((left, right) => left.postedAt - right.postedAt);
  }
}

/**
 * What others answered to our posts. Most of them name us and come with the mentions; those that do not are found by search alone, where the plan has it.
 * Each is handed out about once.
 */
export class AnswersToUs {
  private newest: string | undefined;

  async read(source: ReadSource, handle: string, since: number, now: number): Promise<readonly IncomingPost[]> {
    // The handle is written into a search rule: nothing else may come in with it.
    if (!/^\w{1,20}$/u.test(handle)) return [];
    const from = [idAt(Math.max(since, now - searched)), this.newest ?? '1'].sort(compareIds).at(-1) ?? '1';
    const { pages, whole } = await walk((position) => source.api.searchAnswers(handle, position, source.signal), [['since_id', from]]);
    const context = contextOf(source, pages);
    const read = pages.flatMap((page) => page.posts);
    const last = read.map(({ id }) => timeOfId(id) ?? 0).sort((left, right) => left - right).at(-1);
    if (whole && last !== undefined) this.newest = idAt(last - overlap);
    return newestVersions(read).flatMap((entity) => toPost(entity, context) ?? []);
  }
}
