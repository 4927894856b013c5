import { type BlueskyWorld, type StoredPost } from './world';

/** As the AppView shows them (app.bsky.feed.defs, app.bsky.notification.listNotifications). */
export class BlueskyViews {
  constructor(private readonly world: BlueskyWorld, private readonly url: () => string, private readonly sortedTimes: boolean) {}

  author(did: string): object {
    const account = this.world.accounts.get(did);
    return { did, handle: account?.handle ?? 'handle.invalid', ...(account?.displayName === undefined ? {} : { displayName: account.displayName }), labels: [] };
  }

  post(post: StoredPost): object {
    const embed = this.embed(post);
    return {
      uri: post.uri, cid: post.cid, author: this.author(post.did), record: post.record, ...(embed ? { embed } : {}), indexedAt: new Date(this.sortedTimes ? this.world.sortTime(post) : post.indexedAt).toISOString(), labels: [],
      replyCount: 0, viewer: { replyDisabled: false },
    };
  }

  private embed(post: StoredPost): object | undefined {
    const embed = post.record.embed as { readonly $type?: string; readonly images?: readonly { readonly alt: string }[]; readonly media?: { readonly images?: readonly { readonly alt: string }[] } } | undefined;
    const images = (embed?.images ?? embed?.media?.images)?.map(({ alt }, index) => ({ alt, thumb: `${this.url()}/img/thumb/${post.rkey}-${String(index)}.jpg`, fullsize: `${this.url()}/img/full/${post.rkey}-${String(index)}.jpg` }));
    const view = images && { $type: 'app.bsky.embed.images#view', images };
    return embed?.media ? { $type: 'app.bsky.embed.recordWithMedia#view', media: view, record: {} } : view;
  }

  notification(post: StoredPost, reason: string): object {
    return { uri: post.uri, cid: post.cid, author: this.author(post.did), reason, record: post.record, isRead: false, indexedAt: new Date(this.world.sortTime(post)).toISOString(), labels: [] };
  }

  /** undefined = the post that is asked for is gone. */
  thread(uri: string, depth: number, parentHeight: number): object | undefined {
    const post = this.world.get(uri);
    return post && this.node(post, depth, parentHeight);
  }

  private node(post: StoredPost, depth: number, height: number): object {
    const parent = post.record.reply?.parent.uri;
    const above = parent === undefined || height <= 0 ? undefined : this.world.get(parent);
    const replies = depth <= 0 ? [] : this.world.all().filter(({ record }) => record.reply?.parent.uri === post.uri);
    return {
      $type: 'app.bsky.feed.defs#threadViewPost', post: this.post(post),
      ...(above ? { parent: this.node(above, 0, height - 1) } : parent !== undefined && height > 0 ? { parent: { $type: 'app.bsky.feed.defs#notFoundPost', uri: parent, notFound: true } } : {}),
      replies: replies.map((reply) => this.node(reply, depth - 1, 0)),
    };
  }
}
