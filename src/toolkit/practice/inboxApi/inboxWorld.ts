import { addressed, type Account, acctOf, PracticeWorld, type Status } from '../practiceWorld';
import { readState, writeState, type WorldAction, type WorldState } from '../stateFile';
import { SeededRandom } from '../seededRandom';
import { planStream, type PlannedStatus, type PracticeStream } from '../stream';

export interface InboxWorldOptions {
  readonly seed: number;
  readonly count: number;
  readonly historyDays: number;
  readonly ratePerMinute: number;
  readonly stateFile: string | undefined;
  readonly now: () => number;
}

export type ChangeKind = 'created' | 'updated' | 'deleted';

/** One place in the feed. */
export interface FeedEvent {
  /** From 1, growing. */
  readonly seq: number;
  readonly statusId: string;
  readonly change: ChangeKind;
  /** UTC ms. */
  readonly at: number;
}

interface KeptReply {
  readonly statusId: string;
  readonly text: string;
  readonly inReplyTo: string | undefined;
  readonly at: number;
}

/** A request that waited unreasonably long for its drips gives them in parts. */
const mostDripsAtOnce = 200;
/** How long the contract wants keys to be kept, ms. */
const keysKept = 24 * 3_600_000;

/**
 * The practice world as a web form sees it: the same invented people, private matters, and a feed in which every change takes a new place. Kept in a
 * state file as the world of the Mastodon practice server is.
 */
export class InboxWorld {
  /** Where an unreadable state file was moved to. */
  readonly setAside: string | undefined;
  readonly now: () => number;
  private readonly world: PracticeWorld;
  private readonly state: WorldState;
  private readonly events: FeedEvent[] = [];
  private readonly roots = new Map<string, string>();
  private readonly arrivals = new Map<string, number>();
  private readonly removed = new Set<string>();
  private readonly keys = new Map<string, KeptReply>();
  private readonly dripEvery: number | undefined;
  private readonly dripRandom: SeededRandom;
  private nextDrip = Infinity;

  constructor(private readonly options: InboxWorldOptions) {
    this.now = options.now;
    const startedAt = options.now();
    const kept = options.stateFile === undefined ? {} : readState(options.stateFile);
    this.setAside = kept.setAside;
    const { seed, count, historyDays, ratePerMinute } = options;
    this.state = kept.state ?? { schemaVersion: 1, seed, count, historyDays, startedAt, actions: [], apps: [], grants: [] };
    this.world = new PracticeWorld(asForm(planStream(this.state)));
    this.layOut();
    for (const action of this.state.actions) this.apply(action);
    this.dripRandom = new SeededRandom(this.state.seed + this.state.actions.length);
    if (ratePerMinute > 0) {
      this.dripEvery = 60_000 / ratePerMinute;
      this.nextDrip = startedAt + this.pause(this.dripEvery);
    }
    this.save();
  }

  get institution(): Account {
    return this.world.institution;
  }

  account(acct: string): Account | undefined {
    return this.world.account(acct);
  }

  status(id: string | undefined): Status | undefined {
    return this.world.status(id);
  }

  isRemoved(id: string): boolean {
    return this.removed.has(id);
  }

  /** Place of the last change; 0 = there is none. */
  get head(): number {
    return this.events.at(-1)?.seq ?? 0;
  }

  /** The changes after a place, ascending; of each message the last one only. */
  changesAfter(seq: number): readonly FeedEvent[] {
    const last = new Map(this.events.map((event) => [event.statusId, event.seq]));
    return this.events.slice(seq).filter((event) => last.get(event.statusId) === event.seq);
  }

  /** Id of the first message of the conversation that a message belongs to. */
  root(statusId: string): string {
    return this.roots.get(statusId) ?? statusId;
  }

  /** Oldest first; empty = there is none. */
  conversation(root: string): readonly Status[] {
    return this.world.statuses().filter((status) => this.root(status.id) === root).sort((left, right) => this.arrivedAt(left) - this.arrivedAt(right));
  }

  /** UTC ms, when this server had it. */
  arrivedAt(status: Status): number {
    return this.arrivals.get(status.id) ?? status.at;
  }

  /** What was written, without the handles that a microblog puts in front. */
  text(status: Status): string {
    if (status.by === 'desk') return status.text;
    const parent = this.world.status(status.parentId);
    const prefix = status.account === this.world.institution ? (parent ? `@${acctOf(parent.account)} ` : '') : addressed('');
    const text = status.text.startsWith(prefix) ? status.text.slice(prefix.length) : status.text;
    return status.account === this.world.institution ? text : text.replaceAll(/@isc\b/giu, 'ISC');
  }

  /** What the desk posted and did not delete, oldest first. */
  posted(): readonly Status[] {
    return this.world.statuses().filter((status) => status.by === 'desk');
  }

  /** The reply that this key made within the last day. */
  madeWith(key: string): KeptReply | undefined {
    const made = this.keys.get(key);
    return made && this.now() - made.at < keysKept ? made : undefined;
  }

  /** Does what fell due since the last request. */
  advance(): void {
    const now = this.now();
    const due: WorldAction[] = [];
    for (let drips = 0; this.dripEvery !== undefined && this.nextDrip <= now && drips < mostDripsAtOnce; drips += 1) {
      due.push({ do: 'drip', at: this.nextDrip });
      this.nextDrip += this.pause(this.dripEvery);
    }
    for (const action of due) this.remember(action);
    if (due.length > 0) this.save();
  }

  /** Changes the world and keeps that it did; the message made or changed, undefined = there is none of that id. */
  record(action: WorldAction): Status | undefined {
    const status = this.remember(action);
    this.save();
    return status;
  }

  private remember(action: WorldAction): Status | undefined {
    this.state.actions.push(action);
    return this.apply(action);
  }

  private apply(action: WorldAction): Status | undefined {
    const status = this.world.apply(action);
    if (!status) return undefined;
    switch (action.do) {
      case 'remove':
        this.removed.add(status.id);
        this.happened(status, 'deleted', action.at);
        break;
      case 'amend':
        this.happened(status, 'updated', action.at);
        break;
      case 'post':
        this.enter(status);
        if (action.key !== undefined) this.keys.set(action.key, { statusId: status.id, text: action.text, inReplyTo: action.inReplyTo, at: action.at });
        if (action.by === 'colleague') this.happened(status, 'created', action.at);
        break;
      case 'mention': case 'drip':
        this.enter(status, action.at);
        this.happened(status, 'created', action.at);
        break;
      case 'begin': case 'later':
        break;
    }
    return status;
  }

  /** Everything that was there at the start, in the order in which it came. */
  private layOut(): void {
    const came = new Map(this.world.notifications.map((item) => [item.statusId, item.at]));
    const all = this.world.statuses().map((status) => ({ status, at: came.get(status.id) ?? status.at }));
    for (const { status, at } of all) this.enter(status, at);
    for (const { status, at } of all.sort((left, right) => left.at - right.at)) this.happened(status, 'created', at);
  }

  private enter(status: Status, arrivedAt = status.at): void {
    this.arrivals.set(status.id, arrivedAt);
    this.roots.set(status.id, status.parentId === undefined ? status.id : this.root(status.parentId));
  }

  private happened(status: Status, change: ChangeKind, at: number): void {
    this.events.push({ seq: this.events.length + 1, statusId: status.id, change, at });
  }

  private save(): void {
    if (this.options.stateFile !== undefined) writeState(this.options.stateFile, this.state);
  }

  private pause(every: number): number {
    return Math.max(1, Math.round(every * (0.5 + this.dripRandom.next())));
  }
}

/** A form has no followers and no favourites, and what is written in it is for the institution only. */
function asForm(stream: PracticeStream): PracticeStream {
  const written = (item: PlannedStatus): PlannedStatus => ({ ...item, visibility: 'direct', filtered: false });
  return { planned: stream.planned.filter((item) => item.type === 'status').map(written), later: [], next: (at) => written(stream.next(at)) };
}
