import { type Mention } from '../../core/mention';
import { type MentionGroup } from '../../desk/deskApi';

export interface GroupNode {
  readonly kind: 'group';
  readonly id: string;
  readonly key: string;
}

export interface MentionNode {
  readonly kind: 'mention';
  readonly id: string;
  readonly mentionId: string;
  readonly parent: GroupNode;
}

/** The last row of a group that is too long to show whole. */
export interface MoreNode {
  readonly kind: 'more';
  readonly id: string;
  readonly parent: GroupNode;
}

export type InboxNode = GroupNode | MentionNode | MoreNode;

/**
 * The nodes of the tree: one object per id for as long as the tree lives, so that VS Code keeps selection and open groups, with the data
 * beside them.
 */
export class InboxNodes {
  private readonly known = new Map<string, InboxNode>();
  private groups: readonly MentionGroup[] = [];
  private signatures = new Map<string, string>();

  /**
   * Takes what is to be shown now. Returns the groups whose rows changed, `all` when groups came, went or moved, nothing when all is as it was.
   * `signature` says in a string what the row of a mention looks like.
   */
  take(groups: readonly MentionGroup[], shown: (key: string) => number, signature: (mention: Mention) => string): readonly GroupNode[] | 'all' {
    const before = this.groups.map(({ key, label }) => `${key}\u0000${label}`).join('\u0001');
    const now = groups.map(({ key, label }) => `${key}\u0000${label}`).join('\u0001');
    const signatures = new Map(groups.map((group) => [group.key, `${String(group.mentions.length)}\u0001${group.mentions.slice(0, shown(group.key)).map((mention) => `${mention.id}\u0000${signature(mention)}`).join('\u0001')}`]));
    const changed = groups.filter(({ key }) => signatures.get(key) !== this.signatures.get(key)).map(({ key }) => this.groupNode(key));
    this.groups = groups;
    this.signatures = signatures;
    return before === now ? changed : 'all';
  }

  get roots(): readonly GroupNode[] {
    return this.groups.map(({ key }) => this.groupNode(key));
  }

  group(key: string): MentionGroup | undefined {
    return this.groups.find((group) => group.key === key);
  }

  /** Rows of a group, with a last one for more where there are more. */
  children(node: GroupNode, shown: number): readonly InboxNode[] {
    const mentions = this.group(node.key)?.mentions ?? [];
    const rows: InboxNode[] = mentions.slice(0, shown).map((mention) => this.mentionNode(node, mention.id));
    if (mentions.length > shown) rows.push(this.node(`more/${node.key}`, { kind: 'more', id: `more/${node.key}`, parent: node }));
    return rows;
  }

  /** undefined = no group shows it. */
  find(mentionId: string): MentionNode | undefined {
    const group = this.groups.find(({ mentions }) => mentions.some(({ id }) => id === mentionId));
    return group === undefined ? undefined : this.mentionNode(this.groupNode(group.key), mentionId);
  }

  /** Ids of all mentions that are shown, in the order of the view. */
  order(): readonly string[] {
    return this.groups.flatMap(({ mentions }) => mentions.map(({ id }) => id));
  }

  /** All groups that the tree has no rows for are forgotten: nothing is shown before the next `take`. */
  clear(): void {
    this.groups = [];
    this.signatures.clear();
  }

  private groupNode(key: string): GroupNode {
    return this.node(`group/${key}`, { kind: 'group', id: `group/${key}`, key });
  }

  private mentionNode(parent: GroupNode, mentionId: string): MentionNode {
    const id = `mention/${parent.key}/${mentionId}`;
    return this.node(id, { kind: 'mention', id, mentionId, parent });
  }

  private node<Node extends InboxNode>(id: string, fresh: Node): Node {
    const known = this.known.get(id);
    if (known !== undefined) return known as Node;
    this.known.set(id, fresh);
    return fresh;
  }
}
