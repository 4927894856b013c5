import * as vscode from 'vscode';
import { documentScheme } from '../ids';

/** Read-only Markdown documents that the extension writes and shows: reports, findings. They live in memory and are never saved. */
export class PlainDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly texts = new Map<string, string>();
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(documentScheme, this);

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.path) ?? '';
  }

  /** Shows the text rendered; as text where VS Code has no Markdown preview. */
  async show(title: string, markdown: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme: documentScheme, path: `/${title.replace(/[/\\]/gu, '-')}.md` });
    this.texts.set(uri.path, markdown);
    this.changed.fire(uri);
    if (vscode.extensions.getExtension('vscode.markdown-language-features') !== undefined) await vscode.commands.executeCommand('markdown.showPreview', uri);
    else await vscode.window.showTextDocument(uri, { preview: true });
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}
