import { fold } from '../text/fold';
import { type NormFinding, type NormRule } from './normRule';
import { likeCase, ownProseOf } from './prose';
import { plainWordsEn } from './plainWordsEn';
import { plainWordsEs } from './plainWordsEs';

/** Words to look for, folded, each as its own list of words (`*` at an end: any ending), with the plain ones. */
interface Entry {
  readonly words: readonly string[];
  readonly plain: string;
}

/** `aperturar, aperturó = abrir`: one entry for each wording before the sign. */
function read(lines: readonly string[]): readonly Entry[] {
  return lines.flatMap((line) => {
    const [left = '', plain = ''] = line.split(' = ');
    return left.split(',').map((wording) => ({ words: fold(wording.trim()).split(/\s+/u), plain: plain.trim() }));
  });
}

/** By the first three letters of the first word, so that a text is read once; `*` stands behind three letters or more. */
function index(entries: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> {
  const byStart = new Map<string, Entry[]>();
  for (const entry of entries) {
    const key = (entry.words[0] ?? '').slice(0, 3);
    byStart.set(key, [...(byStart.get(key) ?? []), entry]);
  }
  for (const list of byStart.values()) list.sort((one, other) => other.words.length - one.words.length);
  return byStart;
}

const lists: Readonly<Record<string, ReadonlyMap<string, readonly Entry[]>>> = { es: index(read(plainWordsEs)), en: index(read(plainWordsEn)) };

/** How many wordings we know in a language. */
export function plainWordCount(language: string): number {
  return [...(lists[language]?.values() ?? [])].reduce((sum, entries) => sum + entries.length, 0);
}

const fitsWord = (pattern: string, word: string): boolean => (pattern.endsWith('*') ? word.startsWith(pattern.slice(0, -1)) : word === pattern);

/**
 * Words of the office have plain ones beside them ("a la brevedad posible" says no day; "aperturar" is "abrir").
 * Source: NORTIC E1:2014, directives of tone, points 2 and 4 (simple language, no technical or internal terms); Plain Writing Act (USA), plainlanguage.gov;
 * the list is ours (`plainWordsEs.ts`, `plainWordsEn.ts`) and the desk's (`norms.words`).
 */
export const plainWords: NormRule = {
  code: 'plainWords',
  level: 'hint',
  check(text, { language, words: own }) {
    const known = lists[language];
    const ownEntries: readonly Entry[] = Object.entries(own).map(([wording, plain]) => ({ words: fold(wording.trim()).split(/\s+/u), plain }));
    const allowed = new Set(ownEntries.filter(({ plain }) => plain.trim() === '').map(({ words }) => words.join(' ')));
    const ownIndex = index(ownEntries.filter(({ plain }) => plain.trim() !== ''));
    const prose = ownProseOf(text);
    const tokens = [...prose.matchAll(/[\p{L}\p{M}\p{N}]+(?:[’'][\p{L}]+)?/gu)].map((match) => ({ start: match.index, end: match.index + match[0].length, word: fold(match[0]) }));
    const findings: NormFinding[] = [];
    for (let at = 0; at < tokens.length; at += 1) {
      const key = tokens[at]?.word.slice(0, 3) ?? '';
      const found = [...(ownIndex.get(key) ?? []), ...(known?.get(key) ?? [])].find(({ words }) => {
        if (!words.every((pattern, step) => fitsWord(pattern, tokens[at + step]?.word ?? ''))) return false;
        return !allowed.has(words.join(' ')) && !allowed.has(tokens.slice(at, at + words.length).map(({ word }) => word).join(' '));
      });
      const [first, last] = [tokens[at], tokens[at + (found?.words.length ?? 1) - 1]];
      if (found === undefined || first === undefined || last === undefined) continue;
      const piece = text.slice(first.start, last.end);
      // Words of one wording stand together: a sentence does not end between them.
      if (/[.!?;:\n]/u.test(piece)) continue;
      findings.push({ start: first.start, length: piece.length, text: piece, suggestion: likeCase(piece, found.plain) });
      at += found.words.length - 1;
    }
    return findings;
  },
};
