import { type PracticeVisibility } from '../practiceText';
import { acctOf } from '../practiceWorld';
import { externalIdOf, refused, statusIdOf } from './inboxApiSite';
import { type InboxWorld } from './inboxWorld';

/** A message that a trainer or a test adds now. */
export interface NewInboxMention {
  readonly text: string;
  /** `user` or `user@host`; somebody new when nobody has the name. `citizen` when absent. */
  readonly author?: string;
  readonly name?: string;
  /** External id of what it answers. */
  readonly inReplyTo?: string;
  /** `public` when absent; all others are private here. */
  readonly visibility?: PracticeVisibility;
  /** Null: not known. `es` when absent. */
  readonly language?: string | null;
  readonly images?: readonly (string | null)[];
  /** How long ago it was written, in minutes; 0 when absent. */
  readonly minutesAgo?: number;
}

export interface AddedMention {
  readonly externalId: string;
  readonly conversationId: string;
  readonly handle: string;
}

/** Throws a 404 refusal when what it answers is not there. */
export function addMention(world: InboxWorld, mention: NewInboxMention): AddedMention {
  const at = world.now();
  const inReplyTo = mention.inReplyTo === undefined ? undefined : statusIdOf(mention.inReplyTo);
  if (inReplyTo !== undefined && !world.status(inReplyTo)) throw refused(404, 'not_found', 'No existe.');
  const status = world.record({
    do: 'mention', at, author: mention.author ?? 'citizen', text: mention.text, visibility: mention.visibility ?? 'public',
    language: mention.language === undefined ? 'es' : mention.language, images: [...(mention.images ?? [])], postedAt: at - Math.round((mention.minutesAgo ?? 0) * 60_000),
    filtered: false, ...(mention.name === undefined ? {} : { name: mention.name }), ...(inReplyTo === undefined ? {} : { inReplyTo }),
  });
  if (!status) throw refused(404, 'not_found', 'No existe.');
  return { externalId: externalIdOf(status.id), conversationId: externalIdOf(world.root(status.id)), handle: acctOf(status.account) };
}

/** Somebody of the institution answers with another program; the external id of the answer. Throws a 404 refusal when the message is not there. */
export function answerByColleague(world: InboxWorld, externalId: string, text: string): string {
  const parent = world.status(statusIdOf(externalId));
  if (!parent) throw refused(404, 'not_found', 'No existe.');
  const status = world.record({ do: 'post', at: world.now(), by: 'colleague', text, inReplyTo: parent.id, visibility: parent.visibility, language: 'es', spoiler: '' });
  if (!status) throw refused(404, 'not_found', 'No existe.');
  return externalIdOf(status.id);
}

export function editMention(world: InboxWorld, externalId: string, text: string): void {
  if (!world.record({ do: 'amend', at: world.now(), id: statusIdOf(externalId), text })) throw refused(404, 'not_found', 'No existe.');
}

export function deleteMention(world: InboxWorld, externalId: string): void {
  if (!world.record({ do: 'remove', at: world.now(), id: statusIdOf(externalId) })) throw refused(404, 'not_found', 'No existe.');
}

/** What the desk posted, as tests and trainers see it. */
export interface PostedReply {
  readonly id: string;
  readonly text: string;
  /** ms since 1970, by the server's clock. */
  readonly at: number;
  readonly visibility: 'public' | 'private';
  readonly language: string | null;
  readonly inReplyTo: string | undefined;
}

export function posted(world: InboxWorld): readonly PostedReply[] {
  return world.posted().map(({ id, text, at, visibility, language, parentId }) => ({
    id: externalIdOf(id), text, at, visibility: visibility === 'public' ? 'public' : 'private', language, inReplyTo: parentId === undefined ? undefined : externalIdOf(parentId),
  }));
}
