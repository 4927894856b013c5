import { scoreWithReasons } from '../../core/sentiment';
import { type ScoredText, type ScoringVersions, type TextToScore } from '../../core/textScoring';
import { TextScan } from '../../sentiment/scan';
import { loadModel, type SentimentModelName } from '../loadModel';
import { loadReader } from '../loadReader';

/** What a scorer needs to know of its desk; plain data, so that it can be sent to a worker. */
export interface ScoringSetup {
  /** Folder with `lexicons/`, `models/` and `rules/`. */
  readonly mediaDir: string;
  readonly deskDir: string;
  /** undefined: by the model. */
  readonly sentiment: SentimentModelName | undefined;
  readonly topics: readonly { readonly id: string; readonly words: readonly string[] }[];
  /** ISO 3166 of the institution. */
  readonly country: string;
}

/** Scorer and rules of one desk, loaded. */
export interface TextScorer {
  readonly versions: ScoringVersions;
  score(text: TextToScore): ScoredText;
}

/** Reads the lexicons, models and rules; a text is split into words once for both. Errors: `config.invalid`. */
export function createTextScorer({ mediaDir, deskDir, sentiment, topics, country }: ScoringSetup): TextScorer {
  const scan = new TextScan({ remembers: true });
  const model = loadModel(mediaDir, { name: sentiment, deskDir, scan });
  const reader = loadReader(mediaDir, scan);
  return {
    versions: { model: model.version, rules: reader.version },
    score({ text, language, conversation }) {
      const score = scoreWithReasons(model, text, { language, conversation });
      return { score, model: model.version, reading: reader.read(text, { language: score.language, sentiment: score.label, topics, country }) };
    },
  };
}
