import { FaultPlan } from './faults';
import { type HttpRefusal, type Request, refusal } from './httpParts';
import { covers, OAuth } from './oauth';
import { PracticeWorld, type Status } from './practiceWorld';
import { RateLimiter, type RequestLimit } from './rateLimit';
import { SeededRandom } from './seededRandom';
import { readState, writeState, type WorldAction, type WorldState } from './stateFile';
import { planStream } from './stream';
import { WorldJson } from './worldJson';

export interface SiteOptions {
  readonly baseUrl: string;
  readonly seed: number;
  readonly count: number;
  readonly historyDays: number;
  readonly ratePerMinute: number;
  readonly limit: RequestLimit | undefined;
  readonly stateFile: string | undefined;
  readonly now: () => number;
}

/** A request that waited unreasonably long for its drips gives them in parts. */
const mostDripsAtOnce = 500;

/** What all routes share: the world, how it is kept, and who may come in. */
export class PracticeSite {
  readonly world: PracticeWorld;
  readonly json: WorldJson;
  readonly oauth: OAuth;
  readonly faults = new FaultPlan();
  readonly limiter: RateLimiter;
  readonly now: () => number;
  readonly baseUrl: string;
  /** Where an unreadable state file was moved to. */
  readonly setAside: string | undefined;
  private readonly state: WorldState;
  private readonly stateFile: string | undefined;
  private readonly dripEvery: number | undefined;
  private readonly dripRandom: SeededRandom;
  private nextDrip = Infinity;
  private unsaved = false;

  constructor(options: SiteOptions) {
    this.now = options.now;
    this.baseUrl = options.baseUrl;
    this.stateFile = options.stateFile;
    const startedAt = options.now();
    const kept = options.stateFile === undefined ? {} : readState(options.stateFile);
    this.setAside = kept.setAside;
    const { seed, count, historyDays } = options;
    this.state = kept.state ?? { schemaVersion: 1, seed, count, historyDays, startedAt, actions: [], apps: [], grants: [] };
    this.world = new PracticeWorld(planStream(this.state));
    for (const action of this.state.actions) this.world.apply(action);
    this.json = new WorldJson(this.world, options.baseUrl);
    this.oauth = new OAuth(this.state, options.now);
    this.limiter = new RateLimiter(options.limit, options.now);
    this.dripRandom = new SeededRandom(this.state.seed + this.state.actions.length);
    if (options.ratePerMinute > 0) {
      this.dripEvery = 60_000 / options.ratePerMinute;
      this.nextDrip = startedAt + this.pause(this.dripEvery);
    }
    this.save();
  }

  /** Does what fell due since the last request: drips, the edit and the deletion that the stream holds. */
  advance(): void {
    const now = this.now();
    for (let drips = 0; this.dripEvery !== undefined && this.nextDrip <= now && drips < mostDripsAtOnce; drips += 1) {
      this.world.apply(this.remember({ do: 'drip', at: this.nextDrip }));
      this.nextDrip += this.pause(this.dripEvery);
    }
    for (let action = this.world.due(now); action; action = this.world.due(now)) this.world.apply(this.remember(action));
    this.saveIfChanged();
  }

  /** Changes the world and keeps that it did; answers with the status made or changed. */
  record(action: WorldAction): Status | undefined {
    const status = this.world.apply(this.remember(action));
    this.saveIfChanged();
    return status;
  }

  /** To be called after an app was registered, a token given or revoked. */
  saveGiven(): void {
    const { apps, grants } = this.oauth.given;
    this.state.apps = apps.map((app) => ({ ...app, redirectUris: [...app.redirectUris] }));
    this.state.grants = [...grants];
    this.save();
  }

  /** Throws 401 or 403 when the request carries no token that covers the scope. */
  admit(request: Request, scope: string): void {
    const bearer = /^Bearer\s+(\S+)$/i.exec(request.header('authorization') ?? '')?.[1] ?? request.params.one('access_token');
    const scopes = bearer === undefined ? undefined : this.oauth.scopesOf(bearer);
    if (scopes === undefined) throw unauthorized();
    if (scopes.startsWith('app ')) throw refusal(422, 'This method requires an authenticated user');
    if (!covers(scopes, scope)) throw refusal(403, 'This action is outside the authorized scopes');
  }

  private remember(action: WorldAction): WorldAction {
    this.state.actions.push(action);
    this.unsaved = true;
    return action;
  }

  private saveIfChanged(): void {
    if (this.unsaved) this.save();
  }

  private save(): void {
    this.unsaved = false;
    if (this.stateFile !== undefined) writeState(this.stateFile, this.state);
  }

  private pause(every: number): number {
    return Math.max(1, Math.round(every * (0.5 + this.dripRandom.next())));
  }
}

export const unauthorized = (): HttpRefusal => refusal(401, 'The access token is invalid');
