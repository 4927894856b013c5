import { constants, lstatSync } from 'node:fs';
import { mkdir, open, readdir, type FileHandle } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import * as v from 'valibot';
import { type Logger } from '../core/clock';
import { MomentosError } from '../core/errors';
import { type TemplateFile, type TemplateStore } from '../core/ports';
import { type TemplateApproval, type TemplateWithdrawal } from '../core/template';
import { syncFolder } from './atomicFile';
import { isSystemError, noFollow, type DeskFolder } from './deskFolder';
import { FolderWatch } from './folderWatch';
import { readRange } from './lines';
import { type DeskLock } from './lock';

/** Bytes; a template is a text that a person reads. */
const largest = 256 * 1024;
const templateId = /^[a-z0-9][a-z0-9-]{0,99}$/u;
const workingFile = /^([a-z0-9][a-z0-9-]{0,99})\.md$/u;

const approvalSchema = v.object({
  schemaVersion: v.literal(1),
  template: v.string(),
  version: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  contentHash: v.string(),
  scope: v.string(),
  expires: v.nullable(v.string()),
  reviewer: v.string(),
  at: v.string(),
  practice: v.optional(v.boolean()),
  signature: v.optional(v.string()),
});

const withdrawalSchema = v.object({
  schemaVersion: v.literal(1),
  withdrawn: v.literal(true),
  template: v.string(),
  version: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  contentHash: v.string(),
  scope: v.string(),
  reviewer: v.string(),
  at: v.string(),
  signature: v.optional(v.string()),
});

interface ApprovalLines {
  readonly approvals: readonly TemplateApproval[];
  readonly withdrawals: readonly TemplateWithdrawal[];
}

export interface TemplateFolderOptions {
  readonly folder: DeskFolder;
  readonly lock: DeskLock;
  readonly logger: Logger;
}

/** The `templates` folder of a desk: working texts, approved copies that are never edited, and the approvals. */
export class TemplateFolder implements TemplateStore {
  private readonly root: string;
  private readonly listeners = new Set<() => void>();
  private readonly watches: readonly FolderWatch[];
  private seen = '';

  constructor(private readonly options: TemplateFolderOptions) {
    this.root = join(options.folder.dir, 'templates');
    this.watches = [this.root, join(this.root, 'approved')].map((folder) => new FolderWatch(folder, () => {
      void this.look();
    }));
  }

  /** Every working file, in the order of ids; one that cannot be used says why in `problem`. */
  async working(): Promise<readonly TemplateFile[]> {
    const ids = (await this.names(this.root)).flatMap((name) => workingFile.exec(name)?.[1] ?? []).sort();
    const files: TemplateFile[] = [];
    for (const id of ids) {
      const file = await this.workingOne(id);
      if (file !== undefined) files.push(file);
    }
    return files;
  }

  async workingOne(id: string): Promise<TemplateFile | undefined> {
    return templateId.test(id) ? this.readTemplate(id, join(this.root, `${id}.md`)) : undefined;
  }

  async approvedCopy(id: string, version: number): Promise<TemplateFile | undefined> {
    return isCopyName(id, version) ? this.readTemplate(id, this.copyPath(id, version)) : undefined;
  }

  async approvedVersions(id: string): Promise<readonly number[]> {
    if (!templateId.test(id)) return [];
    const versions = (await this.names(join(this.root, 'approved'))).flatMap((name) => {
      const rest = name.startsWith(`${id}.v`) && name.endsWith('.md') ? name.slice(id.length + 2, -'.md'.length) : '';
      return /^[1-9]\d{0,8}$/u.test(rest) ? Number(rest) : [];
    });
    return versions.sort((a, b) => a - b);
  }

  async approvals(): Promise<readonly TemplateApproval[]> {
    return (await this.approvalLines()).approvals;
  }

  async withdrawals(): Promise<readonly TemplateWithdrawal[]> {
    return (await this.approvalLines()).withdrawals;
  }

  private async approvalLines(): Promise<ApprovalLines> {
    const path = this.approvalsPath();
    const text = (await this.readText(path, Number.POSITIVE_INFINITY)) ?? '';
    const approvals: TemplateApproval[] = [];
    const withdrawals: TemplateWithdrawal[] = [];
    for (const [index, line] of text.split(/\r?\n/u).entries()) {
      if (line.trim() === '') continue;
      const value = parseJson(line);
      const withdrawal = v.safeParse(withdrawalSchema, value);
      const approval = v.safeParse(approvalSchema, value);
      if (withdrawal.success) withdrawals.push(withdrawal.output);
      else if (approval.success && !hasKey(value, 'withdrawn')) approvals.push(approval.output);
      else this.options.logger.warn('A line of the approvals cannot be read and is passed over', { path: this.named(path), line: index + 1 });
    }
    return { approvals, withdrawals };
  }

  /** Errors: `template.changed` when the copy is there with another text, `template.notFound` for an impossible id, `store.*`, `lock.*`. */
  async writeApproval(approval: TemplateApproval, text: string): Promise<void> {
    if (!isCopyName(approval.template, approval.version)) throw new MomentosError('template.notFound', { template: approval.template });
    await this.options.lock.run(async () => {
      await this.makeFolder(join(this.root, 'approved'));
      await this.writeCopy(approval, text);
      await this.appendLine(approval);
    });
    await this.look();
  }

  async writeWithdrawal(withdrawal: TemplateWithdrawal): Promise<void> {
    await this.options.lock.run(() => this.appendLine(withdrawal));
    await this.look();
  }

  async create(id: string, text: string): Promise<string> {
    if (!templateId.test(id)) throw new MomentosError('template.notFound', { template: id });
    this.options.folder.assertWritable();
    await this.makeFolder(this.root);
    const path = join(this.root, `${id}.md`);
    await this.writeNew(path, text, () => new MomentosError('export.exists', { path: this.named(path) }));
    return path;
  }

  onDidChange(listener: () => void): () => void {
    const own = (): void => {
      listener();
    };
    this.listeners.add(own);
    if (this.listeners.size === 1) {
      void this.signature().then((signature) => {
        this.seen = signature;
      });
      for (const watch of this.watches) watch.start();
    }
    return () => {
      this.listeners.delete(own);
      if (this.listeners.size === 0) this.dispose();
    };
  }

  dispose(): void {
    this.listeners.clear();
    for (const watch of this.watches) watch.stop();
  }

  private async readTemplate(id: string, path: string): Promise<TemplateFile | undefined> {
    try {
      const text = await this.readText(path, largest);
      return text === undefined ? undefined : { id, text, path };
    } catch (error) {
      if (error instanceof MomentosError && error.code === 'template.tooLarge') return { id, text: '', path, problem: 'tooLarge' };
      this.options.logger.warn('A template cannot be read', { path: this.named(path), error });
      return { id, text: '', path, problem: 'file.unreadable' };
    }
  }

  /** undefined = no such file. What is not UTF-8 throws. */
  private async readText(path: string, limit: number): Promise<string | undefined> {
    this.assertInside();
    const handle = await this.options.folder.openForReading(path);
    if (handle === undefined) return undefined;
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) throw new MomentosError('store.unreadable', { path: this.named(path) });
      if (stats.size > limit) throw new MomentosError('template.tooLarge', { path: this.named(path), bytes: stats.size, limit });
      const text = new TextDecoder('utf-8', { fatal: true }).decode(readRange(handle, 0, stats.size));
      return text.normalize('NFC').replace(/\r\n?/gu, '\n');
    } finally {
      await handle.close();
    }
  }

  private async writeCopy(approval: TemplateApproval, text: string): Promise<void> {
    const path = this.copyPath(approval.template, approval.version);
    const changed = (): MomentosError => new MomentosError('template.changed', { template: approval.template, version: approval.version, path: this.named(path) });
    const there = await this.approvedCopy(approval.template, approval.version);
    if (there === undefined) await this.writeNew(path, text, changed);
    else if (there.problem !== undefined || there.text !== text) throw changed();
  }

  private async appendLine(value: TemplateApproval | TemplateWithdrawal): Promise<void> {
    const path = this.approvalsPath();
    const line = JSON.stringify(value);
    try {
      const file = await open(path, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | noFollow, 0o666);
      try {
        const before = await file.readFile('utf8');
        if (before.split(/\r?\n/u).includes(line)) return;
        await writeDurably(file, `${before === '' || before.endsWith('\n') ? '' : '\n'}${line}\n`);
      } finally {
        await file.close();
      }
      await syncFolder(this.root);
    } catch (error) {
      throw this.options.folder.storeError(error, path);
    }
  }

  private async writeNew(path: string, text: string, whenThere: () => MomentosError): Promise<void> {
    try {
      const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | noFollow, 0o666);
      try {
        await writeDurably(file, text);
      } finally {
        await file.close();
      }
      await syncFolder(dirname(path));
    } catch (error) {
      throw isSystemError(error, 'EEXIST') ? whenThere() : this.options.folder.storeError(error, path);
    }
  }

  private async makeFolder(path: string): Promise<void> {
    this.assertInside();
    try {
      await mkdir(path, { recursive: true });
    } catch (error) {
      throw this.options.folder.storeError(error, path);
    }
  }

  /** A cloned desk may hold a link in place of a folder: nothing is read or written through it. */
  private assertInside(): void {
    for (const path of [this.root, join(this.root, 'approved')]) {
      if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true) throw new MomentosError('store.unreadable', { path: this.named(path) });
    }
  }

  private async names(folder: string): Promise<readonly string[]> {
    this.assertInside();
    try {
      return await readdir(folder);
    } catch (error) {
      if (isSystemError(error, 'ENOENT', 'ENOTDIR')) return [];
      throw this.options.folder.storeError(error, folder);
    }
  }

  /** Tells the listeners when names, sizes or times of the files are not as they were. */
  private async look(): Promise<void> {
    const signature = await this.signature();
    if (signature === this.seen) return;
    this.seen = signature;
    for (const listener of [...this.listeners]) listener();
  }

  private async signature(): Promise<string> {
    try {
      const parts: string[] = [];
      for (const folder of [this.root, join(this.root, 'approved')]) {
        for (const name of [...(await this.names(folder))].sort()) {
          const stats = lstatSync(join(folder, name), { throwIfNoEntry: false });
          parts.push(`${name} ${String(stats?.size)} ${String(stats?.mtimeMs)} ${String(stats?.ino)}`);
        }
      }
      return parts.join('\n');
    } catch {
      return '';
    }
  }

  private copyPath(id: string, version: number): string {
    return join(this.root, 'approved', `${id}.v${String(version)}.md`);
  }

  private approvalsPath(): string {
    return join(this.root, 'approvals.jsonl');
  }

  private named(path: string): string {
    return relative(this.options.folder.dir, path);
  }
}

function isCopyName(id: string, version: number): boolean {
  return templateId.test(id) && Number.isSafeInteger(version) && version > 0;
}

async function writeDurably(file: FileHandle, text: string): Promise<void> {
  await file.writeFile(text);
  await file.sync();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function hasKey(value: unknown, key: string): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key);
}
