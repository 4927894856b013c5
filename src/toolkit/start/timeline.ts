/** The stream that a timeline is written to; a terminal shows how long the present step has lasted. */
export interface TimelineStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Says step by step what is done and when: each line carries the seconds since the start. */
export class Timeline {
  private readonly begin: number;
  private ticker: NodeJS.Timeout | undefined;
  private open = false;

  /** @param now milliseconds of a clock that never goes back */
  constructor(
    private readonly stream: TimelineStream,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.begin = now();
  }

  /** A step that begins now. On a terminal its line goes on counting until the next one. */
  step(text: string): void {
    this.closeLine();
    if (!this.stream.isTTY) {
      this.stream.write(`${this.stamp(this.now())} ${text}\n`);
      return;
    }
    const started = this.now();
    const draw = (): void => {
      const lasted = Math.floor((this.now() - started) / 1000);
      this.stream.write(`\r${this.stamp(started)} ${text}${lasted > 1 ? ` ... ${String(lasted)} s` : ''}`);
    };
    draw();
    this.open = true;
    this.ticker = setInterval(draw, 1000);
    this.ticker.unref();
  }

  /** A line of its own, without a time. */
  say(text: string): void {
    this.closeLine();
    this.stream.write(`${text}\n`);
  }

  /** Ends the counting of the present step. */
  end(): void {
    this.closeLine();
  }

  private closeLine(): void {
    clearInterval(this.ticker);
    this.ticker = undefined;
    if (this.open) this.stream.write('\n');
    this.open = false;
  }

  private stamp(at: number): string {
    return `[${((at - this.begin) / 1000).toFixed(1).padStart(6)} s]`;
  }
}
