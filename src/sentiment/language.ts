import { type ScoredLanguage, scoredLanguages, type TextLanguage } from '../core/sentiment';
import { commonWords, endings, letters, type ListedLanguage, listedLanguages } from './commonWords';
import { type Tokens } from './tokens';

/** Enough to tell; the rest of a long text is not read. */
const wordsRead = 400;
const charactersRead = 4000;
/** What the network's word for the language is worth, in unique common words. */
const hintWorth = 1;
/** Below this nothing was recognised. */
const enough = 0.6;
/** Votes over that from which the vocabularies need not be asked. */
const sureMargin = 1;
/** Head start of the languages that are scored, in the order of how often citizens use them here; it settles ties between neighbours that share most short words. */
const headStart: Readonly<Record<ScoredLanguage, number>> = { es: 0.3, en: 0.3, pt: 0.2, fr: 0.2 };
/** Votes a word that a text in a known language has at least. */
const density = 0.16;
/** Votes and share that overrule a network that names a language which is not scored. */
const overrule = 3;

/** What a word of a lexicon is worth that is no common word. */
const vocabularyWorth = 0.5;

/** Whether a lexicon knows a folded word. */
export type Vocabularies = ReadonlyMap<ScoredLanguage, (form: string) => boolean>;

/** `unlisted`: a language without a list of common words. */
type VotedLanguage = ListedLanguage | 'unlisted';

/** By their last two letters. */
const endingsByTail = new Map<string, typeof endings>();
for (const ending of endings) endingsByTail.set(ending[0].slice(-2), [...(endingsByTail.get(ending[0].slice(-2)) ?? []), ending]);

/**
 * Tells Spanish, English, Portuguese, French and "other" apart by common words, endings and letters. `hint` is what the network says (BCP 47); it decides where the
 * text does not. Rather `other` than a wrong guess: a text in Haitian Creole or Guaraní is not scored with French or Spanish words.
 */
export function detectLanguage(text: string, tokens: Tokens, hint?: string, vocabularies: Vocabularies = new Map()): TextLanguage {
  const hinted = primaryTag(hint);
  if (tokens.otherLetters > tokens.latinLetters) return 'other';
  const votes = countVotes(text, tokens);
  if (Math.max(0, ...votes.values()) < enough + sureMargin) addVocabulary(votes, tokens, vocabularies);
  if (hinted !== undefined) votes.set(hinted, (votes.get(hinted) ?? 0) + hintWorth);
  const start = (language: VotedLanguage): number => (isScored(language) ? headStart[language] : 0);
  const [best, second] = [...votes].sort((a, b) => b[1] + start(b[0]) - a[1] - start(a[0]));
  const bestVotes = best?.[1] ?? 0;
  const own = hinted !== undefined && best?.[0] === hinted ? bestVotes - hintWorth : bestVotes;
  const read = Math.min(tokens.words.length, wordsRead);
  if (best === undefined || own < enough) return hinted !== undefined && isScored(hinted) && bestVotes <= hintWorth + enough ? hinted : 'other';
  if (!isScored(best[0])) return 'other';
  if (best[0] === hinted) return best[0];
  if (hinted !== undefined && !isScored(hinted)) return own >= overrule && own >= 2 * (second?.[1] ?? 0) && own / read >= density ? best[0] : 'other';
  return own / Math.max(read, 4) >= density ? best[0] : 'other';
}

/** Asked only where common words do not tell: short texts. */
function addVocabulary(votes: Map<VotedLanguage, number>, tokens: Tokens, vocabularies: Vocabularies): void {
  for (const word of tokens.words.slice(0, wordsRead)) {
    if (commonWords.has(word.short)) continue;
    const knowing = [...vocabularies].filter(([, knows]) => knows(word.short)).map(([language]) => language);
    for (const language of knowing) votes.set(language, (votes.get(language) ?? 0) + vocabularyWorth / Math.sqrt(knowing.length));
  }
}

function countVotes(text: string, tokens: Tokens): Map<VotedLanguage, number> {
  const votes = new Map<VotedLanguage, number>();
  const vote = (language: VotedLanguage, weight: number): void => {
    votes.set(language, (votes.get(language) ?? 0) + weight);
  };
  for (const word of tokens.words.slice(0, wordsRead)) {
    const languages = commonWords.get(word.short);
    if (languages !== undefined) {
      const worth = 1 / Math.sqrt(languages.length);
      for (const language of languages) vote(language, worth);
      continue;
    }
    for (const [ending, language, weight] of endingsByTail.get(word.form.slice(-2)) ?? []) {
      if (ending.length + 2 <= word.form.length && word.form.endsWith(ending)) vote(language, weight);
    }
  }
  const seen = new Map<string, number>();
  for (const character of text.slice(0, charactersRead).toLowerCase().normalize('NFC').match(beyondAscii) ?? []) {
    const found = letters[character] ?? (isFarLetter(character) ? farLetter : undefined);
    if (found === undefined) continue;
    const times = (seen.get(character) ?? 0) + 1;
    seen.set(character, times);
    if (times <= 3) for (const [language, weight] of found) vote(language, weight / times);
  }
  return votes;
}

const beyondAscii = /[\u0080-\uffff]/g;
const farLetter = [['unlisted', 0.8]] as const;

/** Latin letters with marks that none of the four languages uses: Vietnamese, Hungarian, Guaraní and many more. */
function isFarLetter(character: string): boolean {
  const code = character.charCodeAt(0);
  return (code >= 0x100 && code < 0x250) || (code >= 0x1e00 && code < 0x1f00);
}

function primaryTag(hint: string | undefined): VotedLanguage | undefined {
  const tag = hint?.trim().toLowerCase().split(/[-_]/)[0];
  if (tag === undefined || tag === '' || tag === 'und' || tag === 'zxx' || tag === 'mul') return undefined;
  return isListed(tag) ? tag : 'unlisted';
}

function isListed(tag: string): tag is ListedLanguage {
  return listedLanguages.has(tag);
}

function isScored(language: string): language is ScoredLanguage {
  return (scoredLanguages as readonly string[]).includes(language);
}
