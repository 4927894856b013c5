import * as v from 'valibot';
import { type Logger } from '../../core/clock';
import { isMomentosError, MomentosError } from '../../core/errors';
import { type Http, type HttpAnswer, type HttpRequest } from '../http';
import { parseAnswer } from '../parseAnswer';
import { createdSchema, deletedSchema, type MediaEntity, mediaSchema, meSchema, type PostEntity, postSchema, postsSchema, type ProblemEntity, problemSchema, type UserEntity, userSchema } from './entities';
import { postFields, usualExpansions, versionExpansions, wideExpansions } from './fields';
import { type XTokens } from './tokens';

/** The most that X gives at once. */
export const pageSize = 100;

/** One answer with posts, each part parsed by itself. */
export interface PostsPage {
  readonly posts: readonly PostEntity[];
  /** Posts that came beside them: what they answer or quote, and other versions. */
  readonly beside: readonly PostEntity[];
  readonly users: ReadonlyMap<string, UserEntity>;
  readonly media: ReadonlyMap<string, MediaEntity>;
  readonly problems: readonly ProblemEntity[];
  /** Items that could not be read; a warning has been logged for each. */
  readonly unread: number;
  readonly nextToken: string | undefined;
}

type Query = readonly (readonly [string, string])[];

/** The calls of the X API that a desk needs. Errors: `network.*`, `secret.*`. */
export class XApi {
  constructor(private readonly http: Http, private readonly tokens: XTokens, private readonly logger: Logger, private readonly channelId: string) {}

  async me(signal?: AbortSignal): Promise<UserEntity> {
    const path = '/2/users/me';
    const answer = await this.request({ method: 'GET', path, query: [['user.fields', 'username,name,protected']], signal });
    return parseAnswer(meSchema, answer, path).data;
  }

  /** Newest first. `nextToken` of a page goes with the same `since_id` into the next call. */
  mentions(userId: string, position: Query, signal?: AbortSignal): Promise<PostsPage> {
    return this.posts(`/2/users/${userId}/mentions`, [['max_results', String(pageSize)], ...position, usualExpansions, ...postFields], signal);
  }

  /** What our account wrote itself, newest first. */
  timeline(userId: string, position: Query, signal?: AbortSignal): Promise<PostsPage> {
    return this.posts(`/2/users/${userId}/tweets`, [['max_results', String(pageSize)], ['exclude', 'retweets'], ...position, usualExpansions, ...postFields], signal);
  }

  /** What was posted in a conversation during the last seven days, newest first. */
  searchConversation(rootId: string, position: Query, signal?: AbortSignal): Promise<PostsPage> {
    return this.search(`conversation_id:${rootId}`, position, wideExpansions, signal);
  }

  /** What others answered to posts of an account during the last seven days, newest first. */
  searchAnswers(handle: string, position: Query, signal?: AbortSignal): Promise<PostsPage> {
    return this.search(`to:${handle} -from:${handle} -is:retweet`, position, usualExpansions, signal);
  }

  private search(query: string, position: Query, expansions: readonly [string, string], signal: AbortSignal | undefined): Promise<PostsPage> {
    return this.posts('/2/tweets/search/recent', [['query', query], ['max_results', String(pageSize)], ...position, expansions, ...postFields], signal);
  }

  /** At most 100. What is missing stands in `problems`. `wide`: with the authors of what is answered or quoted. */
  lookup(ids: readonly string[], wide: boolean, signal?: AbortSignal): Promise<PostsPage> {
    return this.posts('/2/tweets', [['ids', ids.join(',')], wide ? wideExpansions : versionExpansions, ...postFields], signal);
  }

  async create(json: unknown, signal?: AbortSignal): Promise<{ readonly id: string }> {
    const path = '/2/tweets';
    return parseAnswer(createdSchema, await this.request({ method: 'POST', path, json, ...(signal ? { signal } : {}) }), path, 'write').data;
  }

  async delete(id: string, signal?: AbortSignal): Promise<boolean> {
    const path = `/2/tweets/${encodeURIComponent(id)}`;
    return parseAnswer(deletedSchema, await this.request({ method: 'DELETE', path, signal }), path, 'write').data.deleted;
  }

  /** With a token that has not ended; a 401 (which says that nothing was done) is answered by renewing it, once. */
  private async request(request: HttpRequest): Promise<HttpAnswer> {
    const used = await this.tokens.current();
    try {
      return await this.http.request({ ...request, bearer: used.token });
    } catch (error) {
      if (!isMomentosError(error, 'network.unauthorized')) throw error;
      const renewed = await this.tokens.afterRefusal(used);
      if (renewed === undefined || renewed.token === used.token) throw error;
      return this.http.request({ ...request, bearer: renewed.token });
    }
  }

  private async posts(path: string, query: Query, signal: AbortSignal | undefined): Promise<PostsPage> {
    const answer = parseAnswer(postsSchema, await this.request({ method: 'GET', path, query, signal }), path);
    const { data, includes, errors, meta } = answer;
    const raw = data === undefined || data === null ? [] : Array.isArray(data) ? (data as readonly unknown[]) : [data];
    const posts = raw.flatMap((item) => this.post(item));
    // Neither posts nor a word about them, or nothing of it readable: that is not "nothing new".
    const silent = raw.length === 0 && answer.meta === undefined && errors === undefined;
    if (silent || (raw.length > 0 && posts.length === 0)) throw new MomentosError('network.malformed', { path, reason: 'shape' });
    return {
      posts,
      beside: [...list(includes.tweets), ...list(includes.posts)].flatMap((item) => this.post(item)),
      users: new Map(parsed(userSchema, includes.users).map((user) => [user.id, user])),
      media: new Map(parsed(mediaSchema, includes.media).map((item) => [item.media_key, item])),
      problems: parsed(problemSchema, errors),
      unread: raw.length - posts.length,
      nextToken: meta?.next_token || undefined,
    };
  }

  private post(item: unknown): readonly PostEntity[] {
    const read = v.safeParse(postSchema, item);
    if (read.success) return [read.output];
    const named = v.safeParse(v.object({ id: v.pipe(v.string(), v.maxLength(30)) }), item);
    this.logger.warn('x: a post that cannot be read was left out', { channel: this.channelId, id: named.success ? named.output.id : undefined });
    return [];
  }
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function parsed<T extends v.GenericSchema>(schema: T, value: unknown): readonly v.InferOutput<T>[] {
  return list(value).flatMap((item) => {
    const read = v.safeParse(schema, item);
    return read.success ? [read.output] : [];
  });
}
