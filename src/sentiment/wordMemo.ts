import { type TextUnits, unitsBehind } from './textUnits';

/** Words that are kept at a time; a few thousand make up nearly all that a desk reads. */
export const memoSlots = (1 << 13) + 1;
/** UTF-16 units of the longest word that is kept, as written; and room for its folded letters, with those of its short form. */
export const longestKept = unitsBehind;
export const noSlot = -1;

/** Integers of a slot, as `memoFields` names them; behind them the word as written, two units in each. A slot fills one line of a processor's cache. */
export const slotInts = 16;
/** `sizes`: from the lowest byte on, units, folded letters, letters of the short form, flags. `counts`: Latin letters, then the bits of `memoCounts`. `number`: see `WordMemo`. */
export const memoFields = { sizes: 0, hash: 1, shortHash: 2, counts: 3, number: 4, text: 5 } as const;
export const memoCounts = { latin: 0xff, title: 0x100, far: 0x200 } as const;
const writtenAt = 7;
const mostPairs = longestKept / 2;
/** Words of so many units are compared at once, those of more in two steps or three. */
const shortUnits = 6;
const middleUnits = 10;
const ways = 4;
const places = memoSlots - 1;
const sets = places / ways;
const never = Infinity;

/** By length of a word what counts of each pair of units. */
const masks = new Int32Array((longestKept + 1) * mostPairs);
for (let units = 0; units <= longestKept; units += 1) {
  for (let pair = 0; pair < mostPairs; pair += 1) masks[units * mostPairs + pair] = pair * 2 + 1 < units ? -1 : pair * 2 < units ? 0xffff : 0;
}

/** What a scan found out about a word that it read as one whole. */
export interface KnownWord {
  readonly letterCount: number;
  readonly shortCount: number;
  readonly flags: number;
  readonly hash: number;
  readonly shortHash: number;
  /** Latin letters and the bits of `memoCounts`. */
  readonly counts: number;
}

/**
 * The words that were read last, as they were written, with what folding and hashing made of them: people use the same few thousand words again and again. A word has a slot, which
 * may pass to another word in a later text, and a number, which is its alone (until four thousand million others have come); what else is known of the word is kept by slot
 * elsewhere, and holds as long as the number is the same. One memo serves one scan.
 */
export class WordMemo {
  readonly records = new Int32Array(memoSlots * slotInts);
  private readonly keys = new Int32Array(places);
  /** Slot by place in `keys`, in the order in which words first came, so that the words of every day lie side by side. */
  private readonly slots = new Uint16Array(places);
  /** Slots that were given to words; slot 0 stands for an empty place. */
  private given = 1;
  private text = 0;
  private last = 0;

  constructor(private readonly read: TextUnits) {}

  /** Another text begins: slots of words that stand in none but earlier ones may be given away. */
  begin(): void {
    this.text = (this.text + 1) | 0;
  }

  /** Slot of the word of `count` units from `from` on, whose units have the hash `key`; `noSlot`: it is not known. The hash only says where to look: the units must be the same. */
  find(key: number, from: number, count: number): number {
    const { keys } = this;
    const set = setOf(key);
    const place = keys[set] === key ? set : keys[set + 1] === key ? set + 1 : keys[set + 2] === key ? set + 2 : keys[set + 3] === key ? set + 3 : noSlot;
    if (place === noSlot) return noSlot;
    const slot = this.slots[place] ?? 0;
    return this.holds(slot, from, count) ? slot : noSlot;
  }

  /** Keeps a word that `find` did not know; `noSlot`: there is no place, as words of this text stand there. */
  keep(key: number, from: number, count: number, word: KnownWord): number {
    const { records, text } = this;
    const place = this.placeFor(key);
    if (place === noSlot) return noSlot;
    if (this.ageOf(place) === never) {
      this.slots[place] = this.given;
      this.given += 1;
    }
    const slot = this.slots[place] ?? 0;
    this.keys[place] = key;
    this.last = (this.last + 1) | 0 || 1;
    const at = slot * slotInts;
    records[at + memoFields.sizes] = count | (word.letterCount << 8) | (word.shortCount << 16) | (word.flags << 24);
    records[at + memoFields.hash] = word.hash;
    records[at + memoFields.shortHash] = word.shortHash;
    records[at + memoFields.counts] = word.counts;
    records[at + memoFields.number] = this.last;
    records[at + memoFields.text] = text;
    const { pairs } = this.read;
    for (let pair = 0; pair < mostPairs; pair += 1) records[at + writtenAt + pair] = pairs.getInt32((from + pair * 2) * 2, true) & (masks[count * mostPairs + pair] ?? 0);
    return slot;
  }

  /** An empty place, or that of the word that was not read for longest; that of another word with the same key goes before. */
  private placeFor(key: number): number {
    const set = setOf(key);
    let best = noSlot;
    let most = 0;
    for (let place = set; place < set + ways; place += 1) {
      const age = this.ageOf(place);
      if (this.keys[place] === key && age !== never) return age === 0 ? noSlot : place;
      if (age <= most) continue;
      most = age;
      best = place;
    }
    return best;
  }

  /** In texts. */
  private ageOf(place: number): number {
    const slot = this.slots[place] ?? 0;
    const at = slot * slotInts;
    return slot === 0 ? never : (this.text - (this.records[at + memoFields.text] ?? 0)) >>> 0;
  }

  private holds(slot: number, from: number, count: number): boolean {
    const { records } = this;
    const { pairs } = this.read;
    const at = slot * slotInts;
    if (((records[at] ?? 0) & 0xff) !== count) return false;
    const mask = count * mostPairs;
    const own = at + writtenAt;
    const place = from * 2;
    let differing = ((pairs.getInt32(place, true) ^ (records[own] ?? 0)) & (masks[mask] ?? 0))
      | ((pairs.getInt32(place + 4, true) ^ (records[own + 1] ?? 0)) & (masks[mask + 1] ?? 0))
      | ((pairs.getInt32(place + 8, true) ^ (records[own + 2] ?? 0)) & (masks[mask + 2] ?? 0));
    if (count > shortUnits) {
      differing |= ((pairs.getInt32(place + 12, true) ^ (records[own + 3] ?? 0)) & (masks[mask + 3] ?? 0))
        | ((pairs.getInt32(place + 16, true) ^ (records[own + 4] ?? 0)) & (masks[mask + 4] ?? 0));
      if (count > middleUnits) for (let pair = 5; pair < mostPairs; pair += 1) differing |= (pairs.getInt32(place + pair * 4, true) ^ (records[own + pair] ?? 0)) & (masks[mask + pair] ?? 0);
    }
    if (differing !== 0) return false;
    records[at + memoFields.text] = this.text;
    return true;
  }
}

/** First slot of those that a word may stand in. */
function setOf(key: number): number {
  return ((Math.imul(key ^ (key >>> 15), 0x2c1b3c6d) >>> 9) & (sets - 1)) * ways;
}
