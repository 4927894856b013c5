import { type ScoredLanguage, sentimentLabels } from '../core/sentiment';
import { isUrgentReading, type MentionKind, mentionKinds, type TextReader } from '../core/textReading';
import { type Example } from './examples';

/** How well one answer of the rules is found. */
export interface Found {
  readonly name: MentionKind | 'urgent' | 'other';
  /** Texts that are so, that the rules call so, and both. */
  readonly meant: number;
  readonly said: number;
  readonly right: number;
}

/** Urgency and kinds as the rules read them, beside the labels of the corpus. `labels`: the sentiment of each example as a model says that never saw it; it weighs in the kind. */
export function measureReadings(reader: TextReader, language: ScoredLanguage, examples: readonly Example[], labels: readonly number[]): Found[] {
  const readings = examples.map(({ text, country }, index) => reader.read(text, { language, sentiment: sentimentLabels[labels[index] ?? 1] ?? 'neutral', topics: [], country: country ?? '' }));
  const found = (name: Found['name'], meant: (example: Example) => boolean, said: (index: number) => boolean): Found => ({
    name,
    meant: examples.filter(meant).length,
    said: examples.filter((_example, index) => said(index)).length,
    right: examples.filter((example, index) => meant(example) && said(index)).length,
  });
  return [
    found('urgent', ({ urgent }) => urgent === true, (index) => isUrgentReading(readings[index])),
    ...mentionKinds.map((kind) => found(kind, (example) => example.kind === kind, (index) => readings[index]?.kind === kind)),
    found('other', ({ kind }) => kind === undefined, (index) => readings[index]?.kind === undefined),
  ];
}
