import { DateTime } from 'luxon';
import { type AuditKind, type AuditRecord } from '../../core/audit';
import { type DeskMetrics } from '../../core/metrics';
import { metricsFromLog, reportedKinds } from '../../core/metricsFromLog';
import { redactionKinds, type RedactionFact } from '../../core/redactionFacts';
import { readingAll, withoutWithheld, type ExportSource } from './exportSource';

/** What a bar of the chart stands for. */
export type ChartUnit = 'day' | 'week' | 'month';

/** How a person is known, with what so known people did. */
export interface SourceFigures {
  readonly source: string;
  readonly entries: number;
  readonly people: number;
}

/** All that the report to read and print tells. */
export interface ReportFigures {
  /** UTC ms; where the range was open: the first entry, the last one. */
  readonly from: number;
  readonly to: number;
  readonly metrics: DeskMetrics;
  readonly unit: ChartUnit;
  /** Every period of the range with its figures, by its first day (`2026-05-20`). */
  readonly periods: readonly { readonly day: string; readonly arrivals: number; readonly answered: number }[];
  /** Entries of the range. */
  readonly entries: number;
  readonly sources: readonly SourceFigures[];
  readonly redactions: readonly RedactionFact[];
}

const mostDays = 100;
const mostWeeks = 800;
const dayMs = 86_400_000;
const mostRemembered = 5000;

/** Reads the log once, up to the head of the export. What is "now" in the figures is the last entry, so that an equal head gives equal figures. */
export async function reportFigures(source: ExportSource, timeZone: string): Promise<ReportFigures> {
  const { head, options } = source;
  const from = options.from ?? (await firstTime(source));
  // The last entry itself is in the range.
  const to = Math.max(from + 1, options.to ?? head.at + 1);
  const seen = new Seen(source, from, to);
  const shownTo = Math.min(to, Math.max(from + 1, head.at + 1));
  const days = (shownTo - from) / dayMs;
  const unit: ChartUnit = days <= mostDays ? 'day' : days <= mostWeeks ? 'week' : 'month';
  const periodOf = (at: number): string => DateTime.fromMillis(at, { zone: timeZone }).startOf(unit).toFormat('yyyy-MM-dd');
  const records = seen.passing(readingAll(source, { valuesOf: redactionKinds }, { from: 0, to: 1 }));
  const metrics = await metricsFromLog(records, { from, to, now: head.at, periodOf: cached(periodOf) }, head);
  return { from, to, metrics, unit, periods: everyPeriod(metrics, from, shownTo, unit, timeZone), entries: seen.entries, sources: seen.sources(), redactions: source.redactions.list };
}

/** Times come mostly in order, so that the same quarter of an hour is asked for many times; only so many are kept. */
function cached(periodOf: (at: number) => string): (at: number) => string {
  const known = new Map<number, string>();
  // No zone is off by less than a quarter of an hour.
  const quarter = 900_000;
  return (at) => {
    const key = Math.floor(at / quarter);
    const period = known.get(key) ?? periodOf(key * quarter);
    if (known.size >= mostRemembered) known.clear();
    known.set(key, period);
    return period;
  };
}

async function firstTime({ audit, head }: ExportSource): Promise<number> {
  for await (const { entry } of audit.read({ upTo: head, valuesOf: [] })) return entry.at;
  return head.at;
}

function everyPeriod(metrics: DeskMetrics, from: number, to: number, unit: ChartUnit, zone: string): ReportFigures['periods'] {
  const known = new Map((metrics.byPeriod ?? []).map((figures) => [figures.period, figures]));
  const periods: { day: string; arrivals: number; answered: number }[] = [];
  const step = { day: { days: 1 }, week: { weeks: 1 }, month: { months: 1 } }[unit];
  for (let at = DateTime.fromMillis(from, { zone }).startOf(unit); at.toMillis() < to; at = at.plus(step)) {
    const day = at.toFormat('yyyy-MM-dd');
    periods.push({ day, arrivals: known.get(day)?.arrivals ?? 0, answered: known.get(day)?.answered ?? 0 });
  }
  return periods;
}

/** What is counted beside the figures of answers, in the same reading. */
class Seen {
  entries = 0;
  private readonly bySource = new Map<string, { entries: number; people: Set<string> }>();

  constructor(
    private readonly source: ExportSource,
    private readonly from: number,
    private readonly to: number,
  ) {}

  /** Hands on what the figures are computed from. */
  async *passing(records: AsyncIterable<AuditRecord>): AsyncGenerator<AuditRecord> {
    const reported: ReadonlySet<AuditKind> = new Set(reportedKinds);
    const redactions: ReadonlySet<AuditKind> = new Set(redactionKinds);
    for await (const record of records) {
      this.count(record);
      if (redactions.has(record.entry.kind)) this.source.redactions.read(withoutWithheld(record, this.source.mode));
      if (reported.has(record.entry.kind)) yield record;
    }
  }

  sources(): readonly SourceFigures[] {
    return [...this.bySource].map(([source, { entries, people }]) => ({ source, entries, people: people.size })).sort((one, other) => other.entries - one.entries);
  }

  private count({ entry: { at, actor } }: AuditRecord): void {
    if (at < this.from || at >= this.to) return;
    this.entries += 1;
    const known = this.bySource.get(actor.source) ?? { entries: 0, people: new Set<string>() };
    known.entries += 1;
    if (actor.source !== 'desk') known.people.add(actor.id);
    this.bySource.set(actor.source, known);
  }
}
