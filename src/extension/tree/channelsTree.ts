import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type Clock } from '../../core/clock';
import { type ChannelFact, type ChannelHealth, type ChannelReport, reportsOf } from '../../desk/channelReport';
import { type DeskSession } from '../deskSession';
import { views } from '../ids';
import { escapeMarkdown, oneLine } from '../safeText';
import { type Situation } from '../situation';

/** Rows say how long ago things were. */
const redrawMs = 30_000;

interface ChannelNode {
  readonly kind: 'channel';
  readonly channelId: string;
}

interface FactNode {
  readonly kind: 'fact';
  readonly channelId: string;
  readonly key: ChannelFact['key'];
}

type Node = ChannelNode | FactNode;

/** The Channels view: a row for each channel, its health by shape and colour, what is known of it below. */
export class ChannelsTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: vscode.TreeView<Node>;
  private readonly listening: vscode.Disposable[];
  private readonly nodes = new Map<string, Node>();
  private reports: readonly ChannelReport[] = [];

  constructor(
    private readonly session: DeskSession,
    private readonly situation: Situation,
    private readonly clock: Clock,
  ) {
    this.view = vscode.window.createTreeView(views.channels, { treeDataProvider: this, showCollapseAll: true });
    const timer = setInterval(() => {
      if (this.view.visible) this.show();
    }, redrawMs);
    this.listening = [
      this.changed,
      this.view,
      situation.onDidChange(() => {
        this.show();
      }),
      this.view.onDidChangeVisibility(({ visible }) => {
        if (visible) this.show();
      }),
      new vscode.Disposable(() => {
        clearInterval(timer);
      }),
    ];
    this.show();
  }

  /** As last read. */
  get all(): readonly ChannelReport[] {
    return this.reports;
  }

  getChildren(node?: Node): Node[] {
    if (node === undefined) return this.reports.map(({ id }) => this.node(id, { kind: 'channel', channelId: id }));
    if (node.kind === 'fact') return [];
    return (this.report(node.channelId)?.facts ?? []).map(({ key }) => this.node(`${node.channelId}/${key}`, { kind: 'fact', channelId: node.channelId, key }));
  }

  getTreeItem(node: Node): vscode.TreeItem {
    const report = this.report(node.channelId);
    if (report === undefined) return new vscode.TreeItem('');
    return node.kind === 'channel' ? channelItem(report) : factItem(report, node.key);
  }

  getParent(node: Node): Node | undefined {
    return node.kind === 'channel' ? undefined : this.node(node.channelId, { kind: 'channel', channelId: node.channelId });
  }

  dispose(): void {
    vscode.Disposable.from(...this.listening).dispose();
  }

  private show(): void {
    const { desk } = this.session;
    this.reports = desk === undefined ? [] : reportsOf(desk, this.situation.channels, this.clock.now());
    this.view.title = l10n.t('Channels');
    // Stands in the header, so that a view that is folded says it too.
    this.view.description = troubleWords(this.reports);
    this.changed.fire(undefined);
  }

  private report(id: string): ChannelReport | undefined {
    return this.reports.find((report) => report.id === id);
  }

  private node<Kind extends Node>(key: string, fresh: Kind): Kind {
    const known = this.nodes.get(key);
    if (known !== undefined) return known as Kind;
    this.nodes.set(key, fresh);
    return fresh;
  }
}

/** What stands in the view's header; empty while all is well. */
function troubleWords(reports: readonly ChannelReport[]): string {
  const troubled = reports.filter(({ health }) => health === 'failing' || health === 'notConnected').length;
  const all = reports.filter(({ health }) => health !== 'byHand').length;
  return troubled === 0 ? '' : l10n.t('{0} of {1} without connection', troubled, all);
}

function channelItem(report: ChannelReport): vscode.TreeItem {
  const name = oneLine(report.name, 60);
  const summary = oneLine(report.summary, 120);
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `channel/${report.id}`;
  item.description = summary;
  item.iconPath = healthIcon(report.health);
  item.contextValue = ['channel', report.info === undefined ? 'hand' : 'network', report.info?.connected === true ? 'connected' : '', report.help === undefined ? '' : `help-${report.help}`].filter((flag) => flag !== '').join(' ');
  item.tooltip = tooltip(report, name);
  const said = [name, report.networkName, report.healthWords, summary === report.healthWords ? '' : summary, oneLine(report.problem ?? '', 300)];
  item.accessibilityInformation = { label: said.filter((part, index) => part !== '' && said.indexOf(part) === index).join(', ') };
  return item;
}

function factItem(report: ChannelReport, key: ChannelFact['key']): vscode.TreeItem {
  const fact = report.facts.find((candidate) => candidate.key === key);
  const words = oneLine(fact?.words ?? '', 400);
  const item = new vscode.TreeItem(fact?.label ?? '', vscode.TreeItemCollapsibleState.None);
  item.id = `fact/${report.id}/${key}`;
  item.description = words;
  item.contextValue = `fact ${key}`;
  item.tooltip = new vscode.MarkdownString(escapeMarkdown(words));
  item.accessibilityInformation = { label: `${fact?.label ?? ''}: ${words}` };
  return item;
}

function tooltip(report: ChannelReport, name: string): vscode.MarkdownString {
  const lines = report.facts.map(({ label, words }) => `${escapeMarkdown(label)}: ${escapeMarkdown(oneLine(words, 400))}`);
  return new vscode.MarkdownString([`**${escapeMarkdown(name)}** · ${escapeMarkdown(report.networkName)} · ${escapeMarkdown(report.healthWords)}`, ...lines].join('\n\n'), false);
}

/** By shape; the colour only adds to it. */
function healthIcon(health: ChannelHealth): vscode.ThemeIcon {
  const colour = (name: string): vscode.ThemeColor => new vscode.ThemeColor(name);
  switch (health) {
    case 'working': return new vscode.ThemeIcon('pass', colour('testing.iconPassed'));
    case 'unread': return new vscode.ThemeIcon('circle-large-outline');
    case 'waiting': return new vscode.ThemeIcon('watch', colour('list.warningForeground'));
    case 'failing': return new vscode.ThemeIcon('error', colour('list.errorForeground'));
    case 'notConnected': return new vscode.ThemeIcon('debug-disconnect', colour('list.warningForeground'));
    case 'byHand': return new vscode.ThemeIcon('edit');
  }
}
