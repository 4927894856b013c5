import * as vscode from 'vscode';
import { asMomentosError, isMomentosError, MomentosError } from '../../core/errors';
import { type Mention } from '../../core/mention';
import { type Desk, type ReplyContext, type ReplyDraft } from '../../desk/deskApi';
import { bundleFor } from '../../desk/language';
import { sentence } from '../../desk/sentences';
import { type DraftMessage, type HostNotifications, type ReplyPanelState } from '../../protocol/replyPanel';
import { Rpc } from '../../protocol/rpc';
import { panelHtml } from './panelHtml';
import { handleReplyRequests } from './replyRequests';
import { type ReplyTarget, type ReplyTargetParts } from './replyTarget';
import { panelTitle, replyPanelState } from './replyView';
import { webviewWire } from './webviewWire';

const gatherMs = 60;

export interface ReplyPageParts extends ReplyTargetParts {
  readonly extensionUri: vscode.Uri;
}

/** One reply panel and the mention that it shows. */
export class ReplyPage implements ReplyTarget, vscode.Disposable {
  private readonly rpc: Rpc<Record<never, never>, HostNotifications>;
  private readonly listening: vscode.Disposable[];
  private stops: readonly (() => void)[] = [];
  private context: ReplyContext | undefined;
  private complete = false;
  private touched = false;
  private turn = 0;
  private gathering: ReturnType<typeof setTimeout> | undefined;
  private reading = new AbortController();
  private opening: Promise<void>;

  constructor(
    readonly panel: vscode.WebviewPanel,
    private shown: string,
    private readonly parts: ReplyPageParts,
  ) {
    const { session, sending, holds, logger } = parts;
    this.rpc = new Rpc(webviewWire(panel.webview), {
      word: sentence,
      onFailure: (error, method) => {
        logger.warn('message of the reply page refused', { code: error.code, method });
      },
    });
    handleReplyRequests(this.rpc, this, parts);
    this.listening = [
      session.onDidChange(() => {
        this.listen();
        this.context = undefined;
        void this.load();
      }),
      holds.onDidChange(() => {
        this.pushSoon();
      }),
      sending.onDidChange(({ mentionId, phase }) => {
        if (mentionId === this.shown) void this.push(phase.name === 'sent');
      }),
    ];
    this.listen();
    panel.webview.html = panelHtml(panel.webview, parts.extensionUri, 'reply', session.language);
    this.opening = this.load();
  }

  get mentionId(): string {
    return this.shown;
  }

  /** Nothing of the person's own stands in it: another mention may take its place. */
  get vacant(): boolean {
    return !this.touched && this.parts.sending.phase(this.shown) === undefined;
  }

  /** Shows another mention in the same place. */
  async show(mentionId: string): Promise<void> {
    if (mentionId !== this.shown) {
      this.shown = mentionId;
      this.context = undefined;
      this.touched = false;
      this.opening = this.load(true);
    }
    await this.opening;
  }

  focus(): void {
    this.rpc.notify('panel/focus', {});
  }

  async ready(): Promise<{ readonly language: string; readonly bundle: Readonly<Record<string, string>>; readonly state: ReplyPanelState }> {
    await this.opening;
    const { language } = this.parts.session;
    return { language, bundle: bundleFor(language), state: await this.state() };
  }

  async save(message: DraftMessage): Promise<number> {
    const draft = this.draftOf(message);
    const desk = await this.parts.session.use();
    const blank = draft.text.trim() === '' && draft.template === undefined && draft.again === undefined;
    this.touched = !blank;
    if (!blank) return desk.replies.saveDraft(this.shown, draft);
    await desk.replies.removeDraft(this.shown);
    return this.parts.clock.now();
  }

  draftOf({ mentionId, ...draft }: DraftMessage): ReplyDraft {
    if (mentionId !== undefined && mentionId !== this.shown) throw new MomentosError('rpc.invalid', { method: 'draft/save' });
    return draft;
  }

  async push(replaceDraft: boolean): Promise<void> {
    const turn = this.turn;
    try {
      const state = await this.state();
      if (turn === this.turn) this.rpc.notify('panel/state', { state, replaceDraft });
    } catch (thrown) {
      this.parts.logger.warn('reply page not brought up to date', { code: asMomentosError(thrown).code });
    }
  }

  dispose(): void {
    this.turn++;
    this.reading.abort();
    clearTimeout(this.gathering);
    for (const stop of this.stops) stop();
    vscode.Disposable.from(...this.listening).dispose();
    this.rpc.dispose();
  }

  private listen(): void {
    for (const stop of this.stops) stop();
    const { desk } = this.parts.session;
    this.stops = desk === undefined ? [] : [desk.inbox.onDidChange(() => { this.pushSoon(); }), desk.templates.onDidChange(() => void this.readTemplates(desk))];
  }

  private pushSoon(): void {
    this.gathering ??= setTimeout(() => {
      this.gathering = undefined;
      void this.push(false);
    }, gatherMs);
  }

  /** What was approved or changed meanwhile can be chosen at once, or no longer. */
  private async readTemplates(desk: Desk): Promise<void> {
    const turn = this.turn;
    try {
      const { templates } = await desk.replies.context(this.shown, { network: false });
      if (turn !== this.turn || this.context === undefined) return;
      this.context = { ...this.context, templates };
      this.pushSoon();
    } catch (thrown) {
      this.parts.logger.warn('templates of the reply page not read', { code: asMomentosError(thrown).code });
    }
  }

  /** What is stored at once, then what the network shows. */
  private async load(tell = false): Promise<void> {
    const turn = ++this.turn;
    this.reading.abort();
    this.reading = new AbortController();
    const desk = await this.parts.session.use().catch(() => undefined);
    if (desk === undefined || turn !== this.turn) return;
    let mention: Mention;
    try {
      mention = desk.inbox.get(this.shown);
      this.context = await desk.replies.context(mention.id, { network: false });
    } catch (thrown) {
      if (isMomentosError(thrown, 'mention.notFound')) this.panel.dispose();
      throw thrown;
    }
    if (turn !== this.turn) return;
    this.panel.title = panelTitle(mention);
    this.complete = false;
    this.touched = (await desk.replies.draft(mention.id)) !== undefined;
    if (tell) await this.push(true);
    void desk.triage.opened(mention.id).catch((error: unknown) => {
      this.parts.logger.warn('opening not logged', { mention: mention.id, error });
    });
    void this.readThread(desk, turn);
  }

  private async readThread(desk: Desk, turn: number): Promise<void> {
    try {
      const context = await desk.replies.context(this.shown, { network: true, signal: this.reading.signal });
      if (turn !== this.turn) return;
      this.context = context;
    } catch (thrown) {
      if (turn !== this.turn) return;
      this.parts.logger.warn('conversation not read from the network', { mention: this.shown, code: asMomentosError(thrown).code });
    }
    this.complete = true;
    await this.push(false);
  }

  private async state(): Promise<ReplyPanelState> {
    const desk = await this.parts.session.use();
    const mention = desk.inbox.get(this.shown);
    const context = this.context ?? (await desk.replies.context(mention.id, { network: false }));
    const draft = await desk.replies.draft(mention.id);
    const rights = mention.submission === undefined ? undefined : await desk.approvals.may(mention);
    return replyPanelState({ desk, mention, context, draft, rights, holds: await desk.holds.covering(mention).catch(() => []), conversationComplete: this.complete, phase: this.parts.sending.phase(mention.id), now: this.parts.clock.now() });
  }
}
