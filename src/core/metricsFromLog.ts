import { AgreementReading } from './agreement';
import { type AuditHead, type AuditJson, type AuditRecord } from './audit';
import { type DeskMetrics, type PeriodFigures, type ResponseFigures, type Spread } from './metrics';
import { type Mood } from './mood';
import { sentimentLabels, type SentimentLabel } from './sentiment';

/** The kinds of entries that a report is computed from; the others need not be read. */
export const reportedKinds = [
  'mention.received', 'mention.scored', 'mention.edited', 'mention.opened', 'mention.closed', 'mention.reopened', 'mention.answeredElsewhere', 'mention.snoozed', 'mention.woken', 'sentiment.corrected',
  'reply.sent', 'reply.withdrawn',
] as const satisfies readonly AuditRecord['entry']['kind'][];

interface MentionState {
  readonly channel: string;
  /** As corrected by a person, else as scored. */
  label: Mood | undefined;
  corrected: boolean;
  /** UTC ms. */
  readonly postedAt: number;
  status: 'open' | 'waiting' | 'answered' | 'closed';
  /** Answers of ours that stand. */
  replies: number;
  readonly topics: readonly string[];
  /** UTC ms, if the desk received it in the range. */
  readonly arrivedAt: number | undefined;
  /** UTC ms, if it was answered in the range and the answer stands. */
  answeredAt: number | undefined;
  closedInRange: string | undefined;
}

interface FirstResponse {
  readonly channel: string;
  readonly mention: MentionState | undefined;
  readonly calendarMs: number;
  readonly officeMs: number | undefined;
  /** undefined = outside the target figures: posted before the channel was connected. */
  readonly met: boolean | undefined;
}

export interface MetricsRange {
  /** UTC ms, inclusive. */
  readonly from: number;
  /** UTC ms, exclusive. */
  readonly to: number;
  /** Now, UTC ms: a range that reaches into the future ends here. */
  readonly now: number;
  /** Names the period of a time, UTC ms; sorted by name they are in order. */
  readonly periodOf?: ((at: number) => string) | undefined;
  /** Names the ISO week of a time, UTC ms: the agreement is told by it. */
  readonly weekOf?: ((at: number) => string) | undefined;
}

const noTopics: readonly string[] = [];

type Body = Readonly<Record<string, AuditJson>>;

const textOf = (body: Body, key: string): string | undefined => (typeof body[key] === 'string' ? body[key] : undefined);
const numberOf = (body: Body, key: string): number | undefined => (typeof body[key] === 'number' ? body[key] : undefined);
const labelOf = (value: AuditJson | undefined): SentimentLabel | undefined => sentimentLabels.find((label) => label === value);
const moodIn = (body: Body): Mood | undefined => (body['unsure'] === true ? 'unsure' : labelOf(body['sentiment']));

/**
 * The report of a range, from records of the audit log read from its start up to the end of the range (`head`: what the log ended with). What happened
 * after the range changes nothing in it. A mention takes about 200 bytes of memory.
 *
 * Formulas: an arrival counts when the desk received it; first response = time of sending minus the network's time of the oldest message that waited,
 * counted on the day of the answer, of answers that were not withdrawn in the range; answered = mentions whose answer was sent in the range (an
 * answer covers the citizen's earlier messages too) and stands; % in target leaves out what was posted before the channel was connected.
 */
export async function metricsFromLog(records: AsyncIterable<AuditRecord>, range: MetricsRange, head: AuditHead): Promise<DeskMetrics> {
  const log = new LogReading(range);
  for await (const record of records) log.read(record);
  return log.metrics(head);
}

class LogReading {
  private readonly mentions = new Map<string, MentionState>();
  /** By reply id, only those sent in the range. */
  private readonly firstResponses = new Map<string, FirstResponse>();
  private withdrawn = 0;
  /** By reply id: how long it had waited for a second person, ms. */
  private readonly approvals = new Map<string, number>();
  private answeredElsewhere = 0;

  private readonly agreement: AgreementReading | undefined;

  constructor(private readonly range: MetricsRange) {
    this.agreement = range.weekOf === undefined ? undefined : new AgreementReading(range.weekOf);
  }

  read({ entry }: AuditRecord): void {
    const { kind, subject, body, at } = entry;
    if (at >= this.range.to) return;
    const inRange = at >= this.range.from;
    this.agreement?.read(entry, inRange);
    if (kind === 'mention.received') this.receive(subject, body, inRange, at);
    else if (kind === 'reply.sent') this.sent(subject, body, inRange, at);
    else if (kind === 'reply.withdrawn') this.takenBack(subject, body, inRange);
    else this.changeMention(this.mentions.get(subject), kind, body, inRange);
  }

  private receive(id: string, body: Body, inRange: boolean, at: number): void {
    this.mentions.set(id, {
      channel: textOf(body, 'channel') ?? '',
      label: moodIn(body),
      corrected: false,
      postedAt: numberOf(body, 'postedAt') ?? at,
      status: 'open',
      replies: 0,
      topics: topicsOf(body),
      arrivedAt: inRange ? at : undefined,
      answeredAt: undefined,
      closedInRange: undefined,
    });
  }

  private sent(reply: string, body: Body, inRange: boolean, at: number): void {
    const mention = this.mentions.get(textOf(body, 'mention') ?? '');
    const covered = Array.isArray(body['covers']) ? body['covers'].map((id) => this.mentions.get(String(id))) : [];
    for (const one of [mention, ...covered]) {
      if (one === undefined) continue;
      // A second answer to what was answered already answers nobody new.
      const again = one.status === 'answered' || (one.status === 'waiting' && one.replies > 0);
      if (inRange && !again) one.answeredAt = at;
      one.status = 'answered';
    }
    if (mention !== undefined) mention.replies += 1;
    const latency = body['latency'];
    if (!inRange || typeof latency !== 'object' || latency === null || Array.isArray(latency)) return;
    const block = latency as Body;
    const approvalMs = numberOf(block, 'approvalMs');
    if (approvalMs !== undefined) this.approvals.set(reply, approvalMs);
    const calendarMs = numberOf(block, 'calendarMs');
    if (block['first'] !== true || calendarMs === undefined) return;
    this.firstResponses.set(reply, {
      channel: textOf(body, 'channel') ?? '',
      mention,
      calendarMs,
      officeMs: numberOf(block, 'officeMs'),
      met: block['backlog'] === true ? undefined : block['met'] === true,
    });
  }

  private takenBack(reply: string, body: Body, inRange: boolean): void {
    // Written ahead and after: only the outcome counts.
    if (body['stage'] !== undefined && body['stage'] !== 'done') return;
    if (inRange) this.withdrawn += 1;
    this.firstResponses.delete(reply);
    this.approvals.delete(reply);
    const mention = this.mentions.get(textOf(body, 'mention') ?? '');
    if (mention === undefined) return;
    mention.replies = Math.max(0, mention.replies - 1);
    if (mention.replies > 0 || mention.status !== 'answered') return;
    mention.status = 'open';
    mention.answeredAt = undefined;
  }

  private changeMention(mention: MentionState | undefined, kind: AuditRecord['entry']['kind'], body: Body, inRange: boolean): void {
    if (mention === undefined) return;
    switch (kind) {
      case 'mention.closed':
        mention.status = 'closed';
        mention.closedInRange = inRange ? textOf(body, 'reason') : undefined;
        return;
      case 'mention.reopened':
        mention.status = 'open';
        mention.closedInRange = undefined;
        return;
      case 'mention.answeredElsewhere':
        if (inRange) this.answeredElsewhere += 1;
        if (mention.status === 'open' || mention.status === 'waiting') mention.status = 'answered';
        return;
      case 'mention.snoozed':
        if (body['waitingFor'] === 'citizen') mention.status = 'waiting';
        return;
      case 'mention.woken':
        if (mention.status === 'waiting') mention.status = mention.replies > 0 ? 'answered' : 'open';
        return;
      case 'mention.scored':
      case 'mention.edited':
        if (!mention.corrected) mention.label = moodIn(body) ?? mention.label;
        return;
      case 'sentiment.corrected':
        mention.label = labelOf(body['to']) ?? mention.label;
        mention.corrected = true;
        return;
      default:
        return;
    }
  }

  metrics(head: AuditHead): DeskMetrics {
    const { from, to } = this.range;
    const mentions = [...this.mentions.values()];
    const responses = [...this.firstResponses.values()];
    const office = responses.some(({ officeMs }) => officeMs !== undefined);
    const end = Math.min(to, Math.max(from, this.range.now));
    const figures = (own: readonly MentionState[], answers: readonly FirstResponse[]): ResponseFigures => figuresOf(own, answers, end, office);
    const channels = [...new Set([...mentions, ...responses].map(({ channel }) => channel))].sort();
    const topics = [...new Set(mentions.flatMap((mention) => mention.topics))].sort();
    const closedByReason = new Map<string, number>();
    for (const { closedInRange } of mentions) if (closedInRange !== undefined) closedByReason.set(closedInRange, (closedByReason.get(closedInRange) ?? 0) + 1);
    const bySentiment = (label: Mood): ResponseFigures => figures(mentions.filter((mention) => mention.label === label), responses.filter(({ mention }) => mention?.label === label));
    return {
      from,
      to,
      ...figures(mentions, responses),
      byChannel: Object.fromEntries(channels.map((id) => [id, figures(mentions.filter(({ channel }) => channel === id), responses.filter(({ channel }) => channel === id))])),
      byTopic: Object.fromEntries(topics.map((id) => [id, figures(mentions.filter((mention) => mention.topics.includes(id)), responses.filter(({ mention }) => mention?.topics.includes(id) === true))])),
      ...(this.range.periodOf === undefined ? {} : { byPeriod: periodsOf(mentions, this.range.periodOf) }),
      bySentiment: { negative: bySentiment('negative'), neutral: bySentiment('neutral'), positive: bySentiment('positive'), unsure: bySentiment('unsure') },
      closedByReason: Object.fromEntries([...closedByReason].sort(([left], [right]) => (left < right ? -1 : 1))),
      withdrawn: this.withdrawn,
      approval: spreadOf([...this.approvals.values()]),
      answeredElsewhere: this.answeredElsewhere,
      ...(this.agreement === undefined ? {} : { agreement: this.agreement.figures() }),
      head: head.hash,
    };
  }
}

function topicsOf(body: Body): readonly string[] {
  if (Array.isArray(body['topics'])) return body['topics'].filter((topic): topic is string => typeof topic === 'string');
  const reasons = Array.isArray(body['reasons']) ? body['reasons'].filter((reason): reason is string => typeof reason === 'string' && reason.startsWith('topic:')) : [];
  return reasons.length === 0 ? noTopics : reasons.map((reason) => reason.slice('topic:'.length));
}

function periodsOf(mentions: readonly MentionState[], periodOf: (at: number) => string): readonly PeriodFigures[] {
  const periods = new Map<string, { arrivals: number; answered: number }>();
  const count = (at: number | undefined, what: 'arrivals' | 'answered'): void => {
    if (at === undefined) return;
    const period = periodOf(at);
    const known = periods.get(period) ?? { arrivals: 0, answered: 0 };
    known[what] += 1;
    periods.set(period, known);
  };
  for (const { arrivedAt, answeredAt } of mentions) {
    count(arrivedAt, 'arrivals');
    count(answeredAt, 'answered');
  }
  return [...periods].sort(([one], [other]) => (one < other ? -1 : 1)).map(([period, figures]) => ({ period, ...figures }));
}

function figuresOf(mentions: readonly MentionState[], responses: readonly FirstResponse[], end: number, office: boolean): ResponseFigures {
  const open = mentions.filter(({ status }) => status === 'open' || status === 'waiting');
  const oldest = open.reduce((least, { postedAt }) => Math.min(least, postedAt), Infinity);
  const counted = responses.filter(({ met }) => met !== undefined);
  return {
    arrivals: mentions.filter(({ arrivedAt }) => arrivedAt !== undefined).length,
    answered: mentions.filter(({ answeredAt }) => answeredAt !== undefined).length,
    open: open.length,
    oldestOpenMs: open.length === 0 ? undefined : Math.max(0, end - oldest),
    firstResponse: spreadOf(responses.map(({ calendarMs }) => calendarMs)),
    firstResponseOffice: office ? spreadOf(responses.flatMap(({ officeMs }) => (officeMs === undefined ? [] : [officeMs]))) : undefined,
    targetMet: counted.filter(({ met }) => met === true).length,
    targetCounted: counted.length,
  };
}

/** Median: the middle, or the mean of the two in the middle, rounded; 90th percentile by nearest rank. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((left, right) => left - right);
  const n = sorted.length;
  const at = (rank: number): number => sorted[rank - 1] ?? 0;
  if (n === 0) return { n, medianMs: undefined, p90Ms: undefined, maxMs: undefined };
  const median = n % 2 === 1 ? at((n + 1) / 2) : Math.round((at(n / 2) + at(n / 2 + 1)) / 2);
  return { n, medianMs: median, p90Ms: at(Math.ceil(0.9 * n)), maxMs: at(n) };
}
