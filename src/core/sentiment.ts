export const sentimentLabels = ['negative', 'neutral', 'positive'] as const;
export type SentimentLabel = (typeof sentimentLabels)[number];

/** Languages that the scorer can read; everything else is `other` and gets a neutral score without confidence. */
export const scoredLanguages = ['es', 'en', 'pt', 'fr'] as const;
export type ScoredLanguage = (typeof scoredLanguages)[number];
export type TextLanguage = ScoredLanguage | 'other';

/** A word or phrase that moved the score, in the order of the text. */
export interface Evidence {
  /** As it stands in the text. */
  readonly text: string;
  /** Signed weight after negation and intensifiers; negative pulls towards negative. */
  readonly weight: number;
  /** UTF-16 offset in the text that was scored, and length; the page marks the words with it. */
  readonly start: number;
  readonly length: number;
}

export interface Score {
  readonly label: SentimentLabel;
  /** -1 (negative) to 1 (positive). */
  readonly score: number;
  /** 0 to 1: how sure the scorer is of its label. */
  readonly confidence: number;
  readonly language: TextLanguage;
  readonly evidence: readonly Evidence[];
}

/** Below this the desk says "unsure" rather than guess; three labels are a guess at 0.33. */
export const sureAt = 0.45;

/**
 * Whether the desk says "unsure" of a score. A text of a language that is read and with no word that weighs is neutral, not unsure. It never moves a mention down.
 */
export function isUnsure({ label, confidence, evidence, language }: Pick<Score, 'label' | 'confidence' | 'evidence'> & { readonly language: string }): boolean {
  return confidence < sureAt && !(label === 'neutral' && evidence.length === 0 && language !== 'other');
}

/** The score of a text with its evidence as people are shown it: where the desk is unsure it claims no label, and lists what there is for each side. */
export function scoreWithReasons(model: SentimentModel, text: string, options: ScoreOptions): Score {
  const score = model.score(text, options);
  return options.evidence !== false && isUnsure(score) ? model.score(text, { ...options, bothSides: true }) : score;
}

/** Confidence as people are shown it, in whole per cent: never 100, as no scorer is certain of what a person meant. */
export function shownConfidence({ confidence }: Pick<Score, 'confidence'>): number {
  return Math.min(99, Math.round(confidence * 100));
}

export interface ScoreOptions {
  /** What the network said of the text (BCP 47); it helps where the text alone does not tell. */
  readonly language?: string | undefined;
  /** Language of the author's newest other text in the conversation; asked where a text is short or mixed. */
  readonly conversation?: string | undefined;
  readonly force?: ScoredLanguage | undefined;
  /** False: label, score and confidence only, with no evidence; faster. */
  readonly evidence?: boolean | undefined;
  /** Evidence for each side, whether or not the score without it is nearer to 0; else what is listed for a label lowers its score. */
  readonly bothSides?: boolean | undefined;
}

/** Scores a text, never a person. Pure: the same text gives the same score; linear in the length of the text; never throws. */
export interface SentimentModel {
  /** Name and version of the model and lexicons, written to the audit log with each score. */
  readonly version: string;
  score(text: string, options?: ScoreOptions): Score;
}
