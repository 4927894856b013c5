import { MomentosError } from '../core/errors';
import { type RegisteredReviewer, type ReviewerRegistry } from '../core/reviewers';
import { keyHolder } from '../core/reviewRules';
import { isSignedBy, type SignedPayload } from '../core/signing';
import { type Template, type TemplateStatus } from '../core/template';
import { type TemplateEvent } from '../core/templateState';
import { type ShelvedTemplate } from './templateShelf';

export function proposalsOf(template: Template, events: readonly TemplateEvent[]): readonly TemplateEvent[] {
  return events.filter(({ kind, version }) => kind === 'template.proposed' && version === template.version);
}

/** What a proposer with a key signs. */
export function proposalPayload(template: Pick<Template, 'id' | 'version' | 'contentHash'>, at: number): SignedPayload {
  return { kind: 'proposal', template: template.id, version: template.version, contentHash: template.contentHash, at: new Date(at).toISOString() };
}

/** True when the proposal carries the signature of a reviewer whose entry counts: then it is known who proposed, whatever account it came from. */
export function isSignedProposal(event: TemplateEvent, registry: ReviewerRegistry): boolean {
  const owner = keyHolder(registry, event.key);
  return owner?.entry.key !== undefined && isSignedBy(owner.entry.key, proposalPayload({ id: event.template, version: event.version, contentHash: event.contentHash }, event.at), event.signature ?? '');
}

export function nameOf({ entry }: RegisteredReviewer): string {
  return entry.email ?? entry.name;
}

/** How the desk itself stands in the log as an actor. */
export const deskActorId = 'desk';

export function workingOf(status: TemplateStatus): Template {
  if (status.working === undefined) throw new MomentosError('template.invalid', { template: status.id, problems: status.problems.map(({ code }) => code) });
  return status.working;
}

export function refusesBroken({ status, barring }: ShelvedTemplate): MomentosError | undefined {
  if (status.working !== undefined && barring.length === 0) return undefined;
  return new MomentosError('template.invalid', { template: status.id, problems: barring.map(({ code }) => code) });
}

export function refusesProposal(shelved: ShelvedTemplate): MomentosError | undefined {
  const { id, state, working } = shelved.status;
  if (working !== undefined && state !== 'draft' && state !== 'rejected') return new MomentosError('template.wrongState', { template: id, state });
  return refusesBroken(shelved);
}

/** Errors: `template.changed` when another wording was proposed, `review.nothingToReview`, `template.wrongState`. */
export function assertInReview({ status, events }: ShelvedTemplate): void {
  if (status.state === 'inReview') return;
  const last = events.at(-1);
  if (status.state !== 'draft') throw new MomentosError('template.wrongState', { template: status.id, state: status.state });
  if (last?.kind === 'template.proposed' && last.contentHash !== status.working?.contentHash) throw new MomentosError('template.changed', { template: status.id });
  throw new MomentosError('review.nothingToReview', { template: status.id });
}
