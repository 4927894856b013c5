import { fold } from './text/fold';
import { type TopicConfig } from './config';
import { mentionKind } from './mentionKind';
import { type SentimentLabel } from './sentiment';
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
  /** Templates for other networks are left out; undefined = unknown, none is. */
  readonly network: string | undefined;
  readonly topics: readonly TopicConfig[];
  /** How often each template was sent, by id. */
  readonly uses: ReadonlyMap<string, number>;
}

/** Characters of a mention that are looked at: longer ones say what they want before. */
const longestText = 4_000;
/** Shorter words match whole words only: as a beginning they would match nearly anything. */
const shortestStem = 4;

const weights = { word: 10, furtherWord: 5, topic: 14, language: 30, sentimentFits: 6, sentimentClashes: 9, kind: 3, mostUse: 4 } as const;

interface FoldedText {
  readonly text: string;
  readonly original: string;
  /** Index in the original for each UTF-16 unit of `text`, and one more for its end. */
  readonly origin: readonly number[];
}

interface Found {
  readonly start: number;
  readonly end: number;
}

function foldWithOrigin(original: string): FoldedText {
  let text = '';
  const origin: number[] = [];
  let at = 0;
  for (const character of original) {
    const folded = fold(character);
    for (let unit = 0; unit < folded.length; unit += 1) origin.push(at);
    text += folded;
    at += character.length;
  }
  return { text, original, origin: [...origin, at] };
}

const isWordSign = (sign: string | undefined): boolean => sign !== undefined && /[\p{L}\p{N}]/u.test(sign);

/** The first place where the word or phrase stands at the start of a word; `word` is folded. */
function findWord(mention: FoldedText, word: string): Found | undefined {
  for (let at = mention.text.indexOf(word); at >= 0; at = mention.text.indexOf(word, at + 1)) {
    if (isWordSign(mention.text[at - 1]) && isWordSign(word[0])) continue;
    let end = at + word.length;
    if (word.length < shortestStem && isWordSign(mention.text[end])) continue;
    while (isWordSign(mention.text[end])) end += 1;
    return { start: mention.origin[at] ?? 0, end: mention.origin[end] ?? mention.original.length };
  }
  return undefined;
}

const foldWord = (word: string): string => fold(word).replace(/\s+/gu, ' ').trim();

/** Ids of the topics whose words stand in a text, case and accents aside, from the start of a word. */
export function topicsIn(text: string, topics: readonly TopicConfig[]): readonly string[] {
  return topicsOf(foldWithOrigin(text.slice(0, longestText).replace(/\s/gu, ' ')), topics);
}

function topicsOf(text: FoldedText, topics: readonly TopicConfig[]): readonly string[] {
  return topics.filter((topic) => topic.words.some((word) => foldWord(word) !== '' && findWord(text, foldWord(word)) !== undefined)).map(({ id }) => id);
}

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
  const kind = mentionKind(subject.text, subject.sentiment);
  const offered = templates.filter(({ channels }) => subject.network === undefined || channels.length === 0 || channels.includes(subject.network));
  const words = new Map(offered.map((template) => [template, wordsFor(template.words, subject.language)]));
  const shared = new Map<string, number>();
  for (const list of words.values()) for (const word of list) shared.set(word, (shared.get(word) ?? 0) + 1);
  const topics = new Set(topicsOf(mention, subject.topics));
  const topicWords = new Map(subject.topics.map((topic) => [topic.id, topic.words.map(foldWord)]));

  return offered
    .map((template) => {
      const found = new Map<string, Found>();
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

function note(found: Map<string, Found>, mention: FoldedText, word: string): boolean {
  const place = word === '' ? undefined : findWord(mention, word);
  if (place !== undefined) found.set(word, place);
  return place !== undefined;
}

function inOrder(found: ReadonlyMap<string, Found>, original: string): readonly string[] {
  const places = [...found.values()].sort((left, right) => left.start - right.start || right.end - left.end);
  return [...new Set(places.map(({ start, end }) => original.slice(start, end)))];
}
