import { type TopicConfig } from './config';
import { type SentimentLabel } from './sentiment';
import { type FoldedText, type FoundWord, findWord, foldWithOrigin, foldWord } from './text/foldedWords';
import { type MentionKind } from './textReading';
import { topicsOf } from './topics';
import { type Template } from './template';

export type RankReason = 'topic' | 'words' | 'kind' | 'sentiment' | 'used' | 'language';

export interface TemplateRank {
  readonly template: Template;
  readonly score: number;
  readonly reasons: readonly RankReason[];
  /** Words of the mention that matched, as they stand there, in the order of its text. */
  readonly words: readonly string[];
}

/** What of a mention and its desk decides the order. */
export interface RankedSubject {
  readonly text: string;
  readonly language: string;
  readonly sentiment: SentimentLabel;
  /** What the citizen wants; undefined = no rule can tell. */
  readonly kind: MentionKind | undefined;
  /** Templates for other networks are left out; undefined = unknown, none is. */
  readonly network: string | undefined;
  readonly topics: readonly TopicConfig[];
  /** How often each template was sent, by id. */
  readonly uses: ReadonlyMap<string, number>;
}

/** Characters of a mention that are looked at: longer ones say what they want before. */
const longestText = 4_000;

const weights = { word: 10, furtherWord: 5, topic: 14, language: 30, sentimentFits: 6, sentimentClashes: 9, kind: 3, mostUse: 4 } as const;

function wordsFor(words: Readonly<Record<string, readonly string[]>>, language: string): readonly string[] {
  const own = words[language];
  const chosen = own !== undefined && Object.hasOwn(words, language) ? own : Object.values(words).flat();
  return [...new Set(chosen.map(foldWord).filter((word) => word !== ''))];
}

/**
 * The templates for a mention, best first, equal ones by id: by language, by words and topics that stand in its text (case and accents aside, from the
 * start of a word), by sentiment and by past use. Pure; the same input gives the same order.
 */
export function rankTemplates(templates: readonly Template[], subject: RankedSubject): readonly TemplateRank[] {
  const mention = foldWithOrigin(subject.text.slice(0, longestText).replace(/\s/gu, ' '));
  const { kind } = subject;
  const offered = templates.filter(({ channels }) => subject.network === undefined || channels.length === 0 || channels.includes(subject.network));
  const words = new Map(offered.map((template) => [template, wordsFor(template.words, subject.language)]));
  const shared = new Map<string, number>();
  for (const list of words.values()) for (const word of list) shared.set(word, (shared.get(word) ?? 0) + 1);
  const topics = new Set(topicsOf(mention, subject.topics).map(({ topic }) => topic));
  const topicWords = new Map(subject.topics.map((topic) => [topic.id, topic.words.map(foldWord)]));

  return offered
    .map((template) => {
      const found = new Map<string, FoundWord>();
      let score = 0;
      const reasons: RankReason[] = [];
      if (Object.hasOwn(template.bodies, subject.language)) {
        score += weights.language;
        reasons.push('language');
      }
      const matched = template.topics.filter((topic) => topics.has(topic));
      for (const word of matched.flatMap((topic) => topicWords.get(topic) ?? [])) note(found, mention, word);
      if (matched.length > 0) {
        score += weights.topic;
        reasons.push('topic');
      }
      const hits = (words.get(template) ?? []).filter((word) => note(found, mention, word));
      for (const word of hits) score += (weights.word + weights.furtherWord * (word.split(' ').length - 1)) / Math.sqrt(shared.get(word) ?? 1);
      if (hits.length > 0) reasons.push('words');
      if (kind !== undefined && template.kinds?.includes(kind) === true) {
        score += weights.kind;
        reasons.push('kind');
      }
      if (template.sentiment === subject.sentiment) {
        score += weights.sentimentFits;
        reasons.push('sentiment');
      } else if (template.sentiment !== undefined && [template.sentiment, subject.sentiment].every((label) => label !== 'neutral')) {
        score -= weights.sentimentClashes;
      }
      const uses = subject.uses.get(template.id) ?? 0;
      if (uses > 0) {
        score += Math.min(weights.mostUse, Math.log2(1 + uses));
        reasons.push('used');
      }
      return { template, score: Math.round(score * 100) / 100, reasons, words: inOrder(found, mention.original) };
    })
    .sort((left, right) => right.score - left.score || (left.template.id < right.template.id ? -1 : 1));
}

function note(found: Map<string, FoundWord>, mention: FoldedText, word: string): boolean {
  const place = word === '' ? undefined : findWord(mention, word);
  if (place !== undefined) found.set(word, place);
  return place !== undefined;
}

function inOrder(found: ReadonlyMap<string, FoundWord>, original: string): readonly string[] {
  const places = [...found.values()].sort((left, right) => left.start - right.start || right.end - left.end);
  return [...new Set(places.map(({ start, end }) => original.slice(start, end)))];
}
