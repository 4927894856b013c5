import { fold } from '../text/fold';
import { hashtagWords } from './hashtagWords';
import { type NormRule } from './normRule';
import { places } from './prose';

const known = new Set(hashtagWords);
const longestWord = Math.max(...hashtagWords.map((word) => word.length));
/** A hashtag so long is hardly ever one word. */
const surelyMany = 18;

/**
 * A hashtag of several words begins each with a capital, so that a screen reader says them: "#TrámitesEnLínea", not "#trámitesenlínea".
 * Words are found by a list of ours; a longer hashtag that holds none of them is pointed at without a suggestion.
 * Source: US Section 508 and GSA guidance on accessible social media; UK Government Communication Service ("camel case" hashtags).
 */
export const hashtags: NormRule = {
  code: 'hashtags',
  level: 'hint',
  check(text) {
    return places(text, /(?<![\p{L}\p{N}&/])[#＃][\p{L}\p{M}\p{N}]{4,60}(?![\p{L}\p{M}\p{N}_])/gu, (found) => {
      const tag = found.slice(1);
      // A capital inside says that somebody thought of it.
      if (tag.slice(1) !== tag.slice(1).toLowerCase() && tag !== tag.toUpperCase()) return false;
      const words = split(tag.toLowerCase());
      if (words === undefined) return tag.length >= surelyMany ? undefined : false;
      return words.filter((word) => /\p{L}/u.test(word)).length < 2 ? false : `#${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}`;
    });
  },
};

/** The fewest known words that the tag is made of; numbers count as words. undefined = it is not made of them. */
function split(tag: string): readonly string[] | undefined {
  const letters = [...tag];
  const best: (readonly string[] | undefined)[] = [[]];
  for (let end = 1; end <= letters.length; end += 1) {
    for (let start = Math.max(0, end - longestWord); start < end; start += 1) {
      const before = best[start];
      if (before === undefined) continue;
      const word = letters.slice(start, end).join('');
      if (!/^\p{N}+$/u.test(word) && !known.has(fold(word))) continue;
      if (before.length + 1 < (best[end]?.length ?? Infinity)) best[end] = [...before, word];
    }
  }
  return best[letters.length];
}
