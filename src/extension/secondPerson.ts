import * as vscode from 'vscode';
import { type Clock, type Logger } from '../core/clock';
import { registerApprovalNotices } from './approvalNotices';
import { registerApprovalCommands } from './commands/approvalCommands';
import { registerHoldCommands } from './commands/holdCommands';
import { registerRedactionCommands } from './commands/redactionCommands';
import { type Deeds } from './deeds';
import { type DeskSession } from './deskSession';
import { type HoldsState } from './holdsState';
import { type ReplyPanels } from './panels/replyPanels';
import { type InboxView } from './tree/inboxView';

/** Everything of which two people decide: answers that wait for the second one, answers on hold, and what is to be erased. */
export function registerSecondPerson(
  deeds: Deeds,
  parts: { readonly session: DeskSession; readonly holds: HoldsState; readonly inbox: InboxView; readonly panels: ReplyPanels; readonly clock: Clock; readonly logger: Logger },
): vscode.Disposable {
  return vscode.Disposable.from(registerApprovalNotices(parts), registerApprovalCommands(deeds, parts), registerHoldCommands(deeds, parts), registerRedactionCommands(deeds, parts));
}
