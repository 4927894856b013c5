import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type Desk } from '../../desk/deskApi';
import { type RetentionPlan } from '../../desk/retentionApi';
import { archiveWords, disposalWords, holdLine, scheduleStandingWords } from '../../desk/retentionWords';
import { askOne, askYes } from '../ask';
import { type Deeds } from '../deeds';
import { type DeskSession } from '../deskSession';
import { type PlainDocuments } from '../documents/plainDocuments';
import { retentionText } from '../documents/retentionText';
import { commands } from '../ids';
import { plainNotice } from '../safeText';
import { working } from '../working';

interface RetentionParts {
  readonly session: DeskSession;
  readonly documents: PlainDocuments;
}

/** Rules and holds that the question quotes; the page behind it has them all. */
const quoted = 5;

/** Disposal by schedule: first what would go, then a question, then the deed. Who signs the schedule and who carries it out are two people. */
export function registerRetentionCommands(deeds: Deeds, parts: RetentionParts): vscode.Disposable {
  return deeds.register(commands.retentionApply, async () => {
    const desk = await parts.session.use();
    const plan = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: l10n.t('Looking what is due…') }, () => desk.retention.plan());
    await parts.documents.show(l10n.t('Retention schedule'), retentionText(plan, desk));
    if (plan.standing !== 'signed') await sign(desk, plan, parts);
    else if (plan.due === 0 && plan.archive.length === 0) void vscode.window.showInformationMessage(l10n.t('Nothing is due.'));
    else await apply(desk, plan, parts);
  });
}

async function sign(desk: Desk, plan: RetentionPlan, { documents }: RetentionParts): Promise<void> {
  const chosen = await askOne<'sign'>(
    l10n.t('Apply Retention Schedule'),
    [{ label: l10n.t('Sign the schedule as it stands…'), detail: l10n.t('Needs the role "redactions". Somebody else then carries it out.'), value: 'sign' }],
    scheduleStandingWords(plan.standing),
    true,
  );
  if (chosen === undefined) return;
  const rules = plan.rules.slice(0, quoted).map(({ name, authority, keepDays }) => plainNotice(l10n.t('{0}: {1} days ({2})', name, keepDays, authority), 200));
  const detail = [...listed(rules, plan.rules.length), '', l10n.t('With your signature somebody else can dispose of what these rules do not keep. Any change of them needs a new one.')].join('\n');
  if (!(await askYes(l10n.t('Sign the retention schedule?'), l10n.t('Sign'), detail))) return;
  const signed = await desk.retention.sign();
  await documents.show(l10n.t('Retention schedule'), retentionText(signed, desk));
  void vscode.window.showInformationMessage(l10n.t('The schedule is signed. Somebody else carries it out now.'));
}

async function apply(desk: Desk, plan: RetentionPlan, { documents }: RetentionParts): Promise<void> {
  const question = plan.due === 0 ? l10n.t('Put {0} finished months of the audit log into the archive?', plan.archive.length) : plan.due === 1 ? l10n.t('Dispose of 1 message for good?') : l10n.t('Dispose of {0} messages for good?', plan.due);
  if (!(await askYes(question, plan.due === 0 ? l10n.t('Archive') : l10n.t('Dispose for Good'), warning(plan)))) return;
  const done = await working(l10n.t('Disposing'), (progress, signal) => desk.retention.dispose({ progress, signal, seen: plan }));
  if (done === undefined) {
    void vscode.window.showInformationMessage(l10n.t('Stopped; nothing was disposed of.'));
    return;
  }
  await documents.show(l10n.t('Retention schedule'), retentionText(await desk.retention.plan(), desk));
  const [outcome = '', ...rest] = disposalWords(done).map((line) => plainNotice(line, 500));
  // A notice would be cut off before it says what is left to the person.
  void vscode.window.showInformationMessage(outcome, { modal: true, detail: rest.join('\n') });
}

/** By which rule how many go, what holds keep, and that nothing brings it back. */
function warning(plan: RetentionPlan): string {
  const rules = plan.rules.filter(({ due }) => due > 0);
  const lines = rules.slice(0, quoted).map(({ name, authority, due }) => plainNotice(l10n.t('{0}: {1} ({2})', name, due, authority), 200));
  return [
    ...listed(lines, rules.length),
    ...plan.held.slice(0, quoted).map((hold) => plainNotice(holdLine(hold), 200)),
    ...(plan.archive.length === 0 ? [] : [plainNotice(archiveWords(plan), 300)]),
    ...(plan.due === 0 ? [] : ['', l10n.t('They leave the inbox with their answers, notes and pictures, and their texts leave the audit log; the proofs stay. Copies, backups and git are not reached. It cannot be undone.')]),
  ].join('\n');
}

function listed(lines: readonly string[], all: number): readonly string[] {
  return [...lines.map((line) => `• ${line}`), ...(all > lines.length ? [l10n.t('  and {0} more', all - lines.length)] : [])];
}
