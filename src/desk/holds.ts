import { type AuditDraft, type AuditJson } from '../core/audit';
import { isMomentosError, MomentosError } from '../core/errors';
import { channelOf } from '../core/handChannels';
import { coveringHolds, standingHolds, type Hold } from '../core/hold';
import { localId } from '../core/localId';
import { keyHolder, sameAccount, samePerson } from '../core/reviewRules';
import { type DeskContext } from './context';
import { type DeskHolds, type NewHold } from './deskApi';

/** Answers on hold: anybody at the desk sets one, a second person lifts it, its end ends it. */
export function createHolds(context: DeskContext): DeskHolds {
  const { clock, operator, holds: store, config } = context;

  const heldKey = async (): Promise<string | undefined> => (await context.signer.key().catch(() => undefined))?.fingerprint;

  /** Notes the end of those whose time is up. */
  const sweep = async (): Promise<void> => {
    const now = clock.now();
    const all = await store.read();
    if (standingHolds(all, now).length === all.length) return;
    try {
      await store.update((current) => {
        const standing = standingHolds(current, now);
        const ended = current.filter((hold) => !standing.includes(hold));
        return { holds: standing, entries: ended.map((hold): AuditDraft => ({ kind: 'hold.ended', at: now, actor: 'desk', subject: hold.id, body: { until: hold.until ?? now } })) };
      });
    } catch (error) {
      if (!isMomentosError(error, 'store.notWritable', 'lock.otherHost', 'lock.busy')) throw error;
    }
  };

  return {
    async list() {
      await sweep();
      return standingHolds(await store.read(), clock.now());
    },

    async covering(mention) {
      return coveringHolds(standingHolds(await store.read(), clock.now()), mention, config.topics);
    },

    async set(request) {
      await assertValid(context, request);
      const at = clock.now();
      const key = await heldKey();
      const hold: Hold = {
        id: localId('h', context.random),
        scope: request.scope,
        reason: request.reason.trim(),
        by: { id: operator.id, name: operator.name, osAccount: operator.osAccount, ...(operator.email === undefined ? {} : { email: operator.email }), ...(key === undefined ? {} : { key }) },
        at,
        ...(request.statement === undefined ? {} : { statement: request.statement }),
        ...(request.until === undefined ? {} : { until: Math.round(request.until) }),
      };
      const body: Record<string, AuditJson> = {
        scope: hold.scope.kind,
        ...(hold.scope.kind === 'all' ? {} : { of: hold.scope.id }),
        ...(hold.statement === undefined ? {} : { statement: hold.statement }),
        ...(hold.until === undefined ? {} : { until: hold.until }),
      };
      await store.update((current) => ({ holds: [...current, hold], entries: [{ kind: 'hold.set', at, actor: operator, subject: hold.id, body, values: { reason: hold.reason } }] }));
      return hold;
    },

    async lift(id, reason) {
      await sweep();
      const key = await heldKey();
      const registry = await context.registry();
      const told = (fingerprint: string | undefined): string | undefined => keyHolder(registry, fingerprint)?.fingerprint;
      const at = clock.now();
      let lifted: Hold | undefined;
      await store.update((current) => {
        const found = current.filter((hold) => hold.id === id || (id.length >= 3 && hold.id.startsWith(id)));
        lifted = found[0];
        if (lifted === undefined || found.length > 1) throw new MomentosError('hold.notFound', { id });
        const own = samePerson(lifted.by, operator) || (!context.practice && sameAccount({ osAccount: lifted.by.osAccount, key: told(lifted.by.key) }, { osAccount: operator.osAccount, key: told(key) }));
        if (own) throw new MomentosError('hold.own', { id });
        const words = reason?.trim() ?? '';
        return { holds: current.filter((hold) => hold !== lifted), entries: [{ kind: 'hold.lifted', at, actor: operator, subject: lifted.id, body: { setBy: lifted.by.id }, ...(words === '' ? {} : { values: { reason: words } }) }] };
      });
      if (lifted === undefined) throw new MomentosError('hold.notFound', { id });
      return lifted;
    },
  };
}

async function assertValid({ config, clock, templates }: DeskContext, { scope, reason, statement, until }: NewHold): Promise<void> {
  const refuse = (why: string): never => {
    throw new MomentosError('hold.invalid', { reason: why });
  };
  if (reason.trim() === '') throw new MomentosError('reply.reasonMissing');
  if (scope.kind === 'topic' && !config.topics.some(({ id }) => id === scope.id)) refuse(`topics: ${scope.id}`);
  if (scope.kind === 'channel' && channelOf(config, scope.id) === undefined) throw new MomentosError('channel.notFound', { channel: scope.id, known: config.channels.map(({ id }) => id) });
  if (statement !== undefined && !(await templates.usable()).some(({ id }) => id === statement)) throw new MomentosError('reply.notApproved', { template: statement });
  if (until !== undefined && (!Number.isFinite(until) || until <= clock.now())) throw new MomentosError('snooze.inPast', { until });
}
