import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type CutOffWork } from '../core/erasurePorts';
import { type Desk } from '../desk/deskApi';
import { cutOffWords } from '../desk/cutOffWords';
import { type DeskSession } from './deskSession';
import { commands } from './ids';
import { plainNotice } from './safeText';

/** Says what became of erasing or archiving that a crash had cut off: when a desk is opened, and when this window ends later what another process left. */
export function registerCutOffNotices(session: DeskSession): vscode.Disposable {
  let watched: Desk | undefined;
  let stop: (() => void) | undefined;
  const told = new Set<CutOffWork>();
  const tell = (desk: Desk): void => {
    for (const work of desk.cutOff.met()) {
      if (told.has(work)) continue;
      told.add(work);
      void show(work);
    }
  };
  const look = (): void => {
    const { desk } = session;
    if (desk === watched) return;
    stop?.();
    watched = desk;
    stop = desk?.cutOff.onDidMeet(() => {
      tell(desk);
    });
    if (desk !== undefined) tell(desk);
  };
  look();
  return vscode.Disposable.from(
    session.onDidChange(look),
    new vscode.Disposable(() => {
      stop?.();
    }),
  );
}

async function show(work: CutOffWork): Promise<void> {
  // Another process is at it, and the person need not do anything.
  if (work.state === 'waiting') return;
  const words = plainNotice(cutOffWords(work), 600);
  if (work.state === 'finished') {
    await vscode.window.showInformationMessage(words);
    return;
  }
  if (work.state === 'dropped') {
    await vscode.window.showWarningMessage(words);
    return;
  }
  const check = l10n.t('Check the Desk');
  if ((await vscode.window.showErrorMessage(words, check)) === check) await vscode.commands.executeCommand(commands.deskDoctor);
}
