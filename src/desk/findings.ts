import { type AuditJson } from '../core/audit';
import { type Mention } from '../core/mention';
import { rankPriority, type RankedPriority } from '../core/priority';
import { isUnsure } from '../core/sentiment';
import { type TextReading } from '../core/textReading';
import { type ScoredText } from '../core/textScoring';
import { type DeskContext } from './context';

/** What a mention holds of a reading. What people said of it stays. */
export function findingsOf(scored: ScoredText | undefined, before?: Pick<Mention, 'sentiment' | 'reading'>): Pick<Mention, 'language' | 'sentiment' | 'reading' | 'unscored'> {
  const { correctedTo } = before?.sentiment ?? {};
  const { correctedKind } = before?.reading ?? {};
  const said = correctedTo === undefined ? {} : { correctedTo };
  if (scored === undefined) return { language: 'other', sentiment: { label: 'neutral', score: 0, confidence: 0, evidence: [], ...said }, reading: unread(before?.reading), unscored: true };
  const { score, model, reading } = scored;
  return {
    language: score.language,
    sentiment: { label: score.label, score: score.score, confidence: score.confidence, evidence: score.evidence, model, ...said },
    reading: correctedKind === undefined ? reading : { ...reading, correctedKind },
    unscored: undefined,
  };
}

/** A kind that a person named is all that is left of a reading whose text has changed. */
function unread(before: TextReading | undefined): TextReading | undefined {
  return before?.correctedKind === undefined ? undefined : { version: '', kind: undefined, kindPlaces: [], urgency: [], topics: [], personalData: [], correctedKind: before.correctedKind };
}

/** Where it stands in the queue; without a reading nothing raises or lowers it. */
export function rankOf(scored: ScoredText | undefined, reading: TextReading | undefined, { config }: Pick<DeskContext, 'config'>): RankedPriority {
  return scored === undefined || reading === undefined ? { priority: 'normal', reasons: [] } : rankPriority(reading, scored.score, config.topics);
}

/** What of a reading stands in the chain: codes and numbers, no words. Nothing where the text could not be read. */
export function findingsBody(scored: ScoredText | undefined): Readonly<Record<string, AuditJson>> {
  if (scored === undefined) return {};
  const { score, model, reading } = scored;
  return {
    sentiment: score.label,
    score: Math.round(score.score * 1000),
    confidence: Math.round(score.confidence * 1000),
    ...(isUnsure(score) ? { unsure: true } : {}),
    model,
    rules: reading.version,
    ...(reading.kind === undefined ? {} : { textKind: reading.kind }),
    urgency: reading.urgency.map(({ rule }) => rule),
    topics: reading.topics.map(({ topic }) => topic),
    personalData: [...new Set(reading.personalData.map(({ rule }) => rule))],
  };
}

/** Reasons as the chain holds them: in ASCII. */
export function codesOf(reasons: readonly string[]): readonly string[] {
  return reasons.filter((reason) => /^[\x21-\x7e]+$/u.test(reason));
}
