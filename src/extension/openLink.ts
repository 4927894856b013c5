import * as vscode from 'vscode';
import { MomentosError } from '../core/errors';
import { isSafeLink } from './safeLink';

/** Opens a link of a citizen's post or of our own answer in the browser. Errors: `rpc.invalid` for any other kind of link. */
export async function openLink(url: string): Promise<void> {
  if (!isSafeLink(url)) throw new MomentosError('rpc.invalid', { method: 'link/open' });
  await vscode.env.openExternal(vscode.Uri.parse(url, true));
}
