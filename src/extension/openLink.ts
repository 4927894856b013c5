import * as vscode from 'vscode';
import { MomentosError } from '../core/errors';
import { isSafeLink } from './safeLink';

/** Opens a link of a citizen's post or of our own answer in the browser. Errors: `rpc.invalid` for any other kind of link. */
export async function openLink(url: string): Promise<void> {
  if (!isSafeLink(url)) throw new MomentosError('rpc.invalid', { method: 'link/open' });
  await openExactly(url);
}

/**
 * Opens an address as it is written; false = the person did not want to. VS Code's Uri decodes what stands in a query, so that a return address in it would fall
 * apart; given a text, VS Code keeps it.
 */
export async function openExactly(url: string): Promise<boolean> {
  return vscode.env.openExternal(url as unknown as vscode.Uri);
}
