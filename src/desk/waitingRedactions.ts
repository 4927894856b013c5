import { type AuditRecord } from '../core/audit';
import { recordedActor } from '../core/auditActor';
import { type RedactionProposal, type RedactionTarget } from '../core/redaction';
import { type DeskContext } from './context';
import { type WaitingRedaction } from './redactionApi';

/** The proposals of the desk's file as the log knows them. */
export interface WaitingRedactions {
  /** Proposed by the log as they stand there, and not decided on; with their reason. Who proposed them is told by the log, as far as it still knows. */
  readonly waiting: readonly WaitingRedaction[];
  /** Ids of those that the log does not know so: put back by a backup after they were decided on, or written in by hand. */
  readonly stale: ReadonlySet<string>;
}

/** Reads the log's entries on redactions, if there is any proposal. Errors: `store.unreadable`. */
export async function waitingRedactions({ redactions, audit }: Pick<DeskContext, 'redactions' | 'audit'>): Promise<WaitingRedactions> {
  const proposals = await redactions.read();
  const proposed = new Map<string, AuditRecord>();
  if (proposals.length > 0) {
    for await (const record of audit.read({ kinds: ['redaction.proposed', 'redaction.rejected', 'redacted'], valuesOf: ['redaction.proposed'] })) {
      const { kind, subject } = record.entry;
      if (kind === 'redaction.proposed') proposed.set(subject, record);
      else proposed.delete(subject);
    }
  }
  const waiting = proposals.flatMap((proposal) => {
    const record = proposed.get(proposal.id);
    return record !== undefined && isAsLogged(proposal, record) ? [asLogged(proposal, record)] : [];
  });
  const known = new Set(waiting.map(({ id }) => id));
  return { waiting, stale: new Set(proposals.map(({ id }) => id).filter((id) => !known.has(id))) };
}

/** What the entry of a proposal says of its target, besides the scope. */
export function targetBody(target: RedactionTarget): Readonly<Record<string, string | number | boolean>> {
  return target.kind === 'entry' ? { of: target.seq, withActor: target.withActor } : { of: target.id };
}

function isAsLogged({ target, basis, by }: RedactionProposal, { entry }: AuditRecord): boolean {
  const { body, actor } = entry;
  if (body['scope'] !== target.kind || body['basis'] !== basis || actor.id !== by.id || body['key'] !== by.key) return false;
  // Proposals from before the log told the target.
  return body['of'] === undefined || Object.entries(targetBody(target)).every(([name, value]) => body[name] === value);
}

function asLogged(proposal: RedactionProposal, record: AuditRecord): WaitingRedaction {
  const { name, email, osAccount } = recordedActor(record);
  const reason = record.values['reason'];
  const mail = email ?? proposal.by.email;
  return {
    ...proposal,
    by: { id: proposal.by.id, name: name ?? proposal.by.name, osAccount: osAccount ?? proposal.by.osAccount, ...(mail === undefined ? {} : { email: mail }), ...(proposal.by.key === undefined ? {} : { key: proposal.by.key }) },
    reason: typeof reason === 'string' ? reason : undefined,
  };
}
