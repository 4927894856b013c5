import { type AuditDraft, type AuditJson, type AuditRecord } from '../core/audit';
import { MomentosError } from '../core/errors';
import { heldBy, timesOf, type LegalHold, type LegalHoldScope } from '../core/legalHold';
import { localId } from '../core/localId';
import { type Mention } from '../core/mention';
import { isCaseNumber } from '../core/text/placeholderValue';
import { type DeskContext } from './context';
import { type DeskLegalHolds, type NewLegalHold } from './legalHoldApi';
import { secondRedactionReviewer } from './redactionRight';

type Deps = Pick<DeskContext, 'audit' | 'legalHolds'>;

/** Legal holds: anybody at the desk sets one, a second person with the role `redactions` lifts it. */
export function createLegalHolds(context: DeskContext): DeskLegalHolds {
  const { clock, operator, legalHolds: store, config } = context;
  return {
    list: () => standingLegalHolds(context),

    async covering(mention) {
      return legalHoldOn(await standingLegalHolds(context), context.inbox, mention);
    },

    async set(request) {
      assertValid(context, request);
      const at = clock.now();
      const key = (await context.signer.key().catch(() => undefined))?.fingerprint;
      const hold: LegalHold = {
        id: localId('g', context.random),
        scope: wholeMs(request.scope),
        reason: request.reason.trim(),
        by: { id: operator.id, name: operator.name, osAccount: operator.osAccount, ...(operator.email === undefined ? {} : { email: operator.email }), ...(key === undefined ? {} : { key }) },
        at,
      };
      await store.update(async (current) => ({ holds: await withLost(context, current, [...current, hold]), entries: [setEntry(hold, context)] }));
      return hold;
    },

    async lift(id, reason) {
      const words = reason.trim();
      if (words === '') throw new MomentosError('reply.reasonMissing');
      const found = (await standingLegalHolds(context)).filter((hold) => hold.id === id || (id.length >= 3 && hold.id.startsWith(id)));
      const hold = found[0];
      if (hold === undefined || found.length > 1) throw new MomentosError('legalHold.notFound', { id });
      const { key } = await secondRedactionReviewer(context, hold.by, new MomentosError('legalHold.own', { id: hold.id }));
      const at = clock.now();
      const signature = key.sign({ kind: 'legalHold.lifted', hold: hold.id, institution: config.institution.id, at });
      await store.update(async (current) => {
        const standing = await withLost(context, current, current);
        if (!standing.some((one) => one.id === hold.id)) throw new MomentosError('legalHold.notFound', { id });
        return {
          holds: standing.filter((one) => one.id !== hold.id),
          entries: [{ kind: 'legalHold.lifted', at, actor: operator, subject: hold.id, body: { setBy: hold.by.id, key: key.fingerprint, signature }, values: { reason: words } }],
        };
      });
      return hold;
    },
  };
}

/**
 * The holds that stand: what the file holds, and what the log says was set and never lifted though the file has lost it. Reads the log's entries on holds.
 * Errors: `store.unreadable` (then everything counts as held).
 */
export async function standingLegalHolds(deps: Deps): Promise<readonly LegalHold[]> {
  const current = await deps.legalHolds.read();
  return withLost(deps, current, current);
}

/** The first hold on a mention: on it, its author, or the case of its conversation. */
export function legalHoldOn(holds: readonly LegalHold[], inbox: Pick<DeskContext['inbox'], 'conversation'>, mention: Mention): LegalHold | undefined {
  if (holds.length === 0) return undefined;
  const times = timesOf(mention);
  const cases = new Set([mention.caseNumber, ...inbox.conversation(mention.conversation).map(({ caseNumber }) => caseNumber)]);
  for (const caseNumber of cases) {
    const hold = heldBy(holds, { caseNumber, authorId: mention.authorId, times });
    if (hold !== undefined) return hold;
  }
  return undefined;
}

/** Why nothing of it is erased. */
export function heldError(hold: LegalHold): MomentosError {
  return new MomentosError('redaction.held', { hold: hold.id, reason: hold.reason, by: hold.by.name });
}

async function withLost({ audit }: Deps, current: readonly LegalHold[], wanted: readonly LegalHold[]): Promise<readonly LegalHold[]> {
  const known = new Set(current.map(({ id }) => id));
  const lost = new Map<string, LegalHold>();
  for await (const record of audit.read({ kinds: ['legalHold.set', 'legalHold.lifted'] })) {
    const { kind, subject } = record.entry;
    if (kind === 'legalHold.lifted') lost.delete(subject);
    else if (!known.has(subject)) lost.set(subject, fromLog(record));
  }
  return lost.size === 0 ? wanted : [...wanted, ...lost.values()];
}

function setEntry(hold: LegalHold, { operator }: Pick<DeskContext, 'operator'>): AuditDraft {
  const { scope } = hold;
  const body: Record<string, AuditJson> = {
    scope: scope.kind,
    ...(scope.kind === 'author' ? { of: scope.id } : {}),
    ...(scope.kind === 'period' ? { from: scope.from, ...(scope.to === undefined ? {} : { to: scope.to }) } : {}),
    ...(hold.by.key === undefined ? {} : { key: hold.by.key }),
  };
  return { kind: 'legalHold.set', at: hold.at, actor: operator, subject: hold.id, body, values: { reason: hold.reason, ...(scope.kind === 'case' ? { case: scope.number } : {}) } };
}

/** What cannot be told any more from the log is held without limit. */
function fromLog({ entry, values }: AuditRecord): LegalHold {
  const { scope, of, from, to, key } = entry.body;
  const text = (name: string): string | undefined => (typeof values[name] === 'string' ? values[name] : undefined);
  const email = text('actor.email');
  const number = text('case');
  const known: LegalHoldScope | undefined =
    scope === 'author' && typeof of === 'string' ? { kind: 'author', id: of }
    : scope === 'case' && number !== undefined ? { kind: 'case', number }
    : scope === 'period' && typeof from === 'number' ? { kind: 'period', from, ...(typeof to === 'number' ? { to } : {}) }
    : undefined;
  return {
    id: entry.subject,
    scope: known ?? { kind: 'period', from: 0 },
    reason: text('reason') ?? '-',
    by: { id: entry.actor.id, name: text('actor.name') ?? '-', osAccount: text('actor.osAccount') ?? '', ...(email === undefined ? {} : { email }), ...(typeof key === 'string' ? { key } : {}) },
    at: entry.at,
  };
}

function wholeMs(scope: LegalHoldScope): LegalHoldScope {
  switch (scope.kind) {
    case 'case': return { kind: 'case', number: scope.number.trim() };
    case 'author': return scope;
    case 'period': return { kind: 'period', from: Math.round(scope.from), ...(scope.to === undefined ? {} : { to: Math.round(scope.to) }) };
  }
}

function assertValid({ inbox }: DeskContext, { scope, reason }: NewLegalHold): void {
  const refuse = (why: 'case' | 'author' | 'period'): never => {
    throw new MomentosError('legalHold.invalid', { reason: why });
  };
  if (reason.trim() === '') throw new MomentosError('reply.reasonMissing');
  switch (scope.kind) {
    case 'case':
      if (!isCaseNumber(scope.number.trim())) refuse('case');
      return;
    case 'author':
      if (inbox.byAuthor(scope.id).length === 0) refuse('author');
      return;
    case 'period':
      if (!Number.isFinite(scope.from) || (scope.to !== undefined && !(scope.to > scope.from && Number.isFinite(scope.to)))) refuse('period');
  }
}
