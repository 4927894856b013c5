import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type Clock, type Logger } from '../../core/clock';
import { asMomentosError, isMomentosError } from '../../core/errors';
import { type LengthRule } from '../../core/text/countText';
import { type ChannelInfo } from '../../desk/deskApi';
import { bundleFor } from '../../desk/language';
import { sentence } from '../../desk/sentences';
import { Rpc } from '../../protocol/rpc';
import { previewGuard, type PreviewNotifications, type TemplatePreviewState } from '../../protocol/templatePreview';
import { type DeskSession } from '../deskSession';
import { commands, panels } from '../ids';
import { oneLine } from '../safeText';
import { panelHtml, panelOptions, tabIcon } from './panelHtml';
import { templatePreviewState, titleOf } from './templateView';
import { webviewWire } from './webviewWire';

export interface TemplatePanelParts {
  readonly session: DeskSession;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly extensionUri: vscode.Uri;
}

/** The previews of templates: one panel per template. */
export class TemplatePanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private readonly pages = new Map<string, TemplatePage>();
  private readonly registration: vscode.Disposable;

  constructor(private readonly parts: TemplatePanelParts) {
    this.registration = vscode.window.registerWebviewPanelSerializer(panels.template, this);
  }

  /** The template of the panel that has the focus. */
  get active(): string | undefined {
    return [...this.pages].find(([, page]) => page.panel.active)?.[0];
  }

  /** `column`: where to show it; default: where the active editor is, or where it stands already. */
  async open(id: string, column?: vscode.ViewColumn): Promise<void> {
    const desk = await this.parts.session.use();
    await desk.templates.get(id);
    const page = this.pages.get(id);
    if (page !== undefined) page.panel.reveal(column);
    else this.add(vscode.window.createWebviewPanel(panels.template, id, column ?? vscode.ViewColumn.Active, panelOptions(this.parts.extensionUri)), id);
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const id = typeof state === 'object' && state !== null ? (state as { readonly id?: unknown }).id : undefined;
    const desk = await this.parts.session.use().catch(() => undefined);
    const known = typeof id === 'string' && (await desk?.templates.get(id).catch(() => undefined)) !== undefined;
    if (!known || this.pages.has(id)) {
      panel.dispose();
      return;
    }
    panel.webview.options = panelOptions(this.parts.extensionUri);
    this.add(panel, id);
  }

  dispose(): void {
    for (const page of this.pages.values()) page.dispose();
    this.registration.dispose();
  }

  private add(panel: vscode.WebviewPanel, id: string): void {
    panel.iconPath = tabIcon(this.parts.extensionUri);
    const page = new TemplatePage(panel, id, this.parts);
    this.pages.set(id, page);
    panel.onDidDispose(() => {
      this.pages.delete(id);
      page.dispose();
    });
  }
}

class TemplatePage implements vscode.Disposable {
  private readonly rpc: Rpc<Record<never, never>, PreviewNotifications>;
  private readonly listening: vscode.Disposable;
  private stopListening: (() => void) | undefined;
  /** A comment that is being written: the page itself forgets it when it is hidden. */
  private comment = '';

  constructor(
    readonly panel: vscode.WebviewPanel,
    private readonly id: string,
    private readonly parts: TemplatePanelParts,
  ) {
    const { session, logger } = parts;
    this.rpc = new Rpc(webviewWire(panel.webview), {
      word: sentence,
      onFailure: (error, method) => {
        logger.warn('message of the template page refused', { code: error.code, method });
      },
    });
    this.handle();
    this.listening = session.onDidChange(() => {
      this.listen();
      void this.push();
    });
    this.listen();
    panel.webview.html = panelHtml(panel.webview, parts.extensionUri, 'template', session.language);
  }

  dispose(): void {
    this.stopListening?.();
    this.listening.dispose();
    this.rpc.dispose();
  }

  private handle(): void {
    const run = async (command: string, ...args: unknown[]): Promise<null> => {
      await vscode.commands.executeCommand(command, this.id, ...args);
      return null;
    };
    this.rpc.handle('preview/ready', previewGuard('preview/ready'), async () => {
      const { language } = this.parts.session;
      return { language, bundle: bundleFor(language), state: await this.state(), comment: this.comment };
    });
    this.rpc.handle('template/propose', previewGuard('template/propose'), () => run(commands.templatePropose));
    this.rpc.handle('template/approve', previewGuard('template/approve'), ({ contentHash }) => run(commands.templateApprove, contentHash));
    this.rpc.handle('template/reject', previewGuard('template/reject'), () => run(commands.templateReject));
    this.rpc.handle('template/withdraw', previewGuard('template/withdraw'), () => run(commands.templateWithdraw));
    this.rpc.handle('template/edit', previewGuard('template/edit'), () => run(commands.templateEdit));
    this.rpc.handle('template/compare', previewGuard('template/compare'), () => run(commands.templateCompare));
    this.rpc.handle('template/goTo', previewGuard('template/goTo'), ({ line }) => run(commands.templateEdit, line));
    this.rpc.handle('template/keepComment', previewGuard('template/keepComment'), ({ text }) => {
      this.comment = text;
      return null;
    });
    this.rpc.handle('template/comment', previewGuard('template/comment'), async ({ text }) => {
      const desk = await this.parts.session.use();
      await desk.templates.comment(this.id, text);
      this.comment = '';
      return null;
    });
  }

  private listen(): void {
    this.stopListening?.();
    this.stopListening = this.parts.session.desk?.templates.onDidChange(() => void this.push());
  }

  private async push(): Promise<void> {
    try {
      this.rpc.notify('preview/state', { state: await this.state() });
    } catch (thrown) {
      if (isMomentosError(thrown, 'template.notFound')) this.panel.dispose();
      else this.parts.logger.warn('template page not brought up to date', { code: asMomentosError(thrown).code });
    }
  }

  private async state(): Promise<TemplatePreviewState> {
    const desk = await this.parts.session.use();
    const status = await desk.templates.get(this.id);
    const [may, history, channels] = await Promise.all([desk.templates.may(status), desk.templates.history(this.id), desk.channels.list()]);
    this.panel.title = l10n.t('Template: {0}', oneLine(titleOf(status.working ?? status.approved, this.id, desk.language), 40));
    return templatePreviewState({ desk, status, may, history, rules: strictest(channels), now: this.parts.clock.now() });
  }
}

/** How each network counts; of several accounts on one network the strictest server. */
function strictest(channels: readonly ChannelInfo[]): ReadonlyMap<string, LengthRule> {
  const rules = new Map<string, LengthRule>();
  for (const { network, state } of channels) {
    const rule = state.lengthRule;
    if (rule !== undefined && rule.max < (rules.get(network)?.max ?? Infinity)) rules.set(network, rule);
  }
  return rules;
}
