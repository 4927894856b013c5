import { type Randomness } from '../../core/clock';
import { type InboxApiProbe } from '../../channels/inboxApi/probe';
import { type PointCode } from './points';

/** One point of the contract, as a server keeps it. */
export interface InboxApiFinding {
  readonly code: PointCode;
  readonly state: 'ok' | 'failed' | 'skipped';
  /** What was seen, or why it was not checked; undefined = as the contract says. */
  readonly seen?: string | undefined;
}

/** What the checks share: the server, and where findings go. */
export interface CheckRun {
  readonly probe: InboxApiProbe;
  readonly signal: AbortSignal | undefined;
  readonly random: Randomness;
  ok(code: PointCode): void;
  failed(code: PointCode, seen: string): void;
  skipped(code: PointCode, why: string): void;
  /** `seen` empty = ok. */
  point(code: PointCode, seen: string | undefined): boolean;
}
