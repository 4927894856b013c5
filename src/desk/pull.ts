import { type NetworkChannelConfig } from '../core/config';
import { asMomentosError, MomentosError } from '../core/errors';
import { type Mention } from '../core/mention';
import { nextPull } from '../core/pacing';
import { type ChannelState, type PollLease } from '../core/ports';
import { type DeskContext } from './context';
import { type DeskPull, type DeskReadings, type PullResult, type Rhythm } from './pullApi';
import { createFollowing } from './following';
import { pullChannel, type Tally } from './pullChannel';

/** How a channel fared in this process. */
interface Pace {
  failures: number;
  intervalMs: number | undefined;
  /** UTC ms. */
  nextAt: number | undefined;
}

/** Mentions that could not be read when they came, of which so many are read after each pull. */
const readAfterPull = 500;

/** What follows a pull. */
export interface AfterPull {
  /** Looks again at answers whose outcome is not known. */
  readonly settle: (signal: AbortSignal | undefined) => Promise<unknown>;
  readonly readings: DeskReadings;
}

export function createPull(context: DeskContext, lease: PollLease, channels: readonly NetworkChannelConfig[], { settle, readings }: AfterPull): DeskPull {
  const { clock, random } = context;
  const paces = new Map<string, Pace>(channels.map(({ id }) => [id, { failures: 0, intervalMs: undefined, nextAt: undefined }]));
  const turns = new Map<string, number>();
  const running = new Map<string, Promise<PullResult>>();
  const listeners = new Set<(result: PullResult) => void>();
  /** Set while this process follows the networks. */
  let rhythm: (() => Rhythm) | undefined;
  let settling: Promise<unknown> | undefined;

  const paceOf = (id: string): Pace => paces.get(id) ?? { failures: 0, intervalMs: undefined, nextAt: undefined };

  const plan = (id: string, arrived: number, error: MomentosError | null): void => {
    const pace = paceOf(id);
    pace.failures = error === null ? 0 : pace.failures + 1;
    const retryAt = typeof error?.details['retryAt'] === 'number' ? error.details['retryAt'] : undefined;
    const { wishedMs, away } = rhythm?.() ?? { wishedMs: 60_000, away: false };
    const next = nextPull({ now: clock.now(), pace: context.channel(id).pace, wishedMs, intervalMs: pace.intervalMs, arrived, failures: pace.failures, retryAt, limits: context.limits(id), away, fraction: random.fraction() });
    pace.intervalMs = next.intervalMs;
    pace.nextAt = next.at;
  };

  const pullOne = async (id: string, signal: AbortSignal | undefined): Promise<PullResult> => {
    const tally: Tally = { received: 0, new: 0, updated: 0, lagMs: undefined, urgent: [] };
    let error: MomentosError | null = null;
    try {
      const channel = context.channel(id);
      if (channel.capabilities.pull) await pullChannel({ context, channel, tally, turns, signal });
      tally.urgent.push(...(await readLeftOver(signal)));
    } catch (thrown) {
      error = asMomentosError(thrown);
      if (error.code !== 'network.cancelled') context.logger.warn('pull failed', { channel: id, code: error.code });
    }
    if (error?.code !== 'network.cancelled') {
      plan(id, tally.new, error);
      await recordOutcome(context, id, tally, error, rhythm === undefined ? undefined : paceOf(id).nextAt);
    }
    const result: PullResult = { id, received: tally.received, new: tally.new, updated: tally.updated, error, urgent: tally.urgent };
    for (const listener of [...listeners]) listener(result);
    return result;
  };

  /** Ids of those that are urgent. That it fails is no failure of the pull. */
  const readLeftOver = async (signal: AbortSignal | undefined): Promise<readonly string[]> => {
    if (readings.unread() === 0) return [];
    try {
      return (await readings.catchUp({ signal, only: 'unread', most: readAfterPull })).urgent;
    } catch (thrown) {
      context.logger.warn('texts left unread', { code: asMomentosError(thrown).code });
      return [];
    }
  };

  const settleOnce = async (signal: AbortSignal | undefined): Promise<void> => {
    if (context.inbox.unsettled().length === 0) return;
    settling ??= settle(signal).finally(() => {
      settling = undefined;
    });
    await settling;
  };

  const pulling: DeskPull = {
    async pull(options = {}) {
      const wanted = channels.filter(({ id }) => options.channel === undefined || id === options.channel);
      if (options.channel !== undefined && wanted.length === 0) throw new MomentosError('channel.notFound', { channel: options.channel, known: channels.map(({ id }) => id) });
      await context.inbox.refresh();
      await wakeSnoozed(context);
      let done = 0;
      const results = await Promise.all(
        wanted.map(async ({ id }) => {
          let work = running.get(id);
          if (work === undefined) {
            work = pullOne(id, options.signal).finally(() => running.delete(id));
            running.set(id, work);
          }
          const result = await work;
          options.progress?.(++done / wanted.length);
          return result;
        }),
      );
      await settleOnce(options.signal);
      return results;
    },
    async follow(options) {
      rhythm = options.rhythm;
      const following = createFollowing({
        clock, random, lease, channels: channels.map(({ id }) => id), logger: context.logger,
        nextAt: (id) => paceOf(id).nextAt,
        isPulling: () => running.size > 0,
        pull: async (id) => void (await pulling.pull({ channel: id, signal: options.signal })),
        share: async () => {
          await context.inbox.refresh();
          await wakeSnoozed(context);
          options.onShared?.();
        },
      });
      try {
        await following(options);
      } finally {
        // Another that began meanwhile keeps the lease.
        if (rhythm === options.rhythm) {
          rhythm = undefined;
          await lease.release();
        }
      }
    },
    onDidPull(listener) {
      const own = (result: PullResult): void => {
        listener(result);
      };
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    state: (channelId) => context.channelState.read(channelId),
  };
  return pulling;
}

/** Snoozed mentions whose time has come are open again. */
async function wakeSnoozed(context: DeskContext): Promise<void> {
  const now = context.clock.now();
  const due = (mention: Mention): boolean => mention.status === 'snoozed' && (mention.snoozedUntil ?? 0) <= now;
  const ids = [...context.inbox.all()].filter(due).map((mention) => mention.id);
  if (ids.length === 0) return;
  await context.inbox.update((transaction) => {
    for (const id of ids) {
      const mention = transaction.get(id);
      if (mention === undefined || !due(mention)) continue;
      transaction.put({ ...mention, status: mention.claim === undefined ? 'open' : 'claimed', snoozedUntil: undefined, revision: mention.revision + 1 });
      transaction.audit({ kind: 'mention.woken', at: now, actor: 'desk', subject: id, body: {} });
    }
  });
}

/** What the Channels view shows; a small document, written once for each pull. */
async function recordOutcome(context: DeskContext, channelId: string, tally: Tally, error: MomentosError | null, nextPullAt: number | undefined): Promise<void> {
  const now = context.clock.now();
  try {
    await context.channelState.update(channelId, (state): ChannelState => ({
      ...state,
      lastPullAt: now,
      ...(error === null ? { declared: context.channel(channelId).capabilities } : {}),
      lastError: error?.code,
      lastErrorDetails: error === null ? undefined : error.details,
      failingSince: error === null ? undefined : (state.failingSince ?? now),
      retryAt: typeof error?.details['retryAt'] === 'number' ? error.details['retryAt'] : undefined,
      limits: context.limits(channelId) ?? state.limits,
      lagMs: tally.lagMs ?? state.lagMs,
      ...(nextPullAt === undefined ? {} : { nextPullAt }),
    }));
  } catch (thrown) {
    context.logger.warn('channel state not written', { channel: channelId, code: asMomentosError(thrown).code });
  }
}
