import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';

/** The words of an answer on the clipboard, for a person who gives it. */
export async function copyAnswer(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(l10n.t('Answer copied'), 4_000);
}
