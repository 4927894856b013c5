import { createHash } from 'node:crypto';

export interface StrongRef {
  readonly uri: string;
  readonly cid: string;
}

export interface PostRecord {
  readonly $type: 'app.bsky.feed.post';
  readonly text: string;
  readonly createdAt: string;
  readonly langs?: readonly string[];
  readonly facets?: readonly unknown[];
  readonly reply?: { readonly root: StrongRef; readonly parent: StrongRef };
  readonly embed?: unknown;
}

export interface StoredPost extends StrongRef {
  readonly did: string;
  readonly rkey: string;
  readonly record: PostRecord;
  /** UTC ms: when the network had it. */
  readonly indexedAt: number;
}

export interface NewPost {
  readonly text: string;
  /** Handle; made an account when first seen. */
  readonly author?: string;
  /** Address of the post that it answers. */
  readonly inReplyTo?: string;
  /** Address of the post that it quotes. */
  readonly quotes?: string;
  /** Alternative texts of its pictures. */
  readonly images?: readonly (string | null)[];
  /** What its app declares; by default the moment at which it comes. */
  readonly createdAt?: string;
  readonly langs?: readonly string[];
  /** Parts of the record to add or replace. */
  readonly record?: Partial<PostRecord> & Readonly<Record<string, unknown>>;
}

export interface Account {
  readonly did: string;
  handle: string;
  displayName: string | undefined;
}

const base32 = (bytes: Uint8Array): string => {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{5}/gu) ?? []).map((five) => 'abcdefghijklmnopqrstuvwxyz234567'[Number.parseInt(five, 2)]).join('');
};

const hashOf = (text: string): Uint8Array => createHash('sha256').update(text).digest();

/** The same content has the same cid, as on the network. */
export function cidOf(record: unknown): string {
  return `bafyrei${base32(hashOf(JSON.stringify(record)))}`;
}

/** What is on the network: accounts and their posts. Times come from `now` (UTC ms). */
export class BlueskyWorld {
  readonly accounts = new Map<string, Account>();
  private readonly posts = new Map<string, StoredPost>();
  private count = 0;

  constructor(private readonly now: () => number) {}

  account(handle: string): Account {
    const known = [...this.accounts.values()].find((account) => account.handle === handle);
    if (known) return known;
    const made = { did: `did:plc:${base32(hashOf(handle)).slice(0, 24)}`, handle, displayName: undefined };
    this.accounts.set(made.did, made);
    return made;
  }

  byName(name: string): Account | undefined {
    return this.accounts.get(name) ?? [...this.accounts.values()].find(({ handle }) => handle === name);
  }

  get(uri: string): StoredPost | undefined {
    return this.posts.get(uri);
  }

  all(): readonly StoredPost[] {
    return [...this.posts.values()];
  }

  /** Newest key first, as the reference server lists them. */
  ofAccount(did: string): readonly StoredPost[] {
    return this.all().filter((post) => post.did === did).sort((left, right) => (left.rkey < right.rkey ? 1 : -1));
  }

  remove(uri: string): boolean {
    return this.posts.delete(uri);
  }

  put(did: string, rkey: string, record: PostRecord): StoredPost {
    const uri = `at://${did}/app.bsky.feed.post/${rkey}`;
    const cid = cidOf(record);
    const known = this.posts.get(uri);
    if (known?.cid === cid) return known;
    const stored = { uri, cid, did, rkey, record, indexedAt: known?.indexedAt ?? this.now() };
    this.posts.set(uri, stored);
    return stored;
  }

  /** Somebody writes with an app of theirs. */
  write(post: NewPost, prefix: { readonly handle: string; readonly did: string } | undefined): StoredPost {
    const { did } = this.account(post.author ?? 'vecina.test');
    const parent = post.inReplyTo === undefined ? undefined : this.ref(post.inReplyTo);
    const root = parent && (this.get(parent.uri)?.record.reply?.root ?? parent);
    const named = prefix === undefined ? '' : `@${prefix.handle} `;
    const facets = prefix === undefined ? [] : [{ index: { byteStart: 0, byteEnd: Buffer.byteLength(named) - 1 }, features: [{ $type: 'app.bsky.richtext.facet#mention', did: prefix.did }] }];
    const images = post.images?.map((alt) => ({ alt: alt ?? '', image: { $type: 'blob', ref: { $link: cidOf(alt) }, mimeType: 'image/jpeg', size: 1000 } }));
    const media = images === undefined ? undefined : { $type: 'app.bsky.embed.images', images };
    const quote = post.quotes === undefined ? undefined : { $type: 'app.bsky.embed.record', record: this.ref(post.quotes) };
    const embed = media && quote ? { $type: 'app.bsky.embed.recordWithMedia', media, record: quote } : (media ?? quote);
    this.count += 1;
    const rkey = `3l${this.now().toString(36).padStart(9, '0')}${this.count.toString(36).padStart(6, '0')}`;
    return this.put(did, rkey, {
      $type: 'app.bsky.feed.post', text: named + post.text, createdAt: post.createdAt ?? new Date(this.now()).toISOString(), langs: post.langs ?? ['es'],
      ...(facets.length === 0 ? {} : { facets }), ...(parent && root ? { reply: { root, parent } } : {}), ...(embed ? { embed } : {}), ...post.record,
    });
  }

  private ref(uri: string): StrongRef {
    const found = this.get(uri);
    return { uri, cid: found?.cid ?? cidOf(uri) };
  }

  /** What the list of notifications is ordered by: the earlier of the two times. */
  sortTime(post: StoredPost): number {
    const declared = Date.parse(post.record.createdAt);
    return Number.isNaN(declared) ? post.indexedAt : Math.min(declared, post.indexedAt);
  }

  /** Why an account is told of a post: one reason, a mention before a quote before a reply. */
  reasonFor(post: StoredPost, did: string): 'mention' | 'quote' | 'reply' | undefined {
    if (post.did === did) return undefined;
    if (JSON.stringify(post.record.facets ?? []).includes(`"${did}"`)) return 'mention';
    const embed = post.record.embed as { readonly record?: { readonly uri?: string; readonly record?: { readonly uri?: string } } } | undefined;
    const quoted = embed?.record?.uri ?? embed?.record?.record?.uri;
    if (quoted?.startsWith(`at://${did}/`)) return 'quote';
    let above = post.record.reply?.parent.uri;
    for (let level = 0; level < 5 && above !== undefined; level += 1) {
      if (above.startsWith(`at://${did}/`)) return 'reply';
      above = this.get(above)?.record.reply?.parent.uri;
    }
    return undefined;
  }
}
