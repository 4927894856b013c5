import { type AuditHead, type Progress } from '../../core/audit';
import { type PersonalDataMode } from '../../core/exportPrivacy';

export const exportFormats = ['html', 'csv', 'jsonl', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** What a row of the CSV stands for. */
export const exportRows = ['reply', 'conversation'] as const;
export type ExportRow = (typeof exportRows)[number];

export interface ExportOptions {
  readonly format: ExportFormat;
  /** CSV only; default: a row per reply. */
  readonly per?: ExportRow | undefined;
  /** UTC ms, inclusive / exclusive. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Default `pseudonymise`. */
  readonly personalData?: PersonalDataMode | undefined;
  /** What personal data are taken out for; goes into the log. Needed for `include`. */
  readonly purpose?: string | undefined;
  /** 32 bytes or more: exports with the same key give a citizen the same pseudonym. undefined = a random one that nobody keeps. */
  readonly pseudonymKey?: Uint8Array | undefined;
  /** Of the HTML report; default: the desk's. */
  readonly language?: 'es' | 'en' | undefined;
  /** Where to write; an existing file is replaced only with `overwrite`. */
  readonly out: string;
  readonly overwrite?: boolean | undefined;
  readonly progress?: Progress | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ExportResult {
  readonly path: string;
  /** Beside a CSV: what was erased, where anything was. */
  readonly redactionsPath?: string | undefined;
  /** Rows of a CSV, entries of the others. */
  readonly rows: number;
  readonly head: AuditHead;
  /** Whether the log says that it was taken out; a copy that may only be read cannot. */
  readonly logged: boolean;
}
