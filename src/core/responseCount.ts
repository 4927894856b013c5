import { type FirstResponse } from './firstResponses';
import { type ResponseFigures, type Spread } from './metrics';
import { NumberColumn } from './numberColumn';
import { type ReportedMention } from './reportedMentions';

/** Counts the figures of all messages, or of those of a channel, a topic, a sentiment. */
export class ResponseCount {
  private arrivals = 0;
  private answered = 0;
  private open = 0;
  /** UTC ms. */
  private oldestOpen = Infinity;
  private targetMet = 0;
  private targetCounted = 0;
  private readonly calendar = new NumberColumn('any');
  private readonly office = new NumberColumn('any');

  /** Whether some time in office hours is known. */
  get hasOffice(): boolean {
    return this.office.length > 0;
  }

  countMention({ arrivedAt, answeredAt, status, postedAt }: Pick<ReportedMention, 'arrivedAt' | 'answeredAt' | 'status' | 'postedAt'>): void {
    if (arrivedAt !== undefined) this.arrivals += 1;
    if (answeredAt !== undefined) this.answered += 1;
    if (status !== 'open' && status !== 'waiting') return;
    this.open += 1;
    this.oldestOpen = Math.min(this.oldestOpen, postedAt);
  }

  countResponse({ calendarMs, officeMs, met }: FirstResponse): void {
    this.calendar.push(calendarMs);
    if (officeMs !== undefined) this.office.push(officeMs);
    if (met === undefined) return;
    this.targetCounted += 1;
    if (met) this.targetMet += 1;
  }

  /** `end`, UTC ms: the age of what is open is told at it. `office`: whether office hours are told of. */
  figures(end: number, office: boolean): ResponseFigures {
    return {
      arrivals: this.arrivals,
      answered: this.answered,
      open: this.open,
      oldestOpenMs: this.open === 0 ? undefined : Math.max(0, end - this.oldestOpen),
      firstResponse: sortedSpread(this.calendar.sorted()),
      firstResponseOffice: office ? sortedSpread(this.office.sorted()) : undefined,
      targetMet: this.targetMet,
      targetCounted: this.targetCounted,
    };
  }
}

/** Figures by a name. */
export class Counts {
  private readonly counts = new Map<string, ResponseCount>();

  /** Made when it is first asked for. */
  of(name: string): ResponseCount {
    const known = this.counts.get(name) ?? new ResponseCount();
    this.counts.set(name, known);
    return known;
  }

  /** By name, in the order of their code units. */
  figures(end: number, office: boolean): Record<string, ResponseFigures> {
    return Object.fromEntries([...this.counts.keys()].sort().map((name) => [name, this.of(name).figures(end, office)]));
  }
}

/** Median: the middle, or the mean of the two in the middle, rounded; 90th percentile by nearest rank. */
export function spreadOf(values: ArrayLike<number>): Spread {
  return sortedSpread(new Float64Array(values).sort());
}

/** The same of values that stand in order. */
function sortedSpread(sorted: Float64Array): Spread {
  const n = sorted.length;
  const at = (rank: number): number => sorted[rank - 1] ?? 0;
  if (n === 0) return { n, medianMs: undefined, p90Ms: undefined, maxMs: undefined };
  const median = n % 2 === 1 ? at((n + 1) / 2) : Math.round((at(n / 2) + at(n / 2 + 1)) / 2);
  return { n, medianMs: median, p90Ms: at(Math.ceil(0.9 * n)), maxMs: at(n) };
}
