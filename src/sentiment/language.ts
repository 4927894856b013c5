import { type ScoredLanguage, scoredLanguages, type TextLanguage } from '../core/sentiment';
import { foldedCode } from './characters';
import { EndingVotes } from './endingVotes';
import { languageNumber, languages, type LanguageVotes, scored, unlisted } from './languageVotes';
import { type TextScan } from './scan';
import { marksKept } from './scannedText';
import { noSlot } from './wordMemo';

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

/** Where the first words leave no doubt, the others are not asked: so many words, and so many votes over the next language. */
const firstWords = 8;
const sureLead = 2.5;
/** Letters of the shortest word whose ending is looked at. */
const shortestEnded = 4;
const none = -1;

/** Whether a lexicon knows a word of the scan, with repeated letters kept once. */
export type Vocabulary = (scan: TextScan, word: number) => boolean;

/** In the order of their numbers. */
const starts = Float64Array.from(languages, (_unused, language) => (language < scored ? headStart[scoredLanguages[language] ?? 'es'] : 0));

/** Tells the language of the text of a scan. One finder serves one text after the other. */
export class LanguageFinder {
  private readonly votes = new Float64Array(languages.length);
  /** How often each letter voted, and which did. */
  private readonly seen: Uint8Array;
  private readonly voters = new Uint16Array(marksKept);
  private voted = 0;
  private readonly vocabularies: readonly (readonly [language: number, vocabulary: Vocabulary])[];
  private hint: string | undefined;
  private hinted = none;
  /** By slot of the scan, list of a word's votes, and one more; 0: not looked up yet. */
  private readonly known: Int32Array;
  private readonly ended: EndingVotes;

  constructor(private readonly scan: TextScan, private readonly tables: LanguageVotes, vocabularies: ReadonlyMap<ScoredLanguage, Vocabulary> = new Map()) {
    this.seen = new Uint8Array(tables.letters.length);
    this.known = scan.slotTable(1);
    this.ended = new EndingVotes(tables);
    this.vocabularies = [...vocabularies].map(([language, vocabulary]) => [languageNumber(language), vocabulary]);
  }

  /**
   * Tells Spanish, English, Portuguese, French and "other" apart by common words, endings and letters. `hint` is what the network says (BCP 47); it decides where the
   * text does not. `conversation` is the language that its author wrote before; it helps with a short or mixed text. Rather `other` than a wrong guess: a text in Haitian Creole or Guaraní is not scored with French or Spanish words.
   */
  find(hint?: string, conversation?: string): TextLanguage {
    const { scan, votes } = this;
    if (scan.otherLetters > scan.latinLetters) return 'other';
    if (hint !== this.hint) {
      this.hint = hint;
      this.hinted = primaryTag(hint);
    }
    const { hinted } = this;
    const words = Math.min(scan.words, wordsRead);
    for (let language = 0; language < votes.length; language += 1) votes[language] = 0;
    if (words > firstWords && conversation === undefined && hinted < scored) {
      this.readWords(0, firstWords);
      const sure = this.leader();
      if (sure !== none) return nameOf(sure);
      this.readWords(firstWords, words);
    } else this.readWords(0, words);
    this.readLetters();
    if (this.allBelow(enough + sureMargin)) this.askVocabularies();
    // A network that names a language which is not scored knows better than what was written before.
    const spoken = conversation !== undefined && hinted < scored && (scan.words <= fewWords || this.isMixed()) ? primaryTag(conversation) : none;
    if (hinted !== none) votes[hinted] = (votes[hinted] ?? 0) + hintWorth;
    if (spoken !== none) votes[spoken] = (votes[spoken] ?? 0) + conversationWorth;
    let best = none;
    let bestVotes = 0;
    let bestRank = 0;
    for (let language = 0; language < votes.length; language += 1) {
      const own = votes[language] ?? 0;
      const rank = own + (starts[language] ?? 0);
      if (rank <= bestRank || own === 0) continue;
      best = language;
      bestRank = rank;
      bestVotes = own;
    }
    const own = bestVotes - (hinted !== none && best === hinted ? hintWorth : 0) - (spoken !== none && best === spoken ? conversationWorth : 0);
    if (spoken !== none && best < scored && (best === spoken || best === hinted)) return nameOf(best);
    if (best === none || own < enough) return hinted !== none && hinted < scored && bestVotes <= hintWorth + enough ? nameOf(hinted) : 'other';
    if (best >= scored) return 'other';
    if (best === hinted) return nameOf(best);
    if (hinted >= scored) return own >= overrule && own >= 2 * this.nextTo(best) && own / words >= density ? nameOf(best) : 'other';
    return own / Math.max(words, 4) >= density ? nameOf(best) : 'other';
  }

  /** A scored language whose votes leave every other one far behind; `none`: there is none, as mostly the first others show. */
  private leader(): number {
    const { votes } = this;
    let best = 0;
    for (let language = 1; language < scored; language += 1) if ((votes[language] ?? 0) > (votes[best] ?? 0)) best = language;
    const most = votes[best] ?? 0;
    if (most < sureLead) return none;
    for (let language = 0; language < votes.length; language += 1) if (most - (votes[language] ?? 0) < sureLead && language !== best) return none;
    return best;
  }

  private readWords(from: number, to: number): void {
    const { known, votes } = this;
    const { slot: slots } = this.scan;
    const { from: starts, languages: voters, worth } = this.ended;
    for (let word = from; word < to; word += 1) {
      const list = (known[slots[word] ?? 0] || this.listOf(word)) - 1;
      const end = starts[list + 1] ?? 0;
      for (let vote = starts[list] ?? 0; vote < end; vote += 1) {
        const language = voters[vote] ?? unlisted;
        votes[language] = (votes[language] ?? 0) + (worth[vote] ?? 0);
      }
    }
  }

  /** One more than the list of a word's votes, which are those of a common word, or those of its ending; list 0: it has none. */
  private listOf(word: number): number {
    const { scan } = this;
    const common = this.tables.words.get(scan.shortHashOf(word));
    const count = scan.letterCount(word);
    const list = common !== 0 || count < shortestEnded ? common : this.ended.listOf(scan.letters, scan.letterAt(word), count);
    const slot = scan.slot[word] ?? noSlot;
    if (slot !== noSlot) this.known[slot] = list + 1;
    return list + 1;
  }

  private vote(list: number, share: number): void {
    const { votes } = this;
    const { from, languages: voters, worth } = this.tables;
    const to = from[list + 1] ?? 0;
    for (let at = from[list] ?? 0; at < to; at += 1) {
      const language = voters[at] ?? unlisted;
      votes[language] = (votes[language] ?? 0) + (worth[at] ?? 0) * share;
    }
  }

  private readLetters(): void {
    const { scan, seen, voters } = this;
    if (scan.farCount === 0 && !scan.combining) return;
    this.voted = 0;
    if (scan.combining) for (const letter of scan.text.slice(0, charactersRead).toLowerCase().normalize('NFC').match(/[\u0080-\uffff]/g) ?? []) this.readLetter(letter.charCodeAt(0));
    else for (let at = 0; at < scan.farCount; at += 1) this.readLetter(smallLetter(scan.far[at] ?? 0));
    if (this.voted === voters.length) seen.fill(0);
    else for (let at = 0; at < this.voted; at += 1) seen[voters[at] ?? 0] = 0;
  }

  private readLetter(code: number): void {
    const list = code < this.seen.length ? (this.tables.letters[code] ?? 0) : 0;
    if (list === 0) return;
    const times = (this.seen[code] ?? 0) + 1;
    if (times > 3) return;
    if (times === 1 && this.voted < this.voters.length) {
      this.voters[this.voted] = code;
      this.voted += 1;
    }
    this.seen[code] = times;
    this.vote(list, 1 / times);
  }

  /** Votes of the language that comes next after the best one, with head starts. */
  private nextTo(best: number): number {
    const { votes } = this;
    let most = 0;
    let mostRank = 0;
    for (let language = 0; language < votes.length; language += 1) {
      const own = votes[language] ?? 0;
      const rank = own + (starts[language] ?? 0);
      if (language === best || own === 0 || rank <= mostRank) continue;
      most = own;
      mostRank = rank;
    }
    return most;
  }

  /** Whether no language has that many votes. */
  private allBelow(limit: number): boolean {
    const { votes } = this;
    for (let language = 0; language < votes.length; language += 1) if ((votes[language] ?? 0) >= limit) return false;
    return true;
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
    const { scan, votes, vocabularies } = this;
    const { words: common } = this.tables;
    const words = Math.min(scan.words, wordsRead);
    for (let word = 0; word < words; word += 1) {
      if (common.get(scan.shortHashOf(word)) !== 0) continue;
      let knowing = 0;
      let bits = 0;
      for (let each = 0; each < vocabularies.length; each += 1) {
        if (vocabularies[each]?.[1](scan, word) !== true) continue;
        knowing += 1;
        bits |= 1 << each;
      }
      if (bits === 0) continue;
      const worth = vocabularyWorth / Math.sqrt(knowing);
      for (let each = 0; each < vocabularies.length; each += 1) {
        const language = vocabularies[each]?.[0] ?? unlisted;
        if (((bits >>> each) & 1) === 1) votes[language] = (votes[language] ?? 0) + worth;
      }
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

/** `none`: the network says nothing. */
function primaryTag(hint: string | undefined): number {
  const tag = hint?.trim().toLowerCase().split(/[-_]/)[0];
  if (tag === undefined || tag === '' || tag === 'und' || tag === 'zxx' || tag === 'mul') return none;
  return languageNumber(tag);
}
