import { type AuditDraft } from '../core/audit';
import { recordedActor } from '../core/auditActor';
import { canonicalForm, sha256Hex } from '../core/auditChain';
import { erasureOf } from '../core/auditErasure';
import { MomentosError } from '../core/errors';
import { localId } from '../core/localId';
import { isOpen } from '../core/mention';
import { type Erasure } from '../core/erasurePorts';
import { countValues, redactedDrafts, type RedactionProposal, type RedactionTarget } from '../core/redaction';
import { samePerson } from '../core/reviewRules';
import { type DeskContext } from './context';
import { eraseAgain, returnedTexts } from './erasedAgain';
import { assertMayGo, erasureScope, type ErasureScope } from './erasureScope';
import { type DeskRedactions, type DoneRedaction, type EarlierExport, type RedactionPreview, type WaitingRedaction } from './redactionApi';
import { redactionReviewer, secondRedactionReviewer, type RedactionReviewer } from './redactionRight';
import { targetBody, waitingRedactions } from './waitingRedactions';

/** Erasing under four eyes: proposed, looked at, approved or rejected. Every step stands in the audit log before it counts. */
export function createRedactions(context: DeskContext): DeskRedactions {
  const { audit, clock, inbox, operator, redactions: store } = context;

  const find = async (id: string): Promise<WaitingRedaction> => {
    const { waiting } = await waitingRedactions(context);
    const found = waiting.filter((proposal) => proposal.id === id || (id.length >= 3 && proposal.id.startsWith(id)));
    if (found[0] === undefined || found.length > 1) throw new MomentosError('redaction.notFound', { id });
    return found[0];
  };

  /** Errors: those that refuse it now. */
  const scopeOf = async (target: RedactionTarget): Promise<ErasureScope> => {
    const scope = await erasureScope(context, target);
    await assertMayGo(context, scope, target);
    return scope;
  };

  const heldKey = async (): Promise<string | undefined> => (await context.signer.key().catch(() => undefined))?.fingerprint;

  return {
    list: async () => (await waitingRedactions(context)).waiting,

    async done() {
      const done = new Map<string, DoneRedaction>();
      for await (const record of audit.read({ kinds: ['redacted'] })) {
        const { subject: id, at, body } = record.entry;
        const before = done.get(id);
        const values = countValues(erasureOf(record.entry) ?? []) + (before?.values ?? 0);
        const text = (name: string): string => (typeof body[name] === 'string' ? body[name] : '');
        done.set(id, { id, at, scope: text('scope'), basis: text('basis'), by: recordedActor(record).name ?? record.entry.actor.id, mentions: typeof body['mentions'] === 'number' ? body['mentions'] : 0, values });
      }
      return [...done.values()];
    },

    async propose({ target, basis, reason }) {
      const words = reason.trim();
      if (words === '') throw new MomentosError('redaction.reasonMissing');
      await inbox.refresh();
      const scope = await scopeOf(target);
      const at = clock.now();
      const key = await heldKey();
      const proposal: RedactionProposal = {
        id: localId('x', context.random),
        target,
        basis,
        by: { id: operator.id, name: operator.name, osAccount: operator.osAccount, ...(operator.email === undefined ? {} : { email: operator.email }), ...(key === undefined ? {} : { key }) },
        at,
      };
      const { stale } = await waitingRedactions(context);
      await store.update((all) => {
        const proposals = all.filter((other) => !stale.has(other.id));
        const same = proposals.find((other) => canonicalForm({ ...other.target }) === canonicalForm({ ...target }));
        if (same !== undefined) throw new MomentosError('redaction.proposedAlready', { id: same.id, by: same.by.name });
        const body = { scope: target.kind, basis, mentions: scope.mentions.length, fields: countValues(scope.selection.erased), ...targetBody(target), ...(key === undefined ? {} : { key }) };
        return { proposals: [...proposals, proposal], entries: [{ kind: 'redaction.proposed', at, actor: operator, subject: proposal.id, body, values: { reason: words } }] };
      });
      return { ...proposal, reason: words };
    },

    async preview(id) {
      await inbox.refresh();
      const proposal = await find(id);
      const scope = await scopeOf(proposal.target);
      const drafts = await Promise.all(scope.mentions.map((mention) => context.drafts.read(mention.id)));
      return {
        proposal,
        mentions: scope.mentions,
        values: countValues(scope.selection.erased),
        valuesByKind: scope.selection.counts,
        drafts: drafts.filter((draft) => draft !== undefined).length,
        exports: await earlierExports(context, scope),
      };
    },

    async approve(id, seen) {
      const { id: whole, by } = await find(id);
      const second = await secondRedactionReviewer(context, by, new MomentosError('redaction.own', { id: whole }));
      let exports: readonly EarlierExport[] = [];
      const outcome = await context.eraser.erase(async () => {
        const proposal = await find(whole);
        const scope = await scopeOf(proposal.target);
        assertAsSeen(scope, seen);
        exports = await earlierExports(context, scope);
        return erasureOfScope(context, proposal, scope, second);
      });
      if (outcome === undefined) throw new MomentosError('redaction.notFound', { id });
      return { id: whole, outcome, exports };
    },

    returned: () => returnedTexts(context),

    eraseAgain: () => eraseAgain(context),

    async reject(id, reason) {
      const words = reason.trim();
      if (words === '') throw new MomentosError('redaction.reasonMissing');
      const found = await find(id);
      // Whoever proposed it takes it back; anybody else needs the role.
      if (!samePerson(found.by, operator)) await redactionReviewer(context);
      await store.update((proposals) => {
        if (!proposals.some((proposal) => proposal.id === found.id)) throw new MomentosError('redaction.notFound', { id });
        return {
          proposals: proposals.filter((proposal) => proposal.id !== found.id),
          entries: [{ kind: 'redaction.rejected', at: clock.now(), actor: operator, subject: found.id, body: { proposedBy: found.by.id }, values: { reason: words } }],
        };
      });
      return found;
    },
  };
}

/** Errors: `redaction.changed`. */
function assertAsSeen({ mentions, selection }: ErasureScope, seen: Pick<RedactionPreview, 'values' | 'mentions'> | undefined): void {
  if (seen === undefined) return;
  const shown = new Set(seen.mentions.map(({ id }) => id));
  const same = mentions.length === shown.size && mentions.every(({ id }) => shown.has(id)) && countValues(selection.erased) === seen.values;
  if (!same) throw new MomentosError('redaction.changed');
}

/** The entries and everything that goes with them. Messages that were open are closed: else they would count as unanswered for ever. */
function erasureOfScope(context: DeskContext, { id, target, basis, by }: RedactionProposal, { mentions, thinned, selection }: ErasureScope, { key }: RedactionReviewer): Erasure {
  const { clock, operator, config } = context;
  const at = clock.now();
  const { erased } = selection;
  const signed = { kind: 'redacted', redaction: id, institution: config.institution.id, at, erased: sha256Hex(canonicalForm(erased.map((values) => [...values]))) };
  const closed = mentions.filter(isOpen).map((mention): AuditDraft => ({ kind: 'mention.closed', at, actor: operator, subject: mention.id, body: { reason: 'erased' } }));
  return {
    id,
    drafts: [...redactedDrafts({ id, actor: operator, at, scope: target.kind, basis, proposedBy: by.id, mentions: mentions.length, more: { key: key.fingerprint, signature: key.sign(signed) } }, erased), ...closed],
    erased,
    mentions: mentions.map((mention) => mention.id),
    thinned: thinned.map((mention) => mention.id),
  };
}

/** Files that were written with some of it in them, as far as the log knows. */
async function earlierExports({ audit }: DeskContext, { selection }: ErasureScope): Promise<readonly EarlierExport[]> {
  const found: EarlierExport[] = [];
  for await (const record of audit.read({ kinds: ['audit.exported'] })) {
    const { entry } = record;
    const number = (name: string): number | undefined => (typeof entry.body[name] === 'number' ? entry.body[name] : undefined);
    if (!selection.touches({ count: number('count') ?? 0, from: number('from'), to: number('to') })) continue;
    const { format, personalData } = entry.body;
    // Pseudonymised ones hold no words, names or addresses; those from before there was a choice held everything.
    if (personalData === 'pseudonymise' || personalData === 'omit') continue;
    found.push({ at: entry.at, by: recordedActor(record).name ?? entry.actor.id, format: typeof format === 'string' ? format : '', seq: entry.seq });
  }
  return found;
}
