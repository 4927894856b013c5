import { type NormFinding } from './normRule';

/** Places that are told in one sentence. */
const mostTold = 6;

/** `aperturar → abrir, sírvase → por favor`: each once. */
export function foundWords(findings: readonly NormFinding[]): string {
  const told = [...new Set(findings.map(({ text, suggestion }) => (suggestion === undefined ? text : `${text} → ${suggestion}`)))];
  return told.slice(0, mostTold).join(', ') + (told.length > mostTold ? ', …' : '');
}

/** The findings whose words do not stand, whole, in the approved text. */
export function wordsOutside(findings: readonly NormFinding[], approved: string): readonly NormFinding[] {
  return findings.filter(({ text }) => !standsIn(text, approved));
}

function standsIn(words: string, text: string): boolean {
  const isWord = (sign: string): boolean => /[\p{L}\p{N}]/u.test(sign);
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    const glued = (isWord(words.charAt(0)) && isWord(text.charAt(at - 1))) || (isWord(words.charAt(words.length - 1)) && isWord(text.charAt(at + words.length)));
    if (!glued) return true;
  }
  return false;
}
