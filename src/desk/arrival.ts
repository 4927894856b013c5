import { type Actor, type AuditDraft } from '../core/audit';
import { legalTermOf } from '../core/legalTerm';
import { localId } from '../core/localId';
import { type IncomingPost, type Mention } from '../core/mention';
import { type ContactMedium } from '../core/handChannels';
import { type InboxTransaction } from '../core/ports';
import { freezeTarget } from '../core/responseClock';
import { type ScoredText } from '../core/textScoring';
import { type DeskContext } from './context';
import { codesOf, findingsBody, findingsOf, rankOf } from './findings';

export interface Arrival {
  /** Where it belongs; undefined = a new conversation. */
  readonly conversation: string | undefined;
  /** UTC ms: what was posted before is backlog; 0 = nothing is. */
  readonly connectedAt: number;
  /** Who wrote it down or brought it in; undefined = the desk itself, from the network. */
  readonly by?: Actor | undefined;
  readonly medium?: ContactMedium | undefined;
  /** Within what an author's id counts; undefined = within the channel. */
  readonly authorScope?: string | undefined;
  /** That its conversation has already. */
  readonly caseNumber?: string | undefined;
  /** What was found in the text; undefined = it could not be read, and is read later. */
  readonly scored: ScoredText | undefined;
}

/** A new mention from a post, with its audit entry; put into the transaction. */
export function receive(context: DeskContext, transaction: InboxTransaction, channel: string, post: IncomingPost, options: Arrival): Mention {
  const { clock, config, random } = context;
  const receivedAt = clock.now();
  const findings = findingsOf(options.scored);
  const { priority, reasons } = rankOf(options.scored, findings.reading, context);
  const legalTerm = legalTermOf(findings.reading, receivedAt, config, context.office);
  const backlog = post.postedAt < options.connectedAt;

  const scope = options.authorScope ?? channel;
  let authorId = transaction.authorId(scope, post.author.id);
  if (authorId === undefined) {
    authorId = localId('a', random);
    transaction.putAuthor(scope, post.author.id, authorId);
  }
  const mention: Mention = {
    id: localId('m', random),
    channel,
    post,
    authorId,
    conversation: options.conversation ?? localId('c', random),
    receivedAt,
    ...findings,
    priority,
    priorityReasons: reasons,
    target: freezeTarget(config, context.office, priority, post.postedAt),
    ...(legalTerm === undefined ? {} : { legalTerm }),
    backlog,
    status: 'open',
    ...(options.caseNumber === undefined ? {} : { caseNumber: options.caseNumber }),
    notes: [],
    replies: [],
    revision: 1,
  };
  transaction.put(mention);
  transaction.audit(receivedEntry(mention, receivedAt, options));
  return mention;
}

function receivedEntry(mention: Mention, at: number, { by, medium, scored }: Arrival): AuditDraft {
  const { post, target } = mention;
  return {
    kind: 'mention.received',
    at,
    actor: by ?? 'desk',
    subject: mention.id,
    body: {
      channel: mention.channel,
      ...(medium === undefined ? {} : { medium }),
      author: mention.authorId,
      conversation: mention.conversation,
      language: mention.language,
      ...findingsBody(scored),
      priority: mention.priority,
      reasons: codesOf(mention.priorityReasons),
      postedAt: post.postedAt,
      receivedAt: mention.receivedAt,
      ...(post.declaredAt === undefined ? {} : { declaredAt: post.declaredAt }),
      backlog: mention.backlog,
      dueAt: target.dueAt,
      allowedMs: target.allowedMs,
      officeHours: target.officeHours,
      ...(mention.legalTerm === undefined ? {} : { legalDueAt: mention.legalTerm.dueAt }),
      visibility: post.visibility,
    },
    values: {
      text: post.text,
      handle: post.author.handle,
      name: post.author.name,
      authorId: post.author.id,
      externalId: post.externalId,
      ...(post.url === undefined ? {} : { url: post.url }),
      ...(post.parentId === undefined ? {} : { parentId: post.parentId }),
      ...(post.media.length === 0 ? {} : { media: post.media.map(({ type, url, alt }) => ({ type, url, alt: alt ?? null })) }),
    },
  };
}

/** The post as it reads now, if anything that matters changed; undefined = nothing did. The target stays frozen; a rise in priority is taken over. `scored`: as of an arrival. */
export function edited(context: DeskContext, mention: Mention, post: IncomingPost, scored: ScoredText | undefined): { readonly mention: Mention; readonly entry: AuditDraft } | undefined {
  if (post.text === mention.post.text && post.warning === mention.post.warning && mention.deletedAt === undefined) return undefined;
  const at = context.clock.now();
  const findings = findingsOf(scored, mention);
  const ranked = rankOf(scored, scored?.reading, context);
  const raised = priorityRank(ranked.priority) < priorityRank(mention.priority);
  return {
    mention: {
      ...mention,
      post: { ...post, postedAt: mention.post.postedAt, declaredAt: mention.post.declaredAt },
      ...findings,
      ...(raised ? { priority: ranked.priority, priorityReasons: ranked.reasons } : {}),
      earlierTexts: mention.erased === true || mention.post.text === post.text ? mention.earlierTexts : [...(mention.earlierTexts ?? []), { text: mention.post.text, until: post.editedAt ?? at }],
      deletedAt: undefined,
      erased: undefined,
      revision: mention.revision + 1,
    },
    entry: {
      kind: 'mention.edited',
      at,
      actor: 'desk',
      subject: mention.id,
      body: { language: findings.language, ...findingsBody(scored), ...(post.editedAt === undefined ? {} : { editedAt: post.editedAt }) },
      values: { text: post.text },
    },
  };
}

function priorityRank(priority: Mention['priority']): number {
  return ['urgent', 'high', 'normal', 'low'].indexOf(priority);
}
