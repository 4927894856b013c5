import { AgreementReading } from './agreement';
import { type AuditHead, type AuditJson, type AuditRecord } from './audit';
import { type AuditFields, numberIn, textIn } from './auditFields';
import { FirstResponses } from './firstResponses';
import { type DeskMetrics, type ResponseFigures } from './metrics';
import { type Mood } from './mood';
import { type ReportedMention, ReportedMentions } from './reportedMentions';
import { Counts, ResponseCount, spreadOf } from './responseCount';
import { sentimentLabels, type SentimentLabel } from './sentiment';

/** The kinds of entries that a report is computed from; the others need not be read. */
export const reportedKinds = [
  'mention.received', 'mention.scored', 'mention.edited', 'mention.opened', 'mention.closed', 'mention.reopened', 'mention.answeredElsewhere', 'mention.snoozed', 'mention.woken', 'sentiment.corrected',
  'reply.sent', 'reply.withdrawn',
] as const satisfies readonly AuditRecord['entry']['kind'][];

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
const labelOf = (value: AuditJson | undefined): SentimentLabel | undefined => sentimentLabels.find((label) => label === value);
const moodIn = (body: AuditFields): Mood | undefined => (body['unsure'] === true ? 'unsure' : labelOf(body['sentiment']));

/**
 * The report of a range, from records of the audit log read from its start up to the end of the range (`head`: what the log ended with). What happened
 * after the range changes nothing in it. A mention takes about 100 bytes of memory, and so does an answer.
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
  private readonly mentions = new ReportedMentions();
  /** Only those sent in the range. */
  private readonly responses = new FirstResponses();
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

  private receive(id: string, body: AuditFields, inRange: boolean, at: number): void {
    this.mentions.add(id, {
      channel: textIn(body, 'channel') ?? '',
      label: moodIn(body),
      postedAt: numberIn(body, 'postedAt') ?? at,
      topics: topicsOf(body),
      arrivedAt: inRange ? at : undefined,
    });
  }

  private sent(reply: string, body: AuditFields, inRange: boolean, at: number): void {
    const mention = this.mentions.get(textIn(body, 'mention') ?? '');
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
    const block = latency as AuditFields;
    const approvalMs = numberIn(block, 'approvalMs');
    if (approvalMs !== undefined) this.approvals.set(reply, approvalMs);
    const calendarMs = numberIn(block, 'calendarMs');
    if (block['first'] !== true || calendarMs === undefined) return;
    this.responses.add(reply, {
      channel: textIn(body, 'channel') ?? '',
      mention: mention?.row,
      calendarMs,
      officeMs: numberIn(block, 'officeMs'),
      met: block['backlog'] === true ? undefined : block['met'] === true,
    });
  }

  private takenBack(reply: string, body: AuditFields, inRange: boolean): void {
    // Written ahead and after: only the outcome counts.
    if (body['stage'] !== undefined && body['stage'] !== 'done') return;
    if (inRange) this.withdrawn += 1;
    this.responses.remove(reply);
    this.approvals.delete(reply);
    const mention = this.mentions.get(textIn(body, 'mention') ?? '');
    if (mention === undefined) return;
    mention.replies = Math.max(0, mention.replies - 1);
    if (mention.replies > 0 || mention.status !== 'answered') return;
    mention.status = 'open';
    mention.answeredAt = undefined;
  }

  private changeMention(mention: ReportedMention | undefined, kind: AuditRecord['entry']['kind'], body: AuditFields, inRange: boolean): void {
    if (mention === undefined) return;
    switch (kind) {
      case 'mention.closed':
        mention.status = 'closed';
        mention.closedInRange = inRange ? textIn(body, 'reason') : undefined;
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
    const { from, to, periodOf } = this.range;
    const end = Math.min(to, Math.max(from, this.range.now));
    const all = new ResponseCount();
    const byChannel = new Counts();
    const byTopic = new Counts();
    const bySentiment = new Counts();
    const closedByReason = new Map<string, number>();
    const periods = new Map<string, { arrivals: number; answered: number }>();
    const count = (at: number | undefined, what: 'arrivals' | 'answered'): void => {
      if (at === undefined || periodOf === undefined) return;
      const period = periodOf(at);
      const known = periods.get(period) ?? { arrivals: 0, answered: 0 };
      known[what] += 1;
      periods.set(period, known);
    };
    const partsOf = (channel: string, mention: ReportedMention | undefined): readonly ResponseCount[] => [
      all, byChannel.of(channel), ...(mention?.topics ?? noTopics).map((topic) => byTopic.of(topic)), ...(mention?.label === undefined ? [] : [bySentiment.of(mention.label)]),
    ];
    for (const mention of this.mentions.all()) {
      for (const part of partsOf(mention.channel, mention)) part.countMention(mention);
      const { closedInRange } = mention;
      if (closedInRange !== undefined) closedByReason.set(closedInRange, (closedByReason.get(closedInRange) ?? 0) + 1);
      count(mention.arrivedAt, 'arrivals');
      count(mention.answeredAt, 'answered');
    }
    for (const response of this.responses.all()) {
      for (const part of partsOf(response.channel, response.mention === undefined ? undefined : this.mentions.at(response.mention))) part.countResponse(response);
    }
    const office = all.hasOffice;
    const byMood = (label: Mood): ResponseFigures => bySentiment.of(label).figures(end, office);
    return {
      from,
      to,
      ...all.figures(end, office),
      byChannel: byChannel.figures(end, office),
      byTopic: byTopic.figures(end, office),
      ...(periodOf === undefined ? {} : { byPeriod: [...periods].sort(([one], [other]) => (one < other ? -1 : 1)).map(([period, figures]) => ({ period, ...figures })) }),
      bySentiment: { negative: byMood('negative'), neutral: byMood('neutral'), positive: byMood('positive'), unsure: byMood('unsure') },
      closedByReason: Object.fromEntries([...closedByReason].sort(([left], [right]) => (left < right ? -1 : 1))),
      withdrawn: this.withdrawn,
      approval: spreadOf([...this.approvals.values()]),
      answeredElsewhere: this.answeredElsewhere,
      ...(this.agreement === undefined ? {} : { agreement: this.agreement.figures() }),
      head: head.hash,
    };
  }
}

function topicsOf(body: AuditFields): readonly string[] {
  if (Array.isArray(body['topics'])) return body['topics'].filter((topic): topic is string => typeof topic === 'string');
  const reasons = Array.isArray(body['reasons']) ? body['reasons'].filter((reason): reason is string => typeof reason === 'string' && reason.startsWith('topic:')) : [];
  return reasons.length === 0 ? noTopics : reasons.map((reason) => reason.slice('topic:'.length));
}
