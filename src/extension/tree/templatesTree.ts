import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { templateStates, type TemplateState, type TemplateStatus } from '../../core/template';
import { templateGroupWords, templateStateWords } from '../../desk/words';
import { type DeskSession } from '../deskSession';
import { commands, contexts, views } from '../ids';
import { escapeMarkdown, oneLine } from '../safeText';
import { templateProblemSentence } from '../../desk/templateSentences';

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
const gatherMs = 100;

/** The Templates view: by state, with counts. */
export class TemplatesTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: vscode.TreeView<Node>;
  private readonly listening: vscode.Disposable[];
  private statuses: readonly TemplateStatus[] = [];
  private readonly nodes = new Map<string, Node>();
  private stopListening: (() => void) | undefined;
  private gathering: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly session: DeskSession) {
    this.view = vscode.window.createTreeView(views.templates, { treeDataProvider: this, showCollapseAll: true });
    this.listening = [
      this.changed,
      this.view,
      session.onDidChange(() => {
        this.listen();
      }),
    ];
    this.listen();
  }

  /** The template that is selected. */
  get selected(): string | undefined {
    const [node] = this.view.selection;
    return node?.kind === 'template' ? node.id : undefined;
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node?.kind === 'template') return [];
    if (node !== undefined) return this.inState(node.state).map(({ id }) => this.node(`${node.state}/${id}`, { kind: 'template', id, state: node.state }));
    const desk = await this.session.use().catch(() => undefined);
    if (desk === undefined) return [];
    this.statuses = await desk.templates.list();
    void vscode.commands.executeCommand('setContext', contexts.templatesRead, true);
    return [...new Set([...order, ...templateStates])].filter((state) => this.inState(state).length > 0).map((state) => this.node(state, { kind: 'state', state }));
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return node.kind === 'state' ? this.stateItem(node) : this.templateItem(node);
  }

  getParent(node: Node): Node | undefined {
    return node.kind === 'state' ? undefined : this.node(node.state, { kind: 'state', state: node.state });
  }

  dispose(): void {
    clearTimeout(this.gathering);
    this.stopListening?.();
    vscode.Disposable.from(...this.listening).dispose();
  }

  private listen(): void {
    this.stopListening?.();
    this.stopListening = this.session.desk?.templates.onDidChange(() => {
      this.gathering ??= setTimeout(() => {
        this.gathering = undefined;
        this.changed.fire(undefined);
      }, gatherMs);
    });
    this.view.title = l10n.t('Templates');
    this.changed.fire(undefined);
  }

  private stateItem({ state }: StateNode): vscode.TreeItem {
    const count = this.inState(state).length;
    const item = new vscode.TreeItem(templateGroupWords(state), state === 'approved' ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.Expanded);
    item.id = `state/${state}`;
    item.description = String(count);
    item.contextValue = 'state';
    item.accessibilityInformation = { label: l10n.t('{0}, {1} templates', templateGroupWords(state), count) };
    return item;
  }

  private templateItem({ id, state }: TemplateNode): vscode.TreeItem {
    const status = this.statuses.find((candidate) => candidate.id === id);
    const template = status?.working ?? status?.approved;
    const title = template?.title[this.session.language] ?? Object.values(template?.title ?? {})[0] ?? id;
    const item = new vscode.TreeItem(oneLine(title, 80), vscode.TreeItemCollapsibleState.None);
    item.id = `template/${state}/${id}`;
    const languages = Object.keys(template?.bodies ?? {}).join(', ');
    item.description = [template === undefined ? '' : `v${String(template.version)}`, languages].filter((part) => part !== '').join(' · ');
    item.iconPath = stateIcon(state, (status?.problems.length ?? 0) > 0);
    item.contextValue = `template ${state}`;
    item.command = { command: commands.templatesOpen, title: l10n.t('Preview') };
    item.tooltip = tooltip(id, title, status);
    item.accessibilityInformation = { label: `${oneLine(title, 80)}, ${templateStateWords(state)}, ${item.description}` };
    return item;
  }

  private inState(state: TemplateState): readonly TemplateStatus[] {
    return this.statuses.filter((status) => status.state === state);
  }

  private node<Kind extends Node>(key: string, fresh: Kind): Kind {
    const known = this.nodes.get(key);
    if (known !== undefined) return known as Kind;
    this.nodes.set(key, fresh);
    return fresh;
  }
}

function tooltip(id: string, title: string, status: TemplateStatus | undefined): vscode.MarkdownString {
  const lines = [`**${escapeMarkdown(title)}** ${escapeMarkdown(`(${id})`)}`];
  const inUse = status?.approved;
  if (inUse !== undefined && status?.state !== 'approved') lines.push(escapeMarkdown(l10n.t('Version {0} is approved and in use.', inUse.version)));
  if (status?.reason !== undefined) lines.push(escapeMarkdown(l10n.t('Rejected: {0}', oneLine(status.reason, 300))));
  for (const problem of status?.problems ?? []) lines.push(escapeMarkdown(templateProblemSentence(problem)));
  const hover = new vscode.MarkdownString(lines.join('\n\n'));
  hover.isTrusted = false;
  hover.supportHtml = false;
  return hover;
}

function stateIcon(state: TemplateState, hasProblems: boolean): vscode.ThemeIcon {
  if (hasProblems) return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  switch (state) {
    case 'approved': return new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed'));
    case 'inReview': return new vscode.ThemeIcon('eye');
    case 'draft': return new vscode.ThemeIcon('edit');
    case 'rejected': return new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('list.errorForeground'));
    case 'expired': return new vscode.ThemeIcon('history');
    case 'withdrawn': return new vscode.ThemeIcon('archive');
  }
}
