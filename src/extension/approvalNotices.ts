import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type Clock, type Logger } from '../core/clock';
import { asMomentosError } from '../core/errors';
import { type Desk } from '../desk/deskApi';
import { type DeskSession } from './deskSession';
import { commands } from './ids';
import { plainNotice } from './safeText';
import { type InboxView } from './tree/inboxView';
import { shortName } from './tree/mentionRow';

/** Tells a reviewer of answers that wait for him, and an author of one that came back; each once, and only what happened while the desk was open. */
export function registerApprovalNotices(parts: { readonly session: DeskSession; readonly inbox: InboxView; readonly clock: Clock; readonly logger: Logger }): vscode.Disposable {
  const since = parts.clock.now();
  const told = new Set<string>();
  const look = (): void => {
    const { desk } = parts.session;
    if (desk === undefined || !vscode.window.state.focused) return;
    void tellWaiting(desk, told, since).catch((error: unknown) => {
      parts.logger.warn('answers that wait not told', { code: asMomentosError(error).code });
    });
    for (const mention of desk.inbox.list()) {
      const { returned } = mention;
      if (returned === undefined || returned.author !== desk.operator.id || returned.at < since || told.has(`${mention.id} ${String(returned.at)}`)) continue;
      told.add(`${mention.id} ${String(returned.at)}`);
      offer(l10n.t('Your answer to {0} came back: {1}', shortName(mention.post.author), returned.reason), mention.id);
    }
  };
  return vscode.Disposable.from(parts.inbox.onDidDraw(look), vscode.window.onDidChangeWindowState(look));
}

async function tellWaiting(desk: Desk, told: Set<string>, since: number): Promise<void> {
  for (const { mention, submission } of desk.approvals.list()) {
    if (told.has(submission.id) || submission.at < since) continue;
    told.add(submission.id);
    if ((await desk.approvals.may(mention)).approve) offer(l10n.t('An answer of {0} to {1} waits for your approval.', submission.by.name, shortName(mention.post.author)), mention.id);
  }
}

function offer(words: string, mentionId: string): void {
  const open = l10n.t('Show');
  void vscode.window.showInformationMessage(plainNotice(words, 300), open).then((item) => (item === open ? vscode.commands.executeCommand(commands.mentionReply, mentionId) : undefined));
}
