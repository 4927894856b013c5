import { type ScoredLanguage } from '../core/sentiment';

/** What was chosen for a language by cross-validation. */
export interface Recipe {
  readonly pieces: boolean;
  readonly buckets: number;
  /** Inverse strengths of the pull towards zero for hashed weights: of the expert for posts, and of the one for mentions to institutions. */
  readonly generalC: number;
  readonly civicC: number;
  /** Of what tells the domains apart. */
  readonly gateC: number;
  readonly denseC: number;
  /** What a text of the other domain counts for an expert. */
  readonly otherDomain: number;
}

/** At 6 bytes a bucket (two experts and the gate between them), and at 3, a model stays under 64 KB. */
const twoExperts = 10_752;
const oneExpert = 16_384;

export const recipes: Readonly<Record<ScoredLanguage, Recipe>> = {
  es: { pieces: false, buckets: twoExperts, generalC: 0.6, civicC: 4, gateC: 10, denseC: 0.1, otherDomain: 0.05 },
  en: { pieces: false, buckets: twoExperts, generalC: 0.6, civicC: 4, gateC: 10, denseC: 0.1, otherDomain: 0.05 },
  pt: { pieces: true, buckets: oneExpert, generalC: 0.6, civicC: 4, gateC: 10, denseC: 0.1, otherDomain: 0 },
  fr: { pieces: true, buckets: oneExpert, generalC: 0.6, civicC: 4, gateC: 10, denseC: 0.1, otherDomain: 0 },
};
