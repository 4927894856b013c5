import { type FoldedText, findWord, foldWithOrigin, foldWord } from './text/foldedWords';
import { type ReadingSetting, type TopicFinding } from './textReading';

/** Characters that are looked at. */
const longestText = 20_000;

/** The topics whose words stand in a text, case and accents aside, from the start of a word; with the first place of each word. */
export function findTopics(text: string, topics: ReadingSetting['topics']): readonly TopicFinding[] {
  return topics.length === 0 ? [] : topicsOf(foldWithOrigin(text.slice(0, longestText).replace(/\s/gu, ' ')), topics);
}

export function topicsOf(text: FoldedText, topics: ReadingSetting['topics']): readonly TopicFinding[] {
  return topics.flatMap(({ id, words }) => {
    const places = words
      .map(foldWord)
      .flatMap((word) => (word === '' ? [] : (findWord(text, word) ?? [])))
      .map(({ start, end }) => ({ start, length: end - start }))
      .sort((one, other) => one.start - other.start);
    return places.length === 0 ? [] : [{ topic: id, places }];
  });
}
