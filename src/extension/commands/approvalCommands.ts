import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type Desk } from '../../desk/deskApi';
import { askText } from '../ask';
import { type Deeds } from '../deeds';
import { commands } from '../ids';
import { type MentionCommandParts } from './mentionCommands';
import { meantMention, pickMention } from './meantMentions';

/** Answers that wait for a second person, from a row, the panel or the palette. Sending one is a matter of the panel: nobody lets go what they have not seen. */
export function registerApprovalCommands(deeds: Deeds, parts: MentionCommandParts): vscode.Disposable {
  const one = (command: string, deed: (desk: Desk, id: string) => Promise<void>): vscode.Disposable =>
    deeds.register(command, async (...args) => {
      const desk = await parts.session.use();
      const id = await meantMention(args, desk, parts);
      if (id !== undefined) await deed(desk, id);
    });
  return vscode.Disposable.from(
    deeds.register(commands.approvalShow, async () => {
      const desk = await parts.session.use();
      const waiting = desk.approvals.list();
      if (waiting.length === 0) {
        void vscode.window.showInformationMessage(l10n.t('No answer waits for approval.'));
        return;
      }
      const id = await pickMention(desk, waiting.map(({ mention }) => mention.id));
      if (id !== undefined) await parts.panels.open(id);
    }),
    one(commands.approvalReturn, async (desk, id) => {
      desk.approvals.draft(id);
      const reason = await askText({ title: l10n.t('Return the Answer'), prompt: l10n.t('What has to change? The author reads it, and it goes into the audit log.'), required: true });
      if (reason === undefined) return;
      await desk.approvals.giveBack(id, reason);
      vscode.window.setStatusBarMessage(l10n.t('Returned to its author.'), 6_000);
    }),
    one(commands.approvalTakeBack, async (desk, id) => {
      await desk.approvals.takeBack(id);
      vscode.window.setStatusBarMessage(l10n.t('Taken back: it is a draft again.'), 6_000);
    }),
  );
}
