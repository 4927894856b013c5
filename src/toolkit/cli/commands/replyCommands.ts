import * as l10n from '@vscode/l10n';
import { type Command } from 'commander';
import { MomentosError } from '../../../core/errors';
import { refusalIn, unconfirmedIn } from '../../../core/replyRules';
import { type Mention } from '../../../core/mention';
import { parseContactTime } from '../../../desk/contactTime';
import { confirmations, type Confirmation, type Desk, type ReplyCheck, type ReplyDraft } from '../../../desk/deskApi';
import { toBeGiven } from '../../../desk/givenByHand';
import { normSentence } from '../../../desk/normSentences';
import { systemClock } from '../../../desk/systemClock';
import { parseConfirmations, parsePairs } from '../arguments';
import { type CliHost, type CommonOptions, terminalFor, withDesk } from '../host';
import { indented } from '../mentionLines';
import { waitingJson } from './approvalCommands';
import { type Terminal } from '../terminal';
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
  /** `--given [time]`. */
  readonly given?: string | true;
  readonly notGiven?: boolean;
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
    .option('--given [time]', l10n.t('on a channel by hand: it was given to the citizen (default: now)'))
    .option('--not-given', l10n.t('on a channel by hand: the answer that was prepared was not given'))
    .action(async (id: string, options: ReplyOptions) => {
      const terminal = terminalFor(host, options);
      const confirm = parseConfirmations(options.confirm);
      const worded = options.template !== undefined || options.text !== undefined;
      if (options.template !== undefined && options.text !== undefined) throw new MomentosError('usage.invalid', { reason: '--template | --text' });
      if (!worded && options.given === undefined && options.notGiven !== true) throw new MomentosError('usage.invalid', { reason: '--template | --text' });
      if (options.given !== undefined && options.notGiven === true) throw new MomentosError('usage.invalid', { reason: '--given | --not-given' });
      await withDesk(host, options, async (desk) => {
        await desk.inbox.refresh();
        const mention = desk.inbox.get(id);
        const hand = await byHand(desk, mention.id);
        if (!hand && (options.given !== undefined || options.notGiven === true)) throw new MomentosError('usage.invalid', { reason: '--given' });
        if (!worded) {
          await noteGiven(desk, mention, options, terminal);
          return;
        }
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
        if (hand && options.given === undefined) {
          await showToGive(desk, mention.id, draft, confirm, terminal);
          return;
        }
        const prepared = await desk.replies.send(mention.id, draft, { confirm, signal: host.signal });
        if (hand) {
          await noteGiven(desk, prepared.mention, options, terminal);
          return;
        }
        const { reply } = prepared;
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

/** True where no network takes the answer. */
async function byHand(desk: Desk, id: string): Promise<boolean> {
  return !(await desk.replies.context(id, { network: false })).capabilities.reply;
}

/** The checked text, to be given; nothing is noted. Errors: as sending, then `reply.toGive`. */
async function showToGive(desk: Desk, id: string, draft: ReplyDraft, confirm: readonly Confirmation[], terminal: Terminal): Promise<never> {
  const checked = await desk.replies.check(id, draft);
  const refusal = refusalIn(checked.checks);
  if (refusal !== undefined) throw refusal;
  const open = unconfirmedIn(checked.checks, confirm).map(({ code }) => code);
  if (open.length > 0) throw new MomentosError('reply.toConfirm', { confirm: open });
  if (checked.secondPerson !== undefined) throw new MomentosError('reply.needsSecondPerson', { id, why: checked.secondPerson });
  if (!terminal.json) terminal.line(checked.text);
  throw new MomentosError('reply.toGive', { id, text: checked.text });
}

/** Notes what became of the answer that was to be given. Errors: `reply.notFound`, `contact.invalid`. */
async function noteGiven(desk: Desk, mention: Mention, options: ReplyOptions, terminal: Terminal): Promise<void> {
  const waiting = toBeGiven(mention);
  if (waiting === undefined) throw new MomentosError('reply.notFound', { id: mention.id });
  const at = typeof options.given === 'string' ? parseContactTime(options.given, systemClock.now(), desk.config.institution.timeZone) : undefined;
  const { reply } = await desk.replies.settle(waiting.id, options.notGiven !== true, { at });
  const done = reply.state === 'sent';
  if (terminal.json) terminal.value({ status: done ? 'given' : 'notGiven', replyId: reply.id, text: reply.text, latencyMs: reply.latencyMs ?? null });
  else terminal.line(done ? l10n.t('Noted as given: {0}', reply.id) : l10n.t('Noted: the answer was not given. Its text is kept as a draft.'));
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
