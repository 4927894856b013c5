import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { mentionStatuses, priorities } from '../../core/mention';
import { moods } from '../../core/mood';
import { mentionKinds } from '../../core/textReading';
import { inboxGroupings, type InboxFilter } from '../../desk/deskApi';
import { channelWords, kindWords, moodWords, priorityWords, statusWords } from '../../desk/words';
import { askOne, askText, type Choice } from '../ask';
import { channelsInUse } from '../channelsInUse';
import { type Deeds } from '../deeds';
import { type DeskSession } from '../deskSession';
import { commands, views } from '../ids';
import { type Polling } from '../polling';
import { plainNotice } from '../safeText';
import { type InboxState } from '../tree/inboxState';
import { groupingWords } from '../tree/inboxView';
import { type MentionSources } from './meantMentions';

export interface InboxCommandParts extends MentionSources {
  readonly session: DeskSession;
  readonly state: InboxState;
  readonly polling: Polling;
}

/** What a person does with the view itself. */
export function registerInboxCommands(deeds: Deeds, parts: InboxCommandParts): vscode.Disposable {
  const { session, state, polling } = parts;
  return vscode.Disposable.from(
    deeds.register(commands.inboxRefresh, async () => {
      await session.use();
      await vscode.window.withProgress({ location: { viewId: views.inbox } }, () => polling.pullNow());
    }),
    deeds.register(commands.inboxGroup, async () => {
      const grouping = await askOne(
        l10n.t('Group Mentions'),
        inboxGroupings.map((value) => ({ label: `${value === state.grouping ? '$(check) ' : ''}${groupingWords(value)}`, value })),
      );
      if (grouping !== undefined) await state.group(grouping);
    }),
    deeds.register(commands.inboxShowMine, () => state.showMine(true)),
    deeds.register(commands.inboxShowEverybody, () => state.showMine(false)),
    deeds.register(commands.inboxSearch, async () => {
      const search = await askText({ title: l10n.t('Find Mentions'), prompt: l10n.t('Words of the text, name, address or case number. Empty shows everything again.'), value: state.chosenFilter.search ?? '' });
      if (search !== undefined) state.narrow({ ...state.chosenFilter, search });
    }),
    deeds.register(commands.inboxFilter, async () => {
      const filter = await askOne(l10n.t('Show Only'), await filterChoices(session, state.chosenFilter), l10n.t('Type to choose'));
      if (filter !== undefined) state.narrow(filter);
    }),
    deeds.register(commands.inboxClearFilter, () => {
      state.narrow({});
    }),
    deeds.register(commands.inboxOpen, async () => {
      const { chosen } = parts.inbox;
      if (chosen?.kind === 'more') state.showMore(chosen.parent.key);
      if (chosen?.kind === 'mention') await parts.panels.open(chosen.mentionId);
    }),
  );
}

async function filterChoices(session: DeskSession, chosen: Omit<InboxFilter, 'mine'>): Promise<readonly Choice<Omit<InboxFilter, 'mine'>>[]> {
  const desk = await session.use();
  const choice = (label: string, change: Omit<InboxFilter, 'mine'>): Choice<Omit<InboxFilter, 'mine'>> => {
    const on = Object.entries(change).every(([key, value]) => chosen[key as keyof typeof chosen] === value);
    const without = Object.fromEntries(Object.entries(chosen).filter(([key]) => !(key in change)));
    return { label: `${on ? '$(check) ' : ''}${label}`, value: on ? without : { ...chosen, ...change } };
  };
  const line = (label: string): Choice<Omit<InboxFilter, 'mine'>> => ({ label, kind: vscode.QuickPickItemKind.Separator, value: chosen });
  return [
    line(l10n.t('Sentiment')),
    ...moods.map((sentiment) => choice(moodWords(sentiment), { sentiment })),
    line(l10n.t('Urgency')),
    choice(l10n.t('danger to somebody'), { urgent: true }),
    line(l10n.t('Kind')),
    ...mentionKinds.map((kind) => choice(kindWords(kind), { kind })),
    ...(desk.config.topics.length === 0 ? [] : [line(l10n.t('Topic')), ...desk.config.topics.map(({ id, name }) => choice(plainNotice(name, 60), { topic: id }))]),
    line(l10n.t('Priority')),
    ...priorities.map((priority) => choice(priorityWords(priority), { priority })),
    line(l10n.t('State')),
    ...mentionStatuses.filter((status) => status !== 'closed').map((status) => choice(statusWords(status), { status })),
    line(l10n.t('Channel')),
    ...channelsInUse(desk).map(({ id }) => choice(plainNotice(channelWords(desk.config, id), 60), { channel: id })),
  ];
}
