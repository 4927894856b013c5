import { type Progress } from '../../core/audit';

export const citizenDataFormats = ['html', 'json'] as const;
export type CitizenDataFormat = (typeof citizenDataFormats)[number];

/** Whom the data are about. */
export interface CitizenFound {
  /** Local ids of the author on one channel or several. */
  readonly authors: readonly string[];
  /** As the networks name this person. */
  readonly names: readonly string[];
  readonly mentions: number;
}

export interface CitizenDataRequest {
  /** Local ids of authors, and of mentions whose authors are meant; several where one person has several accounts. */
  readonly authors: readonly string[];
  readonly mentions: readonly string[];
  /** For what, and to whom it goes; it is logged. */
  readonly purpose: string;
  readonly formats: readonly CitizenDataFormat[];
  /** A folder that exists, or the name of the file (its ending is replaced by that of each format). */
  readonly out: string;
  readonly overwrite?: boolean | undefined;
  /** Names of the staff stay in it; default: left out. */
  readonly withStaff?: boolean | undefined;
  readonly progress?: Progress | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface GivenData extends CitizenFound {
  readonly paths: readonly string[];
  /** Of the log. */
  readonly entries: number;
}

/** Everything that the desk holds on one person: the right of access. */
export interface DeskCitizenData {
  /** Errors: `citizen.notFound`, `mention.notFound`, `mention.ambiguous`. */
  find(who: Pick<CitizenDataRequest, 'authors' | 'mentions'>): CitizenFound;
  /** Writes it; the log has it first. Errors: as `find`, `citizen.purposeMissing`, `export.*`, `network.cancelled`, `store.*`, `lock.*`. */
  give(request: CitizenDataRequest): Promise<GivenData>;
}
