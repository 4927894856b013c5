import { type PhraseItem } from '../entry';
import { hashText } from '../hash';
import { HashTable } from '../hashTable';
import { edgeKey, longestStem, mostNumbers, numberSymbol, stemGatesOf, type WordTables } from '../wordTables';

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
  /** By node, its children by symbol. Node 0 is the beginning; whatever a node leads to has a higher number. */
  private readonly children: Map<number, number>[] = [new Map()];
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
    const { count, numberOf } = this.merged();
    if (Math.max(symbols, count) > mostNumbers) throw new RangeError(`The rules hold ${String(symbols)} words and ${String(count)} places in phrases; the tables have room for ${String(mostNumbers)}.`);
    const endings: (readonly number[])[] = [[]];
    const roots = new Uint16Array(symbols);
    const gaps = new Uint16Array(count);
    const nodeValues = new Uint16Array(count);
    const edges: [key: number, node: number][] = [];
    const written = new Uint8Array(count);
    this.children.forEach((children, node) => {
      const number = numberOf[node] ?? start;
      if (written[number] === 1) return;
      written[number] = 1;
      for (const [symbol, child] of children) {
        if (node === start) roots[symbol] = numberOf[child] ?? 0;
        else edges.push([edgeKey(number, symbol), numberOf[child] ?? 0]);
      }
      gaps[number] = numberOf[this.gaps[node] ?? 0] ?? 0;
      const ended = this.ends[node] ?? [];
      if (ended.length > 0) nodeValues[number] = endings.push(ended) - 1;
    });
    const tables: WordTables = {
      words: HashTable.of([...this.words].map(([word, symbol]) => [hashText(word), symbol])),
      stems: HashTable.of([...this.stems].map(([stem, symbol]) => [hashText(stem), symbol])),
      ...stemGatesOf(this.stems.keys()),
      values: new Uint16Array(symbols),
      roots,
      numbers: Uint8Array.from(this.numbers),
      edges: HashTable.of(edges),
      nodeValues,
      gaps,
    };
    return { tables, endings };
  }

  /** Nodes from which the same phrases end in the same ways get one number: "A|B|C of D" needs what follows once. The beginning keeps number 0. */
  private merged(): { readonly count: number; readonly numberOf: Int32Array } {
    const numberOf = new Int32Array(this.children.length);
    const known = new Map<string, number>();
    for (let node = numberOf.length - 1; node > start; node -= 1) {
      const leads = [...(this.children[node] ?? [])].map(([symbol, child]) => `${String(symbol)}:${String(numberOf[child] ?? 0)}`).sort();
      const key = `${(this.ends[node] ?? []).join()} ${String(numberOf[this.gaps[node] ?? 0] ?? 0)} ${leads.join()}`;
      const number = known.get(key) ?? known.size + 1;
      known.set(key, number);
      numberOf[node] = number;
    }
    return { count: known.size + 1, numberOf };
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
    const children = this.children[node];
    const known = children?.get(symbol);
    if (known !== undefined) return known;
    const fresh = this.node();
    children?.set(symbol, fresh);
    return fresh;
  }

  private node(): number {
    this.gaps.push(0);
    this.children.push(new Map());
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
