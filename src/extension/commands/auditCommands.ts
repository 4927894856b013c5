import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type Clock } from '../../core/clock';
import { type Deeds } from '../deeds';
import { type DeskSession } from '../deskSession';
import { verdictText } from '../documents/findingsText';
import { type PlainDocuments } from '../documents/plainDocuments';
import { reportText } from '../documents/reportText';
import { commands } from '../ids';
import { working } from '../working';
import { exportLog } from './exportLog';

export interface AuditCommandParts {
  readonly session: DeskSession;
  readonly clock: Clock;
  readonly documents: PlainDocuments;
}

/** Proof and figures: export, verify, head, today's report. */
export function registerAuditCommands(deeds: Deeds, parts: AuditCommandParts): vscode.Disposable {
  const { session, clock, documents } = parts;
  return vscode.Disposable.from(
    deeds.register(commands.auditExport, async () => {
      await exportLog(await session.use(), clock.now());
    }),
    deeds.register(commands.auditVerify, async () => {
      const desk = await session.use();
      const verdict = await working(l10n.t('Verifying the audit log…'), (progress, signal) => desk.audit.verify({ progress, signal }));
      if (verdict === undefined) return;
      const show = l10n.t('Show Details');
      const errors = verdict.problems.filter(({ severity }) => severity === 'error').length;
      const returned = verdict.problems.filter(({ code }) => code === 'value.notErased').length;
      const tell = !verdict.ok ? vscode.window.showErrorMessage : returned > 0 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
      const whole = returned === 0 ? l10n.t('The audit log is whole: {0} entries in {1} files.', verdict.entries, verdict.segments) : l10n.t('The audit log is whole: {0} entries in {1} files. But texts that were erased stand there again: {2}.', verdict.entries, verdict.segments, returned);
      const words = verdict.ok ? whole : l10n.t('The audit log does not verify: {0} problems.', errors);
      const again = l10n.t('Erase Again…');
      const items = [...(returned > 0 ? [again] : []), ...(verdict.problems.length === 0 ? [] : [show])];
      void tell(words, ...items).then((item) => {
        if (item === show) return documents.show(l10n.t('Audit log'), verdictText(verdict));
        return item === again ? vscode.commands.executeCommand(commands.redactionAgain) : undefined;
      });
    }),
    deeds.register(commands.auditCopyHead, async () => {
      const desk = await session.use();
      const head = await desk.audit.head();
      const { hash, count, at } = head;
      await desk.audit.noteHeadCopied(head);
      await vscode.env.clipboard.writeText(l10n.t('Audit log of {0}: {1} entries, head {2}, {3}', desk.config.institution.name, count, hash, new Date(at).toISOString()));
      void vscode.window.showInformationMessage(l10n.t('Log head copied ({0} entries). Keep it in a signed memo: it proves that nothing before it was cut.', count));
    }),
    deeds.register(commands.reportToday, async () => {
      const desk = await session.use();
      const { from, to } = desk.audit.today();
      await documents.show(l10n.t('Today\'s report'), reportText(await desk.audit.report({ from, to: Math.min(to, clock.now()) }), desk));
    }),
  );
}
