import { type AuditJson } from './audit';
import { canonicalForm, sha256Hex } from './auditChain';
import { type RetentionConfig, type RetentionRule, type TopicConfig } from './config';
import { isOpen, type Mention } from './mention';
import { type ReviewerRegistry } from './reviewers';
import { isSignedBy, type SignedPayload } from './signing';
import { findTopics } from './topics';

const dayMs = 86_400_000;

/** Why a mention stays, apart from its time. */
export type RetentionStay =
  /** Somebody still has something to do with it, or with another one of its conversation. */
  | 'open'
  /** An answer waits, is being sent, or may have been sent. */
  | 'unsettled'
  | 'held'
  | 'noRule'
  | 'notYet';

/** A hold that keeps it: a legal one, or one on answers. */
export interface KeepingHold {
  readonly id: string;
  readonly reason: string;
  readonly by: { readonly name: string };
}

export interface RetentionVerdict {
  readonly mention: Mention;
  /** undefined = its time is up: it goes. */
  readonly stays: RetentionStay | undefined;
  /** The rule that counts; undefined = none fits, or it is not asked for. */
  readonly rule: RetentionRule | undefined;
  readonly hold: KeepingHold | undefined;
  /** UTC ms from which the time runs. */
  readonly since: number;
}

export interface RetentionWorld {
  readonly now: number;
  readonly rules: readonly RetentionRule[];
  readonly topics: readonly TopicConfig[];
  /** All mentions of its conversation, with itself. */
  readonly conversation: (mention: Mention) => readonly Mention[];
  readonly hold: (mention: Mention) => KeepingHold | undefined;
}

/** What the schedule says of a mention. Where several rules fit, the one that keeps it longest counts. */
export function judgeRetention(mention: Mention, world: RetentionWorld): RetentionVerdict {
  const fitting = world.rules.filter((rule) => fits(rule, mention, world.topics)).map((rule) => ({ rule, since: sinceOf(rule, mention) }));
  const last = fitting.reduce<(typeof fitting)[number] | undefined>((longest, one) => (longest === undefined || endOf(one) > endOf(longest) ? one : longest), undefined);
  const since = last?.since ?? mention.receivedAt;
  const verdict = (stays: RetentionStay | undefined, hold?: KeepingHold): RetentionVerdict => ({ mention, stays, rule: last?.rule, hold, since });
  if (world.conversation(mention).some((other) => isOpen(other))) return verdict('open');
  if (isUnsettled(mention)) return verdict('unsettled');
  if (last === undefined) return verdict('noRule');
  if (world.now < endOf(last)) return verdict('notYet');
  const hold = world.hold(mention);
  return hold === undefined ? verdict(undefined) : verdict('held', hold);
}

function fits(rule: RetentionRule, mention: Mention, topics: readonly TopicConfig[]): boolean {
  if (isOpen(mention)) return false;
  if (rule.outcomes !== undefined && !rule.outcomes.some((outcome) => outcome === mention.status)) return false;
  if (rule.closeReasons !== undefined && !rule.closeReasons.some((reason) => reason === mention.closed?.reason)) return false;
  if (rule.channels !== undefined && !rule.channels.includes(mention.channel)) return false;
  if (rule.topics === undefined) return true;
  const found = findTopics(mention.post.text, topics).map(({ topic }) => topic);
  return rule.topics.some((topic) => found.includes(topic));
}

/** When it was last dealt with: answered, corrected, withdrawn, closed. */
function sinceOf(rule: RetentionRule, mention: Mention): number {
  if (rule.from === 'received') return mention.receivedAt;
  const ends = [mention.closed?.at, mention.answeredElsewhereAt, ...mention.replies.flatMap((reply) => [reply.sentAt, reply.withdrawn?.at])].filter((time) => time !== undefined);
  return Math.max(mention.receivedAt, ...ends);
}

function endOf({ rule, since }: { readonly rule: RetentionRule; readonly since: number }): number {
  return since + rule.keepDays * dayMs;
}

function isUnsettled({ submission, replies }: Mention): boolean {
  return submission !== undefined || replies.some(({ state }) => state === 'intended' || state === 'unsettled');
}

/** What the signature of a schedule covers. `at` is its ISO time. */
export function schedulePayload(institution: string, rules: RetentionConfig['rules'], at: string, by: string): SignedPayload {
  return { kind: 'retention', institution, rules: rulesJson(rules), at, signedBy: by };
}

function rulesJson(rules: RetentionConfig['rules']): readonly AuditJson[] {
  return rules.map((rule) => Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== undefined)) as AuditJson);
}

/** SHA-256 of the RFC 8785 form of the rules, hex: what the log calls a schedule. */
export function scheduleHash(rules: RetentionConfig['rules']): string {
  return sha256Hex(canonicalForm(rulesJson(rules)));
}

export type ScheduleStanding =
  | 'signed'
  | 'unsigned'
  /** The rules were changed since, or somebody wrote the signature in. */
  | 'badSignature'
  /** Who signed it does not decide on erasures, or not any more. */
  | 'strangeSigner';

/** Whether the schedule was signed by a reviewer with the role `redactions` whose entry counted then. */
export function scheduleStanding({ rules, signed }: RetentionConfig, registry: ReviewerRegistry, institution: string): ScheduleStanding {
  if (signed === undefined) return 'unsigned';
  const owner = registry.reviewers.find(({ fingerprint, standing, roles }) => fingerprint === signed.by && standing === 'counted' && roles.includes('redactions'));
  if (owner?.entry.key === undefined || (owner.entry.practice === true && !registry.practice)) return 'strangeSigner';
  if (!isSignedBy(owner.entry.key, schedulePayload(institution, rules, signed.at, signed.by), signed.signature)) return 'badSignature';
  return owner.revokedFrom === undefined || Date.parse(signed.at) < Date.parse(owner.revokedFrom) ? 'signed' : 'strangeSigner';
}
