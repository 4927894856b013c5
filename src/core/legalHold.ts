import { type Mention } from './mention';
import { fold } from './text/fold';

export type LegalHoldScope =
  | { readonly kind: 'case'; readonly number: string }
  /** Local id of an author, `a-...`. */
  | { readonly kind: 'author'; readonly id: string }
  /** UTC ms, inclusive / exclusive; without `to` it has no end. */
  | { readonly kind: 'period'; readonly from: number; readonly to?: number | undefined };

/** While it stands, nothing that it covers is erased or disposed of. */
export interface LegalHold {
  /** Local id, `g-` and 12 characters. */
  readonly id: string;
  readonly scope: LegalHoldScope;
  readonly reason: string;
  /** `key`: fingerprint of the reviewer key at hand. */
  readonly by: { readonly id: string; readonly name: string; readonly email?: string | undefined; readonly osAccount: string; readonly key?: string | undefined };
  /** UTC ms. */
  readonly at: number;
}

/** What a rule on holds looks at. `times` (UTC ms): everything known to have happened with it. */
export interface HeldSubject {
  readonly caseNumber?: string | undefined;
  readonly authorId?: string | undefined;
  readonly times: readonly number[];
}

/** The first hold that covers the subject. A period does so where it touches the time between the first and the last thing that happened. */
export function heldBy(holds: readonly LegalHold[], subject: HeldSubject): LegalHold | undefined {
  return holds.find(({ scope }) => {
    switch (scope.kind) {
      case 'case': return subject.caseNumber !== undefined && fold(subject.caseNumber.trim()) === fold(scope.number.trim());
      case 'author': return subject.authorId === scope.id;
      case 'period': return subject.times.length > 0 && Math.max(...subject.times) >= scope.from && (scope.to === undefined || Math.min(...subject.times) < scope.to);
    }
  });
}

/** All times that a mention knows of, UTC ms. */
export function timesOf(mention: Mention): readonly number[] {
  const { post, replies, notes, referral, submission } = mention;
  return [
    post.postedAt, mention.receivedAt, post.editedAt, mention.openedAt, mention.closed?.at, mention.answeredElsewhereAt, mention.deletedAt, referral?.at, referral?.answer?.at, submission?.at,
    ...notes.map(({ at }) => at),
    ...replies.flatMap((reply) => [reply.intendedAt, reply.sentAt, reply.withdrawn?.at]),
  ].filter((time) => time !== undefined);
}
