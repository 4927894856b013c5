import { type RejectReason } from './importApi';

/** Longest row, in UTF-16 units. */
export const maxRowLength = 1_048_576;

export type Cells = Readonly<Record<string, string>>;

/** A row of a file as it stands there, or why it is none. `line`: of the file, from 1; of a JSON document the number of the item. */
export type SourceRow =
  | { readonly line: number; readonly cells: Cells; readonly refused?: undefined }
  | { readonly line: number; readonly refused: RejectReason; /** What is left of it, for the file of rejected rows. */ readonly cells: Cells };

/** An object of a JSON file as cells: what lies one level deeper as `author.name`, lists and deeper objects as JSON. */
export function cellsOf(value: Readonly<Record<string, unknown>>): Cells {
  const cells: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [key, part] of Object.entries(value)) {
    if (isRecord(part)) for (const [inner, deeper] of Object.entries(part)) cells[`${key}.${inner}`] = cellOf(deeper);
    else cells[key] = cellOf(part);
  }
  return cells;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value as number | boolean);
}
