import * as vscode from 'vscode';
import { type InboxFilter, type InboxGrouping, inboxGroupings } from '../../desk/deskApi';
import { contexts } from '../ids';

const groupingKey = 'inbox.grouping';
const mineKey = 'inbox.mine';

/** Rows of a group that are shown at first and added by "Show more". */
export const pageSize = 50;

/** What the person chose to see. Grouping and *mine* are remembered per workspace; filters are not, so that nothing stays hidden unnoticed. */
export class InboxState implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private chosen: Omit<InboxFilter, 'mine'> = {};
  private readonly pages = new Map<string, number>();

  constructor(private readonly memory: vscode.Memento) {
    this.publish();
  }

  get grouping(): InboxGrouping {
    const kept = this.memory.get<string>(groupingKey);
    return inboxGroupings.find((grouping) => grouping === kept) ?? 'due';
  }

  async group(grouping: InboxGrouping): Promise<void> {
    await this.memory.update(groupingKey, grouping);
    this.pages.clear();
    this.changed.fire();
  }

  get mine(): boolean {
    return this.memory.get<boolean>(mineKey) === true;
  }

  async showMine(mine: boolean): Promise<void> {
    await this.memory.update(mineKey, mine);
    this.publish();
    this.changed.fire();
  }

  /** All but *mine*. */
  get chosenFilter(): Omit<InboxFilter, 'mine'> {
    return this.chosen;
  }

  get filter(): InboxFilter {
    return this.mine ? { ...this.chosen, mine: true } : this.chosen;
  }

  get filtered(): boolean {
    return Object.keys(this.chosen).length > 0;
  }

  narrow(filter: Omit<InboxFilter, 'mine'>): void {
    this.chosen = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== ''));
    this.pages.clear();
    this.publish();
    this.changed.fire();
  }

  /** How many rows of the group are shown. */
  shown(groupKey: string): number {
    return (this.pages.get(groupKey) ?? 1) * pageSize;
  }

  showMore(groupKey: string): void {
    this.pages.set(groupKey, (this.pages.get(groupKey) ?? 1) + 1);
    this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }

  private publish(): void {
    void vscode.commands.executeCommand('setContext', contexts.filtered, this.filtered);
    void vscode.commands.executeCommand('setContext', contexts.mine, this.mine);
  }
}
