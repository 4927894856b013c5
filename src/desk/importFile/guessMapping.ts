import { looksLikeDate } from './importDates';
import { headingScore, importFields, type ImportField, type ImportMapping } from './importFields';

/** Share of the filled cells that must read as a moment before a column counts as one; where its heading says so, half will do. */
const dateShare = 0.8;
const namedDateShare = 0.5;
/** Mean length from which a column without a known name may be the text, in UTF-16 units. */
const textLength = 20;

/** Which column means what: by its heading, then by what stands in it. The person sees it and corrects it. */
export function guessMapping(columns: readonly string[], rows: readonly Readonly<Record<string, string>>[], timeZone: string): ImportMapping {
  const mapping: Partial<Record<ImportField, string>> = {};
  const taken = new Set<string>();
  const take = (field: ImportField, column: string): void => {
    mapping[field] = column;
    taken.add(column);
  };
  const filled = (column: string): readonly string[] => rows.map((row) => row[column] ?? '').filter((cell) => cell.trim() !== '');
  const isDate = (column: string, share = dateShare): boolean => {
    const cells = filled(column);
    return cells.length > 0 && cells.filter((cell) => looksLikeDate(cell, timeZone)).length >= share * cells.length;
  };

  const candidates = importFields
    .flatMap((field) => columns.map((column) => ({ field, column, score: headingScore(column, field) })))
    .filter(({ field, column, score }) => score > 0 && fits(field, column, filled(column), isDate))
    .sort((one, other) => other.score - one.score);
  for (const { field, column } of candidates) if (mapping[field] === undefined && !taken.has(column)) take(field, column);

  if (mapping.at === undefined) {
    const column = columns.find((candidate) => !taken.has(candidate) && isDate(candidate));
    if (column !== undefined) take('at', column);
  }
  if (mapping.text === undefined) {
    const [longest] = columns.filter((column) => !taken.has(column)).map((column) => ({ column, length: meanLength(filled(column)) })).sort((one, other) => other.length - one.length);
    if (longest !== undefined && longest.length >= textLength) take('text', longest.column);
  }
  return mapping;
}

/** A heading lies where the cells under it are something else: `respuesta` over dates is no answer. */
function fits(field: ImportField, column: string, cells: readonly string[], isDate: (column: string, share?: number) => boolean): boolean {
  if (cells.length === 0) return true;
  if (field === 'at' || field === 'answeredAt') return isDate(column, namedDateShare);
  if (field === 'text' || field === 'answer') return !isDate(column);
  if (field === 'url') return cells.some((cell) => /^https?:\/\//iu.test(cell.trim()));
  return true;
}

function meanLength(cells: readonly string[]): number {
  return cells.length === 0 ? 0 : cells.reduce((sum, cell) => sum + cell.length, 0) / cells.length;
}
