import { type Actor, type AuditDraft, type AuditJson } from '../core/audit';
import { legalTermOf } from '../core/legalTerm';
import { localId } from '../core/localId';
import { type IncomingPost, type Mention } from '../core/mention';
import { type ContactMedium } from '../core/handChannels';
import { type InboxTransaction } from '../core/ports';
import { freezeTarget } from '../core/responseClock';
import { type TextReading } from '../core/textReading';
import { assess } from './assess';
import { type DeskContext } from './context';

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
}

/** A new mention from a post, with its audit entry; put into the transaction. */
export function receive(context: DeskContext, transaction: InboxTransaction, channel: string, post: IncomingPost, options: Arrival): Mention {
  const { clock, config, random } = context;
  const receivedAt = clock.now();
  const { score, model, reading, ranked: { priority, reasons } } = assess(context, post);
  const legalTerm = legalTermOf(reading, receivedAt, config, context.office);
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
    language: score.language,
    sentiment: { label: score.label, score: score.score, confidence: score.confidence, evidence: score.evidence },
    reading,
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
  transaction.audit(receivedEntry(mention, model, receivedAt, options));
  return mention;
}

function receivedEntry(mention: Mention, model: string, at: number, { by, medium }: Arrival): AuditDraft {
  const { post, target, sentiment } = mention;
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
      sentiment: sentiment.label,
      score: Math.round(sentiment.score * 1000),
      confidence: Math.round(sentiment.confidence * 1000),
      model,
      ...readingBody(mention.reading),
      priority: mention.priority,
      reasons: mention.priorityReasons.filter((reason) => /^[\x21-\x7e]+$/u.test(reason)),
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

/** The post as it reads now, if anything that matters changed; undefined = nothing did. The target stays frozen; a rise in priority is taken over. */
export function edited(context: DeskContext, mention: Mention, post: IncomingPost): { readonly mention: Mention; readonly entry: AuditDraft } | undefined {
  if (post.text === mention.post.text && post.warning === mention.post.warning && mention.deletedAt === undefined) return undefined;
  const at = context.clock.now();
  const { score, model, reading, ranked } = assess(context, post);
  const raised = priorityRank(ranked.priority) < priorityRank(mention.priority);
  const { correctedTo } = mention.sentiment;
  const correctedKind = mention.reading?.correctedKind;
  return {
    mention: {
      ...mention,
      post: { ...post, postedAt: mention.post.postedAt, declaredAt: mention.post.declaredAt },
      language: score.language,
      sentiment: { label: score.label, score: score.score, confidence: score.confidence, evidence: score.evidence, ...(correctedTo === undefined ? {} : { correctedTo }) },
      reading: correctedKind === undefined ? reading : { ...reading, correctedKind },
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
      body: { language: score.language, sentiment: score.label, score: Math.round(score.score * 1000), model, ...readingBody(reading), ...(post.editedAt === undefined ? {} : { editedAt: post.editedAt }) },
      values: { text: post.text },
    },
  };
}

/** What of a reading stands in the chain: codes, no words. */
function readingBody(reading: TextReading | undefined): Readonly<Record<string, AuditJson>> {
  if (reading === undefined) return {};
  return {
    rules: reading.version,
    ...(reading.kind === undefined ? {} : { textKind: reading.kind }),
    urgency: reading.urgency.map(({ rule }) => rule),
    topics: reading.topics.map(({ topic }) => topic),
    personalData: [...new Set(reading.personalData.map(({ rule }) => rule))],
  };
}

function priorityRank(priority: Mention['priority']): number {
  return ['urgent', 'high', 'normal', 'low'].indexOf(priority);
}
