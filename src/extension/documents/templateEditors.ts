import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { MomentosError } from '../../core/errors';
import { type Desk } from '../../desk/deskApi';
import { templateStateWords } from '../../desk/words';
import { approvedUri } from './approvedTexts';

/** VS Code's own comparison of the approved copy with the working file, in the first column. Errors: `template.notFound`. */
export async function compareTemplate(desk: Desk, id: string, options: { readonly line?: number; readonly preserveFocus?: boolean } = {}): Promise<void> {
  const [status, copy] = await Promise.all([desk.templates.get(id), desk.templates.approvedText(id)]);
  const { path, working, state } = status;
  if (path === undefined) throw new MomentosError('template.notFound', { template: id });
  const before = copy === undefined ? l10n.t('no approved version yet') : l10n.t('v{0} approved', copy.version);
  const after = working === undefined ? templateStateWords(state) : `v${String(working.version)} ${templateStateWords(state)}`;
  await vscode.commands.executeCommand('vscode.diff', approvedUri(id, copy), vscode.Uri.file(path), `${id}: ${before} ↔ ${after}`, {
    viewColumn: vscode.ViewColumn.One,
    preview: true,
    preserveFocus: options.preserveFocus ?? false,
    ...selectionAt(options.line),
  });
}

/** Opens the working file, in the first column, or where it is compared already. `line` is 1-based. Errors: `template.notFound`. */
export async function editTemplate(desk: Desk, id: string, line?: number): Promise<void> {
  const { path } = await desk.templates.get(id);
  if (path === undefined) throw new MomentosError('template.notFound', { template: id });
  const file = vscode.Uri.file(path);
  if (line !== undefined && isCompared(file)) {
    await compareTemplate(desk, id, { line });
    return;
  }
  await vscode.window.showTextDocument(file, { preview: false, ...(line === undefined ? {} : { viewColumn: vscode.ViewColumn.One, ...selectionAt(line) }) });
}

function isCompared(file: vscode.Uri): boolean {
  return vscode.window.tabGroups.all.some(({ activeTab }) => activeTab?.input instanceof vscode.TabInputTextDiff && activeTab.input.modified.toString() === file.toString());
}

function selectionAt(line: number | undefined): { readonly selection?: vscode.Range } {
  return line === undefined ? {} : { selection: new vscode.Range(line - 1, 0, line - 1, 0) };
}
