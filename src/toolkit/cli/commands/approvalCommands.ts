import * as l10n from '@vscode/l10n';
import { type Command } from 'commander';
import { confirmations, type WaitingAnswer } from '../../../desk/deskApi';
import { parseConfirmations } from '../arguments';
import { type CliHost, type CommonOptions, terminalFor, withDesk } from '../host';
import { indented, iso, mentionHeading, plain } from '../mentionLines';
import { withKey } from './reviewerCommands';

/** approvals: answers that wait for a second person: list, send, return, take-back. */
export function addApprovalCommands(program: Command, host: CliHost): void {
  const approvals = program.command('approvals').description(l10n.t('Answers that wait for a second person: list, send, return, take back.'));

  approvals
    .command('list', { isDefault: true })
    .description(l10n.t('List what waits for approval, the longest first.'))
    .action(async (options: CommonOptions) => {
      const terminal = terminalFor(host, options);
      await withDesk(host, options, async (desk) => {
        await desk.inbox.refresh();
        const waiting = desk.approvals.list();
        for (const answer of waiting) {
          const { approve } = await desk.approvals.may(answer.mention);
          terminal.item(() => ({ ...waitingJson(answer), mine: approve }), () => `${mentionHeading(answer.mention)}\n${indented(answer.mention.post.text)}\n  ${l10n.t('{0} wants to answer:', plain(answer.submission.by.name, 60))}\n${indented(answer.submission.text)}`);
        }
        if (waiting.length === 0) terminal.say(l10n.t('No answer waits for approval.'));
      });
    });

  withKey(approvals.command('send <id>'))
    .description(l10n.t('Let a waiting answer go out, as it is or with other words; not by its author.'))
    .option('--text <text>', l10n.t('other words in place of the author\'s'))
    .option('--confirm <codes>', l10n.t('what you confirm, separated by commas: {0}', confirmations.join(', ')))
    .action(async (id: string, options: CommonOptions & { readonly text?: string; readonly confirm?: string }) => {
      const terminal = terminalFor(host, options);
      const confirm = parseConfirmations(options.confirm);
      await withDesk(host, options, async (desk) => {
        await desk.inbox.refresh();
        const mention = desk.inbox.get(id);
        const { reply } = await desk.approvals.send(mention.id, { confirm, signal: host.signal, ...(options.text === undefined ? {} : { draft: { ...desk.approvals.draft(mention.id), text: options.text } }) });
        if (terminal.json) terminal.value({ status: reply.state === 'intended' ? 'toGive' : 'sent', replyId: reply.id, url: reply.url ?? null, text: reply.text, latencyMs: reply.latencyMs ?? null, approvalMs: reply.approved?.approvalMs ?? null });
        else if (reply.state === 'intended') terminal.line(`${l10n.t('Approved. Give this text, then note it with "momentos reply {0} --given":', mention.id)}\n${indented(reply.text)}`);
        else terminal.line(l10n.t('Sent: {0}', reply.url ?? reply.id));
      });
    });

  withKey(approvals.command('return <id>'))
    .description(l10n.t('Give a waiting answer back to its author, with a reason.'))
    .requiredOption('--reason <text>', l10n.t('what has to change'))
    .action(async (id: string, options: CommonOptions & { readonly reason: string }) => {
      const terminal = terminalFor(host, options);
      await withDesk(host, options, async (desk) => {
        await desk.inbox.refresh();
        const mention = await desk.approvals.giveBack(desk.inbox.get(id).id, options.reason);
        terminal.item(() => ({ status: 'returned', id: mention.id, reason: mention.returned?.reason ?? '' }), () => l10n.t('Returned to its author.'));
      });
    });

  approvals
    .command('take-back <id>')
    .description(l10n.t('Take your own waiting answer back; it is a draft again.'))
    .action(async (id: string, options: CommonOptions) => {
      const terminal = terminalFor(host, options);
      await withDesk(host, options, async (desk) => {
        await desk.inbox.refresh();
        const mention = await desk.approvals.takeBack(desk.inbox.get(id).id);
        terminal.item(() => ({ status: 'takenBack', id: mention.id }), () => l10n.t('Taken back: it is a draft again.'));
      });
    });
}

/** The stable form of a waiting answer for `--json`. */
export function waitingJson({ mention, submission }: WaitingAnswer): Record<string, unknown> {
  return {
    id: mention.id,
    submission: submission.id,
    author: submission.by.name,
    submittedAt: iso(submission.at),
    why: submission.why,
    template: submission.template?.id ?? null,
    text: submission.text,
    mentionText: mention.post.text,
    dueAt: iso(mention.target.dueAt),
  };
}
