import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type Mention } from '../../core/mention';
import { type Mood, moodOf } from '../../core/mood';
import { type Desk, type MentionGroup } from '../../desk/deskApi';
import { commands } from '../ids';
import { oneLine } from '../safeText';
import { claimUri } from './claimBadges';
import { type GroupNode, type MentionNode, type MoreNode } from './inboxNodes';
import { mentionHover } from './mentionHover';
import { messageStart, rowAlert, rowFlags, rowLabel, rowSentence } from './mentionRow';

/** Groups of `due` that nobody has to act on at once start closed. */
const startClosed: readonly string[] = ['waitingUnit', 'waitingCitizen', 'snoozed', 'answeredToday'];

export function groupItem(node: GroupNode, group: MentionGroup): vscode.TreeItem {
  const item = new vscode.TreeItem(oneLine(group.label, 60), startClosed.includes(node.key) ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.Expanded);
  item.id = node.id;
  item.description = String(group.mentions.length);
  item.contextValue = 'group';
  const { length } = group.mentions;
  const name = oneLine(group.label, 60);
  item.accessibilityInformation = { label: length === 1 ? l10n.t('{0}, 1 mention', name) : l10n.t('{0}, {1} mentions', name, length) };
  return item;
}

export function mentionItem(node: MentionNode, mention: Mention, desk: Desk, now: number): vscode.TreeItem {
  const item = new vscode.TreeItem(rowLabel(mention, now), vscode.TreeItemCollapsibleState.None);
  item.id = node.id;
  item.description = [rowAlert(mention), messageStart(mention, 120)].filter((part) => part !== '').join(' · ');
  item.iconPath = moodIcon(moodOf(mention));
  const badged = claimUri(mention);
  if (badged !== undefined) item.resourceUri = badged;
  item.contextValue = rowFlags(mention, desk.operator.id);
  item.accessibilityInformation = { label: rowSentence(mention, now, desk.config) };
  item.command = { command: commands.inboxOpen, title: l10n.t('Reply') };
  return item;
}

/** Called when the pointer rests on the row: the hover reads earlier contacts, too much for every row. */
export function hoverOf(mention: Mention, desk: Desk, now: number): vscode.MarkdownString {
  const hover = new vscode.MarkdownString(mentionHover(mention, desk, now));
  hover.isTrusted = false;
  hover.supportHtml = false;
  return hover;
}

export function moreItem(node: MoreNode, hidden: number, page: number): vscode.TreeItem {
  const item = new vscode.TreeItem(hidden <= page ? l10n.t('Show {0} more', hidden) : l10n.t('Show {0} of {1} more', page, hidden), vscode.TreeItemCollapsibleState.None);
  item.id = node.id;
  item.contextValue = 'more';
  item.command = { command: commands.inboxOpen, title: l10n.t('Show More') };
  return item;
}

function moodIcon(mood: Mood): vscode.ThemeIcon {
  switch (mood) {
    case 'negative': return new vscode.ThemeIcon('triangle-down', new vscode.ThemeColor('list.errorForeground'));
    case 'positive': return new vscode.ThemeIcon('triangle-up', new vscode.ThemeColor('testing.iconPassed'));
    case 'neutral': return new vscode.ThemeIcon('circle-filled', new vscode.ThemeColor('descriptionForeground'));
    case 'unsure': return new vscode.ThemeIcon('question', new vscode.ThemeColor('descriptionForeground'));
  }
}
