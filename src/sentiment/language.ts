import { type ScoredLanguage, scoredLanguages, type TextLanguage } from '../core/sentiment';
import { commonWords, endings, letters, listedLanguages } from './commonWords';
import { foldedCode } from './characters';
import { hashText } from './hash';
import { HashTable } from './hashTable';
import { type TextScan } from './scan';

/** Enough to tell; the rest of a long text is not read. */
const wordsRead = 400;
const charactersRead = 1000;
/** What the network's word for the language is worth, in unique common words. */
const hintWorth = 1;
/** What the author's language before is worth, where the text is short or mixed; the network's word goes before it. */
const conversationWorth = 0.9;
/** Texts of so few words tell little by themselves. */
const fewWords = 3;
/** Votes of the second language, as a share of the first's, from which a text is mixed. */
const mixedShare = 0.5;
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

/** Whether a lexicon knows a word of the scan, with repeated letters kept once. */
export type Vocabularies = ReadonlyMap<ScoredLanguage, (scan: TextScan, word: number) => boolean>;

/** The scored languages come first. */
const languages: readonly string[] = [...scoredLanguages, ...[...listedLanguages].filter((language) => !isScored(language)), 'unlisted'];
const scored = scoredLanguages.length;
const unlisted = languages.length - 1;
const numberOf = new Map<string, number>(languages.map((language, index) => [language, index]));

/** Votes of a word or a letter: languages and weights from `voteFrom[list]` to `voteFrom[list + 1]`. */
const voteFrom: number[] = [0, 0];
const votingFor: number[] = [];
const voteWorth: number[] = [];
const voteLists = new Map<string, number>();

function listOf(votes: readonly (readonly [language: string, weight: number])[]): number {
  const key = JSON.stringify(votes);
  const known = voteLists.get(key);
  if (known !== undefined) return known;
  for (const [language, weight] of votes) {
    votingFor.push(numberOf.get(language) ?? unlisted);
    voteWorth.push(weight);
  }
  const list = voteFrom.push(votingFor.length) - 2;
  voteLists.set(key, list);
  return list;
}

const wordVotes = HashTable.of([...commonWords].map(([word, named]) => [hashText(word), listOf(named.map((language) => [language, 1 / Math.sqrt(named.length)]))]));

interface Ending {
  readonly codes: readonly number[];
  readonly language: number;
  readonly weight: number;
}

/** By their last two letters. */
const endingLists: Ending[][] = [[]];
const endingNumbers = new Uint8Array(26 * 26);
for (const [ending, language, weight] of endings) {
  const tail = tailOf(ending.charCodeAt(ending.length - 2), ending.charCodeAt(ending.length - 1));
  const list = endingLists[(endingNumbers[tail] ||= endingLists.push([]) - 1)];
  list?.push({ codes: [...ending].map((letter) => letter.charCodeAt(0)), language: numberOf.get(language) ?? unlisted, weight });
}

function tailOf(last: number, end: number): number {
  const a = last - 97;
  const b = end - 97;
  return a >= 0 && a < 26 && b >= 0 && b < 26 ? a * 26 + b : -1;
}

/** By letter; Latin letters with marks that none of the four languages uses (Vietnamese, Hungarian, Guaraní and many more) are votes for a language without a list. */
const letterVotes = new Uint16Array(0x1f00);
const farLetter = listOf([['unlisted', 0.8]]);
letterVotes.fill(farLetter, 0x100, 0x250).fill(farLetter, 0x1e00);
for (const [letter, named] of Object.entries(letters)) letterVotes[letter.charCodeAt(0)] = listOf(named);

/** Tells the language of the text of a scan. One finder serves one text after the other. */
export class LanguageFinder {
  private readonly votes = new Float64Array(languages.length);
  private readonly seen = new Uint8Array(letterVotes.length);

  constructor(private readonly scan: TextScan, private readonly vocabularies: Vocabularies = new Map()) {}

  /**
   * Tells Spanish, English, Portuguese, French and "other" apart by common words, endings and letters. `hint` is what the network says (BCP 47); it decides where the
   * text does not. `conversation` is the language that its author wrote before; it helps with a short or mixed text. Rather `other` than a wrong guess: a text in Haitian Creole or Guaraní is not scored with French or Spanish words.
   */
  find(hint?: string, conversation?: string): TextLanguage {
    const { scan, votes } = this;
    if (scan.otherLetters > scan.latinLetters) return 'other';
    const hinted = primaryTag(hint);
    votes.fill(0);
    this.readWords();
    this.readLetters();
    if (this.most() < enough + sureMargin) this.askVocabularies();
    // A network that names a language which is not scored knows better than what was written before.
    const spoken = hinted < scored && (scan.words <= fewWords || this.isMixed()) ? primaryTag(conversation) : -1;
    if (hinted !== -1) votes[hinted] = (votes[hinted] ?? 0) + hintWorth;
    if (spoken !== -1) votes[spoken] = (votes[spoken] ?? 0) + conversationWorth;
    let best = -1;
    let bestVotes = 0;
    let bestRank = -1;
    let second = -1;
    let secondRank = -1;
    for (let language = 0; language < votes.length; language += 1) {
      const own = votes[language] ?? 0;
      if (own === 0) continue;
      const rank = own + (language < scored ? headStart[scoredLanguages[language] ?? 'es'] : 0);
      if (rank > bestRank) {
        second = best;
        secondRank = bestRank;
        best = language;
        bestRank = rank;
        bestVotes = own;
      } else if (rank > secondRank) {
        second = language;
        secondRank = rank;
      }
    }
    const own = bestVotes - (hinted !== -1 && best === hinted ? hintWorth : 0) - (spoken !== -1 && best === spoken ? conversationWorth : 0);
    const read = Math.min(scan.words, wordsRead);
    if (spoken !== -1 && best < scored && (best === spoken || best === hinted)) return nameOf(best);
    if (best === -1 || own < enough) return hinted !== -1 && hinted < scored && bestVotes <= hintWorth + enough ? nameOf(hinted) : 'other';
    if (best >= scored) return 'other';
    if (best === hinted) return nameOf(best);
    if (hinted >= scored) return own >= overrule && own >= 2 * (votes[second] ?? 0) && own / read >= density ? nameOf(best) : 'other';
    return own / Math.max(read, 4) >= density ? nameOf(best) : 'other';
  }

  private readWords(): void {
    const { scan } = this;
    const words = Math.min(scan.words, wordsRead);
    for (let word = 0; word < words; word += 1) {
      const list = wordVotes.get(scan.shortHash[word] ?? 0);
      if (list !== 0) this.vote(list, 1);
      else this.readEnding(word);
    }
  }

  private readEnding(word: number): void {
    const { letters: read } = this.scan;
    const count = this.scan.letterCount[word] ?? 0;
    if (count < 4) return;
    const end = (this.scan.letterAt[word] ?? 0) + count;
    const tail = tailOf(read[end - 2] ?? 0, read[end - 1] ?? 0);
    const list = tail === -1 ? 0 : (endingNumbers[tail] ?? 0);
    if (list === 0) return;
    for (const { codes, language, weight } of endingLists[list] ?? []) {
      const { length } = codes;
      if (length + 2 > count) continue;
      let same = 0;
      while (same < length && read[end - length + same] === codes[same]) same += 1;
      if (same === length) this.votes[language] = (this.votes[language] ?? 0) + weight;
    }
  }

  private vote(list: number, share: number): void {
    const { votes } = this;
    const to = voteFrom[list + 1] ?? 0;
    for (let at = voteFrom[list] ?? 0; at < to; at += 1) {
      const language = votingFor[at] ?? unlisted;
      votes[language] = (votes[language] ?? 0) + (voteWorth[at] ?? 0) * share;
    }
  }

  private readLetters(): void {
    const { scan } = this;
    if (scan.farCount === 0 && !scan.combining) return;
    this.seen.fill(0);
    if (scan.combining) for (const letter of scan.text.slice(0, charactersRead).toLowerCase().normalize('NFC').match(/[\u0080-\uffff]/g) ?? []) this.readLetter(letter.charCodeAt(0));
    else for (let at = 0; at < scan.farCount; at += 1) this.readLetter(smallLetter(scan.far[at] ?? 0));
  }

  private readLetter(code: number): void {
    const list = letterVotes[code] ?? 0;
    if (list === 0) return;
    const times = (this.seen[code] ?? 0) + 1;
    if (times > 3) return;
    this.seen[code] = times;
    this.vote(list, 1 / times);
  }

  private most(): number {
    let most = 0;
    for (let language = 0; language < languages.length; language += 1) most = Math.max(most, this.votes[language] ?? 0);
    return most;
  }

  private isMixed(): boolean {
    let first = 0;
    let second = 0;
    for (let language = 0; language < languages.length; language += 1) {
      const own = this.votes[language] ?? 0;
      if (own > first) [first, second] = [own, first];
      else if (own > second) second = own;
    }
    return second >= enough && second >= mixedShare * first;
  }

  /** Asked only where common words do not tell: short texts. */
  private askVocabularies(): void {
    const { scan, votes } = this;
    const words = Math.min(scan.words, wordsRead);
    for (let word = 0; word < words; word += 1) {
      if (wordVotes.get(scan.shortHash[word] ?? 0) !== 0) continue;
      const knowing = [...this.vocabularies].filter(([, knows]) => knows(scan, word)).map(([language]) => numberOf.get(language) ?? unlisted);
      for (const language of knowing) votes[language] = (votes[language] ?? 0) + vocabularyWorth / Math.sqrt(knowing.length);
    }
  }
}

/** Of the letters that tell languages apart. */
function smallLetter(code: number): number {
  if (code >= 0xc0 && code <= 0xde && code !== 0xd7) return code + 0x20;
  return code >= 0x100 && foldedCode(code) !== 0 ? String.fromCharCode(code).toLowerCase().charCodeAt(0) : code;
}

function nameOf(language: number): TextLanguage {
  return scoredLanguages[language] ?? 'other';
}

/** -1: the network says nothing. */
function primaryTag(hint: string | undefined): number {
  const tag = hint?.trim().toLowerCase().split(/[-_]/)[0];
  if (tag === undefined || tag === '' || tag === 'und' || tag === 'zxx' || tag === 'mul') return -1;
  return numberOf.get(tag) ?? unlisted;
}

function isScored(language: string): language is ScoredLanguage {
  return (scoredLanguages as readonly string[]).includes(language);
}
