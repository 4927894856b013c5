import { type CompiledLexicon } from './compile';
import { effectKinds } from './entry';
import { signWeight } from './emoji';
import { PhraseMatch } from './phraseMatch';
import { resized } from './resized';
import { type TextScan } from './scan';
import { wordFlags } from './wordFlags';
import { WordSymbols } from './wordTables';

/** Share of a weight that a negator leaves, on the other side: "no es bueno" is blame, "no es malo" is faint praise. */
const negatedPraise = -0.8;
const negatedBlame = -0.25;
/** How many words a negator reaches. */
const negatorReach = 3;
const capitalsFactor = 1.25;
const elongatedFactor = 1.25;
const beforeContrast = 0.7;
const afterContrast = 1.2;
/** What a text must say elsewhere for praise to be read as irony, and what then is left of the praise. */
const ironyNeeds = -1.5;
const ironyFactor = -0.6;
const courtesyFactor = 0.5;
/** What is left of a weight in a question: "¿Cuánto cuesta el duplicado por robo?" names a trouble and asks, "¿Ya funciona?" does not praise. */
const askedFactor = 0.4;
const mostDegree = 2.5;
/** Room for units that is kept for the next text. */
const mostUnitsKept = 1 << 12;

/** Bits of `LexiconPass.hitFlags`. */
export const hitFlags = { irony: 1, negated: 2, phrase: 4, sign: 8 } as const;

/**
 * What a lexicon says of the text of a scan: units (words or phrases with an effect) and hits (what moves the score, with its weight after negation, degrees, contrast,
 * questions and irony). One pass serves one text after the other.
 */
export class LexiconPass {
  /** Words and phrases that have an effect, in the order of the text. */
  units = 0;
  unitFirst = new Int32Array(64);
  unitLast = new Int32Array(64);
  /** Number of the unit's effect, and its kind. */
  unitEffect = new Uint16Array(64);
  unitKind = new Uint8Array(64);
  /** In the order of the text: words and phrases first, then signs. */
  hits = 0;
  hitStart = new Int32Array(64);
  hitEnd = new Int32Array(64);
  hitWeight = new Float64Array(64);
  hitFlags = new Uint8Array(64);
  /** Number of the effect's entry as a node or a symbol, for the model; signs have their sign. */
  hitUnit = new Int32Array(64);
  /** Hits of words and phrases; those behind are signs. */
  wordHits = 0;
  /** How many units stand before a unit, with the words that have no effect, and how many pauses and ends of sentences up to it. */
  private unitPlace = new Int32Array(64);
  private unitPauses = new Int32Array(64);
  private unitSentence = new Int32Array(64);
  private readonly symbols = new WordSymbols();
  private readonly match: PhraseMatch;
  /** Set by `lookAround`. */
  private negated = false;
  private degree = 1;
  private contrast = false;
  private first = 0;
  private last = 0;
  /** Unit whose degree belongs to what stands before it, and strengthens nothing else. */
  private usedDegree = -1;

  constructor(private readonly scan: TextScan, private readonly lexicon: CompiledLexicon) {
    this.match = new PhraseMatch(scan, this.symbols, lexicon.tables);
  }

  read(): void {
    this.symbols.read(this.scan, this.lexicon.tables);
    this.readUnits();
    this.weighUnits();
    this.readSigns();
    this.readIrony();
  }

  private readUnits(): void {
    const { scan, match, symbols } = this;
    const { words, flags } = scan;
    const { asks, answers, value } = symbols;
    // Words within phrases that lie behind their first one.
    let covered = 0;
    let pauses = 0;
    let sentence = 0;
    this.units = 0;
    for (let at = 0; at < words; at += 1) {
      const flag = flags[at] ?? 0;
      const ends = (flag >>> 5) & 1;
      sentence += ends;
      pauses += ends | ((flag >>> 4) & 1);
      let effect = value[at] ?? 0;
      const mayBegin = ((asks[at] ?? 0) & (answers[at + 1] ?? 0)) !== 0;
      if (effect === 0 && !mayBegin) continue;
      let last = at;
      if (mayBegin && match.mayBegin(at) && match.find(at)) {
        ({ last } = match);
        effect = match.value;
      }
      if (effect === 0) continue;
      const unit = this.units;
      if (unit === this.unitFirst.length) this.resizeUnits(unit * 2);
      this.unitFirst[unit] = at;
      this.unitLast[unit] = last;
      this.unitEffect[unit] = effect;
      this.unitKind[unit] = this.lexicon.effectKinds[effect] ?? 0;
      this.unitPlace[unit] = at - covered;
      this.unitPauses[unit] = pauses;
      this.unitSentence[unit] = sentence;
      this.units = unit + 1;
      covered += last - at;
      at = last;
    }
    if (this.unitFirst.length > mostUnitsKept && this.units < mostUnitsKept) this.resizeUnits(mostUnitsKept);
  }

  private weighUnits(): void {
    const { scan, lexicon, unitFirst, unitEffect, unitKind, unitSentence, units } = this;
    const { flags, start } = scan;
    const textAsks = scan.asks + scan.opensQuestion > 0;
    this.hits = 0;
    this.usedDegree = -1;
    let taken = 0;
    // First hit of what a contrast weakens.
    let sentence = 0;
    let number = 0;
    for (let index = 0; index < units; index += 1) {
      if (unitSentence[index] !== number) {
        number = unitSentence[index] ?? 0;
        sentence = this.hits;
      }
      const unit = unitFirst[index] ?? 0;
      const kind = unitKind[index] ?? 0;
      if (kind === effectKinds.negator || kind === effectKinds.degree) continue;
      if (kind === effectKinds.contrast) {
        for (let hit = sentence; hit < this.hits; hit += 1) this.hitWeight[hit] = (this.hitWeight[hit] ?? 0) * beforeContrast;
        sentence = this.hits;
        continue;
      }
      const amount = lexicon.effectAmounts[unitEffect[index] ?? 0] ?? 0;
      if (amount === 0) continue;
      this.lookAround(index);
      const unitLast = this.unitLast[index] ?? unit;
      const own = kind === effectKinds.courtesy && textAsks ? amount * courtesyFactor : amount;
      // Single words, and praise of any length; a complaint in words of its own ("¿hasta cuándo?") is one as a question too.
      const faint = ((flags[unit] ?? 0) & wordFlags.asked) !== 0 && (unit === unitLast || own > 0);
      const strength = own * this.degree * this.emphasis(unit, unitLast) * (this.contrast ? afterContrast : 1) * (faint ? askedFactor : 1);
      const weight = this.negated ? strength * (strength > 0 ? negatedPraise : negatedBlame) : strength;
      let { first } = this;
      while (first < unit && (start[first] ?? taken) < taken) first += 1;
      taken = scan.end[this.last] ?? taken;
      this.addHit(start[first] ?? 0, taken, weight,
        (kind === effectKinds.irony && !this.negated ? hitFlags.irony : 0) | (this.negated ? hitFlags.negated : 0) | (unit === unitLast ? 0 : hitFlags.phrase), index);
    }
    this.wordHits = this.hits;
  }

  private lookAround(index: number): void {
    const { unitFirst, unitKind, unitPlace, unitPauses } = this;
    const place = unitPlace[index] ?? 0;
    const pauses = unitPauses[index] ?? 0;
    this.first = unitFirst[index] ?? 0;
    this.last = this.unitLast[index] ?? 0;
    this.degree = 1;
    this.negated = this.contrast = false;
    for (let at = index - 1; at >= 0; at -= 1) {
      const back = place - (unitPlace[at] ?? 0);
      if (back > negatorReach || unitPauses[at] !== pauses) break;
      const kind = unitKind[at] ?? 0;
      const first = unitFirst[at] ?? 0;
      if (kind === effectKinds.degree && back <= 2 && at !== this.usedDegree) {
        this.degree *= this.factorOf(at);
        this.first = first;
      } else if (kind === effectKinds.negator) {
        this.negated = true;
        this.first = first;
      } else if (kind === effectKinds.contrast) {
        this.contrast = true;
        break;
      } else if (first !== this.unitLast[at]) break;
    }
    const after = index + 1;
    if (after < this.units && unitKind[after] === effectKinds.degree && unitPlace[after] === place + 1 && unitPauses[after] === pauses
      && (after + 1 >= this.units || unitPlace[after + 1] !== place + 2 || unitPauses[after + 1] !== pauses)) {
      this.degree *= this.factorOf(after);
      this.last = this.unitLast[after] ?? this.last;
      this.usedDegree = after;
    }
    if (this.degree > mostDegree) this.degree = mostDegree;
  }

  /** Of a unit that is a degree. */
  private factorOf(unit: number): number {
    return this.lexicon.effectAmounts[this.unitEffect[unit] ?? 0] ?? 1;
  }

  private emphasis(first: number, last: number): number {
    let factor = 1;
    if ((this.scan.anyFlags & (wordFlags.capitals | wordFlags.elongated)) === 0) return factor;
    for (let at = first; at <= last; at += 1) {
      const flags = this.scan.flags[at] ?? 0;
      if ((flags & wordFlags.capitals) !== 0) factor = Math.max(factor, capitalsFactor);
      if ((flags & wordFlags.elongated) !== 0) factor = Math.max(factor, elongatedFactor);
    }
    return factor;
  }

  private readSigns(): void {
    const { scan } = this;
    if (scan.signs === 0) return;
    for (let sign = 0; sign < scan.signs; sign += 1) {
      const weight = signWeight(scan.sign[sign] ?? 0);
      if (weight !== 0) this.addHit(scan.signStart[sign] ?? 0, scan.signEnd[sign] ?? 0, weight, hitFlags.sign, sign);
    }
  }

  private readIrony(): void {
    let praise = false;
    let blame = false;
    for (let hit = 0; hit < this.hits; hit += 1) {
      if (((this.hitFlags[hit] ?? 0) & hitFlags.irony) !== 0) praise = true;
      else if ((this.hitWeight[hit] ?? 0) <= ironyNeeds) blame = true;
    }
    if (!praise || !blame) return;
    for (let hit = 0; hit < this.hits; hit += 1) {
      if (((this.hitFlags[hit] ?? 0) & hitFlags.irony) !== 0 && (this.hitWeight[hit] ?? 0) > 0) this.hitWeight[hit] = (this.hitWeight[hit] ?? 0) * ironyFactor;
    }
  }

  private addHit(start: number, end: number, weight: number, flags: number, unit: number): void {
    const at = this.hits;
    if (at === this.hitStart.length) this.growHits();
    this.hitStart[at] = start;
    this.hitEnd[at] = end;
    this.hitWeight[at] = weight;
    this.hitFlags[at] = flags;
    this.hitUnit[at] = unit;
    this.hits = at + 1;
  }

  private growHits(): void {
    const size = this.hitStart.length * 2;
    this.hitStart = resized(this.hitStart, new Int32Array(size));
    this.hitEnd = resized(this.hitEnd, new Int32Array(size));
    this.hitWeight = resized(this.hitWeight, new Float64Array(size));
    this.hitFlags = resized(this.hitFlags, new Uint8Array(size));
    this.hitUnit = resized(this.hitUnit, new Int32Array(size));
  }

  private resizeUnits(size: number): void {
    this.unitFirst = resized(this.unitFirst, new Int32Array(size));
    this.unitLast = resized(this.unitLast, new Int32Array(size));
    this.unitEffect = resized(this.unitEffect, new Uint16Array(size));
    this.unitKind = resized(this.unitKind, new Uint8Array(size));
    this.unitPlace = resized(this.unitPlace, new Int32Array(size));
    this.unitPauses = resized(this.unitPauses, new Int32Array(size));
    this.unitSentence = resized(this.unitSentence, new Int32Array(size));
  }
}
