import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';

/** Asks for a line of text; undefined = the person let it be. */
export async function askText(question: {
  readonly title: string;
  readonly prompt: string;
  readonly value?: string;
  readonly placeHolder?: string;
  readonly required?: boolean;
  readonly password?: boolean;
  /** What is wrong with the text, in words; undefined = nothing. */
  readonly check?: (text: string) => string | undefined;
}): Promise<string | undefined> {
  const { required, check, ...shown } = question;
  const answer = await vscode.window.showInputBox({
    ...shown,
    ignoreFocusOut: true,
    validateInput: (text) => {
      if (required === true && text.trim() === '') return l10n.t('Please write something.');
      return check?.(text.trim());
    },
  });
  return answer?.trim();
}

export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

/** Asks to choose one; undefined = the person let it be. `stays`: also when a page behind it takes the focus, as within a deed of several questions. */
export async function askOne<T>(title: string, choices: readonly Choice<T>[], placeHolder?: string, stays = false): Promise<T | undefined> {
  const chosen = await vscode.window.showQuickPick(choices, { title, matchOnDescription: true, matchOnDetail: true, ignoreFocusOut: stays, ...(placeHolder === undefined ? {} : { placeHolder }) });
  return chosen?.value;
}

/** Asks before something that cannot be taken back; true = yes. */
export async function askYes(question: string, yes: string, detail?: string): Promise<boolean> {
  const item = { title: yes };
  return (await vscode.window.showWarningMessage(question, { modal: true, ...(detail === undefined ? {} : { detail }) }, item)) === item;
}
