import * as l10n from '@vscode/l10n';
import { type Command } from 'commander';
import { MomentosError } from '../../../core/errors';
import { refusalIn, unconfirmedIn } from '../../../core/replyRules';
import { confirmations, type Desk, type ReplyCheck, type ReplyDraft } from '../../../desk/deskApi';
import { normSentence } from '../../../desk/normSentences';
import { parseConfirmations, parsePairs } from '../arguments';
import { type CliHost, type CommonOptions, terminalFor, withDesk } from '../host';
import { indented } from '../mentionLines';
import { waitingJson } from './approvalCommands';
import { withKey } from './reviewerCommands';

interface ReplyOptions extends CommonOptions {
  readonly template?: string;
  readonly language?: string;
  readonly set: readonly string[];
  readonly text?: string;
  readonly confirm?: string;
  readonly again?: string;
  readonly private?: boolean;
  readonly dryRun?: boolean;
  readonly submit?: boolean;
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** reply, withdraw. */
export function addReplyCommands(program: Command, host: CliHost): void {
  withKey(program.command('reply <id>'))
    .description(l10n.t('Answer a mention, at once: with an approved template, or with a text of your own where the desk allows it.'))
    .option('--template <id>', l10n.t('approved template'))
    .option('--language <code>', l10n.t('language of the template'))
    .option('--set <name=value>', l10n.t('value of a placeholder; may be given more than once'), collect, [])
    .option('--text <text>', l10n.t('text of your own'))
    .option('--confirm <codes>', l10n.t('what you confirm, separated by commas: {0}', confirmations.join(', ')))
    .option('--again <reason>', l10n.t('why a second answer is needed'))
    .option('--private', l10n.t('so that only the author sees it'))
    .option('--submit', l10n.t('hand it in to a second person instead of sending it'))
    .option('--dry-run', l10n.t('check everything, send nothing'))
    .action(async (id: string, options: ReplyOptions) => {
      const terminal = terminalFor(host, options);
      const confirm = parseConfirmations(options.confirm);
      if ((options.template === undefined) === (options.text === undefined)) throw new MomentosError('usage.invalid', { reason: '--template | --text' });
      await withDesk(host, options, async (desk) => {
        const mention = desk.inbox.get(id);
        const draft = await draftFor(desk, mention.id, options);
        if (options.dryRun === true) {
          const checked = await desk.replies.check(mention.id, draft);
          const refusal = refusalIn(checked.checks);
          if (refusal !== undefined) throw refusal;
          const open = unconfirmedIn(checked.checks, confirm).map(({ code }) => code);
          if (open.length > 0) throw new MomentosError('reply.toConfirm', { confirm: open });
          if (checked.secondPerson !== undefined && options.submit !== true) throw new MomentosError('reply.needsSecondPerson', { id: mention.id, why: checked.secondPerson });
          if (terminal.json) terminal.value({ status: 'checked', text: checked.text, length: checked.length, max: checked.rule.max, origin: checked.origin, hints: checked.checks.flatMap(hintJson) });
          else terminal.line(`${l10n.t('Nothing was sent. It would read:')}\n${indented(checked.text)}`);
          for (const { message } of checked.checks.flatMap(hintJson)) terminal.say(message);
          return;
        }
        for (const { message } of (await desk.replies.check(mention.id, draft)).checks.flatMap(hintJson)) terminal.say(message);
        if (options.submit === true) {
          const answer = await desk.approvals.submit(mention.id, draft, { confirm, signal: host.signal });
          terminal.item(() => ({ status: 'submitted', ...waitingJson(answer) }), () => l10n.t('Handed in: it waits for a second person.'));
          return;
        }
        const { reply } = await desk.replies.send(mention.id, draft, { confirm, signal: host.signal });
        if (terminal.json) terminal.value({ status: 'sent', replyId: reply.id, url: reply.url ?? null, text: reply.text, latencyMs: reply.latencyMs ?? null });
        else terminal.line(l10n.t('Sent: {0}', reply.url ?? reply.id));
      });
    });

  program
    .command('withdraw <reply>')
    .description(l10n.t('Delete an answer of ours on the network; its words stay in the log.'))
    .requiredOption('--reason <text>', l10n.t('why it is withdrawn'))
    .action(async (replyId: string, options: CommonOptions & { readonly reason: string }) => {
      const terminal = terminalFor(host, options);
      await withDesk(host, options, async (desk) => {
        const { reply, mention } = await desk.replies.withdraw(replyId, options.reason);
        if (terminal.json) terminal.value({ status: 'withdrawn', replyId: reply.id, mention: mention.id });
        else terminal.line(l10n.t('Withdrawn: {0}', reply.id));
      });
    });
}

function hintJson(finding: ReplyCheck): readonly { readonly code: string; readonly message: string }[] {
  return finding.severity === 'hint' ? [{ code: finding.code, message: normSentence(finding) }] : [];
}

async function draftFor(desk: Desk, id: string, options: ReplyOptions): Promise<ReplyDraft> {
  const extras = {
    ...(options.private === true ? { private: true } : {}),
    ...(options.again === undefined ? {} : { again: { reason: options.again } }),
  };
  if (options.template === undefined) return { text: options.text ?? '', values: {}, ...(options.language === undefined ? {} : { language: options.language }), ...extras };
  return { ...(await desk.replies.render(id, options.template, options.language, parsePairs(options.set))), ...extras };
}
