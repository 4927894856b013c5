/** Words that are kept at a time, and one more place: what a desk reads in four languages in some weeks. */
export const memoSlots = (1 << 15) + 1;
/** The slot of words that have none: of each table it holds zeros. */
export const noSlot = 0;
/** UTF-16 units of the longest word that is kept, as written, none of them beyond Latin-1; and room for its folded letters, with those of its short form. */
export const longestKept = 16;

/** Integers of a slot: half a line of a processor's cache. The word as written comes first, a byte a letter: its last four letters, the four before those, and so on. */
export const slotInts = 8;
export const enum memoFields { hash = 4, facts = 5, shortHash = 6, text = 7 }
/** Of `facts`: Latin letters; whether it begins with a capital and goes on in small letters; whether it has letters beyond ASCII; then folded letters, letters of the short form, flags. */
export const enum memoFacts { latin = 0xff, title = 0x100, far = 0x200, letters = 10, shortLetters = 16, letterMask = 0x3f, flags = 22 }

/** Bits of the places where slots stand by the hash of their word, at first and at most. Half of them are empty or more, so that a word is nearly always found where it is looked for first; and few words have few, which stay in the processor's cache. */
const fewestBits = 14;
const mostBits = 16;
const ways = 4;
/** Places for each slot that is given, as far as there may be as many. */
const roomy = 6;
/** Slots that are looked at for the one that was not read for longest. */
const compared = 8;
const none = -1;

/** What a scan found out about a word that it read as one whole. */
export interface KnownWord {
  readonly letterCount: number;
  readonly shortCount: number;
  readonly flags: number;
  readonly hash: number;
  readonly shortHash: number;
  /** Latin letters and the two bits behind them (`memoFacts`). */
  readonly counts: number;
}

/**
 * The words that were read last, as they were written, with what folding and hashing made of them: people use the same few thousand words again and again. A word has a slot, which
 * may pass to another word in a later text; what else is known of the word is kept by slot in tables that are made here (`table`), and is wiped out when the slot passes on. One memo
 * serves one scan.
 */
export class WordMemo {
  readonly records = new Int32Array(memoSlots * slotInts);
  private slots = slotPlaces(fewestBits);
  /** Of `placeOf`, the bits that are left out. */
  private shift = mostBits - fewestBits;
  /** Place in `slots`, by slot. */
  private readonly places = new Int32Array(memoSlots);
  private readonly tables: (readonly [table: Int32Array, ints: number])[] = [];
  /** Slots that were given to words; slot 0 stands for an empty place. */
  private given = 1;
  private next = 1;
  private text = 0;

  /** Room for so many integers by slot, of which all are 0 until something is written for the word that has the slot now. */
  table(ints: number): Int32Array {
    const table = new Int32Array(memoSlots * ints);
    this.tables.push([table, ints]);
    return table;
  }

  /** Another text begins: slots of words that stand in none but earlier ones may be given away. */
  begin(): void {
    this.text = (this.text + 1) | 0;
  }

  /** Slot of the word of these letters (see `slotInts`); `noSlot`: it is not known. */
  find(last: number, third: number, second: number, first: number): number {
    const { records, slots } = this;
    let place = placeOf(last, third, second, first) >>> this.shift;
    for (let way = 0; way < ways; way += 1) {
      const slot = slots[place] ?? noSlot;
      const at = slot * slotInts;
      if ((((records[at] ?? 0) ^ last) | ((records[at + 1] ?? 0) ^ third) | ((records[at + 2] ?? 0) ^ second) | ((records[at + 3] ?? 0) ^ first)) === 0) {
        records[at + memoFields.text] = this.text;
        return slot;
      }
      place += 1;
    }
    return noSlot;
  }

  /** Keeps a word that `find` did not know; `noSlot`: there is no room, as words of this text stand there. */
  keep(last: number, third: number, second: number, first: number, word: KnownWord): number {
    const { records } = this;
    if (this.shift > 0 && this.given * roomy > this.slots.length) this.spreadOut();
    const place = this.placeFrom(placeOf(last, third, second, first) >>> this.shift);
    if (place === none) return noSlot;
    const slot = this.slots[place] || this.freeSlot();
    if (slot === noSlot) return noSlot;
    this.slots[place] = slot;
    this.places[slot] = place;
    const facts = word.counts | (word.letterCount << memoFacts.letters) | (word.shortCount << memoFacts.shortLetters) | (word.flags << memoFacts.flags);
    records.set([last, third, second, first, word.hash, facts, word.shortHash, this.text], slot * slotInts);
    for (const [table, ints] of this.tables) table.fill(0, slot * ints, (slot + 1) * ints);
    return slot;
  }

  /** Twice as many places. A slot for which there is none left where it is looked for is not found any more. */
  private spreadOut(): void {
    const { records, places } = this;
    this.shift -= 1;
    const slots = slotPlaces(mostBits - this.shift);
    for (let slot = 1; slot < this.given; slot += 1) {
      const at = slot * slotInts;
      const home = placeOf(records[at] ?? 0, records[at + 1] ?? 0, records[at + 2] ?? 0, records[at + 3] ?? 0) >>> this.shift;
      let place = home;
      while (place < home + ways && slots[place] !== noSlot) place += 1;
      // The last of all, where nothing is looked for.
      places[slot] = place < home + ways ? place : slots.length - 1;
      if (place < home + ways) slots[place] = slot;
    }
    this.slots = slots;
  }

  /** The first empty place from `home` on, or that of the word that was not read for longest. */
  private placeFrom(home: number): number {
    let best = none;
    let most = 0;
    for (let place = home; place < home + ways; place += 1) {
      const slot = this.slots[place] ?? noSlot;
      if (slot === noSlot) return place;
      const age = this.ageOf(slot);
      if (age <= most) continue;
      most = age;
      best = place;
    }
    return best;
  }

  /** One that was never given, or of the next few that of the word that was not read for longest. */
  private freeSlot(): number {
    if (this.given < memoSlots) {
      this.given += 1;
      return this.given - 1;
    }
    let best = noSlot;
    let most = 0;
    for (let times = 0; times < compared; times += 1) {
      this.next = this.next + 1 < memoSlots ? this.next + 1 : 1;
      const age = this.ageOf(this.next);
      if (age <= most) continue;
      most = age;
      best = this.next;
    }
    if (best !== noSlot) this.slots[this.places[best] ?? 0] = noSlot;
    return best;
  }

  /** In texts. */
  private ageOf(slot: number): number {
    return (this.text - (this.records[slot * slotInts + memoFields.text] ?? 0)) >>> 0;
  }
}

function slotPlaces(bits: number): Uint16Array {
  return new Uint16Array((1 << bits) + ways + 1);
}

/** The first of the places in which a word may stand, if there are as many as there may be. */
export function placeOf(last: number, third: number, second: number, first: number): number {
  const mixed = (Math.imul(last, 0x9e3779b1) + Math.imul(third, 0x85ebca6b) + Math.imul(second, 0xc2b2ae35) + Math.imul(first, 0x27d4eb2f)) | 0;
  return Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) >>> (32 - mostBits);
}
