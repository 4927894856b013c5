import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { type Logger } from '../core/clock';
import { asMomentosError, MomentosError } from '../core/errors';
import { configFile } from '../desk/config';
import { createDesk } from '../desk/desk';
import { type Desk } from '../desk/deskApi';
import { chooseLanguage, configureLanguage, type InterfaceLanguage } from '../desk/language';
import { systemClock, systemRandomness } from '../desk/systemClock';
import { reviewerKeyPrefix, ReviewerKeys } from './reviewerKeys';
import { createSecretSource } from './secrets';
import { languageSetting, onDidChangeSettings, operatorSetting, sentimentSetting } from './settings';
import { settings } from './ids';

/**
 * The desk of this window: found in the workspace folders, opened once, opened anew when its configuration or the settings that it
 * was made with change. Everybody asks here; nobody keeps a desk across a wait without asking again.
 */
export class DeskSession implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  /** The desk was opened, replaced or lost. */
  readonly onDidChange = this.changed.event;
  private readonly parts: vscode.Disposable[] = [this.changed];
  private opened: Desk | undefined;
  private opening: Promise<Desk | undefined> | undefined;
  private failure: MomentosError | undefined;
  private disposed = false;
  /** What momentos.json said when the desk was last opened. */
  private openedWith: string | undefined;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly logger: Logger,
  ) {
    const watcher = vscode.workspace.createFileSystemWatcher(`**/${configFile}`);
    const reopen = (uri: vscode.Uri): void => {
      if (rootOf(uri) !== undefined) void this.reopen();
    };
    this.parts.push(
      watcher,
      watcher.onDidCreate(reopen),
      watcher.onDidChange((uri) => {
        if (rootOf(uri) !== undefined) void this.reopenIfOther();
      }),
      watcher.onDidDelete(reopen),
      vscode.workspace.onDidChangeWorkspaceFolders(() => void this.reopen()),
      // With another key the operator may do other things.
      context.secrets.onDidChange(({ key }) => {
        if (key.startsWith(reviewerKeyPrefix)) this.changed.fire();
      }),
      onDidChangeSettings([settings.language, settings.operator, settings.sentimentModel], () => void this.reopen()),
    );
    configureLanguage(this.language);
  }

  get desk(): Desk | undefined {
    return this.opened;
  }

  /** The operator's own reviewer key. Errors: as `use`. */
  async reviewerKeys(): Promise<ReviewerKeys> {
    const { config, operator } = await this.use();
    return new ReviewerKeys(this.context.secrets, config.institution.id, operator);
  }

  /** Why there is a desk folder but no desk. */
  get problem(): MomentosError | undefined {
    return this.failure;
  }

  /** True until it is known whether there is a desk. */
  get pending(): boolean {
    return this.opening !== undefined;
  }

  /** The first workspace folder with a momentos.json. */
  get dir(): string | undefined {
    return vscode.workspace.workspaceFolders?.map((folder) => folder.uri).find((uri) => uri.scheme === 'file' && existsSync(join(uri.fsPath, configFile)))?.fsPath;
  }

  /** The desk's, or before there is one what the setting or VS Code says. */
  get language(): InterfaceLanguage {
    return this.opened?.language ?? chooseLanguage(languageSetting(), [vscode.env.language], {});
  }

  /** The desk, opened if need be. Errors: `desk.notFound`, what opening throws. */
  async use(): Promise<Desk> {
    const desk = this.opened ?? (await (this.opening ?? this.open()));
    if (desk === undefined) throw this.failure ?? new MomentosError('desk.notFound');
    return desk;
  }

  /** Opens the desk if there is one; never rejects: `problem` tells. */
  open(): Promise<Desk | undefined> {
    this.opening ??= this.create().finally(() => {
      this.opening = undefined;
      if (!this.disposed) this.changed.fire();
    });
    return this.opening;
  }

  async reopen(): Promise<void> {
    await this.opening;
    const before = this.opened;
    this.opened = undefined;
    await before?.dispose().catch((error: unknown) => {
      this.logger.warn('desk could not be closed', { error });
    });
    await this.open();
  }

  /** Whoever wrote the file may have opened the desk anew already. */
  private async reopenIfOther(): Promise<void> {
    await this.opening;
    if (this.openedWith === undefined || (await this.configText()) !== this.openedWith) await this.reopen();
  }

  private async configText(): Promise<string | undefined> {
    const { dir } = this;
    return dir === undefined ? undefined : readFile(join(dir, configFile), 'utf8').catch(() => undefined);
  }

  dispose(): void {
    this.disposed = true;
    void this.opened?.dispose();
    vscode.Disposable.from(...this.parts).dispose();
  }

  private async create(): Promise<Desk | undefined> {
    this.failure = undefined;
    const dir = this.dir;
    if (dir === undefined || this.disposed) return undefined;
    this.openedWith = await this.configText();
    try {
      const desk = await createDesk(this.options(dir));
      if (this.disposed) {
        await desk.dispose();
        return undefined;
      }
      this.opened = desk;
      configureLanguage(desk.language);
      this.logger.info('desk opened', { dir, language: desk.language });
      return desk;
    } catch (error) {
      this.failure = asMomentosError(error);
      this.logger.error('desk cannot be opened', { dir, code: this.failure.code, details: this.failure.details, error });
      return undefined;
    }
  }

  private options(dir: string): Parameters<typeof createDesk>[0] {
    const as = operatorSetting();
    const language = languageSetting();
    return {
      dir,
      secrets: createSecretSource(this.context.secrets, dir),
      signer: (institution, operator) => new ReviewerKeys(this.context.secrets, institution, operator),
      environment: process.env,
      clock: systemClock,
      random: systemRandomness,
      logger: this.logger,
      version: String((this.context.extension.packageJSON as { readonly version?: unknown }).version ?? ''),
      mediaDir: join(this.context.extensionPath, 'media'),
      scoringWorker: join(this.context.extensionPath, 'dist', 'scoring.js'),
      sentiment: sentimentSetting(),
      ...(as === undefined ? {} : { as }),
      ...(language === 'auto' ? {} : { language }),
    };
  }
}

function rootOf(uri: vscode.Uri): vscode.WorkspaceFolder | undefined {
  return vscode.workspace.workspaceFolders?.find((folder) => vscode.Uri.joinPath(folder.uri, configFile).toString() === uri.toString());
}
