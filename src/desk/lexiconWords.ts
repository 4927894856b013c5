import * as l10n from '@vscode/l10n';

/** What is wrong with a file of words that texts are scored by, such as the `lexicon.es.txt` of a desk. `reason`: a code of `LexiconProblemCode` or `RuleProblemCode`, `tooMany`, or `model`. */
export function lexiconSentence(file: string, line: string, reason: string): string {
  switch (reason) {
    case 'model': return l10n.t('{0} does not belong to this version of Momentos, or is damaged. Install Momentos again.', file);
    case 'tooMany': return l10n.t('{0} holds more words and phrases than there is room for. Take some out; most room is taken by phrases with many words to choose from.', file);
    case 'noValue': return l10n.t('{0}, line {1}: the entry has no value. Write a tab and a value behind it, such as -3.', file, line);
    case 'badValue': return l10n.t('{0}, line {1}: the value is not understood. Write a number from -5 to 5, or not, x1.5, but.', file, line);
    case 'gapAtEdge': return l10n.t('{0}, line {1}: * stands for words between others, so it cannot be the first or the last.', file, line);
    case 'tooManyGaps': return l10n.t('{0}, line {1}: a phrase may hold * twice at most.', file, line);
    case 'tooLong': return l10n.t('{0}, line {1}: the phrase is too long. Ten words at most.', file, line);
    case 'duplicate': return l10n.t('{0}, line {1}: the entry stands in an earlier line too. Take one out.', file, line);
    case 'contradiction': return l10n.t('{0}, line {1}: an earlier line gives the same entry another value. Take one out.', file, line);
    default: return l10n.t('{0}, line {1}: the line cannot be read. Write a word or a phrase, a tab and a value.', file, line);
  }
}
