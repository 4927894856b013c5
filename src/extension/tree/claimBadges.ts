import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type Mention } from '../../core/mention';
import { oneLine } from '../safeText';

const scheme = 'momentos-mention';

/** What a row is called for badges: it says who has claimed the mention, so that another claim is another name. undefined = nobody has. */
export function claimUri(mention: Mention): vscode.Uri | undefined {
  return mention.claim === undefined ? undefined : vscode.Uri.from({ scheme, path: `/${mention.id}`, query: oneLine(mention.claim.name, 60) });
}

/** Marks claimed rows with the initials of who has them, at the right end, by VS Code's own decorations. */
export function registerClaimBadges(): vscode.Disposable {
  return vscode.window.registerFileDecorationProvider({
    provideFileDecoration(uri) {
      if (uri.scheme !== scheme || uri.query === '') return undefined;
      const badge = initials(uri.query);
      return { ...(badge === '' ? {} : { badge }), tooltip: l10n.t('claimed by {0}', uri.query), propagate: false };
    },
  });
}

function initials(name: string): string {
  return name
    .split(/\s+/u)
    .flatMap((word) => /[\p{L}\p{N}]/u.exec(word)?.[0] ?? [])
    .slice(0, 2)
    .join('')
    .toUpperCase();
}
