import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type Clock } from '../../core/clock';
import { type InboxGrouping } from '../../desk/deskApi';
import { holdWords } from '../../desk/holdWords';
import { channelWords, kindWords, moodWords, networkWords, priorityWords, statusWords, timeWords } from '../../desk/words';
import { type DeskSession } from '../deskSession';
import { type HoldsState } from '../holdsState';
import { views } from '../ids';
import { plainNotice } from '../safeText';
import { type Situation } from '../situation';
import { type InboxNode } from './inboxNodes';
import { type InboxState } from './inboxState';
import { InboxTree } from './inboxTree';

/** Labels say how much time is left, in minutes. */
const redrawMs = 30_000;
const gatherMs = 40;

/** The Inbox view: tree, badge, and the words over it. */
export class InboxView implements vscode.Disposable {
  private readonly tree: InboxTree;
  private readonly view: vscode.TreeView<InboxNode>;
  private readonly parts: vscode.Disposable[];
  private stopListening: (() => void) | undefined;
  private gathering: ReturnType<typeof setTimeout> | undefined;
  private readonly drawn = new vscode.EventEmitter<void>();
  /** What stands in the inbox has changed. */
  readonly onDidDraw = this.drawn.event;

  constructor(
    private readonly session: DeskSession,
    private readonly state: InboxState,
    private readonly situation: Situation,
    private readonly held: HoldsState,
    private readonly clock: Clock,
  ) {
    this.tree = new InboxTree(session, state, clock);
    this.view = vscode.window.createTreeView(views.inbox, { treeDataProvider: this.tree, canSelectMany: true, showCollapseAll: true });
    const timer = setInterval(() => {
      if (this.view.visible) this.draw();
    }, redrawMs);
    this.parts = [
      this.tree,
      this.view,
      this.drawn,
      new vscode.Disposable(() => {
        clearInterval(timer);
      }),
      session.onDidChange(() => {
        this.listen();
      }),
      state.onDidChange(() => {
        this.draw();
      }),
      situation.onDidChange(() => {
        this.words();
      }),
      held.onDidChange(() => {
        this.draw();
      }),
      this.view.onDidChangeVisibility(({ visible }) => {
        if (visible) this.draw();
      }),
    ];
    this.listen();
  }

  /** Ids of the selected mentions. */
  get selected(): readonly string[] {
    return this.view.selection.flatMap((node) => (node.kind === 'mention' ? [node.mentionId] : []));
  }

  /**
   * Ids of the mentions that a key pressed in the tree means: several selected ones, else the row with the focus. VS Code tells extensions of the selection only,
   * and arrow keys move nothing but the focus: so the focused row is selected, without being opened, and what this changed is it.
   */
  async focused(): Promise<readonly string[]> {
    const before = this.selected;
    if (before.length > 1) return before;
    await vscode.commands.executeCommand('list.toggleSelection');
    const after = this.selected;
    const id = after.find((candidate) => !before.includes(candidate)) ?? before.find((candidate) => !after.includes(candidate));
    if (id === undefined) return [];
    await this.reveal(id);
    return [id];
  }

  /** The row that was clicked or chosen by Enter; undefined = a group, or none. */
  get chosen(): Exclude<InboxNode, { readonly kind: 'group' }> | undefined {
    const [node] = this.view.selection;
    return node === undefined || node.kind === 'group' ? undefined : node;
  }

  /** Ids in the order of the view. */
  get order(): readonly string[] {
    return this.tree.order();
  }

  /** Selects the mention in the tree without taking the focus; nothing when the view is hidden or does not show it. */
  async select(mentionId: string): Promise<void> {
    if (this.view.visible && this.selected[0] !== mentionId) await this.reveal(mentionId);
  }

  dispose(): void {
    clearTimeout(this.gathering);
    this.stopListening?.();
    vscode.Disposable.from(...this.parts).dispose();
  }

  private async reveal(mentionId: string): Promise<void> {
    const node = this.tree.find(mentionId);
    if (node !== undefined) await this.view.reveal(node, { select: true, focus: false }).then(undefined, () => undefined);
  }

  private listen(): void {
    this.stopListening?.();
    this.stopListening = this.session.desk?.inbox.onDidChange(() => {
      this.gathering ??= setTimeout(() => {
        this.gathering = undefined;
        this.draw();
      }, gatherMs);
    });
    this.draw();
  }

  private draw(): void {
    this.tree.refresh();
    this.words();
    this.drawn.fire();
  }

  private words(): void {
    const { desk } = this.session;
    this.view.title = l10n.t('Inbox');
    const open = desk?.inbox.counts().open ?? 0;
    this.view.badge = open === 0 ? undefined : { value: open, tooltip: open === 1 ? l10n.t('1 open mention') : l10n.t('{0} open mentions', open) };
    this.view.description = desk === undefined ? '' : this.described().join(' · ');
    const message = this.said();
    // Set only when it differs: VS Code hides its welcome text while a message is set.
    if (this.view.message !== message) (this.view as { message: string | undefined }).message = message;
  }

  private described(): readonly string[] {
    const words = this.state.grouping === 'due' ? [] : [groupingWords(this.state.grouping)];
    const narrowed = this.narrowed();
    return [...words, ...(this.state.mine ? [l10n.t('mine')] : []), ...(narrowed !== '' && this.tree.order().length === 0 ? [l10n.t('Only: {0}', narrowed)] : [])];
  }

  private said(): string | undefined {
    const { desk } = this.session;
    if (desk === undefined) return undefined;
    const [hold] = this.held.holds;
    if (hold !== undefined) return plainNotice(holdWords(hold, desk, this.clock.now()), 300);
    const empty = this.tree.order().length === 0;
    const narrowed = this.narrowed();
    // An empty view has its welcome text, with a button that shows everything again.
    if (empty) return undefined;
    if (narrowed !== '') return l10n.t('Only: {0}', narrowed);
    const failing = this.situation.failing[0];
    if (failing !== undefined) {
      const at = failing.state.lastPullAt;
      const name = plainNotice(failing.name || networkWords(failing.network), 60);
      if (at === undefined) return l10n.t('{0} does not answer. Shown is what is stored.', name);
      return l10n.t('{0} does not answer. Shown is what is stored (last look: {1}).', name, timeWords(at, this.clock.now(), desk.config.institution.timeZone, desk.language));
    }
    const unconnected = this.situation.unconnected[0];
    return unconnected === undefined ? undefined : l10n.t('{0} is not connected.', plainNotice(unconnected.name || networkWords(unconnected.network), 60));
  }

  private narrowed(): string {
    const { search, sentiment, urgent, kind, topic, priority, status, channel } = this.state.chosenFilter;
    const { desk } = this.session;
    return [
      search === undefined ? undefined : `“${plainNotice(search, 40)}”`,
      sentiment === undefined ? undefined : moodWords(sentiment),
      urgent === true ? l10n.t('danger to somebody') : undefined,
      kind === undefined ? undefined : kindWords(kind),
      topic === undefined ? undefined : plainNotice(desk?.config.topics.find(({ id }) => id === topic)?.name ?? topic, 40),
      priority === undefined ? undefined : l10n.t('priority {0}', priorityWords(priority)),
      status === undefined ? undefined : statusWords(status),
      channel === undefined ? undefined : plainNotice(desk === undefined ? channel : channelWords(desk.config, channel), 40),
    ]
      .filter((part) => part !== undefined)
      .join(' · ');
  }
}

export function groupingWords(grouping: InboxGrouping): string {
  switch (grouping) {
    case 'due': return l10n.t('by due time');
    case 'channel': return l10n.t('by channel');
    case 'sentiment': return l10n.t('by sentiment');
    case 'priority': return l10n.t('by priority');
    case 'author': return l10n.t('by author');
  }
}
