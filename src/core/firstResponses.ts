import { IdMap } from './idMap';
import { NumberColumn } from './numberColumn';
import { FewTexts } from './reportedMentions';

/** The first answer since a citizen began to wait. */
export interface FirstResponse {
  readonly channel: string;
  /** Row of the mention; undefined = it is not in the log. */
  readonly mention: number | undefined;
  readonly calendarMs: number;
  /** undefined = no office hours are configured. */
  readonly officeMs: number | undefined;
  /** undefined = outside the target figures: posted before the channel was connected. */
  readonly met: boolean | undefined;
}

const gone = -2;

/** First responses by their reply, side by side in some 70 bytes each. */
export class FirstResponses {
  private readonly rows = new IdMap();
  private readonly names = new FewTexts();
  private readonly channels = new NumberColumn('whole');
  /** -1 = not known; -2 = the response was taken back. */
  private readonly mentions = new NumberColumn('whole');
  private readonly calendar = new NumberColumn('any');
  private readonly office = new NumberColumn('any');
  /** -1 = outside the target figures. */
  private readonly targets = new NumberColumn('whole');

  /** One that was there already counts no more. */
  add(reply: string, { channel, mention, calendarMs, officeMs, met }: FirstResponse): void {
    this.remove(reply);
    this.rows.set(reply, this.channels.length);
    this.channels.push(this.names.numberOf(channel));
    this.mentions.push(mention ?? -1);
    this.calendar.push(calendarMs);
    this.office.push(officeMs ?? NaN);
    this.targets.push(met === undefined ? -1 : Number(met));
  }

  remove(reply: string): void {
    const row = this.rows.get(reply);
    if (row !== undefined) this.mentions.set(row, gone);
  }

  *all(): Generator<FirstResponse> {
    for (let row = 0; row < this.channels.length; row += 1) {
      const mention = this.mentions.at(row);
      if (mention === gone) continue;
      const officeMs = this.office.at(row);
      const target = this.targets.at(row);
      yield {
        channel: this.names.textOf(this.channels.at(row)) ?? '',
        mention: mention === -1 ? undefined : mention,
        calendarMs: this.calendar.at(row),
        officeMs: Number.isNaN(officeMs) ? undefined : officeMs,
        met: target === -1 ? undefined : target === 1,
      };
    }
  }
}
