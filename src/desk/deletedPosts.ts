import { asMomentosError } from '../core/errors';
import { coveringHolds, type Hold, standingHolds } from '../core/hold';
import { type Mention } from '../core/mention';
import { withoutPlaces } from '../core/textReading';
import { type DeskContext } from './context';
import { legalHoldOn, standingLegalHolds } from './legalHolds';

/** Why the words of a deleted post are kept: the institution has acted on them, or must. undefined = nothing keeps them. */
export type KeepReason = 'answered' | 'referred' | 'hold' | 'legalHold';

/**
 * Posts that their authors deleted: shown as deleted from now on, and the words, pictures and address erased from the inbox unless something keeps them.
 * The log says which. How many changed. Errors: `lock.*`, `store.*`.
 */
export async function maskDeleted(context: DeskContext, channel: string, externalIds: readonly string[]): Promise<number> {
  const { inbox, clock } = context;
  const known = externalIds.filter((id) => inbox.byExternalId(channel, id)?.deletedAt === undefined && inbox.byExternalId(channel, id) !== undefined);
  if (known.length === 0) return 0;
  const holds = standingHolds(await context.holds.read(), clock.now());
  const legalHolds = await standingLegalHolds(context);
  let erased = false;
  const changed = await inbox.update((transaction) => {
    let count = 0;
    for (const id of known) {
      const mention = transaction.byExternalId(channel, id);
      if (mention === undefined || mention.deletedAt !== undefined) continue;
      const at = clock.now();
      const kept = keepReason(context, mention, holds) ?? (legalHoldOn(legalHolds, inbox, mention) === undefined ? undefined : 'legalHold');
      transaction.put({ ...(kept === undefined ? withoutWords(mention) : mention), deletedAt: at, revision: mention.revision + 1 });
      transaction.audit({ kind: 'mention.deleted', at, actor: 'desk', subject: mention.id, body: kept === undefined ? { erased: true } : { erased: false, because: kept } });
      if (kept === undefined) erased = true;
      count += 1;
    }
    return count;
  });
  if (erased) {
    // What fails here is made good by the next rewriting of the file.
    await inbox.forgetReplaced().catch((thrown: unknown) => {
      context.logger.warn('erased words still stand in earlier lines of the inbox', { channel, code: asMomentosError(thrown).code });
    });
  }
  return changed;
}

function keepReason(context: DeskContext, mention: Mention, holds: readonly Hold[]): KeepReason | undefined {
  if (mention.answeredElsewhereAt !== undefined || mention.replies.some(({ state }) => state !== 'failed')) return 'answered';
  if (mention.referral !== undefined) return 'referred';
  return coveringHolds(holds, mention, context.config.topics).length > 0 ? 'hold' : undefined;
}

function withoutWords(mention: Mention): Mention {
  const { warning: _warning, url: _url, ...post } = mention.post;
  const reading = mention.reading === undefined ? {} : { reading: withoutPlaces(mention.reading) };
  return { ...mention, ...reading, post: { ...post, text: '', media: [], mentions: [] }, sentiment: { ...mention.sentiment, evidence: [] }, earlierTexts: undefined, erased: true };
}
