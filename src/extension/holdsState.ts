import * as vscode from 'vscode';
import { type Logger } from '../core/clock';
import { asMomentosError } from '../core/errors';
import { type Hold } from '../core/hold';
import { type DeskSession } from './deskSession';

/** One may end by itself at any time. */
const lookMs = 15_000;

/** What holds answers back now, as this or another window set it. */
export class HoldsState implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private standing: readonly Hold[] = [];
  private readonly parts: vscode.Disposable[];

  constructor(
    private readonly session: DeskSession,
    private readonly logger: Logger,
  ) {
    const watcher = vscode.workspace.createFileSystemWatcher('**/.momentos/holds.json');
    const look = (): void => void this.look();
    const timer = setInterval(look, lookMs);
    this.parts = [
      this.changed,
      watcher,
      watcher.onDidCreate(look),
      watcher.onDidChange(look),
      watcher.onDidDelete(look),
      session.onDidChange(look),
      new vscode.Disposable(() => {
        clearInterval(timer);
      }),
    ];
  }

  get holds(): readonly Hold[] {
    return this.standing;
  }

  /** Never rejects. */
  async look(): Promise<void> {
    const { desk } = this.session;
    try {
      const holds = desk === undefined ? [] : await desk.holds.list();
      if (desk !== this.session.desk || JSON.stringify(holds) === JSON.stringify(this.standing)) return;
      this.standing = holds;
      this.changed.fire();
    } catch (thrown) {
      this.logger.warn('holds not read', { code: asMomentosError(thrown).code });
    }
  }

  dispose(): void {
    vscode.Disposable.from(...this.parts).dispose();
  }
}
