import { type Effect, type PhraseItem } from './entry';

/** The phrases of a lexicon as a tree: a word of the text leads from a node to what may follow it, so that a thousand phrases that begin with "no" cost one look-up. */
export interface PhraseNode {
  words: Map<string, PhraseNode> | undefined;
  stems: Map<string, PhraseNode> | undefined;
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
    for (const stem of item.stems) addPhrase(child(node.stems ??= new Map<string, PhraseNode>(), stem), items, effect, from + 1);
  }
}

function child(children: Map<string, PhraseNode>, key: string): PhraseNode {
  const known = children.get(key);
  if (known !== undefined) return known;
  const node = phraseRoot();
  children.set(key, node);
  return node;
}
