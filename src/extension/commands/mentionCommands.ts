import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type Clock } from '../../core/clock';
import { isMomentosError } from '../../core/errors';
import { closeReasons, type CloseReason } from '../../core/mention';
import { sentimentLabels, type SentimentLabel } from '../../core/sentiment';
import { kindOfReading, mentionKinds, type MentionKind } from '../../core/textReading';
import { type Desk } from '../../desk/deskApi';
import { closeReasonWords, kindWords, sentimentWords } from '../../desk/words';
import { askOne, askText, askYes } from '../ask';
import { type Deeds } from '../deeds';
import { type DeskSession } from '../deskSession';
import { type PlainDocuments } from '../documents/plainDocuments';
import { whyText } from '../documents/whyText';
import { commands } from '../ids';
import { openLink } from '../openLink';
import { plainNotice } from '../safeText';
import { shortName } from '../tree/mentionRow';
import { registerContactCommands } from './contactCommands';
import { registerImportCommands } from './importCommands';
import { meantMention, meantMentions, pickMention, type MentionSources } from './meantMentions';
import { askSnooze } from './snoozeTimes';

export interface MentionCommandParts extends MentionSources {
  readonly session: DeskSession;
  readonly clock: Clock;
}

/** What a person does with mentions, from a row, a selection, the panel or the palette. */
export function registerMentionCommands(deeds: Deeds, parts: MentionCommandParts & { readonly documents: PlainDocuments }): vscode.Disposable {
  const one = (command: string, deed: (desk: Desk, id: string, extra: unknown) => Promise<void>): vscode.Disposable =>
    deeds.register(command, async (...args) => {
      const desk = await parts.session.use();
      const id = await meantMention(args, desk, parts);
      if (id !== undefined) await deed(desk, id, args[1]);
    });
  const several = (command: string, deed: (desk: Desk, ids: readonly string[], extra: unknown) => Promise<void>): vscode.Disposable =>
    deeds.register(command, async (...args) => {
      const desk = await parts.session.use();
      const ids = await meantMentions(args, desk, parts);
      if (ids !== undefined && ids.length > 0) await deed(desk, ids, args[1]);
    });

  return vscode.Disposable.from(
    registerContactCommands(deeds, parts),
    registerImportCommands(deeds, parts.session),
    one(commands.mentionReply, async (_desk, id) => {
      await parts.panels.open(id);
    }),
    deeds.register(commands.mentionNext, () => parts.panels.next()),
    several(commands.mentionClaim, claim),
    several(commands.mentionRelease, async (desk, ids) => {
      await desk.triage.release(ids);
    }),
    several(commands.mentionSnooze, async (desk, ids) => {
      const until = await askSnooze(desk, parts.clock.now());
      if (until !== undefined) await desk.triage.snooze(ids, until);
    }),
    several(commands.mentionRefer, refer),
    one(commands.mentionUnitAnswer, async (desk, id) => {
      const text = await askText({ title: l10n.t('Record the Unit\'s Answer'), prompt: l10n.t('What did the unit answer? It stays inside the desk.'), required: true });
      if (text !== undefined) await desk.triage.unitAnswered(id, text);
    }),
    one(commands.mentionNote, async (desk, id) => {
      const text = await askText({ title: l10n.t('Note'), prompt: l10n.t('For the team only; it is never sent.'), required: true });
      if (text !== undefined) await desk.triage.note(id, text);
    }),
    one(commands.mentionSetCase, async (desk, id) => {
      const text = await askText({ title: l10n.t('Case Number'), prompt: l10n.t('For the whole conversation. Empty takes it away.'), value: desk.inbox.get(id).caseNumber ?? '' });
      if (text !== undefined) await desk.triage.setCase(id, text === '' ? undefined : text);
    }),
    deeds.register(commands.mentionFindCase, () => findCase(parts)),
    several(commands.mentionClose, close),
    several(commands.mentionReopen, async (desk, ids) => {
      await desk.triage.reopen(ids);
    }),
    several(commands.mentionWaitForCitizen, async (desk, ids) => {
      await desk.triage.waitForCitizen(ids);
    }),
    one(commands.mentionCorrectSentiment, correctSentiment),
    one(commands.mentionCorrectNegative, (desk, id) => correctSentiment(desk, id, 'negative')),
    one(commands.mentionCorrectNeutral, (desk, id) => correctSentiment(desk, id, 'neutral')),
    one(commands.mentionCorrectPositive, (desk, id) => correctSentiment(desk, id, 'positive')),
    one(commands.mentionCorrectKind, correctKind),
    one(commands.mentionWhy, async (desk, id) => {
      const mention = desk.inbox.get(id);
      await parts.documents.show(l10n.t('Why? {0}', plainNotice(shortName(mention.post.author), 30)), whyText(mention, desk, parts.clock.now()));
    }),
    one(commands.mentionOpenOnNetwork, async (desk, id) => {
      const { url } = desk.inbox.get(id).post;
      if (url === undefined) void vscode.window.showInformationMessage(l10n.t('The network gave no link for this message.'));
      else await openLink(url);
    }),
    one(commands.mentionCopyLink, async (desk, id) => {
      const { url } = desk.inbox.get(id).post;
      if (url === undefined) {
        void vscode.window.showInformationMessage(l10n.t('The network gave no link for this message.'));
        return;
      }
      await vscode.env.clipboard.writeText(url);
      vscode.window.setStatusBarMessage(l10n.t('Link copied'), 4_000);
    }),
  );
}

async function claim(desk: Desk, ids: readonly string[]): Promise<void> {
  try {
    await desk.triage.claim(ids);
  } catch (thrown) {
    if (!isMomentosError(thrown, 'mention.claimedByOther')) throw thrown;
    const name = plainNotice(String(thrown.details['name'] ?? ''), 60);
    if (await askYes(l10n.t('{0} has claimed it. Take it over?', name), l10n.t('Take Over'), l10n.t('Ask first: two answers to one citizen are worse than none.'))) await desk.triage.claim(ids, { take: true });
  }
}

async function refer(desk: Desk, ids: readonly string[]): Promise<void> {
  if (desk.config.units.length === 0) {
    const open = l10n.t('Open momentos.json');
    const item = await vscode.window.showInformationMessage(l10n.t('momentos.json names no unit to refer to. Add it under "units".'), open);
    if (item === open) await vscode.commands.executeCommand(commands.deskOpenConfig);
    return;
  }
  const unit = await askOne(
    l10n.t('Refer to a Unit'),
    desk.config.units.map(({ id, name, contact, target }) => ({ label: plainNotice(name, 80), description: plainNotice([contact, target].filter((part) => part !== undefined).join(' · '), 100), value: id })),
    l10n.t('The citizen\'s clock keeps running'),
  );
  if (unit === undefined) return;
  const note = await askText({ title: l10n.t('Refer to a Unit'), prompt: l10n.t('What should the unit find out or do?') });
  if (note !== undefined) await desk.triage.refer(ids, unit, note);
}

async function close(desk: Desk, ids: readonly string[], given: unknown): Promise<void> {
  const reason =
    closeReasons.find((candidate) => candidate === given) ??
    (await askOne<CloseReason>(l10n.t('Close Without an Answer'), closeReasons.map((value) => ({ label: closeReasonWords(value), value })), l10n.t('Why? The reason goes into the audit log.')));
  if (reason === undefined) return;
  await desk.triage.close(ids, reason);
  const undo = l10n.t('Reopen');
  const said = ids.length === 1 ? l10n.t('Closed: {0}', closeReasonWords(reason)) : l10n.t('{0} mentions closed: {1}', ids.length, closeReasonWords(reason));
  void vscode.window.showInformationMessage(said, undo).then((item) => {
    const nodes = ids.map((mentionId) => ({ kind: 'mention', mentionId }));
    return item === undo ? vscode.commands.executeCommand(commands.mentionReopen, nodes[0], nodes) : undefined;
  });
}

async function correctSentiment(desk: Desk, id: string, given: unknown): Promise<void> {
  const label = sentimentLabels.find((candidate) => candidate === given) ?? (await askOne<SentimentLabel>(l10n.t('How Does the Text Sound?'), sentimentLabels.map((value) => ({ label: sentimentWords(value), value }))));
  if (label !== undefined) await desk.triage.correctSentiment(id, label);
}

async function correctKind(desk: Desk, id: string, given: unknown): Promise<void> {
  const now = kindOfReading(desk.inbox.get(id).reading);
  const choices = mentionKinds.map((value) => ({ label: `${value === now ? '$(check) ' : ''}${kindWords(value)}`, value }));
  const kind = mentionKinds.find((candidate) => candidate === given) ?? (await askOne<MentionKind>(l10n.t('What Is the Message?'), choices));
  if (kind !== undefined) await desk.triage.correctKind(id, kind);
}

async function findCase(parts: MentionCommandParts): Promise<void> {
  const desk = await parts.session.use();
  const number = await askText({ title: l10n.t('Find by Case Number'), prompt: l10n.t('The whole number, as it stands on the conversation.'), required: true });
  if (number === undefined) return;
  const found = desk.inbox.byCase(number);
  if (found.length === 0) {
    void vscode.window.showInformationMessage(l10n.t('No conversation has the case number {0}.', plainNotice(number, 60)));
    return;
  }
  const id = found.length === 1 ? found[0]?.id : await pickMention(desk, found.map((mention) => mention.id));
  if (id !== undefined) await parts.panels.open(id);
}
