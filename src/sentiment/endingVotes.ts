import { type LanguageVotes, longestEnding, tailOf } from './languageVotes';

/**
 * The lists of votes of `LanguageVotes`, and behind them those of the endings that words have: a word may have several, one within the other, so that there are not many more lists than
 * endings.
 */
export class EndingVotes {
  /** As in `LanguageVotes`. */
  from: Uint16Array;
  languages: Uint8Array;
  worth: Float64Array;
  private lists: number;
  /** List by the endings that it stands for. */
  private readonly known = new Map<string, number>();
  private readonly found: number[] = [];

  constructor(private readonly tables: LanguageVotes) {
    const most = tables.endingLengths.length * longestEnding;
    this.lists = tables.from.length - 1;
    this.from = new Uint16Array(tables.from.length + most);
    this.from.set(tables.from);
    this.languages = new Uint8Array(tables.languages.length + most * longestEnding);
    this.languages.set(tables.languages);
    this.worth = new Float64Array(tables.worth.length + most * longestEnding);
    this.worth.set(tables.worth);
  }

  /** List of the votes of a word's endings; 0: it has none that votes. */
  listOf(letters: Uint16Array, letterAt: number, count: number): number {
    const { endingFrom, endingLengths, endingLetters, endingLanguages, endingWorth } = this.tables;
    const end = letterAt + count - 1;
    const tail = tailOf(letters[end - 1] ?? 0, letters[end] ?? 0);
    if (tail === -1) return 0;
    const { found } = this;
    found.length = 0;
    const to = endingFrom[tail + 1] ?? 0;
    for (let ending = endingFrom[tail] ?? 0; ending < to; ending += 1) {
      const length = endingLengths[ending] ?? 0;
      if (length + 2 > count) continue;
      let same = 2;
      while (same < length && letters[end - same] === endingLetters[ending * longestEnding + same]) same += 1;
      if (same === length) found.push(ending);
    }
    if (found.length === 0) return 0;
    const key = found.join();
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const list = this.lists;
    let at = this.from[list] ?? 0;
    for (const ending of found) {
      this.languages[at] = endingLanguages[ending] ?? 0;
      this.worth[at] = endingWorth[ending] ?? 0;
      at += 1;
    }
    this.lists = list + 1;
    this.from[list + 1] = at;
    this.known.set(key, list);
    return list;
  }
}
