import { type AuditJson, type AuditKind } from '../core/audit';
import { spanMs } from '../core/config';
import { MomentosError } from '../core/errors';
import { legalTermOf } from '../core/legalTerm';
import { closeReasons, isOpen, type Mention, priorities } from '../core/mention';
import { rankPriority } from '../core/priority';
import { sentimentLabels } from '../core/sentiment';
import { kindOfReading, mentionKinds, type TextReading } from '../core/textReading';
import { isCaseNumber } from '../core/text/placeholderValue';
import { type DeskContext } from './context';
import { type DeskTriage } from './deskApi';
import { findingsOf } from './findings';
import { labelOf } from './inbox';

type Change = Partial<Omit<Mention, 'id' | 'revision'>>;

interface Deed {
  readonly kind: AuditKind;
  /** What changes; undefined = nothing to do for this one (it is so already). Throws to refuse. */
  readonly change: (mention: Mention) => Change | undefined;
  readonly body?: Readonly<Record<string, AuditJson>>;
  readonly values?: Readonly<Record<string, AuditJson>>;
}

const maxNoteLength = 10_000;
/** Of a text that cannot be read now. */
const unreadText: TextReading = { version: '', kind: undefined, kindPlaces: [], urgency: [], topics: [], personalData: [] };

/** Everything a person does with a mention short of answering it. All named mentions change, or none does. */
export function createTriage(context: DeskContext): DeskTriage {
  const { inbox, clock, operator, config } = context;

  const apply = (ids: readonly string[], deed: Deed): Promise<readonly Mention[]> =>
    inbox.update((transaction) =>
      [...new Set(ids)].map((id) => {
        const mention = transaction.get(id);
        if (mention === undefined) throw new MomentosError('mention.notFound', { id });
        const change = deed.change(mention);
        if (change === undefined) return mention;
        const next: Mention = { ...mention, ...change, revision: mention.revision + 1 };
        transaction.put(next);
        transaction.audit({ kind: deed.kind, at: clock.now(), actor: operator, subject: id, body: deed.body ?? {}, ...(deed.values === undefined ? {} : { values: deed.values }) });
        return next;
      }),
    );

  const one = async (id: string, deed: Deed): Promise<Mention> => {
    const [mention] = await apply([id], deed);
    if (mention === undefined) throw new MomentosError('mention.notFound', { id });
    return mention;
  };

  return {
    async opened(id) {
      const mention = inbox.get(id);
      if (mention?.openedAt !== undefined) return mention;
      return one(id, { kind: 'mention.opened', change: ({ openedAt }) => (openedAt === undefined ? { openedAt: clock.now() } : undefined) });
    },

    claim: (ids, options = {}) =>
      apply(ids, {
        kind: 'mention.claimed',
        change: (mention) => {
          mustBeOpen(mention);
          if (mention.claim?.actor === operator.id) return undefined;
          if (mention.claim !== undefined && options.take !== true) throw new MomentosError('mention.claimedByOther', { id: mention.id, name: mention.claim.name });
          return { claim: { actor: operator.id, name: operator.name, at: clock.now() }, ...(mention.status === 'open' || mention.status === 'snoozed' ? { status: 'claimed', snoozedUntil: undefined } : {}) };
        },
      }),

    release: (ids) =>
      apply(ids, {
        kind: 'mention.released',
        change: (mention) => (mention.claim === undefined ? undefined : { claim: undefined, ...(mention.status === 'claimed' ? { status: 'open' } : {}) }),
      }),

    async snooze(ids, until) {
      if (!Number.isFinite(until)) throw new MomentosError('snooze.invalid', { text: String(until) });
      if (until <= clock.now()) throw new MomentosError('snooze.inPast', { until });
      return apply(ids, {
        kind: 'mention.snoozed',
        body: { until: Math.round(until) },
        change: (mention) => {
          mustBeOpen(mention);
          return { status: 'snoozed', snoozedUntil: Math.round(until) };
        },
      });
    },

    async refer(ids, unitId, note) {
      const unit = config.units.find(({ id, name }) => id === unitId || name === unitId);
      if (unit === undefined) throw new MomentosError('unit.notFound', { unit: unitId, known: config.units.map(({ id }) => id) });
      const at = clock.now();
      const allowed = unit.target === undefined ? undefined : spanMs(unit.target);
      const dueAt = allowed === undefined ? undefined : (context.office?.after(at, allowed) ?? at + allowed);
      return apply(ids, {
        kind: 'mention.referred',
        body: { unit: unit.id, ...(dueAt === undefined ? {} : { dueAt }) },
        values: { note: clipped(note) },
        change: (mention) => {
          mustBeOpen(mention);
          return { status: 'referred', referral: { unit: unit.id, note: clipped(note), at, by: operator.name, ...(dueAt === undefined ? {} : { dueAt }) } };
        },
      });
    },

    async unitAnswered(id, text) {
      const answer = required(text);
      return one(id, {
        kind: 'mention.unitAnswered',
        values: { text: answer },
        change: (mention) => {
          if (mention.status !== 'referred' || mention.referral === undefined) throw new MomentosError('referral.none', { id });
          return { status: mention.claim === undefined ? 'open' : 'claimed', referral: { ...mention.referral, answer: { text: answer, at: clock.now(), by: operator.name } } };
        },
      });
    },

    async note(id, text) {
      const note = required(text);
      return one(id, { kind: 'mention.noted', values: { text: note }, change: (mention) => ({ notes: [...mention.notes, { text: note, at: clock.now(), by: operator.name }] }) });
    },

    async setCase(id, caseNumber) {
      const wanted = caseNumber?.trim();
      if (wanted !== undefined && !isCaseNumber(wanted)) throw new MomentosError('case.invalid', { case: wanted.slice(0, 60) });
      const mention = inbox.get(id);
      if (mention === undefined) throw new MomentosError('mention.notFound', { id });
      return apply(inbox.conversation(mention.conversation).map((other) => other.id), {
        kind: 'mention.caseSet',
        body: { set: wanted !== undefined },
        ...(wanted === undefined ? {} : { values: { case: wanted } }),
        change: (other) => (other.caseNumber === wanted ? undefined : { caseNumber: wanted }),
      });
    },

    async close(ids, reason, note) {
      if (!closeReasons.includes(reason)) throw new MomentosError('close.reasonMissing', { known: closeReasons });
      const at = clock.now();
      const words = note?.trim() ?? '';
      return apply(ids, {
        kind: 'mention.closed',
        body: { reason },
        ...(words === '' ? {} : { values: { note: clipped(words) } }),
        change: (mention) => {
          if (mention.status === 'closed') return undefined;
          mustHaveNothingUnderWay(mention);
          return { status: 'closed', closed: { reason, at, by: operator.name, ...(words === '' ? {} : { note: clipped(words) }) } };
        },
      });
    },

    reopen: (ids) =>
      apply(ids, {
        kind: 'mention.reopened',
        change: (mention) => (isOpen(mention) && mention.status !== 'waiting' ? undefined : { status: mention.claim === undefined ? 'open' : 'claimed', closed: undefined }),
      }),

    waitForCitizen: (ids) =>
      apply(ids, {
        kind: 'mention.snoozed',
        body: { waitingFor: 'citizen' },
        change: (mention) => (mention.status === 'waiting' ? undefined : mention.status === 'closed' ? wrongStatus(mention) : { status: 'waiting', snoozedUntil: undefined }),
      }),

    async correctKind(id, kind) {
      if (!mentionKinds.includes(kind)) throw new MomentosError('kind.invalid', { kind: String(kind), known: mentionKinds.join(', ') });
      const mention = inbox.get(id);
      if (mention === undefined) throw new MomentosError('mention.notFound', { id });
      const from = kindOfReading(mention.reading);
      const found = mention.reading ?? findingsOf((await context.scoring.score([mention.post]))[0]).reading ?? unreadText;
      return one(id, {
        kind: 'kind.corrected',
        body: { ...(from === undefined ? {} : { from }), to: kind },
        change: (current) => {
          if (kindOfReading(current.reading) === kind) return undefined;
          const reading = { ...(current.reading ?? found), correctedKind: kind };
          const ranked = rankPriority(reading, current.sentiment, config.topics);
          const raised = priorities.indexOf(ranked.priority) < priorities.indexOf(current.priority);
          return { reading, legalTerm: legalTermOf(reading, current.receivedAt, config, context.office), ...(raised ? { priority: ranked.priority, priorityReasons: ranked.reasons } : {}) };
        },
      });
    },

    async correctSentiment(id, label) {
      if (!sentimentLabels.includes(label)) throw new MomentosError('sentiment.invalid', { label });
      const mention = inbox.get(id);
      if (mention === undefined) throw new MomentosError('mention.notFound', { id });
      return one(id, {
        kind: 'sentiment.corrected',
        body: { from: labelOf(mention), to: label },
        change: (current) => (labelOf(current) === label ? undefined : { sentiment: { ...current.sentiment, correctedTo: label } }),
      });
    },
  };
}

function mustBeOpen(mention: Mention): void {
  if (!isOpen(mention)) wrongStatus(mention);
}

function mustHaveNothingUnderWay(mention: Mention): void {
  if (mention.replies.some(({ state }) => state === 'intended')) throw new MomentosError('reply.inProgress', { id: mention.id });
  if (mention.submission !== undefined) throw new MomentosError('reply.waitsForApproval', { id: mention.id, by: mention.submission.by.name });
}

function wrongStatus(mention: Mention): never {
  throw new MomentosError('mention.wrongStatus', { id: mention.id, status: mention.status });
}

function clipped(text: string): string {
  return text.trim().slice(0, maxNoteLength);
}

function required(text: string): string {
  const words = clipped(text);
  if (words === '') throw new MomentosError('note.empty');
  return words;
}
