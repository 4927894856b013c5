import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { MomentosError } from '../../core/errors';
import { type ReplyDraft } from '../../desk/deskApi';
import { pageGuard, type pageRequestSchemas, type HostNotifications } from '../../protocol/replyPanel';
import { type Rpc } from '../../protocol/rpc';
import { askText } from '../ask';
import { copyAnswer } from '../copyAnswer';
import { commands } from '../ids';
import { openLink } from '../openLink';
import { checkViews, isConfirmation } from './replyChecks';
import { type ReplyTarget, type ReplyTargetParts } from './replyTarget';

/** Deeds that the page asks for without saying more: commands ask the rest by VS Code's own inputs. */
const deeds = {
  'mention/claim': commands.mentionClaim,
  'mention/release': commands.mentionRelease,
  'mention/refer': commands.mentionRefer,
  'mention/unitAnswer': commands.mentionUnitAnswer,
  'mention/note': commands.mentionNote,
  'mention/why': commands.mentionWhy,
  'mention/case': commands.mentionSetCase,
  'mention/snooze': commands.mentionSnooze,
} as const satisfies Partial<Record<keyof typeof pageRequestSchemas, string>>;

/** Answers everything that the reply page may ask; each request is validated by its schema. */
export function handleReplyRequests(rpc: Rpc<Record<never, never>, HostNotifications>, page: ReplyTarget, parts: ReplyTargetParts): void {
  const { session, sending } = parts;
  const run = async (command: string, ...args: unknown[]): Promise<null> => {
    await vscode.commands.executeCommand(command, page.mentionId, ...args);
    return null;
  };

  rpc.handle('panel/ready', pageGuard('panel/ready'), () => page.ready());
  rpc.handle('draft/save', pageGuard('draft/save'), async (draft) => ({ savedAt: await page.save(draft) }));
  rpc.handle('reply/check', pageGuard('reply/check'), async (message) => {
    const draft = page.draftOf(message);
    const desk = await session.use();
    const mention = desk.inbox.get(page.mentionId);
    const checked = await desk.replies.check(page.mentionId, draft, { approving: mention.submission?.id });
    return { checks: checkViews(checked, mention), forApproval: mention.submission === undefined && checked.secondPerson !== undefined };
  });
  rpc.handle('reply/send', pageGuard('reply/send'), async ({ draft, confirmed }) => {
    if ((await sending.begin(page.mentionId, page.draftOf(draft), confirmed.filter(isConfirmation))) === 'submitted') await page.push(true);
    return null;
  });
  rpc.handle('reply/undo', pageGuard('reply/undo'), async () => {
    await sending.undo(page.mentionId);
    await page.push(false);
    return null;
  });

  rpc.handle('reply/withdraw', pageGuard('reply/withdraw'), async ({ replyId, reason }) => {
    const desk = await session.use();
    mine(replyId, page, desk.replies.find(replyId).mention.id);
    await desk.replies.withdraw(replyId, reason);
    sending.forget(page.mentionId);
    await page.push(false);
    return null;
  });
  rpc.handle('reply/correct', pageGuard('reply/correct'), async ({ replyId }) => {
    await correct(page, parts, replyId);
    return null;
  });
  rpc.handle('reply/followUp', pageGuard('reply/followUp'), async () => {
    const reason = await askText({ title: l10n.t('Follow Up'), prompt: l10n.t('Why is a second answer needed? The reason goes into the audit log.'), required: true });
    if (reason === undefined) return null;
    await startAgain(page, parts, { text: '', values: {}, again: { reason } });
    return null;
  });
  rpc.handle('reply/settle', pageGuard('reply/settle'), async ({ replyId, sent }) => {
    const desk = await session.use();
    mine(replyId, page, desk.replies.find(replyId).mention.id);
    await desk.replies.settle(replyId, sent);
    sending.forget(page.mentionId);
    await page.push(false);
    return null;
  });

  rpc.handle('reply/copy', pageGuard('reply/copy'), async ({ replyId }) => {
    const { mention, reply } = (await session.use()).replies.find(replyId);
    mine(replyId, page, mention.id);
    await copyAnswer(reply.text);
    return null;
  });

  rpc.handle('approval/takeBack', pageGuard('approval/takeBack'), async () => {
    await (await session.use()).approvals.takeBack(page.mentionId);
    await page.push(true);
    page.focus();
    return null;
  });
  rpc.handle('approval/return', pageGuard('approval/return'), async () => {
    await run(commands.approvalReturn);
    await page.push(true);
    return null;
  });

  for (const method of Object.keys(deeds) as (keyof typeof deeds)[]) rpc.handle(method, pageGuard(method), () => run(deeds[method]));
  rpc.handle('mention/close', pageGuard('mention/close'), ({ reason }) => run(commands.mentionClose, reason));
  rpc.handle('sentiment/correct', pageGuard('sentiment/correct'), ({ label }) => run(commands.mentionCorrectSentiment, label));
  rpc.handle('mention/next', pageGuard('mention/next'), async () => {
    await parts.next(page);
    return null;
  });
  rpc.handle('mention/show', pageGuard('mention/show'), async ({ mentionId }) => {
    await vscode.commands.executeCommand(commands.mentionReply, mentionId);
    return null;
  });
  rpc.handle('media/show', pageGuard('media/show'), async ({ mentionId, index }) => {
    const { type, bytes } = await (await session.use()).media.fetch(mentionId, index);
    return { type, base64: Buffer.from(bytes).toString('base64') };
  });
  rpc.handle('link/open', pageGuard('link/open'), async ({ url }) => {
    await openLink(url);
    return null;
  });
}

/** Withdraws the answer if the person wants so, then opens a new one with the old words in it. */
async function correct(page: ReplyTarget, parts: ReplyTargetParts, replyId: string): Promise<void> {
  const desk = await parts.session.use();
  const { mention, reply } = desk.replies.find(replyId);
  mine(replyId, page, mention.id);
  const reason = await askText({ title: l10n.t('Correct the Answer'), prompt: l10n.t('What was wrong? The reason goes into the audit log.'), required: true });
  if (reason === undefined) return;
  const withdraw = { title: l10n.t('Withdraw and Write Anew') };
  const keep = { title: l10n.t('Leave It and Add a Correction') };
  const choice = await vscode.window.showWarningMessage(l10n.t('Withdraw the first answer on the network before you write the new one?'), { modal: true, detail: l10n.t('Its words stay in the audit log.') }, withdraw, keep);
  if (choice === undefined) return;
  if (choice === withdraw) await desk.replies.withdraw(replyId, reason);
  const { greeting } = await desk.replies.context(mention.id, { network: false });
  const text = greeting !== '' && reply.text.startsWith(greeting) ? reply.text.slice(greeting.length) : reply.text;
  await startAgain(page, parts, { text, values: {}, again: { reason, corrects: replyId }, ...(reply.private === undefined ? {} : { private: reply.private }) });
}

async function startAgain(page: ReplyTarget, parts: ReplyTargetParts, draft: ReplyDraft): Promise<void> {
  const desk = await parts.session.use();
  await desk.replies.saveDraft(page.mentionId, draft);
  parts.sending.forget(page.mentionId);
  await page.push(true);
  page.focus();
}

function mine(replyId: string, page: ReplyTarget, mentionId: string): void {
  if (mentionId !== page.mentionId) throw new MomentosError('reply.notFound', { id: replyId });
}
