import * as vscode from 'vscode';
import { isMomentosError } from '../core/errors';

/** Something long with a bar and a button to stop it; undefined = stopped. */
export async function working<T>(title: string, work: (progress: (fraction: number) => void, signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, async (bar, cancel) => {
    const stop = new AbortController();
    cancel.onCancellationRequested(() => {
      stop.abort();
    });
    let shown = 0;
    try {
      return await work((fraction) => {
        bar.report({ increment: Math.max(0, fraction * 100 - shown) });
        shown = Math.max(shown, fraction * 100);
      }, stop.signal);
    } catch (thrown) {
      if (stop.signal.aborted || isMomentosError(thrown, 'network.cancelled')) return undefined;
      throw thrown;
    }
  });
}
