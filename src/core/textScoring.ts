import { type Score } from './sentiment';
import { type TextReading } from './textReading';

export interface TextToScore {
  readonly text: string;
  /** What the network says of it (BCP 47). */
  readonly language?: string | undefined;
  /** Language of the author's newest other text in the conversation; it helps where a text is short or mixed. */
  readonly conversation?: string | undefined;
}

/** All that the desk finds in a text by itself. */
export interface ScoredText {
  readonly score: Score;
  /** Version of the scorer. */
  readonly model: string;
  readonly reading: TextReading;
}

/** With other versions, what was found in a text is out of date. */
export interface ScoringVersions {
  readonly model: string;
  readonly rules: string;
}

/** Reads texts, in this thread or in a worker. The texts of one call are answered in their order. */
export interface TextScoring {
  /** `undefined` = could not be read now, as the worker ended; try later. Errors: `network.cancelled`; `config.invalid` for a lexicon of the desk. */
  score(texts: readonly TextToScore[], signal?: AbortSignal): Promise<readonly (ScoredText | undefined)[]>;
  /** `undefined` = cannot be said now. Errors: as `score`. */
  versions(): Promise<ScoringVersions | undefined>;
  dispose(): Promise<void>;
}
