import { type Evidence } from '../core/sentiment';
import { type BaseWords, knownForm } from './baseWords';
import { signWeight } from './emoji';
import { type Effect } from './entry';
import { type Lexicon } from './lexicon';
import { phraseAt } from './phrases';
import { type Tokens, type Word } from './tokens';

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

/** A word or phrase with what the lexicon says of it; words that it does not list stand alone without an effect. */
interface Unit {
  readonly first: number;
  readonly last: number;
  readonly effect: Effect | undefined;
}

interface Hit {
  readonly start: number;
  readonly end: number;
  weight: number;
  readonly irony: boolean;
}

/** Everything in the text that moves the score, in the order of the text, without overlaps. */
export function findEvidence(text: string, tokens: Tokens, lexicon: Lexicon, base: BaseWords): Evidence[] {
  const units = readUnits(tokens.words, lexicon, base);
  const hits = weighUnits(tokens.words, units, /[?¿]/.test(text));
  for (const sign of tokens.signs) {
    const weight = signWeight(sign.form);
    if (weight !== undefined) hits.push({ start: sign.start, end: sign.end, weight, irony: false });
  }
  hits.sort((a, b) => a.start - b.start);
  readIrony(hits);
  return hits.filter((hit) => hit.weight !== 0)
    .map((hit) => ({ text: text.slice(hit.start, hit.end), weight: Math.round(hit.weight * 100) / 100, start: hit.start, length: hit.end - hit.start }));
}

function readUnits(words: readonly Word[], lexicon: Lexicon, base: BaseWords): Unit[] {
  const forms = words.map((word) => knownForm(word, (form) => isKnown(form, lexicon, base)));
  const weights = base.weigh(forms);
  const units: Unit[] = [];
  for (let at = 0; at < words.length;) {
    const phrase = phraseAt(lexicon.phrases, words, at);
    if (phrase !== undefined) {
      units.push(phrase);
      at = phrase.last + 1;
      continue;
    }
    const form = forms[at] ?? '';
    const weight = weights[at];
    const effect = lexicon.words.get(form) ?? (weight === undefined ? lexicon.stems.longest(form) : { kind: 'weight' as const, weight });
    units.push({ first: at, last: at, effect });
    at += 1;
  }
  return units;
}

/** Whether a folded word stands in the lexicon by itself, as a stem or in the base. */
export function isKnown(form: string, lexicon: Lexicon, base: BaseWords): boolean {
  return lexicon.words.has(form) || base.has(form) || lexicon.stems.longest(form) !== undefined;
}

function weighUnits(words: readonly Word[], units: readonly Unit[], asks: boolean): Hit[] {
  const hits: Hit[] = [];
  let taken = 0;
  let usedDegree = -1;
  let sentence = 0;
  units.forEach((unit, index) => {
    if (words[unit.first]?.pause === 'sentence') sentence = hits.length;
    const effect = unit.effect;
    if (effect?.kind === 'contrast') {
      for (const hit of hits.slice(sentence)) hit.weight *= beforeContrast;
      sentence = hits.length;
      return;
    }
    if (effect === undefined || !('weight' in effect) || effect.weight === 0) return;
    const context = lookAround(words, units, index, usedDegree);
    usedDegree = context.usedDegree;
    const emphasis = emphasisOf(words, unit);
    const own = effect.kind === 'courtesy' && asks ? effect.weight * courtesyFactor : effect.weight;
    const strength = own * context.degree * emphasis * (context.contrast ? afterContrast : 1) * (isFaintInQuestion(words, unit, own) ? askedFactor : 1);
    const weight = context.negated ? strength * (strength > 0 ? negatedPraise : negatedBlame) : strength;
    let first = context.first;
    while (first < unit.first && (words[first]?.start ?? taken) < taken) first += 1;
    const start = words[first]?.start ?? taken;
    const end = words[context.last]?.end ?? start;
    hits.push({ start, end, weight, irony: effect.kind === 'irony' && !context.negated });
    taken = end;
  });
  return hits;
}

interface Context {
  readonly negated: boolean;
  readonly degree: number;
  readonly contrast: boolean;
  /** Words that belong to the evidence: the unit with its negator and its degree. */
  readonly first: number;
  readonly last: number;
  /** Unit whose degree belongs to what stands before it, and strengthens nothing else. */
  readonly usedDegree: number;
}

function lookAround(words: readonly Word[], units: readonly Unit[], index: number, used: number): Context {
  const self = units[index];
  let first = self?.first ?? 0;
  let last = self?.last ?? 0;
  let degree = 1;
  let negated = false;
  let contrast = false;
  let open = true;
  for (let back = 1; back <= negatorReach && open; back += 1) {
    const unit = units[index - back];
    const next = units[index - back + 1];
    if (unit === undefined || next === undefined || words[next.first]?.pause !== 'none') break;
    const kind = unit.effect?.kind;
    if (unit.effect?.kind === 'degree' && back <= 2 && index - back !== used) {
      degree *= unit.effect.factor;
      first = unit.first;
    } else if (kind === 'negator') {
      negated = true;
      first = unit.first;
    } else if (kind === 'contrast') {
      contrast = true;
      open = false;
    } else if (kind !== undefined && unit.first !== unit.last) open = false;
  }
  let usedDegree = used;
  const after = units[index + 1];
  const beyond = units[index + 2];
  if (after?.effect?.kind === 'degree' && words[after.first]?.pause === 'none' && (beyond?.effect === undefined || words[beyond.first]?.pause !== 'none')) {
    degree *= after.effect.factor;
    last = after.last;
    usedDegree = index + 1;
  }
  return { negated, degree: Math.min(degree, 2.5), contrast, first, last, usedDegree };
}

/** Single words, and praise of any length; a complaint in words of its own ("¿hasta cuándo?") is one as a question too. */
function isFaintInQuestion(words: readonly Word[], unit: Unit, weight: number): boolean {
  return words[unit.first]?.asked === true && (unit.first === unit.last || weight > 0);
}

function emphasisOf(words: readonly Word[], unit: Unit): number {
  let factor = 1;
  for (let at = unit.first; at <= unit.last; at += 1) {
    if (words[at]?.capitals === true) factor = Math.max(factor, capitalsFactor);
    if (words[at]?.elongated === true) factor = Math.max(factor, elongatedFactor);
  }
  return factor;
}

function readIrony(hits: readonly Hit[]): void {
  if (!hits.some((hit) => !hit.irony && hit.weight <= ironyNeeds)) return;
  for (const hit of hits) {
    if (hit.irony && hit.weight > 0) hit.weight *= ironyFactor;
  }
}
