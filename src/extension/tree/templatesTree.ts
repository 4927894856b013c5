import * as l10n from '@vscode/l10n';
import { DateTime } from 'luxon';
import * as vscode from 'vscode';
import { type Clock } from '../../core/clock';
import { templateStates, type TemplateState, type TemplateStatus } from '../../core/template';
import { templateProblemSentence } from '../../desk/templateSentences';
import { templateGroupWords } from '../../desk/words';
import { type DeskSession } from '../deskSession';
import { commands, contexts, views } from '../ids';
import { escapeMarkdown, oneLine } from '../safeText';
import { type TemplatesState } from '../templatesState';
import { inRowOrder, rowDescription, rowSentence, rowTitle } from './templateRow';

interface StateNode {
  readonly kind: 'state';
  readonly state: TemplateState;
}

interface TemplateNode {
  readonly kind: 'template';
  readonly id: string;
  readonly state: TemplateState;
}

type Node = StateNode | TemplateNode;

/** What somebody has to do stands first. */
const order: readonly TemplateState[] = ['inReview', 'draft', 'rejected', 'approved', 'expired', 'withdrawn'];

/** The Templates view: by state, with counts; what waits for the operator is marked, comes first, and is counted in the badge. */
export class TemplatesTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: vscode.TreeView<Node>;
  private readonly listening: vscode.Disposable[];
  private readonly nodes = new Map<string, Node>();

  constructor(
    private readonly session: DeskSession,
    private readonly state: TemplatesState,
    private readonly clock: Clock,
  ) {
    this.view = vscode.window.createTreeView(views.templates, { treeDataProvider: this, showCollapseAll: true });
    this.listening = [
      this.changed,
      this.view,
      state.onDidChange(() => {
        this.show();
      }),
    ];
    this.show();
  }

  /** The template that is selected. */
  get selected(): string | undefined {
    const [node] = this.view.selection;
    return node?.kind === 'template' ? node.id : undefined;
  }

  getChildren(node?: Node): Node[] {
    if (node?.kind === 'template') return [];
    if (node !== undefined) return this.inState(node.state).map(({ id }) => this.node(`${node.state}/${id}`, { kind: 'template', id, state: node.state }));
    return [...new Set([...order, ...templateStates])].filter((state) => this.inState(state).length > 0).map((state) => this.node(state, { kind: 'state', state }));
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return node.kind === 'state' ? this.stateItem(node) : this.templateItem(node);
  }

  getParent(node: Node): Node | undefined {
    return node.kind === 'state' ? undefined : this.node(node.state, { kind: 'state', state: node.state });
  }

  dispose(): void {
    vscode.Disposable.from(...this.listening).dispose();
  }

  private show(): void {
    const waiting = this.state.waitsForMe.size;
    this.view.title = l10n.t('Templates');
    this.view.badge = waiting === 0 ? undefined : { value: waiting, tooltip: waiting === 1 ? l10n.t('1 template waits for your review') : l10n.t('{0} templates wait for your review', waiting) };
    void vscode.commands.executeCommand('setContext', contexts.noTemplates, this.state.read && this.state.all.length === 0);
    this.changed.fire(undefined);
  }

  private stateItem({ state }: StateNode): vscode.TreeItem {
    const count = this.inState(state).length;
    const item = new vscode.TreeItem(templateGroupWords(state), state === 'approved' ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.Expanded);
    item.id = `state/${state}`;
    item.description = String(count);
    item.contextValue = 'state';
    item.accessibilityInformation = { label: count === 1 ? l10n.t('{0}, 1 template', templateGroupWords(state)) : l10n.t('{0}, {1} templates', templateGroupWords(state), count) };
    return item;
  }

  private templateItem({ id, state }: TemplateNode): vscode.TreeItem {
    const status = this.state.find(id) ?? { id, state, problems: [] };
    const forMe = this.state.waitsForMe.has(id);
    const title = rowTitle(status, this.session.language);
    const item = new vscode.TreeItem(title, vscode.TreeItemCollapsibleState.None);
    item.id = `template/${state}/${id}`;
    item.description = rowDescription(status, this.today());
    item.iconPath = stateIcon(state, status.problems.length > 0, forMe);
    item.contextValue = `template ${state}`;
    item.command = { command: commands.templatesOpen, title: l10n.t('Preview') };
    item.tooltip = tooltip(id, title, status, forMe);
    item.accessibilityInformation = { label: rowSentence(status, forMe, this.today(), this.session.language) };
    return item;
  }

  private inState(state: TemplateState): readonly TemplateStatus[] {
    return inRowOrder(this.state.all.filter((status) => status.state === state), this.state.waitsForMe, this.session.language);
  }

  private today(): string {
    return DateTime.fromMillis(this.clock.now(), { zone: this.session.desk?.config.institution.timeZone ?? 'utc' }).toISODate() ?? '';
  }

  private node<Kind extends Node>(key: string, fresh: Kind): Kind {
    const known = this.nodes.get(key);
    if (known !== undefined) return known as Kind;
    this.nodes.set(key, fresh);
    return fresh;
  }
}

function tooltip(id: string, title: string, status: TemplateStatus, forMe: boolean): vscode.MarkdownString {
  const lines = [`**${escapeMarkdown(title)}** ${escapeMarkdown(`(${id})`)}`];
  const { approved, proposedBy, reason } = status;
  if (forMe) lines.push(escapeMarkdown(l10n.t('It waits for your review.')));
  if (approved !== undefined && status.state !== 'approved') lines.push(escapeMarkdown(l10n.t('Version {0} is approved and in use.', approved.version)));
  if (proposedBy !== undefined && status.state === 'inReview') lines.push(escapeMarkdown(l10n.t('Proposed by {0}', oneLine(proposedBy.name, 80))));
  if (reason !== undefined && status.state === 'rejected') lines.push(escapeMarkdown(l10n.t('Rejected: {0}', oneLine(reason, 300))));
  for (const problem of status.problems) lines.push(escapeMarkdown(templateProblemSentence(problem)));
  const hover = new vscode.MarkdownString(lines.join('\n\n'));
  hover.isTrusted = false;
  hover.supportHtml = false;
  return hover;
}

function stateIcon(state: TemplateState, hasProblems: boolean, forMe: boolean): vscode.ThemeIcon {
  if (hasProblems) return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  switch (state) {
    case 'approved': return new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed'));
    case 'inReview': return forMe ? new vscode.ThemeIcon('bell-dot', new vscode.ThemeColor('list.highlightForeground')) : new vscode.ThemeIcon('eye');
    case 'draft': return new vscode.ThemeIcon('edit');
    case 'rejected': return new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('list.errorForeground'));
    case 'expired': return new vscode.ThemeIcon('history');
    case 'withdrawn': return new vscode.ThemeIcon('archive');
  }
}
