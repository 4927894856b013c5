import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type Clock } from '../../core/clock';
import { asMomentosError, MomentosError } from '../../core/errors';
import { type Mention } from '../../core/mention';
import { proposableBases, type RedactionBasis, type RedactionTarget } from '../../core/redaction';
import { type Desk } from '../../desk/deskApi';
import { type RedactionPreview, type WaitingRedaction } from '../../desk/redactionApi';
import { erasedAgainWords, outcomeWords, previewWords, redactionBasisWords, redactionTargetWords, returnedWords } from '../../desk/redactionWords';
import { sentence } from '../../desk/sentences';
import { askOne, askText, askYes } from '../ask';
import { type Deeds } from '../deeds';
import { type DeskSession } from '../deskSession';
import { commands } from '../ids';
import { plainNotice } from '../safeText';
import { messageStart, shortName } from '../tree/mentionRow';
import { meantMention, type MentionSources } from './meantMentions';

/** Messages that the warning quotes; of more it tells the number. */
const quoted = 4;

/** Erasing personal data: proposed by one person, decided by another. */
export function registerRedactionCommands(deeds: Deeds, parts: MentionSources & { readonly session: DeskSession; readonly clock: Clock }): vscode.Disposable {
  return vscode.Disposable.from(
    deeds.register(commands.redactionPropose, async (...args) => {
      const desk = await parts.session.use();
      const id = await meantMention(args, desk, parts);
      if (id !== undefined) await propose(desk, desk.inbox.get(id));
    }),
    deeds.register(commands.redactionDecide, async () => {
      await decide(await parts.session.use(), parts.clock);
    }),
    deeds.register(commands.redactionAgain, async () => {
      await again(await parts.session.use());
    }),
  );
}

async function propose(desk: Desk, mention: Mention): Promise<void> {
  const title = l10n.t('Propose to Erase');
  const others = desk.inbox.earlierContacts(mention).length;
  const name = shortName(mention.post.author);
  const target = await askOne<RedactionTarget>(title, [
    { label: l10n.t('This message'), detail: plainNotice(messageStart(mention, 120), 120), value: { kind: 'mention', id: mention.id } },
    { label: plainNotice(l10n.t('Everything of {0}', name), 80), detail: others === 0 ? l10n.t('1 message, and the person') : l10n.t('{0} messages, and the person', others + 1), value: { kind: 'author', id: mention.authorId } },
  ], l10n.t('What is to be erased? Nothing goes before a second person agrees.'));
  if (target === undefined) return;
  const basis = await askOne<RedactionBasis>(title, proposableBases.map((value) => ({ label: capitalised(redactionBasisWords(value)), value })), l10n.t('On what basis? It goes into the audit log.'));
  if (basis === undefined) return;
  const reason = await askText({ title, prompt: l10n.t('Why? It stays in the audit log, so name nobody in it.'), required: true });
  if (reason === undefined) return;
  await desk.redactions.propose({ target, basis, reason });
  void vscode.window.showInformationMessage(l10n.t('Proposed; nothing is erased yet. A second person decides.'));
}

async function decide(desk: Desk, clock: Clock): Promise<void> {
  const title = l10n.t('Decide on Erasure');
  const waiting = await desk.redactions.list();
  if (waiting.length === 0) {
    void vscode.window.showInformationMessage(l10n.t('No erasure waits for a decision.'));
    return;
  }
  const chosen = await askOne<WaitingRedaction>(title, waiting.map((value) => ({
    label: plainNotice(capitalised(redactionTargetWords(value, desk, true)), 80),
    description: plainNotice(value.by.name, 60),
    detail: plainNotice(`${capitalised(redactionBasisWords(value.basis))}. ${value.reason ?? ''}`, 200),
    value,
  })), l10n.t('Not by whoever proposed it'));
  if (chosen === undefined) return;
  // What cannot be erased, as under a hold or because nothing of it is left, can still be rejected.
  const preview = await desk.redactions.preview(chosen.id).catch(asMomentosError);
  const reject = { label: l10n.t('Reject…'), detail: l10n.t('Nothing is erased; the reason goes into the audit log.'), value: 'reject' as const };
  const verdict = await (preview instanceof MomentosError
    ? askOne<'erase' | 'reject'>(title, [{ ...reject, detail: plainNotice(sentence(preview), 300) }], plainNotice(capitalised(redactionTargetWords(chosen, desk, true)), 100))
    : askOne<'erase' | 'reject'>(title, [{ label: l10n.t('Erase for good…'), detail: plainNotice(previewWords(preview, desk, clock.now())[0] ?? '', 200), value: 'erase' }, reject], plainNotice(capitalised(redactionTargetWords(chosen, desk, true)), 100)));
  if (verdict === 'reject') {
    const reason = await askText({ title, prompt: l10n.t('Why not? It stays in the audit log, so name nobody in it.'), required: true });
    if (reason === undefined) return;
    await desk.redactions.reject(chosen.id, reason);
    void vscode.window.showInformationMessage(l10n.t('Rejected: nothing is erased.'));
  } else if (verdict === 'erase' && !(preview instanceof MomentosError)) await erase(desk, preview, clock);
}

async function erase(desk: Desk, preview: RedactionPreview, clock: Clock): Promise<void> {
  const { proposal } = preview;
  const question = l10n.t('Erase {0} for good?', plainNotice(redactionTargetWords(proposal, desk, true), 120));
  if (!(await askYes(question, l10n.t('Erase for Good'), warning(preview, desk, clock.now())))) return;
  const result = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: l10n.t('Erasing') }, () => desk.redactions.approve(proposal.id, preview));
  const [gone = '', ...rest] = outcomeWords(result, desk, clock.now()).map((line) => plainNotice(line, 500));
  // A notice would be cut off before it says what is left to the person.
  void vscode.window.showInformationMessage(gone, { modal: true, detail: rest.join('\n') });
}

/** What a backup brought back is erased once more; that it goes was decided before. */
async function again(desk: Desk): Promise<void> {
  const returned = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: l10n.t('Looking for what came back…') }, () => desk.redactions.returned());
  const words = returnedWords(returned);
  if (returned.values === 0 && returned.mentions.length === 0 && returned.drafts === 0) {
    void vscode.window.showInformationMessage(words);
    return;
  }
  const detail = [plainNotice(words, 500), '', l10n.t('That it goes was decided before, and stands in the audit log. It cannot be undone.')].join('\n');
  if (!(await askYes(l10n.t('Erase once more what came back?'), l10n.t('Erase for Good'), detail))) return;
  const done = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: l10n.t('Erasing') }, () => desk.redactions.eraseAgain());
  const [gone = returnedWords({ values: 0, mentions: [], drafts: 0 }), ...rest] = done === undefined ? [] : erasedAgainWords(done).map((line) => plainNotice(line, 500));
  void vscode.window.showInformationMessage(gone, { modal: true, detail: rest.join('\n') });
}

/** Exactly what goes: the messages in their first words, how many texts and drafts, and what is not reached. */
function warning(preview: RedactionPreview, desk: Desk, now: number): string {
  const messages = preview.mentions.slice(0, quoted).map((mention) => plainNotice(`${shortName(mention.post.author)}: ${messageStart(mention, 80)}`, 110));
  const more = preview.mentions.length - messages.length;
  return [
    ...messages.map((line) => `• ${line}`),
    ...(more > 0 ? [l10n.t('  and {0} more', more)] : []),
    ...(messages.length > 0 ? [''] : []),
    ...previewWords(preview, desk, now).map((line) => plainNotice(line, 500)),
  ].join('\n');
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
