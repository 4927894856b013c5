import { ArrayFile, encodeArrays, type StoredArray } from './arrayFile';
import { type CompiledLexicon } from './compile';
import { HashTable } from './hashTable';
import { type LanguageVotes } from './languageVotes';
import { type PhraseTables } from './rules/phraseTables';
import { type WordTables } from './wordTables';

/** Raised with each change of what the compilers make of the same words. */
const compilerVersion = 3;

interface AboutTables {
  readonly compiler: number;
  /** Name of what they were made from: a hash of its words. */
  readonly source: string;
  readonly further: unknown;
}

/** A lexicon as `compileLexicon` makes it, for a file that is viewed and not read. `source`: names the words it was made from. */
export function packLexicon({ tables, effectKinds, effectAmounts, ratings }: CompiledLexicon, source: string): Uint8Array {
  return encodeArrays(aboutOf(source), { ...wordArrays(tables), effectKinds, effectAmounts, ratedWords: ratings.keys, ratings: ratings.values });
}

/** undefined: it is damaged, made from other words, or by another compiler. */
export function unpackLexicon(bytes: Uint8Array | undefined, source: string): CompiledLexicon | undefined {
  const file = open(bytes, source);
  return file === undefined ? undefined : {
    tables: wordTables(file),
    effectKinds: file.bytesOf('effectKinds'),
    effectAmounts: file.doublesOf('effectAmounts'),
    ratings: HashTable.from(file.integersOf('ratedWords'), file.shortsOf('ratings')),
  };
}

export function packLanguageVotes(votes: LanguageVotes): Uint8Array {
  const { words, ...others } = votes;
  return encodeArrays(aboutOf(''), { words: words.keys, wordLists: words.values, ...others });
}

export function unpackLanguageVotes(bytes: Uint8Array | undefined): LanguageVotes | undefined {
  const file = open(bytes, '');
  if (file === undefined) return undefined;
  return {
    words: HashTable.from(file.integersOf('words'), file.shortsOf('wordLists')),
    letters: file.shortsOf('letters'),
    from: file.shortsOf('from'),
    languages: file.bytesOf('languages'),
    worth: file.doublesOf('worth'),
    endingFrom: file.bytesOf('endingFrom'),
    endingLengths: file.bytesOf('endingLengths'),
    endingLetters: file.bytesOf('endingLetters'),
    endingLanguages: file.bytesOf('endingLanguages'),
    endingWorth: file.doublesOf('endingWorth'),
  };
}

/** `further`: what goes with the phrases, as JSON. */
export function packPhrases({ tables, endings }: PhraseTables, source: string, further: unknown): Uint8Array {
  const from = [0];
  for (const ended of endings) from.push((from.at(-1) ?? 0) + ended.length);
  return encodeArrays(aboutOf(source, further), { ...wordArrays(tables), endingFrom: Uint16Array.from(from), endings: Uint16Array.from(endings.flat()) });
}

export function unpackPhrases(bytes: Uint8Array | undefined, source: string): { readonly phrases: PhraseTables; readonly further: unknown } | undefined {
  const file = open(bytes, source);
  if (file === undefined) return undefined;
  const from = file.shortsOf('endingFrom');
  const all = file.shortsOf('endings');
  const endings = Array.from({ length: from.length - 1 }, (_unused, index) => [...all.subarray(from[index], from[index + 1])]);
  return { phrases: { tables: wordTables(file), endings }, further: (file.about as AboutTables).further };
}

function aboutOf(source: string, further: unknown = null): AboutTables {
  return { compiler: compilerVersion, source, further };
}

function open(bytes: Uint8Array | undefined, source: string): ArrayFile | undefined {
  const file = bytes === undefined ? undefined : ArrayFile.of(bytes);
  const about = file?.about as AboutTables | undefined;
  return about?.compiler === compilerVersion && about.source === source ? file : undefined;
}

function wordArrays(tables: WordTables): Record<string, StoredArray> {
  const { words, stems, edges, ...others } = tables;
  return { words: words.keys, wordSymbols: words.values, stems: stems.keys, stemSymbols: stems.values, edges: edges.keys, edgeNodes: edges.values, ...others };
}

function wordTables(file: ArrayFile): WordTables {
  return {
    words: HashTable.from(file.integersOf('words'), file.shortsOf('wordSymbols')),
    stems: HashTable.from(file.integersOf('stems'), file.shortsOf('stemSymbols')),
    stemLengths: file.integersOf('stemLengths'),
    stemFilter: file.integersOf('stemFilter'),
    values: file.shortsOf('values'),
    roots: file.shortsOf('roots'),
    numbers: file.bytesOf('numbers'),
    edges: HashTable.from(file.integersOf('edges'), file.shortsOf('edgeNodes')),
    nodeValues: file.shortsOf('nodeValues'),
    gaps: file.shortsOf('gaps'),
  };
}
