import { MomentosError } from '../../core/errors';
import { type ScoredText, type TextScoring } from '../../core/textScoring';
import { createTextScorer, type ScoringSetup, type TextScorer } from './textScorer';

/** Texts after which others have their turn. */
const batchSize = 200;

/** Scores in the thread of its caller: for the command line, where nobody types. Loads at first use. */
export function createInlineScoring(setup: ScoringSetup): TextScoring {
  let loaded: TextScorer | undefined;
  const scorer = (): TextScorer => (loaded ??= createTextScorer(setup));
  return {
    async score(texts, signal) {
      const scored: ScoredText[] = [];
      for (let from = 0; from < texts.length; from += batchSize) {
        if (from > 0) await new Promise<void>((resolve) => { setImmediate(resolve); });
        if (signal?.aborted === true) throw new MomentosError('network.cancelled');
        for (const text of texts.slice(from, from + batchSize)) scored.push(scorer().score(text));
      }
      return scored;
    },
    versions: () => Promise.resolve().then(() => scorer().versions),
    dispose: () => Promise.resolve(),
  };
}
