import { type AuditDraft } from '../core/audit';
import { MomentosError } from '../core/errors';
import { type Mention } from '../core/mention';
import { type InboxTransaction } from '../core/ports';
import { pairKey, type InboxState } from './inboxState';

/** The changes of one `update`, over the state they start from; nothing of them is seen outside before they are on disk. */
export class PendingChanges implements InboxTransaction {
  readonly mentions = new Map<string, Mention>();
  readonly authors = new Map<string, readonly [string, string, string]>();
  readonly drafts: AuditDraft[] = [];
  private readonly byExternal = new Map<string, string>();
  private readonly byReplyExternal = new Map<string, string>();
  private readonly byCase = new Map<string, string>();

  constructor(private readonly base: InboxState) {}

  get isEmpty(): boolean {
    return this.mentions.size === 0 && this.authors.size === 0 && this.drafts.length === 0;
  }

  get(id: string): Mention | undefined {
    return this.mentions.get(id) ?? this.base.get(id);
  }

  byExternalId(channel: string, externalId: string): Mention | undefined {
    const id = this.byExternal.get(pairKey(channel, externalId)) ?? this.base.byExternalId(channel, externalId)?.id;
    return id === undefined ? undefined : this.get(id);
  }

  conversation(id: string): readonly Mention[] {
    const stored = this.base.conversation(id).filter((mention) => !this.mentions.has(mention.id));
    const changed = [...this.mentions.values()].filter((mention) => mention.conversation === id);
    if (changed.length === 0) return stored;
    return [...stored, ...changed].sort((a, b) => a.post.postedAt - b.post.postedAt || (a.id < b.id ? -1 : 1));
  }

  conversationOf(channel: string, externalId: string): string | undefined {
    const key = pairKey(channel, externalId);
    const id = this.byExternal.get(key) ?? this.byReplyExternal.get(key);
    return (id === undefined ? undefined : this.get(id)?.conversation) ?? this.base.conversationOf(channel, externalId);
  }

  conversationNamed(channel: string, conversationId: string): string | undefined {
    const id = this.byCase.get(pairKey(channel, conversationId));
    return (id === undefined ? undefined : this.get(id)?.conversation) ?? this.base.conversationNamed(channel, conversationId);
  }

  authorId(channel: string, networkAuthorId: string): string | undefined {
    return this.authors.get(pairKey(channel, networkAuthorId))?.[2] ?? this.base.authorId(channel, networkAuthorId);
  }

  isErased(channel: string, externalId: string): boolean {
    return this.base.isErased(channel, externalId);
  }

  put(mention: Mention): void {
    const old = this.get(mention.id);
    if (old !== undefined && mention.revision !== old.revision + 1) {
      throw new MomentosError('unexpected', { reason: 'stale mention', mention: mention.id, revision: mention.revision, stored: old.revision });
    }
    this.mentions.set(mention.id, mention);
    this.byExternal.set(pairKey(mention.channel, mention.post.externalId), mention.id);
    if (mention.post.conversationId !== undefined) this.byCase.set(pairKey(mention.channel, mention.post.conversationId), mention.id);
    for (const reply of mention.replies) if (reply.externalId !== undefined) this.byReplyExternal.set(pairKey(mention.channel, reply.externalId), mention.id);
  }

  putAuthor(channel: string, networkAuthorId: string, authorId: string): void {
    this.authors.set(pairKey(channel, networkAuthorId), [channel, networkAuthorId, authorId]);
  }

  audit(...drafts: readonly AuditDraft[]): void {
    this.drafts.push(...drafts);
  }
}
