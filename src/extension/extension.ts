import * as vscode from 'vscode';
import { systemClock as clock, systemRandomness as random } from '../desk/systemClock';
import { registerChannels } from './channels';
import { registerAuditCommands } from './commands/auditCommands';
import { registerDeskCommands } from './commands/deskCommands';
import { registerInboxCommands } from './commands/inboxCommands';
import { registerMentionCommands } from './commands/mentionCommands';
import { registerReviewerCommands } from './commands/reviewerCommands';
import { registerTemplateActions } from './commands/templateActions';
import { registerTemplateCommands } from './commands/templateCommands';
import { registerDataProtection } from './dataProtection';
import { Deeds } from './deeds';
import { DeskSession } from './deskSession';
import { ApprovedTexts } from './documents/approvedTexts';
import { PlainDocuments } from './documents/plainDocuments';
import { HoldsState } from './holdsState';
import { createLogger } from './logger';
import { registerOpening } from './opening';
import { ReplyPanels } from './panels/replyPanels';
import { ReplySending } from './panels/replySending';
import { TemplatePanels } from './panels/templatePanels';
import { Polling } from './polling';
import { registerSecondPerson } from './secondPerson';
import { Situation } from './situation';
import { registerStatusBar } from './statusBar';
import { registerClaimBadges } from './tree/claimBadges';
import { registerTemplateEditing } from './templateEditing/templateAssistance';
import { TemplatesState } from './templatesState';
import { InboxState } from './tree/inboxState';
import { InboxView } from './tree/inboxView';
import { TemplatesTree } from './tree/templatesTree';
import { registerUrgentNotices } from './urgentNotices';

/** Called by VS Code when a folder with a momentos.json is opened, or a view or command of ours is used. The desk opens after it returns. */
export function activate(context: vscode.ExtensionContext): void {
  const { extensionUri, extensionPath } = context;
  const log = vscode.window.createOutputChannel('Momentos', { log: true });
  const logger = createLogger(log);
  const deeds = new Deeds(logger);
  const session = new DeskSession(context, logger);
  const situation = new Situation(session, clock);
  const state = new InboxState(context.workspaceState);
  const holds = new HoldsState(session, logger);
  const inbox = new InboxView(session, state, situation, holds, clock);
  const templates = new TemplatesState(session, logger);
  const tree = new TemplatesTree(session, templates, clock);
  const sending = new ReplySending(session, clock, logger);
  const panels = new ReplyPanels({ session, sending, holds, clock, logger, extensionUri }, inbox);
  const previews = new TemplatePanels({ session, clock, logger, extensionUri });
  const polling = new Polling(session, situation, clock, logger);
  const documents = new PlainDocuments();
  context.subscriptions.push(
    log, session, situation, holds, state, inbox, templates, tree, sending, panels, previews, polling, documents,
    new ApprovedTexts(session), registerTemplateActions(templates),
    registerTemplateEditing({ session, state: templates, clock, logger }),
    registerStatusBar({ session, situation, holds, inbox, clock }),
    registerUrgentNotices({ session, inbox, clock }),
    registerClaimBadges(),
    registerOpening(session, context.workspaceState, logger),
    registerInboxCommands(deeds, { session, state, polling, inbox, panels }),
    registerMentionCommands(deeds, { session, clock, inbox, panels, documents }),
    registerSecondPerson(deeds, { session, holds, inbox, panels, clock, logger }),
    registerDataProtection(deeds, { session, inbox, panels, clock, documents }),
    registerTemplateCommands(deeds, { session, tree, panels: previews }),
    registerReviewerCommands(deeds, session),
    registerChannels(deeds, { session, situation, polling, clock, extension: context.extension }),
    registerAuditCommands(deeds, { session, clock, documents }),
    registerDeskCommands(deeds, { session, documents, log, clock, random, logger, extensionPath }),
  );
  void session.open();
}
