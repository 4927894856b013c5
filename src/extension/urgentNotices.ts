import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { isOpen, type Mention } from '../core/mention';
import { type Clock } from '../core/clock';
import { type DeskSession } from './deskSession';
import { commands } from './ids';
import { plainNotice } from './safeText';
import { urgentNoticesSetting } from './settings';
import { type InboxView } from './tree/inboxView';
import { messageStart, shortName } from './tree/mentionRow';

/**
 * A quiet notice when something urgent comes in while the desk is open: never for what was there before, never for backlog. A window without
 * focus keeps it until somebody looks, and says nothing if it has been taken care of by then.
 */
export function registerUrgentNotices(parts: { readonly session: DeskSession; readonly inbox: InboxView; readonly clock: Clock }): vscode.Disposable {
  const since = parts.clock.now();
  const told = new Set<string>();
  const look = (): void => {
    const { desk } = parts.session;
    if (desk === undefined || !vscode.window.state.focused || !urgentNoticesSetting()) return;
    const fresh = desk.inbox.list({ priority: 'urgent' }).filter((mention) => !told.has(mention.id) && mention.receivedAt >= since && waits(mention));
    for (const { id } of fresh) told.add(id);
    if (fresh.length > 0) tell(fresh);
  };
  return vscode.Disposable.from(
    parts.inbox.onDidDraw(look),
    vscode.window.onDidChangeWindowState(look),
  );
}

function waits(mention: Mention): boolean {
  return !mention.backlog && isOpen(mention) && mention.openedAt === undefined && mention.claim === undefined;
}

function tell(mentions: readonly Mention[]): void {
  const [first] = mentions;
  if (first === undefined) return;
  const open = l10n.t('Show');
  const words =
    mentions.length === 1
      ? l10n.t('Urgent: {0}: {1}', shortName(first.post.author), messageStart(first, 120))
      : l10n.t('{0} urgent mentions have come in.', mentions.length);
  void vscode.window.showInformationMessage(plainNotice(words), open).then((item) => (item === open ? vscode.commands.executeCommand(commands.mentionReply, first.id) : undefined));
}
