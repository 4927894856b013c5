import { type Effect, type PhraseItem } from './entry';
import { StemTable } from './stems';
import { type Word } from './tokens';

const widestGap = 5;

/** Digits aside, what `{n}` in a lexicon stands for. */
const numberWords = new Set((
  'un una uno dos tres cuatro cinco seis siete ocho nueve diez once doce quince veinte treinta cien varios varias muchos muchas tantos tantas '
  + 'one two three four five six seven eight nine ten eleven twelve twenty thirty several many '
  + 'um uma dois duas quatro sete oito nove dez vinte varias muitos muitas deux trois quatre cinq sept huit neuf dix vingt plusieurs'
).split(' '));

/** The phrases of a lexicon as a tree: a word of the text leads from a node to what may follow it, so that a thousand phrases that begin with "no" cost one look-up. */
export interface PhraseNode {
  words: Map<string, PhraseNode> | undefined;
  stems: StemTable<PhraseNode> | undefined;
  number: PhraseNode | undefined;
  gap: PhraseNode | undefined;
  /** Of the phrase that ends here. */
  effect: Effect | undefined;
}

export function phraseRoot(): PhraseNode {
  return { words: undefined, stems: undefined, number: undefined, gap: undefined, effect: undefined };
}

/** Adds the phrase of the items from `from` on below `node`. */
export function addPhrase(node: PhraseNode, items: readonly PhraseItem[], effect: Effect, from = 0): void {
  const item = items[from];
  if (item === undefined) node.effect = effect;
  else if (item.kind === 'number') addPhrase(node.number ??= phraseRoot(), items, effect, from + 1);
  else if (item.kind === 'gap') addPhrase(node.gap ??= phraseRoot(), items, effect, from + 1);
  else {
    for (const word of item.exact) addPhrase(child(node.words ??= new Map<string, PhraseNode>(), word), items, effect, from + 1);
    for (const stem of item.stems) addPhrase(child(node.stems ??= new StemTable<PhraseNode>(), stem), items, effect, from + 1);
  }
}

function child(children: Pick<Map<string, PhraseNode>, 'get'> & { set(key: string, node: PhraseNode): unknown }, key: string): PhraseNode {
  const known = children.get(key);
  if (known !== undefined) return known;
  const node = phraseRoot();
  children.set(key, node);
  return node;
}

/** Words `first` to `last` (both inclusive) that a phrase covers. */
export interface PhraseMatch {
  readonly first: number;
  readonly last: number;
  readonly effect: Effect;
  /** Words of the phrase, without its gaps. */
  readonly size: number;
}

/** The phrase that starts at this word and says most (most words, then the shortest span); `undefined` if none starts here. Looks at a bounded number of words. */
export function phraseAt(root: PhraseNode, words: readonly Word[], at: number): PhraseMatch | undefined {
  const word = words[at];
  if (word === undefined) return undefined;
  let best: PhraseMatch | undefined;
  for (const node of following(root, word)) best = better(best, longest(node, words, at, at, 1));
  return best;
}

/** The best phrase that goes on from `node`, which the word `at` led to. */
function longest(node: PhraseNode, words: readonly Word[], first: number, at: number, size: number): PhraseMatch | undefined {
  let best: PhraseMatch | undefined = node.effect === undefined ? undefined : { first, last: at, effect: node.effect, size };
  const next = words[at + 1];
  if (next === undefined) return best;
  if (next.pause === 'none') {
    for (const after of following(node, next)) best = better(best, longest(after, words, first, at + 1, size + 1));
  }
  if (node.gap === undefined) return best;
  for (let to = at + 1; to <= at + 1 + widestGap; to += 1) {
    const word = words[to];
    if (word === undefined || word.pause === 'sentence') break;
    for (const after of following(node.gap, word)) best = better(best, longest(after, words, first, to, size + 1));
  }
  return best;
}

function better(a: PhraseMatch | undefined, b: PhraseMatch | undefined): PhraseMatch | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return b.size > a.size || (b.size === a.size && b.last < a.last) ? b : a;
}

const none: readonly PhraseNode[] = [];

function following(node: PhraseNode, word: Word): readonly PhraseNode[] {
  const exact = node.words?.get(word.form);
  const short = word.elongated ? node.words?.get(word.short) : undefined;
  const stems = node.stems?.all(word.form) ?? none;
  const number = node.number !== undefined && (word.number || numberWords.has(word.form)) ? node.number : undefined;
  if (exact === undefined && short === undefined && number === undefined) return stems;
  return [exact, short, number, ...stems].filter((after) => after !== undefined);
}
