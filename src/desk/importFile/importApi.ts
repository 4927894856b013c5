import { type Progress } from '../../core/audit';
import { type ContactMedium } from '../../core/handChannels';
import { type DateOrder } from './importDates';
import { type ImportMapping } from './importFields';

export type ImportFormat = 'csv' | 'json' | 'jsonLines';

/** What a look at the beginning of a file tells, for the person to see and correct. */
export interface ImportPlan {
  readonly format: ImportFormat;
  readonly encoding: 'utf-8' | 'utf-16le' | 'windows-1252';
  /** CSV only. */
  readonly separator?: string | undefined;
  readonly columns: readonly string[];
  /** The first rows, by column. */
  readonly rows: readonly Readonly<Record<string, string>>[];
  readonly mapping: ImportMapping;
  /** The mapping was corrected by a person for these columns before. */
  readonly remembered: boolean;
  /** `unclear`: each date could have the day or the month first, so that somebody has to say it. */
  readonly dates: DateOrder | 'unclear' | 'none';
}

export interface ImportOptions {
  /** A channel of the desk, or a medium: its built-in channel. One of the two. */
  readonly channel?: string | undefined;
  readonly medium?: ContactMedium | undefined;
  /** undefined = as `look` found it. */
  readonly mapping?: ImportMapping | undefined;
  readonly dates?: DateOrder | undefined;
  /** Reads everything, writes nothing. */
  readonly dryRun?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: Progress | undefined;
}

export const rejectReasons = ['noText', 'noDate', 'badDate', 'future', 'tooLarge', 'tooManyCells', 'malformed', 'noId', 'answerWithoutTime', 'answerEarly', 'badCase'] as const;
export type RejectReason = (typeof rejectReasons)[number];

export interface RejectedRow {
  /** Line of the file, from 1; of a JSON document the number of the item. */
  readonly line: number;
  readonly reason: RejectReason;
  /** In words. */
  readonly message: string;
}

export interface ImportResult {
  readonly channel: string;
  /** Rows read, headings and blank lines left out. */
  readonly read: number;
  readonly imported: number;
  /** Of them, with their answer. */
  readonly answered: number;
  /** Of them, from before the channel was first used: shown without a target. */
  readonly backlog: number;
  /** Rows that stand at the desk already. */
  readonly known: number;
  readonly rejected: number;
  /** The first hundred. */
  readonly rejects: readonly RejectedRow[];
  /** Where the rejected rows lie, beside the source; undefined = there are none. */
  readonly rejectedPath: string | undefined;
  /** Stopped by the person; what was imported stays, and the next run goes on. */
  readonly cancelled: boolean;
}

/** Mentions out of files: what other programs wrote down. */
export interface DeskImports {
  /** `mapping`: what the person says that the columns mean. Errors: `import.unreadable`, `import.empty`. */
  look(path: string, mapping?: ImportMapping): Promise<ImportPlan>;
  /**
   * Good rows become mentions, in batches; bad ones are kept aside in `<file>.rejected.csv`. The same file twice adds nothing. Errors: as `look`,
   * `import.mapping`, `import.datesUnclear`, `import.needsId`, `channel.notFound`, `export.notWritable`, `store.*`, `lock.*`.
   */
  run(path: string, options: ImportOptions): Promise<ImportResult>;
}
