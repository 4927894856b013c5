/** What was measured, as a ratio against something measured in the same run (or a rate of its own, where `against` says so). */
export interface Figure {
  /** `area.what.size`. */
  readonly name: string;
  readonly value: number;
  /** `x` for a ratio. */
  readonly unit: string;
  readonly against: string;
  readonly target?: number | undefined;
  /** Whether the target was reached; undefined without one. */
  readonly met?: boolean | undefined;
}

export type Emit = (figure: Figure) => void;

/** The middle of what was measured: one slow disk sync does not count. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Milliseconds that some work took. */
export async function timed(work: () => Promise<unknown> | unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Milliseconds of processor time that some work took: what other programs do meanwhile counts less. */
export function busy(work: () => unknown): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

export function rounded(value: number): number {
  return value >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}
