import * as vscode from 'vscode';
import { type Clock, type Logger } from '../core/clock';
import { asMomentosError } from '../core/errors';
import { type Desk, type PullResult } from '../desk/deskApi';
import { type DeskSession } from './deskSession';
import { settings, views } from './ids';
import { onDidChangeSettings, pollingMs } from './settings';
import { type Situation } from './situation';

/** A window that had no focus for this long polls seldom and gives the lease to another that has. */
const awayMs = 10 * 60_000;

/** Looks at the networks at intervals, in the one window that has the lease; the others show what it stored. Never stopped while a window is open. */
export class Polling implements vscode.Disposable {
  private readonly listening: vscode.Disposable;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private focusedAt: number;
  private turn = 0;
  private pulling: Promise<readonly PullResult[]> | undefined;
  private stop = new AbortController();

  constructor(
    private readonly session: DeskSession,
    private readonly situation: Situation,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {
    this.focusedAt = clock.now();
    this.listening = vscode.Disposable.from(
      session.onDidChange(() => {
        this.restart();
      }),
      onDidChangeSettings([settings.pollingSeconds], () => {
        this.restart();
      }),
      vscode.window.onDidChangeWindowState(({ focused }) => {
        const wasAway = this.unfocusedMs() >= awayMs;
        this.focusedAt = clock.now();
        if (focused && wasAway) this.restart();
      }),
    );
    this.restart();
  }

  /** Looks now, lease or not. Errors: those of every channel are in the results; `lock.*`, `store.*` are thrown. */
  async pullNow(): Promise<readonly PullResult[]> {
    const desk = await this.session.use();
    this.pulling ??= desk.pulling.pull({ signal: this.stop.signal }).finally(() => {
      this.pulling = undefined;
    });
    try {
      return await this.pulling;
    } finally {
      await this.situation.look();
    }
  }

  dispose(): void {
    this.turn++;
    clearTimeout(this.timer);
    this.stop.abort();
    this.listening.dispose();
    void this.session.desk?.pulling.releaseLease();
  }

  private restart(): void {
    this.turn++;
    clearTimeout(this.timer);
    this.stop.abort();
    this.stop = new AbortController();
    const { desk } = this.session;
    if (desk !== undefined && desk.config.channels.length > 0) void this.round(desk, this.turn);
  }

  private async round(desk: Desk, turn: number): Promise<void> {
    let delay = pollingMs();
    try {
      if (await desk.pulling.tryLease()) {
        const results = this.situation.lastLookAt === undefined ? await this.firstPull() : await this.pullNow();
        delay = desk.pulling.nextDelay(results, { baseMs: pollingMs(), unfocusedMs: this.unfocusedMs() });
        if (this.unfocusedMs() >= awayMs) await desk.pulling.releaseLease();
      } else {
        await desk.inbox.refresh();
        await this.situation.look();
      }
    } catch (thrown) {
      const error = asMomentosError(thrown);
      if (error.code !== 'network.cancelled') this.logger.warn('polling failed', { code: error.code, details: error.details, error: error.code === 'unexpected' ? error.cause : undefined });
    }
    if (turn !== this.turn) return;
    this.timer = setTimeout(() => void this.round(desk, turn), delay);
  }

  /** The view shows that something is going on: it may take a while, and there is nothing to read yet. */
  private firstPull(): Thenable<readonly PullResult[]> {
    return vscode.window.withProgress({ location: { viewId: views.inbox } }, () => this.pullNow());
  }

  private unfocusedMs(): number {
    return vscode.window.state.focused ? 0 : this.clock.now() - this.focusedAt;
  }
}
