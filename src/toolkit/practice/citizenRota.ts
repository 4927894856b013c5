import { citizens, type CitizenGroup } from './citizens';
import { type PracticeText } from './practiceText';
import { type SeededRandom } from './seededRandom';

/** So many of each group write again and again. */
const regulars: Partial<Record<CitizenGroup, number>> = { spanish: 12, english: 3 };
const byGroup = new Map<CitizenGroup, number[]>();
citizens.forEach((citizen, index) => byGroup.set(citizen.group, [...(byGroup.get(citizen.group) ?? []), index]));

/** Decides who writes: mostly people who have not written yet, now and then one of those who write often. */
export class CitizenRota {
  private readonly waiting = new Map<CitizenGroup, number[]>();

  constructor(private readonly random: SeededRandom) {}

  /** Index of a citizen whom the text fits. */
  author(text: PracticeText): number {
    return this.next(this.group(text));
  }

  anybody(): number {
    return this.next('spanish');
  }

  private group(text: PracticeText): CitizenGroup {
    if (text.kind === 'spam') return 'seller';
    if (text.kind === 'abuse') return 'rude';
    if (text.language === 'en') return 'english';
    if (text.language === 'ht' || text.language === 'fr') return 'haitian';
    if (text.language === 'ar') return 'arabic';
    if (text.language === 'he') return 'hebrew';
    if (text.topic === 'migracion') return this.random.chance(0.5) ? 'haitian' : 'venezuelan';
    return 'spanish';
  }

  private next(group: CitizenGroup): number {
    const all = byGroup.get(group) ?? [];
    const often = regulars[group] ?? 0;
    if (often > 0 && this.random.chance(0.3)) return all[this.random.between(0, often - 1)] ?? 0;
    const waiting = this.waiting.get(group) ?? [];
    if (waiting.length === 0) waiting.push(...this.random.shuffled(all.slice(often)));
    this.waiting.set(group, waiting);
    return waiting.pop() ?? 0;
  }
}
