import { externalIdsOf, withoutErased } from '../core/erasedPost';
import { isUnread, type Mention } from '../core/mention';
import { tombstoneOf } from './tombstone';

/** All mentions in memory, found by each way in which the desk asks for them. */
export class InboxState {
  private readonly mentions = new Map<string, Mention>();
  private readonly idsByExternal = new Map<string, string>();
  private readonly idsByConversation = new Map<string, Set<string>>();
  private readonly idsByAuthor = new Map<string, Set<string>>();
  private readonly idsByReply = new Map<string, string>();
  /** A mention of each conversation that the network has a name for. */
  private readonly idsByCase = new Map<string, string>();
  /** Answers of ours by what the network calls them. */
  private readonly idsByReplyExternal = new Map<string, string>();
  private readonly idsUnsettled = new Set<string>();
  private readonly idsUnread = new Set<string>();
  private readonly authors = new Map<string, string>();
  private readonly tombstones = new Map<string, string>();
  /** Of the tombstones, hex; made with the first of them. */
  salt: string | undefined;

  get size(): number {
    return this.mentions.size;
  }

  get authorCount(): number {
    return this.authors.size;
  }

  get(id: string): Mention | undefined {
    return this.mentions.get(id);
  }

  byExternalId(channel: string, externalId: string): Mention | undefined {
    const id = this.idsByExternal.get(pairKey(channel, externalId));
    return id === undefined ? undefined : this.mentions.get(id);
  }

  all(): Iterable<Mention> {
    return this.mentions.values();
  }

  conversation(id: string): readonly Mention[] {
    return this.sorted(this.idsByConversation.get(id));
  }

  byAuthor(authorId: string): readonly Mention[] {
    return this.sorted(this.idsByAuthor.get(authorId));
  }

  conversationOf(channel: string, externalId: string): string | undefined {
    const key = pairKey(channel, externalId);
    const id = this.idsByExternal.get(key) ?? this.idsByReplyExternal.get(key);
    return (id === undefined ? undefined : this.mentions.get(id)?.conversation) ?? this.tombstone(channel, externalId);
  }

  /** True for a post, or an answer of ours, that was erased. */
  isErased(channel: string, externalId: string): boolean {
    return this.tombstone(channel, externalId) !== undefined;
  }

  conversationNamed(channel: string, conversationId: string): string | undefined {
    const id = this.idsByCase.get(pairKey(channel, conversationId));
    return id === undefined ? undefined : this.mentions.get(id)?.conversation;
  }

  byReply(replyId: string): Mention | undefined {
    const id = this.idsByReply.get(replyId);
    return id === undefined ? undefined : this.mentions.get(id);
  }

  unsettled(): readonly Mention[] {
    return this.sorted(this.idsUnsettled);
  }

  unread(): readonly Mention[] {
    return this.sorted(this.idsUnread);
  }

  authorId(channel: string, networkAuthorId: string): string | undefined {
    return this.authors.get(pairKey(channel, networkAuthorId));
  }

  put(mention: Mention): void {
    const old = this.mentions.get(mention.id);
    if (old !== undefined) {
      if (old.conversation !== mention.conversation) remove(this.idsByConversation, old.conversation, old.id);
      if (old.authorId !== mention.authorId) remove(this.idsByAuthor, old.authorId, old.id);
      if (old.channel !== mention.channel || old.post.externalId !== mention.post.externalId) this.idsByExternal.delete(pairKey(old.channel, old.post.externalId));
    }
    this.mentions.set(mention.id, mention);
    this.idsByExternal.set(pairKey(mention.channel, mention.post.externalId), mention.id);
    if (mention.post.conversationId !== undefined) this.idsByCase.set(pairKey(mention.channel, mention.post.conversationId), mention.id);
    add(this.idsByConversation, mention.conversation, mention.id);
    add(this.idsByAuthor, mention.authorId, mention.id);
    if (isUnread(mention)) this.idsUnread.add(mention.id);
    else this.idsUnread.delete(mention.id);
    this.putReplies(mention);
  }

  putAuthor(channel: string, networkAuthorId: string, authorId: string): void {
    this.authors.set(pairKey(channel, networkAuthorId), authorId);
  }

  /** Channel, the network's id, local id. */
  *allAuthors(): Iterable<readonly [string, string, string]> {
    for (const [key, id] of this.authors) {
      const [channel = '', networkId = ''] = JSON.parse(key) as string[];
      yield [channel, networkId, id];
    }
  }

  putTombstone(hash: string, conversation: string): void {
    this.tombstones.set(hash, conversation);
  }

  /** Hash and the conversation that the post stood in. */
  allTombstones(): Iterable<readonly [string, string]> {
    return this.tombstones.entries();
  }

  /**
   * The same without these mentions: tombstones in their place, without authors of whom nothing is left, and without the erased posts' ids in what answers
   * them. `changed` stand in place of their namesakes.
   */
  without(ids: ReadonlySet<string>, changed: readonly Mention[], newSalt: () => string): InboxState {
    const next = new InboxState();
    next.salt = this.salt ?? (ids.size === 0 ? undefined : newSalt());
    for (const [hash, conversation] of this.tombstones) next.putTombstone(hash, conversation);
    for (const id of ids) {
      const mention = this.mentions.get(id);
      if (mention === undefined || next.salt === undefined) continue;
      for (const externalId of externalIdsOf(mention)) next.putTombstone(tombstoneOf(next.salt, mention.channel, externalId), mention.conversation);
    }
    const replaced = new Map(changed.map((mention) => [mention.id, mention]));
    for (const [id, mention] of this.mentions) if (!ids.has(id)) next.put(next.withoutReferences(replaced.get(id) ?? mention));
    for (const [channel, networkId, id] of this.allAuthors()) if (next.idsByAuthor.has(id)) next.putAuthor(channel, networkId, id);
    return next;
  }

  private withoutReferences(mention: Mention): Mention {
    const post = withoutErased(mention.post, (id) => this.isErased(mention.channel, id));
    return post === mention.post ? mention : { ...mention, post, revision: mention.revision + 1 };
  }

  private tombstone(channel: string, externalId: string): string | undefined {
    return this.salt === undefined || this.tombstones.size === 0 ? undefined : this.tombstones.get(tombstoneOf(this.salt, channel, externalId));
  }

  private putReplies(mention: Mention): void {
    for (const reply of mention.replies) {
      this.idsByReply.set(reply.id, mention.id);
      if (reply.externalId !== undefined) this.idsByReplyExternal.set(pairKey(mention.channel, reply.externalId), mention.id);
    }
    if (mention.replies.some((reply) => reply.state === 'intended' || reply.state === 'unsettled')) this.idsUnsettled.add(mention.id);
    else this.idsUnsettled.delete(mention.id);
  }

  private sorted(ids: ReadonlySet<string> | undefined): readonly Mention[] {
    const found: Mention[] = [];
    for (const id of ids ?? []) {
      const mention = this.mentions.get(id);
      if (mention !== undefined) found.push(mention);
    }
    return found.sort((a, b) => a.post.postedAt - b.post.postedAt || (a.id < b.id ? -1 : 1));
  }
}

/** One key for two opaque texts, whatever characters they hold. */
export function pairKey(first: string, second: string): string {
  return JSON.stringify([first, second]);
}

function add(index: Map<string, Set<string>>, key: string, id: string): void {
  const known = index.get(key);
  if (known === undefined) index.set(key, new Set([id]));
  else known.add(id);
}

function remove(index: Map<string, Set<string>>, key: string, id: string): void {
  const known = index.get(key);
  known?.delete(id);
  if (known?.size === 0) index.delete(key);
}
