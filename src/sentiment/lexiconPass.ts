import { type CompiledLexicon } from './compile';
import { type Effect } from './entry';
import { signWeight } from './emoji';
import { PhraseMatch } from './phraseMatch';
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
const anyPause = wordFlags.afterComma | wordFlags.afterSentence;

/** Bits of `LexiconPass.hitFlags`. */
export const hitFlags = { irony: 1, negated: 2, phrase: 4, sign: 8 } as const;

/**
 * What a lexicon says of the text of a scan: units (words or phrases with an effect) and hits (what moves the score, with its weight after negation, degrees, contrast,
 * questions and irony). One pass serves one text after the other.
 */
export class LexiconPass {
  units = 0;
  unitFirst = new Int32Array(256);
  unitLast = new Int32Array(256);
  /** Number of the unit's effect; 0: none. */
  unitEffect = new Uint16Array(256);
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
  private readonly symbols = new WordSymbols();
  private readonly match: PhraseMatch;
  private readonly kinds: readonly (Effect['kind'] | undefined)[];
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
    this.kinds = lexicon.effects.map((effect) => effect?.kind);
  }

  read(): void {
    this.symbols.read(this.scan, this.lexicon.tables);
    this.readUnits();
    this.weighUnits();
    this.readSigns();
    this.readIrony();
  }

  /** Whether the unit turns what follows. */
  negates(unit: number): boolean {
    return this.kinds[this.unitEffect[unit] ?? 0] === 'negator';
  }

  private readUnits(): void {
    const { scan, match, symbols } = this;
    if (scan.words > this.unitFirst.length || (this.unitFirst.length > 1 << 14 && scan.words < 1 << 12)) {
      const size = Math.max(256, scan.words);
      this.unitFirst = new Int32Array(size);
      this.unitLast = new Int32Array(size);
      this.unitEffect = new Uint16Array(size);
    }
    let units = 0;
    for (let at = 0; at < scan.words; units += 1) {
      this.unitFirst[units] = at;
      if (match.find(at)) {
        this.unitLast[units] = match.last;
        this.unitEffect[units] = match.value;
        at = match.last + 1;
      } else {
        this.unitLast[units] = at;
        this.unitEffect[units] = symbols.value[at] ?? 0;
        at += 1;
      }
    }
    this.units = units;
  }

  private weighUnits(): void {
    const { scan, lexicon } = this;
    const textAsks = scan.asks + scan.opensQuestion > 0;
    this.hits = 0;
    this.usedDegree = -1;
    let taken = 0;
    let sentence = 0;
    for (let index = 0; index < this.units; index += 1) {
      const unit = this.unitFirst[index] ?? 0;
      if (((scan.flags[unit] ?? 0) & wordFlags.afterSentence) !== 0) sentence = this.hits;
      const effect = lexicon.effects[this.unitEffect[index] ?? 0];
      if (effect === undefined) continue;
      if (effect.kind === 'contrast') {
        for (let hit = sentence; hit < this.hits; hit += 1) this.hitWeight[hit] = (this.hitWeight[hit] ?? 0) * beforeContrast;
        sentence = this.hits;
        continue;
      }
      if (effect.kind === 'negator' || effect.kind === 'degree' || effect.weight === 0) continue;
      this.lookAround(index);
      const unitLast = this.unitLast[index] ?? unit;
      const own = effect.kind === 'courtesy' && textAsks ? effect.weight * courtesyFactor : effect.weight;
      // Single words, and praise of any length; a complaint in words of its own ("¿hasta cuándo?") is one as a question too.
      const faint = ((scan.flags[unit] ?? 0) & wordFlags.asked) !== 0 && (unit === unitLast || own > 0);
      const strength = own * this.degree * this.emphasis(unit, unitLast) * (this.contrast ? afterContrast : 1) * (faint ? askedFactor : 1);
      const weight = this.negated ? strength * (strength > 0 ? negatedPraise : negatedBlame) : strength;
      let first = this.first;
      while (first < unit && (scan.start[first] ?? taken) < taken) first += 1;
      taken = scan.end[this.last] ?? taken;
      this.addHit(scan.start[first] ?? 0, taken, weight,
        (effect.kind === 'irony' && !this.negated ? hitFlags.irony : 0) | (this.negated ? hitFlags.negated : 0) | (unit === unitLast ? 0 : hitFlags.phrase), index);
    }
    this.wordHits = this.hits;
  }

  private lookAround(index: number): void {
    const { scan, kinds } = this;
    this.first = this.unitFirst[index] ?? 0;
    this.last = this.unitLast[index] ?? 0;
    this.degree = 1;
    this.negated = this.contrast = false;
    for (let back = 1; back <= negatorReach && index - back >= 0; back += 1) {
      const at = index - back;
      if (((scan.flags[this.unitFirst[at + 1] ?? 0] ?? 0) & anyPause) !== 0) break;
      const number = this.unitEffect[at] ?? 0;
      const kind = kinds[number];
      if (kind === undefined) continue;
      const first = this.unitFirst[at] ?? 0;
      if (kind === 'degree' && back <= 2 && at !== this.usedDegree) {
        this.degree *= this.factorOf(number);
        this.first = first;
      } else if (kind === 'negator') {
        this.negated = true;
        this.first = first;
      } else if (kind === 'contrast') {
        this.contrast = true;
        break;
      } else if (first !== this.unitLast[at]) break;
    }
    const after = index + 1;
    const beyond = index + 2;
    if (after < this.units && kinds[this.unitEffect[after] ?? 0] === 'degree' && !this.pausedBefore(after)
      && (beyond >= this.units || (this.unitEffect[beyond] ?? 0) === 0 || this.pausedBefore(beyond))) {
      this.degree *= this.factorOf(this.unitEffect[after] ?? 0);
      this.last = this.unitLast[after] ?? this.last;
      this.usedDegree = after;
    }
    if (this.degree > mostDegree) this.degree = mostDegree;
  }

  private pausedBefore(unit: number): boolean {
    return ((this.scan.flags[this.unitFirst[unit] ?? 0] ?? 0) & anyPause) !== 0;
  }

  private factorOf(number: number): number {
    const effect = this.lexicon.effects[number];
    return effect?.kind === 'degree' ? effect.factor : 1;
  }

  private emphasis(first: number, last: number): number {
    let factor = 1;
    for (let at = first; at <= last; at += 1) {
      const flags = this.scan.flags[at] ?? 0;
      if ((flags & wordFlags.capitals) !== 0) factor = Math.max(factor, capitalsFactor);
      if ((flags & wordFlags.elongated) !== 0) factor = Math.max(factor, elongatedFactor);
    }
    return factor;
  }

  private readSigns(): void {
    const { scan } = this;
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
    const grown = <T extends Int32Array | Float64Array | Uint8Array>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    this.hitStart = grown(this.hitStart, new Int32Array(size));
    this.hitEnd = grown(this.hitEnd, new Int32Array(size));
    this.hitWeight = grown(this.hitWeight, new Float64Array(size));
    this.hitFlags = grown(this.hitFlags, new Uint8Array(size));
    this.hitUnit = grown(this.hitUnit, new Int32Array(size));
  }
}
