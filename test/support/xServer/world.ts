import { createHash } from 'node:crypto';

const epoch = 1_288_834_974_657;

export interface XUser {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  protected: boolean;
  /** We follow it, so that we see it though it is protected. */
  followed: boolean;
  suspended: boolean;
}

export interface XMedia {
  readonly key: string;
  readonly type: 'photo' | 'video';
  readonly url: string;
  readonly alt: string | null;
}

export interface XVersion {
  readonly id: string;
  readonly text: string;
  readonly at: number;
}

export interface XPost {
  /** Oldest first; never empty. */
  readonly versions: XVersion[];
  readonly author: XUser;
  readonly conversation: string;
  readonly repliedTo: string | undefined;
  readonly quoted: string | undefined;
  /** It only passes on this post. */
  readonly retweeted: string | undefined;
  readonly media: readonly XMedia[];
  readonly lang: string;
  /** Posted through the API, with its token. */
  readonly byApi: boolean;
  withheldIn: readonly string[];
  repliesClosed: boolean;
}

export interface NewPost {
  readonly text: string;
  readonly author?: string;
  readonly name?: string;
  /** Any version of the post that it answers. */
  readonly inReplyTo?: string;
  readonly quotes?: string;
  readonly retweets?: string;
  readonly images?: readonly (string | null)[];
  readonly video?: string | null;
  readonly lang?: string;
  /** How long ago, ms. */
  readonly ago?: number;
  readonly protected?: boolean;
  readonly withheldIn?: readonly string[];
}

/** Who is there and what they wrote, as X keeps it: ids that hold the time, chains of edits, conversations. */
export class XWorld {
  readonly users = new Map<string, XUser>();
  private readonly byVersion = new Map<string, XPost>();
  private readonly given = new Set<string>();
  private readonly naming: RegExp;
  /** All posts, newest first; made again after a change. */
  private sorted: readonly XPost[] | undefined;
  readonly own: XUser;

  constructor(private readonly now: () => number, handle: string) {
    this.own = this.user(handle, 'Institución');
    this.naming = new RegExp(`@${handle}\\b`, 'iu');
  }

  user(username: string, name = username): XUser {
    const key = username.toLowerCase();
    const known = this.users.get(key);
    if (known) return known;
    const id = (BigInt(`0x${createHash('sha256').update(key).digest('hex').slice(0, 13)}`) + 1_000_000n).toString();
    const user: XUser = { id, username, name, protected: false, followed: false, suspended: false };
    this.users.set(key, user);
    return user;
  }

  private nextId(at: number): string {
    for (let id = BigInt(Math.floor(at) - epoch) << 22n; ; id += 1n) {
      if (this.given.has(id.toString())) continue;
      this.given.add(id.toString());
      return id.toString();
    }
  }

  add(post: NewPost, byApi = false): XPost {
    const at = this.now() - (post.ago ?? 0);
    const id = this.nextId(at);
    const author = this.user(post.author ?? 'vecina', post.name);
    if (post.protected) Object.assign(author, { protected: true, followed: true });
    const parent = post.inReplyTo === undefined ? undefined : this.find(post.inReplyTo);
    const media: XMedia[] = (post.images ?? []).map((alt, index) => ({ key: `3_${id}${String(index)}`, type: 'photo', url: `https://pbs.example/${id}-${String(index)}.jpg`, alt }));
    if (post.video !== undefined) media.push({ key: `7_${id}`, type: 'video', url: `https://pbs.example/${id}.mp4`, alt: post.video });
    const made: XPost = {
      versions: [{ id, text: post.text, at }], author, conversation: parent?.conversation ?? id, repliedTo: post.inReplyTo, quoted: post.quotes, retweeted: post.retweets, media, lang: post.lang ?? 'es', byApi,
      withheldIn: post.withheldIn ?? [], repliesClosed: false,
    };
    this.byVersion.set(id, made);
    this.sorted = undefined;
    return made;
  }

  edit(id: string, text: string): string {
    const post = this.mustFind(id);
    const at = this.now();
    const version: XVersion = { id: this.nextId(at), text, at };
    post.versions.push(version);
    this.byVersion.set(version.id, post);
    this.sorted = undefined;
    return version.id;
  }

  /** All versions go. */
  remove(id: string): void {
    for (const version of this.mustFind(id).versions) this.byVersion.delete(version.id);
    this.sorted = undefined;
  }

  find(id: string): XPost | undefined {
    return this.byVersion.get(id);
  }

  mustFind(id: string): XPost {
    const post = this.find(id);
    if (post === undefined) throw new Error(`no post ${id}`);
    return post;
  }

  /** Newest first by the newest version; what our account can see. */
  visible(): readonly XPost[] {
    this.sorted ??= [...new Set(this.byVersion.values())].sort((left, right) => (isAfter(newest(left).id, newest(right).id) ? -1 : 1));
    return this.sorted.filter((post) => this.shows(post));
  }

  shows({ author }: XPost): boolean {
    return !author.suspended && (!author.protected || author.followed || author === this.own);
  }

  mentionsUs(post: XPost): boolean {
    return this.names(newest(post).text) && post.author !== this.own;
  }

  /** Whether a text names our account. */
  names(text: string): boolean {
    return this.naming.test(text);
  }
}

export function newest(post: XPost): XVersion {
  return post.versions.at(-1)!;
}

/** Ids are 64 bits wide. */
export function isAfter(id: string, other: string): boolean {
  return id.length === other.length ? id > other : id.length > other.length;
}

export function firstId(post: XPost): string {
  return post.versions[0]!.id;
}
