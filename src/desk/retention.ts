import { type AuditDraft } from '../core/audit';
import { recordedActor } from '../core/auditActor';
import { type DeskConfig, type RetentionConfig, type RetentionRule } from '../core/config';
import { MomentosError } from '../core/errors';
import { coveringHolds, standingHolds } from '../core/hold';
import { localId } from '../core/localId';
import { type Erasure } from '../core/erasurePorts';
import { countValues, redactedDrafts } from '../core/redaction';
import { judgeRetention, scheduleHash, schedulePayload, scheduleStanding, type RetentionVerdict } from '../core/retention';
import { keyHolder, sameAccount, samePerson } from '../core/reviewRules';
import { loadConfig } from './config';
import { editedConfig, replaceConfig } from './configFile';
import { type DeskContext } from './context';
import { selectionOf } from './erasureScope';
import { legalHoldOn, standingLegalHolds } from './legalHolds';
import { redactionReviewer } from './redactionRight';
import { type DeskRetention, type RetentionPlan, type RetentionRulePlan } from './retentionApi';

/** Mentions that go under one lock: others wait no longer than that, and a stop is heard in between. */
const mentionsAtOnce = 2000;

/** Disposal by schedule. It is read anew each time, since people sign and change it while the desk is open. */
export function createRetention(context: DeskContext, dir: string): DeskRetention {
  const { audit, clock, inbox, operator } = context;

  const schedule = async (): Promise<{ readonly config: DeskConfig; readonly retention: RetentionConfig }> => {
    const config = await loadConfig(dir);
    if (config.retention === undefined) throw new MomentosError('retention.none');
    return { config, retention: config.retention };
  };

  const standingOf = async ({ config, retention }: Awaited<ReturnType<typeof schedule>>): Promise<RetentionPlan['standing']> => {
    const standing = scheduleStanding(retention, await context.registry(), config.institution.id);
    if (standing !== 'signed') return standing;
    const signedAt = Date.parse(retention.signed?.at ?? '');
    for await (const { entry } of audit.read({ kinds: ['retention.scheduled', 'retention.disposed'], valuesOf: [] })) {
      const { signedAt: known } = entry.body;
      if (typeof known === 'number' && known > signedAt) return 'replaced';
    }
    return 'signed';
  };

  const judged = async (config: DeskConfig, rules: readonly RetentionRule[]): Promise<readonly RetentionVerdict[]> => {
    const legal = await standingLegalHolds(context);
    const crisis = standingHolds(await context.holds.read(), clock.now());
    const world = {
      now: clock.now(),
      rules,
      topics: config.topics,
      conversation: (mention: RetentionVerdict['mention']) => inbox.conversation(mention.conversation),
      hold: (mention: RetentionVerdict['mention']) => legalHoldOn(legal, inbox, mention) ?? coveringHolds(crisis, mention, config.topics)[0],
    };
    return [...inbox.all()].map((mention) => judgeRetention(mention, world));
  };

  const plan = async (): Promise<RetentionPlan> => {
    const found = await schedule();
    await inbox.refresh();
    const archive = (await context.archive.ready()).map(({ segment }) => segment);
    return { ...planOf(await judged(found.config, found.retention.rules), found.retention, await standingOf(found), clock.now()), archive };
  };

  /** Errors: `retention.own`, `review.sameAccount`: who signed the schedule does not carry it out. */
  const assertSecond = async ({ signed, rules }: RetentionConfig): Promise<void> => {
    const registry = await context.registry();
    const signer = registry.reviewers.find(({ fingerprint }) => fingerprint === signed?.by);
    const held = (await context.signer.key().catch(() => undefined))?.fingerprint;
    if ((signer !== undefined && samePerson(signer.entry, operator)) || held === signed?.by) throw new MomentosError('retention.own');
    if (context.practice) return;
    const hash = scheduleHash(rules);
    for await (const record of audit.read({ kinds: ['retention.scheduled'] })) {
      const { body } = record.entry;
      if (body['schedule'] !== hash || body['key'] !== signed?.by) continue;
      const later = { osAccount: operator.osAccount, key: keyHolder(registry, held)?.fingerprint };
      if (sameAccount({ osAccount: recordedActor(record).osAccount, key: signed?.by }, later)) throw new MomentosError('review.sameAccount', { account: operator.osAccount });
    }
  };

  return {
    plan,

    async sign() {
      const { config, retention } = await schedule();
      const { key } = await redactionReviewer(context);
      const at = clock.now();
      const iso = new Date(at).toISOString();
      const signed = { by: key.fingerprint, at: iso, signature: key.sign(schedulePayload(config.institution.id, retention.rules, iso, key.fingerprint)) };
      const edited = await editedConfig(dir, ['retention', 'signed'], signed);
      await audit.append([{ kind: 'retention.scheduled', at, actor: operator, subject: 'retention', body: { schedule: scheduleHash(retention.rules), rules: retention.rules.length, key: key.fingerprint, signedAt: at, signature: signed.signature } }]);
      await replaceConfig(edited);
      return plan();
    },

    async dispose({ progress, signal, seen } = {}) {
      const found = await schedule();
      const { config, retention } = found;
      const standing = await standingOf(found);
      if (standing !== 'signed') throw new MomentosError('retention.unsigned', { standing });
      await assertSecond(retention);
      await inbox.refresh();
      const due = (await judged(config, retention.rules)).filter(({ stays }) => stays === undefined);
      if (seen !== undefined && seen.due !== due.length) throw new MomentosError('redaction.changed');
      const result = { mentions: 0, values: 0, drafts: 0, redactions: [] as string[] };
      let stopped = false;
      for (const { rule, ids } of batches(due)) {
        stopped = signal?.aborted === true;
        if (stopped) {
          if (result.mentions === 0) throw new MomentosError('network.cancelled');
          break;
        }
        let id: string | undefined;
        const outcome = await context.eraser.erase(async () => {
          // On the newest state: what was opened again or put on hold since stays.
          const still = (await judged(config, retention.rules)).filter((verdict) => verdict.stays === undefined && verdict.rule?.name === rule.name && ids.has(verdict.mention.id));
          if (still.length === 0) return undefined;
          id = localId('x', context.random);
          return disposal(context, { id, rule, retention, due: still });
        });
        if (outcome === undefined || id === undefined) continue;
        result.mentions += outcome.mentions;
        result.values += outcome.values;
        result.drafts += outcome.drafts;
        result.redactions.push(id);
        progress?.(Math.min(1, result.mentions / due.length));
      }
      const archived = stopped ? [] : await context.archive.archive(operator);
      progress?.(1);
      return { ...result, archived: archived.map(({ segment }) => segment), stopped };
    },
  };
}

function planOf(verdicts: readonly RetentionVerdict[], retention: RetentionConfig, standing: RetentionPlan['standing'], at: number): Omit<RetentionPlan, 'archive'> {
  const counted = (stays: RetentionVerdict['stays']): number => verdicts.filter((verdict) => verdict.stays === stays).length;
  const held = new Map<string, RetentionPlan['held'][number]>();
  for (const { stays, hold } of verdicts) {
    if (stays !== 'held' || hold === undefined) continue;
    held.set(hold.id, { id: hold.id, reason: hold.reason, by: hold.by.name, mentions: (held.get(hold.id)?.mentions ?? 0) + 1 });
  }
  return {
    at,
    standing,
    rules: retention.rules.map((rule) => rulePlan(rule, verdicts.filter((verdict) => verdict.stays === undefined && verdict.rule?.name === rule.name))),
    due: counted(undefined),
    held: [...held.values()],
    open: counted('open'),
    unsettled: counted('unsettled'),
    notYet: counted('notYet'),
    noRule: counted('noRule'),
  };
}

function rulePlan({ name, authority, keepDays, from }: RetentionRule, due: readonly RetentionVerdict[]): RetentionRulePlan {
  const times = due.map(({ mention }) => mention.receivedAt).sort((one, other) => one - other);
  const byMonth: Record<string, number> = {};
  for (const time of times) {
    const month = new Date(time).toISOString().slice(0, 7);
    byMonth[month] = (byMonth[month] ?? 0) + 1;
  }
  return { name, authority, keepDays, from, due: due.length, oldest: times[0], byMonth };
}

function batches(due: readonly RetentionVerdict[]): readonly { readonly rule: RetentionRule; readonly ids: ReadonlySet<string> }[] {
  const byRule = new Map<string, { readonly rule: RetentionRule; readonly ids: string[] }>();
  for (const { rule, mention } of due) {
    if (rule === undefined) continue;
    const known = byRule.get(rule.name);
    if (known === undefined) byRule.set(rule.name, { rule, ids: [mention.id] });
    else known.ids.push(mention.id);
  }
  return [...byRule.values()].flatMap(({ rule, ids }) =>
    Array.from({ length: Math.ceil(ids.length / mentionsAtOnce) }, (_, index) => ({ rule, ids: new Set(ids.slice(index * mentionsAtOnce, (index + 1) * mentionsAtOnce)) })),
  );
}

async function disposal(context: DeskContext, { id, rule, retention, due }: { readonly id: string; readonly rule: RetentionRule; readonly retention: RetentionConfig; readonly due: readonly RetentionVerdict[] }): Promise<Erasure> {
  const { clock, operator } = context;
  const { signed, rules } = retention;
  const mentions = due.map(({ mention }) => mention);
  const { erased } = await selectionOf(context, mentions);
  const at = clock.now();
  const times = mentions.map(({ receivedAt }) => receivedAt);
  const disposed: AuditDraft = {
    kind: 'retention.disposed',
    at,
    actor: operator,
    subject: id,
    body: {
      rule: rule.name,
      authority: rule.authority,
      keepDays: rule.keepDays,
      from: rule.from,
      mentions: mentions.length,
      fields: countValues(erased),
      first: times.reduce((least, time) => Math.min(least, time), Infinity),
      last: times.reduce((most, time) => Math.max(most, time), 0),
      schedule: scheduleHash(rules),
      ...(signed === undefined ? {} : { signedBy: signed.by, signedAt: Date.parse(signed.at) }),
    },
  };
  return {
    id,
    drafts: [...redactedDrafts({ id, actor: operator, at, scope: 'retention', basis: 'retention', rule: rule.name, mentions: mentions.length }, erased), disposed],
    erased,
    mentions: mentions.map((mention) => mention.id),
    thinned: [],
  };
}
