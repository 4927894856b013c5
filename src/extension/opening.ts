import * as vscode from 'vscode';
import { type Logger } from '../core/clock';
import { type DeskSession } from './deskSession';
import { registerFirstLook } from './firstLook';
import { registerLaterReadings } from './laterReadings';
import { registerLeftOver } from './panels/leftOver';

/** What happens by itself once a desk is open: the first look at it, answers that a closed window left, texts that were never read. */
export function registerOpening(session: DeskSession, memory: vscode.Memento, logger: Logger): vscode.Disposable {
  return vscode.Disposable.from(registerFirstLook(session, memory), registerLeftOver(session, logger), registerLaterReadings(session, logger));
}
