import * as vscode from 'vscode';
import { type Clock } from '../core/clock';
import { isNetworkChannel } from '../core/config';
import { type MomentosError } from '../core/errors';
import { type ChannelInfo } from '../desk/deskApi';
import { type DeskSession } from './deskSession';
import { contexts } from './ids';

/** What the views and the status bar have to say before the mentions themselves. `looking`: no network has been read yet. */
export type DeskState = 'opening' | 'noDesk' | 'problem' | 'noChannel' | 'notConnected' | 'looking' | 'failing' | 'ready';

/** Whether there is a desk, and whether its networks answer. Published as the context key `momentos.state`. */
export class Situation implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly listening: vscode.Disposable;
  private known: readonly ChannelInfo[] = [];
  private current: DeskState = 'opening';
  private looking = 0;

  constructor(
    private readonly session: DeskSession,
    private readonly clock: Clock,
  ) {
    const look = (): void => void this.look();
    // Written at the end of each pull, by whichever window has the lease.
    const watcher = vscode.workspace.createFileSystemWatcher('**/.momentos/channels.json');
    this.listening = vscode.Disposable.from(session.onDidChange(look), watcher, watcher.onDidCreate(look), watcher.onDidChange(look));
    this.publish();
  }

  get state(): DeskState {
    return this.current;
  }

  /** The network accounts as last read. */
  get channels(): readonly ChannelInfo[] {
    return this.known;
  }

  /** Channels whose last look at the network failed, though they are connected. */
  get failing(): readonly ChannelInfo[] {
    return this.channels.filter(({ connected, state }) => connected && state.lastError !== undefined);
  }

  get unconnected(): readonly ChannelInfo[] {
    return this.channels.filter(({ connected }) => !connected);
  }

  get problem(): MomentosError | undefined {
    return this.session.problem;
  }

  /** When a network was last read, UTC ms; undefined = never. */
  get lastLookAt(): number | undefined {
    const times = this.channels.map(({ state }) => state.lastPullAt ?? 0);
    const last = Math.max(0, ...times);
    return last === 0 || last > this.clock.now() ? undefined : last;
  }

  /** Reads what is stored about the channels; never rejects. */
  async look(): Promise<void> {
    const turn = ++this.looking;
    const { desk } = this.session;
    const channels = desk === undefined ? [] : await desk.channels.list().catch(() => []);
    if (turn !== this.looking) return;
    this.known = channels;
    this.current = this.judge(desk?.config.channels.filter(isNetworkChannel).length, desk !== undefined && (desk.config.channels.length > 0 || desk.inbox.list({ all: true }).length > 0));
    this.publish();
    this.changed.fire();
  }

  dispose(): void {
    this.looking++;
    this.listening.dispose();
    this.changed.dispose();
  }

  /** `byHand`: something is recorded by hand here, so that there is an inbox without any network. */
  private judge(configured: number | undefined, byHand: boolean): DeskState {
    if (configured === undefined) {
      if (this.session.problem !== undefined) return 'problem';
      return this.session.pending ? 'opening' : 'noDesk';
    }
    if (configured === 0) return byHand ? 'ready' : 'noChannel';
    if (this.channels.length > 0 && this.channels.every(({ connected }) => !connected)) return 'notConnected';
    const connected = this.channels.filter((channel) => channel.connected);
    if (connected.every(isUnread)) return 'looking';
    return connected.length > 0 && connected.every(({ state }) => state.lastError !== undefined) ? 'failing' : 'ready';
  }

  private publish(): void {
    void vscode.commands.executeCommand('setContext', contexts.state, this.current);
    void vscode.commands.executeCommand('setContext', contexts.language, this.session.language);
  }
}

/** Connected, and not read since. */
function isUnread({ state }: ChannelInfo): boolean {
  return state.lastError === undefined && (state.lastPullAt === undefined || state.lastPullAt < (state.connectedAt ?? 0));
}
