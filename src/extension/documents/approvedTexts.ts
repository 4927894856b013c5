import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type ApprovedText } from '../../desk/reviewApi';
import { type DeskSession } from '../deskSession';
import { approvedScheme } from '../ids';

/** Approved copies as read-only documents: one side of the comparison with the working file. A version never changes, so neither does its document. */
export class ApprovedTexts implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(approvedScheme, this);

  constructor(private readonly session: DeskSession) {}

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const meant = new URLSearchParams(uri.query);
    const id = meant.get('template');
    const version = Number(meant.get('version'));
    if (id === null || !Number.isSafeInteger(version) || version < 1) return '';
    const desk = await this.session.use();
    return (await desk.templates.approvedText(id, version))?.text ?? '';
  }

  dispose(): void {
    this.registration.dispose();
  }
}

/** The document of an approved copy; without one, an empty document that says so by its name. */
export function approvedUri(id: string, copy: ApprovedText | undefined): vscode.Uri {
  const name = copy === undefined ? l10n.t('no approved version yet') : `${id}.v${String(copy.version)}`;
  const query = copy === undefined ? '' : new URLSearchParams({ template: id, version: String(copy.version) }).toString();
  return vscode.Uri.from({ scheme: approvedScheme, path: `/${name}.md`, query });
}
