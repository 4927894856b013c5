import { open, type FileHandle } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import { defusedText } from '../../core/csvCell';
import { MomentosError } from '../../core/errors';
import { type Cells } from './sourceRow';

/** Headings of ours in front of the file's own; a file that has them is one of these, corrected and imported again. */
export const lineColumn = '_line';
export const reasonColumn = '_reason';
const mostFiles = 1_000;

/** Rows that could not be imported, kept beside the source with the reason; no file is ever overwritten. Readable by its owner only. */
export class RejectedRows {
  private handle: FileHandle | undefined;
  private written: string | undefined;

  constructor(
    private readonly source: string,
    private readonly columns: readonly string[],
  ) {}

  /** Where they lie; undefined = there are none. */
  get path(): string | undefined {
    return this.written;
  }

  /** Errors: `export.notWritable`. */
  async add(rows: readonly { readonly line: number; readonly message: string; readonly cells: Cells }[]): Promise<void> {
    if (rows.length === 0) return;
    const handle = this.handle ?? (await this.begin());
    const lines = rows.map(({ line, message, cells }) => [String(line), message, ...this.columns.map((column) => defusedText(cells[column] ?? ''))]);
    await handle.writeFile(stringify(lines, { record_delimiter: '\r\n' }));
  }

  async close(): Promise<void> {
    await this.handle?.sync();
    await this.handle?.close();
    this.handle = undefined;
  }

  private async begin(): Promise<FileHandle> {
    for (let number = 1; number <= mostFiles; number++) {
      const path = `${this.source}.rejected${number === 1 ? '' : `-${String(number)}`}.csv`;
      try {
        this.handle = await open(path, 'wx', 0o600);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
        throw new MomentosError('export.notWritable', { path }, { cause: error });
      }
      this.written = path;
      await this.handle.writeFile(`\uFEFF${stringify([[lineColumn, reasonColumn, ...this.columns]], { record_delimiter: '\r\n' })}`);
      return this.handle;
    }
    throw new MomentosError('export.notWritable', { path: this.source });
  }
}
