import { type AgreementFigures } from './agreement';
import { type Mood } from './mood';

/** n, median, 90th percentile and largest of a figure, in ms; undefined where n = 0. */
export interface Spread {
  readonly n: number;
  readonly medianMs: number | undefined;
  readonly p90Ms: number | undefined;
  readonly maxMs: number | undefined;
}

export interface ResponseFigures {
  readonly arrivals: number;
  readonly answered: number;
  /** Open at the end of the range. */
  readonly open: number;
  /** Age of the oldest open one at the end of the range, ms; undefined = none open. */
  readonly oldestOpenMs: number | undefined;
  /** First public human reply of a conversation, from the first unanswered message, calendar time. */
  readonly firstResponse: Spread;
  /** The same in office hours; undefined when none are configured. */
  readonly firstResponseOffice: Spread | undefined;
  /** Of the first responses with a target (no backlog): how many met it. */
  readonly targetMet: number;
  readonly targetCounted: number;
}

/** A part of the range, such as a day. */
export interface PeriodFigures {
  /** As the caller names it. */
  readonly period: string;
  readonly arrivals: number;
  readonly answered: number;
}

/** A report over a range, computed from the audit log alone. */
export interface DeskMetrics extends ResponseFigures {
  readonly from: number;
  readonly to: number;
  readonly byChannel: Readonly<Record<string, ResponseFigures>>;
  /** By topic of momentos.json; a mention may have several. */
  readonly byTopic: Readonly<Record<string, ResponseFigures>>;
  /** Only where periods were asked for; those in which nothing came and nothing was answered are left out. */
  readonly byPeriod?: readonly PeriodFigures[];
  /** As people were shown it, or corrected it; what could not be read stands nowhere. */
  readonly bySentiment: Readonly<Record<Mood, ResponseFigures>>;
  readonly closedByReason: Readonly<Record<string, number>>;
  readonly withdrawn: number;
  /** Time that answers sent in the range had waited for a second person, calendar time. */
  readonly approval: Spread;
  readonly answeredElsewhere: number;
  /** Only where weeks were asked for. */
  readonly agreement?: readonly AgreementFigures[];
  /** Head of the log that was read. */
  readonly head: string;
}
