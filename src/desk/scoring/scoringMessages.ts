import { type ErrorCode, type ErrorDetails } from '../../core/errors';
import { type ScoredText, type ScoringVersions, type TextToScore } from '../../core/textScoring';

/** To the worker. No text: only the versions are asked for. */
export interface ScoringRequest {
  readonly id: number;
  readonly texts: readonly TextToScore[];
}

/** What the worker found, in the order of the texts. */
export interface ScoringFound {
  readonly id: number;
  readonly versions: ScoringVersions;
  readonly scored: readonly ScoredText[];
}

/** From the worker; `code`: why it cannot load its data. */
export type ScoringAnswer = ScoringFound | { readonly id: number; readonly code: ErrorCode; readonly details: ErrorDetails };
