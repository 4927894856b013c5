import { lstatSync } from 'node:fs';
import { chainPath, listSegments } from './auditSegments';
import { type DeskFolder } from './deskFolder';
import { FolderWatch } from './folderWatch';

/** Tells when the audit log has grown, by this process or another. */
export class AuditWatch {
  private readonly listeners = new Set<() => void>();
  private readonly watch: FolderWatch;
  private seen: string | undefined;

  constructor(private readonly folder: DeskFolder) {
    this.watch = new FolderWatch(folder.path('audit'), () => {
      void this.look();
    });
  }

  onDidChange(listener: () => void): () => void {
    const own = (): void => {
      listener();
    };
    this.listeners.add(own);
    if (this.listeners.size === 1) {
      void this.signature().then((signature) => {
        this.seen ??= signature;
      });
      this.watch.start();
    }
    return () => {
      this.listeners.delete(own);
      if (this.listeners.size === 0) this.dispose();
    };
  }

  dispose(): void {
    this.listeners.clear();
    this.watch.stop();
    this.seen = undefined;
  }

  private async look(): Promise<void> {
    const signature = await this.signature();
    const before = this.seen;
    this.seen = signature;
    if (signature === before || before === undefined) return;
    for (const listener of [...this.listeners]) listener();
  }

  /** Name and size of the newest segment: a log only grows. */
  private async signature(): Promise<string> {
    try {
      const newest = listSegments(this.folder).at(-1);
      return newest === undefined ? '' : `${newest} ${String(lstatSync(chainPath(this.folder, newest), { throwIfNoEntry: false })?.size)}`;
    } catch {
      return '';
    }
  }
}
