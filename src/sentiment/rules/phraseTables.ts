import { type PhraseItem } from '../entry';
import { hashText } from '../hash';
import { HashTable } from '../hashTable';
import { edgeKey, longestStem, numberSymbol, stemGatesOf, type WordTables } from '../wordTables';

/** Phrases of words, beginnings of words, numbers and gaps as an automaton; several may be spelled the same. */
export interface PhraseTables {
  readonly tables: WordTables;
  /** Numbers of the phrases that end at a node, by the node's value. */
  readonly endings: readonly (readonly number[])[];
}

/** Compiles phrases; a phrase is known by its place in the list. */
export function compilePhrases(phrases: readonly (readonly PhraseItem[])[], numberWords: readonly string[]): PhraseTables {
  const builder = new PhraseTableBuilder();
  for (const word of numberWords) builder.number(word);
  phrases.forEach((items, phrase) => {
    builder.add(items, phrase);
  });
  return builder.build();
}

const start = 0;

class PhraseTableBuilder {
  private readonly words = new Map<string, number>();
  private readonly stems = new Map<string, number>();
  private readonly numbers: number[] = [0, 0];
  /** Children by node and symbol. Node 0 is the beginning. */
  private readonly edges = new Map<number, number>();
  private readonly gaps: number[] = [0];
  private readonly ends: number[][] = [[]];

  number(word: string): void {
    this.numbers[this.symbol(this.words, word)] = 1;
  }

  add(items: readonly PhraseItem[], phrase: number): void {
    let nodes: readonly number[] = [start];
    for (const item of items) nodes = nodes.flatMap((node) => this.step(node, item));
    for (const node of new Set(nodes)) this.ends[node]?.push(phrase);
  }

  build(): PhraseTables {
    const symbols = this.numbers.length;
    const endings: (readonly number[])[] = [[]];
    const roots = new Uint16Array(symbols);
    const edges: [key: number, node: number][] = [];
    for (const [key, node] of this.edges) {
      if (key >>> 16 === start) roots[key & 0xffff] = node;
      else edges.push([key, node]);
    }
    const tables: WordTables = {
      words: HashTable.of([...this.words].map(([word, symbol]) => [hashText(word), symbol])),
      stems: HashTable.of([...this.stems].map(([stem, symbol]) => [hashText(stem), symbol])),
      ...stemGatesOf(this.stems.keys()),
      values: new Uint16Array(symbols),
      roots,
      numbers: Uint8Array.from(this.numbers),
      edges: HashTable.of(edges),
      nodeValues: Uint16Array.from(this.ends.map((ended) => (ended.length === 0 ? 0 : endings.push(ended) - 1))),
      gaps: Uint16Array.from(this.gaps),
    };
    return { tables, endings };
  }

  private step(node: number, item: PhraseItem): readonly number[] {
    if (item.kind === 'gap') return [(this.gaps[node] ||= this.node())];
    if (item.kind === 'number') return [this.child(node, numberSymbol)];
    return [
      ...[...item.exact].map((word) => this.child(node, this.symbol(this.words, word))),
      ...item.stems.map((stem) => this.child(node, this.symbol(this.stems, stem.slice(0, longestStem)))),
    ];
  }

  private child(node: number, symbol: number): number {
    const key = edgeKey(node, symbol);
    const known = this.edges.get(key);
    if (known !== undefined) return known;
    const fresh = this.node();
    this.edges.set(key, fresh);
    return fresh;
  }

  private node(): number {
    this.gaps.push(0);
    return this.ends.push([]) - 1;
  }

  private symbol(known: Map<string, number>, key: string): number {
    let symbol = known.get(key);
    if (symbol === undefined) {
      symbol = this.numbers.push(0) - 1;
      known.set(key, symbol);
    }
    return symbol;
  }
}
