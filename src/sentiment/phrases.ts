import { type Effect, type Lexicon, type Phrase, type PhraseItem } from './lexicon';
import { type Word } from './tokens';

const widestGap = 5;

/** Digits aside, what `{n}` in a lexicon stands for. */
const numberWords = new Set((
  'un una uno dos tres cuatro cinco seis siete ocho nueve diez once doce quince veinte treinta cien varios varias muchos muchas tantos tantas '
  + 'one two three four five six seven eight nine ten eleven twelve twenty thirty several many '
  + 'um uma dois duas quatro sete oito nove dez vinte varias muitos muitas deux trois quatre cinq sept huit neuf dix vingt plusieurs'
).split(' '));

/** Words `first` to `last` (both inclusive) that an entry covers. */
export interface PhraseMatch {
  readonly first: number;
  readonly last: number;
  readonly effect: Effect;
}

/** The phrase that starts at this word and says most (most words, then the shortest span); `undefined` if none starts here. Looks at a bounded number of words. */
export function phraseAt(lexicon: Lexicon, words: readonly Word[], at: number): PhraseMatch | undefined {
  const word = words[at];
  if (word === undefined) return undefined;
  let best: (PhraseMatch & { readonly size: number }) | undefined;
  for (const phrase of startingWith(lexicon, word)) {
    const last = matchFrom(phrase.items, 1, words, at);
    if (last === undefined) continue;
    const size = phrase.items.filter((item) => item.kind !== 'gap').length;
    if (best === undefined || size > best.size || (size === best.size && last < best.last)) best = { first: at, last, effect: phrase.effect, size };
  }
  return best;
}

function* startingWith(lexicon: Lexicon, word: Word): Generator<Phrase> {
  for (const form of word.form === word.short ? [word.form] : [word.form, word.short]) {
    yield* lexicon.phrases.get(form) ?? [];
    for (let length = 2; length <= form.length; length += 1) yield* lexicon.phrases.get(`${form.slice(0, length)}*`) ?? [];
  }
  if (isNumber(word)) yield* lexicon.phrases.get('{n}') ?? [];
}

/** Index of the last word if the items from `item` on match after the word `at`, which matched the item before. */
function matchFrom(items: readonly PhraseItem[], item: number, words: readonly Word[], at: number): number | undefined {
  const wanted = items[item];
  if (wanted === undefined) return at;
  if (wanted.kind === 'gap') {
    const next = items[item + 1];
    for (let to = at + 1; to <= at + 1 + widestGap; to += 1) {
      const word = words[to];
      if (word === undefined || word.pause === 'sentence') return undefined;
      if (next !== undefined && matches(next, word)) {
        const last = matchFrom(items, item + 2, words, to);
        if (last !== undefined) return last;
      }
    }
    return undefined;
  }
  const word = words[at + 1];
  return word !== undefined && word.pause === 'none' && matches(wanted, word) ? matchFrom(items, item + 1, words, at + 1) : undefined;
}

function matches(item: PhraseItem, word: Word): boolean {
  if (item.kind === 'number') return isNumber(word);
  if (item.kind === 'gap') return false;
  return item.exact.has(word.form) || item.exact.has(word.short) || item.stems.some((stem) => word.form.startsWith(stem));
}

function isNumber(word: Word): boolean {
  return word.number || numberWords.has(word.form);
}
