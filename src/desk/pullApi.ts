import { type Progress } from '../core/audit';
import { type MomentosError } from '../core/errors';
import { type ChannelState } from '../core/ports';

export interface PullResult {
  readonly id: string;
  readonly received: number;
  readonly new: number;
  readonly updated: number;
  readonly error: MomentosError | null;
  /** Local ids of new mentions that are urgent and no backlog. */
  readonly urgent: readonly string[];
}

export interface Rhythm {
  /** How often the networks are to be looked at, ms, on one whose usual pace is a minute; the others keep their proportion. */
  readonly wishedMs: number;
  /** Nobody has looked at this window for a while: it polls seldom and leaves the lease to others. */
  readonly away: boolean;
}

export interface FollowOptions {
  readonly signal: AbortSignal;
  /** Asked before each pause. */
  readonly rhythm: () => Rhythm;
  /** What other processes stored has been taken over. */
  readonly onShared?: (() => void) | undefined;
}

export interface DeskPull {
  /** Every channel (or one); one that fails never stops the others. Pulls from several windows at once are safe. */
  pull(options?: { readonly channel?: string; readonly signal?: AbortSignal; readonly progress?: Progress }): Promise<readonly PullResult[]>;
  /**
   * Looks at each channel in its own rhythm until the signal ends, in the one process of the desk that has the lease; the others take over what it
   * stored. A channel that fails or is slow holds up no other. Gives the lease back at its end.
   */
  follow(options: FollowOptions): Promise<void>;
  /** After each pull of a channel in this process; returns how to stop. */
  onDidPull(listener: (result: PullResult) => void): () => void;
  state(channelId: string): Promise<ChannelState>;
}

export interface CatchUpOptions {
  readonly signal?: AbortSignal | undefined;
  /** Only what was never read; else also what another version of the scorer or the rules read. */
  readonly only?: 'unread' | undefined;
  /** At most so many mentions. */
  readonly most?: number | undefined;
}

export interface CaughtUp {
  /** Mentions that were stored anew. */
  readonly stored: number;
  /** Local ids of those that are urgent now and were not before; no backlog. */
  readonly urgent: readonly string[];
}

/** What the desk finds in texts by itself. */
export interface DeskReadings {
  /** Mentions that were never read: stored before there were readings, or while the scorer could not be had. */
  unread(): number;
  /**
   * Reads stored mentions that were never read, or by another version, batch by batch; what people corrected stays, a priority can rise by it, never fall. Safe from
   * several processes. Errors: `network.cancelled`, `config.invalid`, `lock.*`, `store.*`.
   */
  catchUp(options?: CatchUpOptions): Promise<CaughtUp>;
}
