import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type Logger } from '../../core/clock';
import { asMomentosError } from '../../core/errors';
import { type Desk } from '../../desk/deskApi';
import { type DeskSession } from '../deskSession';
import { commands } from '../ids';
import { plainNotice } from '../safeText';
import { shortName } from '../tree/mentionRow';

/** A window that has just gone may have held an answer back until its time was up: looked at again after these times. */
const againMs = [30_000, 60_000, 100_000];

/**
 * When a desk is opened: says which answers were not sent because VS Code closed while they could still be taken back, and settles those
 * whose sending was cut off.
 */
export function registerLeftOver(session: DeskSession, logger: Logger): vscode.Disposable {
  let looked: Desk | undefined;
  let timers: readonly ReturnType<typeof setTimeout>[] = [];
  const look = (): void => {
    const { desk } = session;
    if (desk === undefined || desk === looked) return;
    looked = desk;
    const tell = (): void => {
      if (session.desk !== desk) return;
      void tellInterrupted(desk).catch((error: unknown) => {
        logger.warn('interrupted drafts not read', { code: asMomentosError(error).code });
      });
    };
    tell();
    for (const timer of timers) clearTimeout(timer);
    timers = againMs.map((ms) => setTimeout(tell, ms));
    void settle(desk).catch((error: unknown) => {
      logger.warn('cut off answers not settled', { code: asMomentosError(error).code });
    });
  };
  look();
  return vscode.Disposable.from(
    session.onDidChange(look),
    new vscode.Disposable(() => {
      for (const timer of timers) clearTimeout(timer);
    }),
  );
}

async function tellInterrupted(desk: Desk): Promise<void> {
  const drafts = await desk.replies.interruptedDrafts();
  const [first] = drafts;
  if (first === undefined) return;
  const mention = desk.inbox.list({ all: true }).find(({ id }) => id === first.mentionId);
  const name = mention === undefined ? first.mentionId : shortName(mention.post.author);
  const words =
    drafts.length === 1
      ? l10n.t('The answer to {0} was not sent: VS Code closed before its time was up. It is kept as a draft.', name)
      : l10n.t('{0} answers were not sent: VS Code closed before their time was up. They are kept as drafts.', drafts.length);
  await offer(words, first.mentionId);
}

async function settle(desk: Desk): Promise<void> {
  const settled = await desk.replies.settleAll();
  const open = settled.find(({ reply }) => reply.state === 'unsettled');
  if (open?.reply.byHand === true) await offer(l10n.t('Say whether the answer to {0} was given: the desk closed before anybody did.', shortName(open.mention.post.author)), open.mention.id);
  else if (open !== undefined) await offer(l10n.t('Check whether the answer to {0} was sent: the connection broke while sending.', shortName(open.mention.post.author)), open.mention.id);
}

async function offer(words: string, mentionId: string): Promise<void> {
  const open = l10n.t('Show');
  const item = await vscode.window.showWarningMessage(plainNotice(words), open);
  if (item === open) await vscode.commands.executeCommand(commands.mentionReply, mentionId);
}
