import * as vscode from 'vscode';
import { type Logger } from '../core/clock';
import { asMomentosError } from '../core/errors';
import { type DeskSession } from './deskSession';

/** Reads mentions that were stored without a reading, or with an older one, once the desk is open: in the worker, behind everything else. */
export function registerLaterReadings(session: DeskSession, logger: Logger): vscode.Disposable {
  let stop = new AbortController();
  let known = session.desk;
  const read = async (): Promise<void> => {
    const { desk } = session;
    if (desk === known) return;
    known = desk;
    stop.abort();
    stop = new AbortController();
    try {
      const found = await desk?.readings.catchUp({ signal: stop.signal });
      if (found !== undefined && found.stored > 0) logger.info('mentions read anew', { stored: found.stored });
    } catch (thrown) {
      const { code } = asMomentosError(thrown);
      if (code !== 'network.cancelled') logger.warn('mentions not read anew', { code });
    }
  };
  return vscode.Disposable.from(session.onDidChange(() => void read()), { dispose: () => { stop.abort(); } });
}
