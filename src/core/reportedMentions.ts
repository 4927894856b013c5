import { IdMap } from './idMap';
import { type Mood, moods } from './mood';
import { NumberColumn } from './numberColumn';

const statuses = ['open', 'waiting', 'answered', 'closed'] as const;
export type ReportedStatus = (typeof statuses)[number];

/** What a report tells of a message when it comes. */
export interface ReportedArrival {
  readonly channel: string;
  /** As scored. */
  readonly label: Mood | undefined;
  /** UTC ms. */
  readonly postedAt: number;
  readonly topics: readonly string[];
  /** UTC ms, if the desk received it in the range. */
  readonly arrivedAt: number | undefined;
}

/** Texts of which there are few, each kept once; undefined = -1. */
export class FewTexts {
  private readonly numbers = new Map<string, number>();
  private readonly texts: string[] = [];

  numberOf(text: string | undefined): number {
    if (text === undefined) return -1;
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    this.numbers.set(text, this.texts.length);
    return this.texts.push(text) - 1;
  }

  textOf(number: number): string | undefined {
    return this.texts[number];
  }
}

/** Side by side, a row for each mention. */
class Columns {
  readonly names = new FewTexts();
  readonly topicLists = new FewTexts();
  readonly posted = new NumberColumn('any');
  readonly arrived = new NumberColumn('any');
  readonly answered = new NumberColumn('any');
  /** Of the names. */
  readonly channels = new NumberColumn('whole');
  readonly reasons = new NumberColumn('whole');
  readonly topics = new NumberColumn('whole');
  /** -1 = not known. */
  readonly labels = new NumberColumn('whole');
  readonly corrections = new NumberColumn('whole');
  readonly states = new NumberColumn('whole');
  readonly standing = new NumberColumn('whole');
}

/** A mention of the report: what is set is kept where it came from. */
export class ReportedMention {
  constructor(
    private readonly columns: Columns,
    readonly row: number,
  ) {}

  get channel(): string {
    return this.columns.names.textOf(this.columns.channels.at(this.row)) ?? '';
  }

  get topics(): readonly string[] {
    const list = this.columns.topicLists.textOf(this.columns.topics.at(this.row)) ?? '';
    return list === '' ? noTopics : list.split('\n');
  }

  /** UTC ms. */
  get postedAt(): number {
    return this.columns.posted.at(this.row);
  }

  /** UTC ms, if the desk received it in the range. */
  get arrivedAt(): number | undefined {
    return known(this.columns.arrived.at(this.row));
  }

  /** As corrected by a person, else as scored. */
  get label(): Mood | undefined {
    return moods[this.columns.labels.at(this.row)];
  }

  set label(label: Mood | undefined) {
    this.columns.labels.set(this.row, numberOfLabel(label));
  }

  get corrected(): boolean {
    return this.columns.corrections.at(this.row) === 1;
  }

  set corrected(corrected: boolean) {
    this.columns.corrections.set(this.row, corrected ? 1 : 0);
  }

  get status(): ReportedStatus {
    return statuses[this.columns.states.at(this.row)] ?? 'open';
  }

  set status(status: ReportedStatus) {
    this.columns.states.set(this.row, statuses.indexOf(status));
  }

  /** Answers of ours that stand. */
  get replies(): number {
    return this.columns.standing.at(this.row);
  }

  set replies(replies: number) {
    this.columns.standing.set(this.row, replies);
  }

  /** UTC ms, if it was answered in the range and the answer stands. */
  get answeredAt(): number | undefined {
    return known(this.columns.answered.at(this.row));
  }

  set answeredAt(at: number | undefined) {
    this.columns.answered.set(this.row, at ?? NaN);
  }

  get closedInRange(): string | undefined {
    return this.columns.names.textOf(this.columns.reasons.at(this.row));
  }

  set closedInRange(reason: string | undefined) {
    this.columns.reasons.set(this.row, this.columns.names.numberOf(reason));
  }
}

/** All mentions of the log as far as a report needs them, in some 100 bytes each: a log has many. */
export class ReportedMentions {
  private readonly rows = new IdMap();
  private readonly columns = new Columns();

  /** One that comes once more begins anew. */
  add(id: string, { channel, label, postedAt, topics, arrivedAt }: ReportedArrival): void {
    const { columns } = this;
    const row = this.rows.get(id);
    const put = (column: NumberColumn, value: number): void => {
      if (row === undefined) column.push(value);
      else column.set(row, value);
    };
    if (row === undefined) this.rows.set(id, columns.posted.length);
    put(columns.posted, postedAt);
    put(columns.arrived, arrivedAt ?? NaN);
    put(columns.answered, NaN);
    put(columns.channels, columns.names.numberOf(channel));
    put(columns.reasons, -1);
    put(columns.topics, columns.topicLists.numberOf([...new Set(topics)].join('\n')));
    put(columns.labels, numberOfLabel(label));
    put(columns.corrections, 0);
    put(columns.states, 0);
    put(columns.standing, 0);
  }

  /** undefined = it never came. */
  get(id: string): ReportedMention | undefined {
    const row = this.rows.get(id);
    return row === undefined ? undefined : this.at(row);
  }

  at(row: number): ReportedMention {
    return new ReportedMention(this.columns, row);
  }

  /** In the order in which they came. */
  *all(): Generator<ReportedMention> {
    for (let row = 0; row < this.columns.posted.length; row += 1) yield this.at(row);
  }
}

const noTopics: readonly string[] = [];

const known = (value: number): number | undefined => (Number.isNaN(value) ? undefined : value);

function numberOfLabel(label: Mood | undefined): number {
  return label === undefined ? -1 : moods.indexOf(label);
}
