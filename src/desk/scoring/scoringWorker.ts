import { parentPort, workerData } from 'node:worker_threads';
import { asMomentosError } from '../../core/errors';
import { type ScoringAnswer, type ScoringRequest } from './scoringMessages';
import { createTextScorer, type ScoringSetup, type TextScorer } from './textScorer';

// The worker thread in which an extension scores; a bundle of its own, started by workerScoring.ts.
const setup = workerData as ScoringSetup;
let loaded: TextScorer | undefined;

function answer({ id, texts }: ScoringRequest): ScoringAnswer {
  try {
    const scorer = (loaded ??= createTextScorer(setup));
    return { id, versions: scorer.versions, scored: texts.map((text) => scorer.score(text)) };
  } catch (thrown) {
    const { code, details } = asMomentosError(thrown);
    return { id, code, details };
  }
}

parentPort?.on('message', (request: ScoringRequest) => {
  parentPort?.postMessage(answer(request));
});
