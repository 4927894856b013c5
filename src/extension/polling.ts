import * as vscode from 'vscode';
import { type Clock, type Logger } from '../core/clock';
import { isNetworkChannel } from '../core/config';
import { asMomentosError } from '../core/errors';
import { type Desk } from '../desk/deskApi';
import { type PullResult } from '../desk/pullApi';
import { type DeskSession } from './deskSession';
import { settings, views } from './ids';
import { onDidChangeSettings, pollingMs } from './settings';
import { type Situation } from './situation';

/** A window that had no focus for this long polls seldom and gives the lease to another that has. */
const awayMs = 10 * 60_000;

/** Follows the networks, each in its own rhythm, in the one window that has the lease; the others show what it stored. Never stopped while a window is open. */
export class Polling implements vscode.Disposable {
  private readonly listening: vscode.Disposable;
  private focusedAt: number;
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

  /** Looks now, lease or not; `channel`: only at this one. Errors: those of every channel are in the results; `lock.*`, `store.*` are thrown. */
  async pullNow(channel?: string): Promise<readonly PullResult[]> {
    const desk = await this.session.use();
    try {
      return await desk.pulling.pull({ signal: this.stop.signal, ...(channel === undefined ? {} : { channel }) });
    } finally {
      await this.situation.look();
    }
  }

  dispose(): void {
    this.stop.abort();
    this.listening.dispose();
  }

  private restart(): void {
    this.stop.abort();
    this.stop = new AbortController();
    const { desk } = this.session;
    if (desk !== undefined) void this.follow(desk, this.stop.signal);
  }

  private async follow(desk: Desk, signal: AbortSignal): Promise<void> {
    const firstPull = new Promise<void>((resolve) => {
      const stop = desk.pulling.onDidPull(() => {
        resolve();
        if (!signal.aborted) void this.situation.look();
      });
      signal.addEventListener('abort', () => {
        stop();
        resolve();
      }, { once: true });
    });
    // The view shows that something is going on: the first look may take a while, and there is nothing to read yet.
    if (this.situation.lastLookAt === undefined && desk.config.channels.some(isNetworkChannel)) void vscode.window.withProgress({ location: { viewId: views.inbox } }, () => firstPull);
    try {
      await desk.pulling.follow({ signal, rhythm: () => ({ wishedMs: pollingMs(), away: this.unfocusedMs() >= awayMs }), onShared: () => void this.situation.look() });
    } catch (thrown) {
      const error = asMomentosError(thrown);
      this.logger.warn('polling ended', { code: error.code, details: error.details, error: error.code === 'unexpected' ? error.cause : undefined });
    }
  }

  private unfocusedMs(): number {
    return vscode.window.state.focused ? 0 : this.clock.now() - this.focusedAt;
  }
}
