import * as vscode from 'vscode';
import { type DeskSession } from './deskSession';
import { views } from './ids';

const seenKey = 'momentos.seen';

/** What `npm start` opens begins with the inbox in sight, once in each folder; afterwards VS Code remembers what the person was looking at. */
export function registerFirstLook(session: DeskSession, memory: vscode.Memento): vscode.Disposable {
  return session.onDidChange(() => {
    if (process.env['MOMENTOS_FIRST_LOOK'] === undefined || session.desk === undefined || memory.get(seenKey) === true) return;
    void memory.update(seenKey, true);
    void vscode.commands.executeCommand(`${views.inbox}.focus`);
  });
}
