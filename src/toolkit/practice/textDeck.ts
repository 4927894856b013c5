import { type PracticeText } from './practiceText';
import { type SeededRandom } from './seededRandom';
import { varied } from './textVariants';

/** How many letters and digits of a text count when two are compared. */
const signature = (text: string): string => text.toLowerCase().normalize('NFKD').replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();

/** What is special about a text would be lost in a variant, and variants are written in Spanish and English only. */
const canVary = (text: PracticeText): boolean => text.topic !== 'especial' && ['es', 'en'].includes(text.language);

/** Deals texts without repeating one: first each as it was written, then ever new variants of them. */
export class TextDeck {
  private pile: PracticeText[] = [];
  private round = 0;
  private readonly dealt = new Set<string>();

  /** With `special`, what must never be missing from a full stream comes in the first cards. */
  constructor(private readonly texts: readonly PracticeText[], private readonly random: SeededRandom, private readonly special: boolean) {}

  next(): PracticeText {
    for (;;) {
      const text = this.draw();
      const version = this.round <= 1 ? text : varied(text, this.random, this.round);
      const key = signature(version.text);
      if (this.dealt.has(key)) continue;
      this.dealt.add(key);
      return version;
    }
  }

  private draw(): PracticeText {
    if (this.pile.length === 0) this.refill();
    const text = this.pile.pop();
    if (!text) throw new RangeError('a deck without texts');
    return text;
  }

  /** The last of the pile is dealt first. */
  private refill(): void {
    this.round += 1;
    const fitting = this.texts.filter((text) => (this.round === 1 ? this.special || text.later === undefined : canVary(text)));
    const shuffled = this.random.shuffled(fitting);
    if (!this.special || this.round > 1) {
      this.pile = shuffled;
      return;
    }
    const always = shuffled.filter((text) => text.always === true);
    const others = shuffled.filter((text) => text.always !== true);
    const first = this.random.shuffled([...always, ...others.splice(0, Math.max(0, 50 - always.length))]);
    this.pile = [...others, ...first.reverse()];
  }
}
