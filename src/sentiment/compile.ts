import { type ScoredLanguage } from '../core/sentiment';
import { baseWeights } from './baseWords';
import { amountOf, type Effect, effectKinds } from './entry';
import { hashText } from './hash';
import { HashTable } from './hashTable';
import { type Lexicon } from './lexicon';
import { type PhraseNode } from './phraseTree';
import { compileRatings, type Ratings } from './ratings';
import { edgeKey, longestStem, numberSymbol, stemGatesOf, type WordTables } from './wordTables';

/** Digits aside, what `{n}` in a lexicon stands for. */
const numberWords = (
  'un una uno dos tres cuatro cinco seis siete ocho nueve diez once doce quince veinte treinta cien varios varias muchos muchas tantos tantas '
  + 'one two three four five six seven eight nine ten eleven twelve twenty thirty several many '
  + 'um uma dois duas quatro sete oito nove dez vinte varias muitos muitas deux trois quatre cinq sept huit neuf dix vingt plusieurs'
).split(' ');

/** A lexicon as the scorer uses it: `tables` hold numbers of effects; number 0 is no effect. */
export interface CompiledLexicon {
  readonly tables: WordTables;
  /** By number, one of `effectKinds`. */
  readonly effectKinds: Uint8Array;
  /** By number, a weight or a factor. */
  readonly effectAmounts: Float64Array;
  /** Rated words, for the model (`compileRatings`). */
  readonly ratings: HashTable;
}

/** The words of `sentiment` and of the lexicon, which wins, as tables; rated words beside them. */
export function compileLexicon(language: ScoredLanguage, lexicon: Lexicon, ratings: Pick<Ratings, 'tenths'> = { tenths: new Map() }): CompiledLexicon {
  return { ...new Compiler().run(language, lexicon), ratings: compileRatings(ratings) };
}

class Compiler {
  private readonly kinds: number[] = [effectKinds.none];
  private readonly amounts: number[] = [0];
  private readonly effectNumbers = new Map<string, number>();
  private readonly words = new Map<string, number>();
  private readonly stems = new Map<string, number>();
  /** By symbol. */
  private readonly values: number[] = [0, 0];
  private readonly roots: number[] = [0, 0];
  private readonly numbers: number[] = [0, 0];
  private readonly edges: [key: number, node: number][] = [];
  /** By node. */
  private readonly nodeValues: number[] = [0];
  private readonly gaps: number[] = [0];

  run(language: ScoredLanguage, lexicon: Lexicon): Omit<CompiledLexicon, 'ratings'> {
    for (const [word, effect] of baseWeights(language, lexicon)) this.values[this.word(word)] = this.effect(effect);
    for (const [stem, effect] of lexicon.stems) this.values[this.stem(stem)] = this.effect(effect);
    for (const word of numberWords) this.numbers[this.word(word)] = 1;
    const { words, stems, number } = lexicon.phrases;
    for (const [word, node] of words ?? []) this.roots[this.word(word)] = this.node(node);
    for (const [stem, node] of stems ?? []) this.roots[this.stem(stem)] = this.node(node);
    if (number !== undefined) this.roots[numberSymbol] = this.node(number);
    const tables = {
      words: HashTable.of([...this.words].map(([word, symbol]) => [hashText(word), symbol])),
      stems: HashTable.of([...this.stems].map(([stem, symbol]) => [hashText(stem), symbol])),
      ...stemGatesOf(this.stems.keys()),
      values: Uint16Array.from(this.values),
      roots: Uint16Array.from(this.roots),
      numbers: Uint8Array.from(this.numbers),
      edges: HashTable.of(this.edges),
      nodeValues: Uint16Array.from(this.nodeValues),
      gaps: Uint16Array.from(this.gaps),
    };
    return { tables, effectKinds: Uint8Array.from(this.kinds), effectAmounts: Float64Array.from(this.amounts) };
  }

  private effect(effect: Effect): number {
    const amount = amountOf(effect);
    const key = `${effect.kind} ${String(amount)}`;
    const known = this.effectNumbers.get(key);
    if (known !== undefined) return known;
    this.effectNumbers.set(key, this.kinds.length);
    this.amounts.push(amount);
    return this.kinds.push(effectKinds[effect.kind]) - 1;
  }

  private word(word: string): number {
    return this.symbol(this.words, word);
  }

  private stem(stem: string): number {
    return this.symbol(this.stems, stem.slice(0, longestStem));
  }

  private symbol(known: Map<string, number>, key: string): number {
    let symbol = known.get(key);
    if (symbol === undefined) {
      symbol = this.values.push(0) - 1;
      this.roots.push(0);
      this.numbers.push(0);
      known.set(key, symbol);
    }
    return symbol;
  }

  private node(from: PhraseNode): number {
    const node = this.nodeValues.push(from.effect === undefined ? 0 : this.effect(from.effect)) - 1;
    this.gaps.push(0);
    for (const [word, next] of from.words ?? []) this.edges.push([edgeKey(node, this.word(word)), this.node(next)]);
    for (const [stem, next] of from.stems ?? []) this.edges.push([edgeKey(node, this.stem(stem)), this.node(next)]);
    if (from.number !== undefined) this.edges.push([edgeKey(node, numberSymbol), this.node(from.number)]);
    if (from.gap !== undefined) this.gaps[node] = this.node(from.gap);
    return node;
  }
}
