import * as vscode from 'vscode';
import { isMomentosError } from '../core/errors';

/** VS Code lets a bar fade so long, ms, and keeps a message hidden for good that comes meanwhile and finds no room. */
const fadingMs = 700;

/** Something long with a bar and a button to stop it; undefined = stopped. What is said of it afterwards finds the bar gone. */
export async function working<T>(title: string, work: (progress: (fraction: number) => void, signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
  const result = await withBar(title, work);
  if (result !== undefined) await new Promise((resolve) => setTimeout(resolve, fadingMs));
  return result;
}

async function withBar<T>(title: string, work: (progress: (fraction: number) => void, signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
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
