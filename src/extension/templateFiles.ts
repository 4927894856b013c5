import { relative, sep } from 'node:path';
import type * as vscode from 'vscode';

/** The id of the template whose working file this is; undefined = it is none of this desk. */
export function templateIdOf(uri: vscode.Uri, deskDir: string): string | undefined {
  if (uri.scheme !== 'file') return undefined;
  const [folder, name, ...deeper] = relative(deskDir, uri.fsPath).split(sep);
  return folder === 'templates' && deeper.length === 0 ? /^([a-z0-9][a-z0-9-]{0,99})\.md$/u.exec(name ?? '')?.[1] : undefined;
}

/** True for the approved copies, which nobody edits. */
export function isApprovedCopy(uri: vscode.Uri, deskDir: string): boolean {
  return uri.scheme === 'file' && relative(deskDir, uri.fsPath).startsWith(`templates${sep}approved${sep}`);
}
