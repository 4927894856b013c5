import * as vscode from 'vscode';
import { type Clock } from '../../core/clock';
import { type Mention } from '../../core/mention';
import { moodOf } from '../../core/mood';
import { type Desk } from '../../desk/deskApi';
import { type DeskSession } from '../deskSession';
import { groupItem, hoverOf, mentionItem, moreItem } from './inboxItems';
import { InboxNodes, type InboxNode, type MentionNode } from './inboxNodes';
import { pageSize, type InboxState } from './inboxState';
import { messageStart, rowFlags, rowLabel } from './mentionRow';

/** The inbox as a native tree. */
export class InboxTree implements vscode.TreeDataProvider<InboxNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<InboxNode | InboxNode[] | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly nodes = new InboxNodes();

  constructor(
    private readonly session: DeskSession,
    private readonly state: InboxState,
    private readonly clock: Clock,
  ) {}

  /** Takes what the desk shows now and redraws what differs. */
  refresh(): void {
    const { desk } = this.session;
    if (desk === undefined) {
      this.nodes.clear();
      this.changed.fire(undefined);
      return;
    }
    const changed = this.take(desk);
    if (changed === 'all') this.changed.fire(undefined);
    else if (changed.length > 0) this.changed.fire([...changed]);
  }

  async getChildren(node?: InboxNode): Promise<InboxNode[]> {
    if (node === undefined) {
      const desk = this.session.desk ?? (await this.session.use().catch(() => undefined));
      if (desk === undefined) return [];
      this.take(desk);
      return [...this.nodes.roots];
    }
    return node.kind === 'group' ? [...this.nodes.children(node, this.state.shown(node.key))] : [];
  }

  getTreeItem(node: InboxNode): vscode.TreeItem {
    const { desk } = this.session;
    const gone = (): vscode.TreeItem => new vscode.TreeItem('', vscode.TreeItemCollapsibleState.None);
    if (desk === undefined) return gone();
    switch (node.kind) {
      case 'group': {
        const group = this.nodes.group(node.key);
        return group === undefined ? gone() : groupItem(node, group);
      }
      case 'mention': {
        const mention = this.mention(node);
        return mention === undefined ? gone() : mentionItem(node, mention, desk, this.clock.now());
      }
      case 'more':
        return moreItem(node, (this.nodes.group(node.parent.key)?.mentions.length ?? 0) - this.state.shown(node.parent.key), pageSize);
    }
  }

  resolveTreeItem(item: vscode.TreeItem, node: InboxNode): vscode.TreeItem {
    const { desk } = this.session;
    const mention = node.kind === 'mention' ? this.mention(node) : undefined;
    if (desk !== undefined && mention !== undefined) item.tooltip = hoverOf(mention, desk, this.clock.now());
    return item;
  }

  getParent(node: InboxNode): InboxNode | undefined {
    return node.kind === 'group' ? undefined : node.parent;
  }

  /** undefined = the view does not show it, or only further down than what is loaded. */
  find(mentionId: string): MentionNode | undefined {
    return this.nodes.find(mentionId);
  }

  /** Ids in the order of the view. */
  order(): readonly string[] {
    return this.nodes.order();
  }

  dispose(): void {
    this.changed.dispose();
  }

  private mention(node: MentionNode): Mention | undefined {
    return this.nodes.group(node.parent.key)?.mentions.find(({ id }) => id === node.mentionId);
  }

  private take(desk: Desk): ReturnType<InboxNodes['take']> {
    const now = this.clock.now();
    return this.nodes.take(
      desk.inbox.groups(this.state.grouping, this.state.filter),
      (key) => this.state.shown(key),
      (mention) => `${rowLabel(mention, now)}|${moodOf(mention)}|${rowFlags(mention, desk.operator.id)}|${String(mention.revision)}|${messageStart(mention, 40)}`,
    );
  }
}
