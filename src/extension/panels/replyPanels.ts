import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type Clock, type Logger } from '../../core/clock';
import { asMomentosError } from '../../core/errors';
import { sentence } from '../../desk/sentences';
import { type DeskSession } from '../deskSession';
import { type HoldsState } from '../holdsState';
import { panels } from '../ids';
import { plainNotice } from '../safeText';
import { openNextSetting } from '../settings';
import { shortName } from '../tree/mentionRow';
import { type InboxView } from '../tree/inboxView';
import { nextMention } from '../tree/nextMention';
import { panelOptions, tabIcon } from './panelHtml';
import { ReplyPage, type ReplyPageParts } from './replyPage';
import { type ReplySending } from './replySending';

/** The reply panels of this window: one per mention, and a panel in which nothing was written is used again. */
export class ReplyPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private readonly pages = new Set<ReplyPage>();
  private readonly parts: ReplyPageParts;
  private readonly listening: vscode.Disposable[];

  constructor(
    private readonly surroundings: { readonly session: DeskSession; readonly sending: ReplySending; readonly holds: HoldsState; readonly clock: Clock; readonly logger: Logger; readonly extensionUri: vscode.Uri },
    private readonly inbox: InboxView,
  ) {
    this.parts = { ...surroundings, next: (target) => this.next([...this.pages].find((page) => page === target)) };
    this.listening = [
      vscode.window.registerWebviewPanelSerializer(panels.reply, this),
      surroundings.sending.onDidChange(({ mentionId, phase, sent }) => {
        const page = this.showing(mentionId);
        if (phase.name === 'failed' || phase.name === 'unsettled') this.tellFailure(mentionId, phase.message, page);
        if (sent !== undefined && page?.panel.visible === true && openNextSetting()) void this.next(page);
      }),
    ];
  }

  /** The mention of the panel that has the focus. */
  get active(): string | undefined {
    return [...this.pages].find(({ panel }) => panel.active)?.mentionId;
  }

  async open(mentionId: string): Promise<void> {
    const desk = await this.surroundings.session.use();
    desk.inbox.get(mentionId);
    const page = this.showing(mentionId) ?? [...this.pages].find((candidate) => candidate.vacant && candidate.panel.visible);
    if (page === undefined) {
      const panel = vscode.window.createWebviewPanel(panels.reply, l10n.t('Reply'), { viewColumn: vscode.ViewColumn.Active, preserveFocus: false }, panelOptions(this.surroundings.extensionUri));
      this.add(panel, mentionId);
      return;
    }
    page.panel.reveal(undefined, false);
    await page.show(mentionId);
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const id = typeof state === 'object' && state !== null ? (state as { readonly id?: unknown }).id : undefined;
    const desk = await this.surroundings.session.use().catch(() => undefined);
    const known = typeof id === 'string' && desk?.inbox.list({ all: true }).some((mention) => mention.id === id) === true;
    if (!known || this.showing(id) !== undefined) {
      panel.dispose();
      return;
    }
    panel.webview.options = panelOptions(this.surroundings.extensionUri);
    this.add(panel, id);
  }

  dispose(): void {
    for (const page of this.pages) page.dispose();
    vscode.Disposable.from(...this.listening).dispose();
  }

  /** Shows the mention that waits next, in the order of the view. */
  async next(page?: ReplyPage): Promise<void> {
    const desk = await this.surroundings.session.use();
    const id = nextMention(this.inbox.order, desk, page?.mentionId);
    if (id === undefined) {
      void vscode.window.showInformationMessage(l10n.t('Nothing else is waiting.'));
      return;
    }
    const open = this.showing(id);
    if (page === undefined || open !== undefined) await this.open(id);
    else await page.show(id);
    await this.inbox.select(id);
  }

  private showing(mentionId: string): ReplyPage | undefined {
    return [...this.pages].find((page) => page.mentionId === mentionId);
  }

  private add(panel: vscode.WebviewPanel, mentionId: string): void {
    panel.iconPath = tabIcon(this.surroundings.extensionUri);
    const page = new ReplyPage(panel, mentionId, this.parts);
    this.pages.add(page);
    panel.onDidDispose(() => {
      this.pages.delete(page);
      page.dispose();
    });
  }

  private tellFailure(mentionId: string, message: string, page: ReplyPage | undefined): void {
    if (page?.panel.visible === true) return;
    const desk = this.surroundings.session.desk;
    const open = l10n.t('Show');
    const name = desk === undefined ? mentionId : shortName(desk.inbox.get(mentionId).post.author);
    void vscode.window.showErrorMessage(plainNotice(l10n.t('The answer to {0} was not sent. {1}', name, message), 600), open).then(async (item) => {
      if (item === open) await this.open(mentionId).catch((error: unknown) => vscode.window.showErrorMessage(plainNotice(sentence(asMomentosError(error)))));
    });
  }
}
