import { pipeline, Readable } from 'node:stream';
import { parse, type CsvError, type Info } from 'csv-parse';
import { parse as parseNow } from 'csv-parse/sync';
import { MomentosError } from '../../core/errors';
import { type RejectReason } from './importApi';
import { looksLikeDate } from './importDates';
import { headingScore, importFields } from './importFields';
import { withoutHugeRows } from './hugeRows';
import { type Cells, type SourceRow } from './sourceRow';

const separators = [',', ';', '\t', '|'] as const;
const tolerant = { relax_quotes: true, relax_column_count: true, skip_empty_lines: true, bom: true } as const;

/** The separator under which the beginning of a file falls into the most even columns. */
export function guessSeparator(sample: string): string {
  const whole = sample.slice(0, Math.max(sample.lastIndexOf('\n'), 0) || sample.length);
  let best: { readonly separator: string; readonly score: number } = { separator: ',', score: 0 };
  for (const separator of separators) {
    let widths: readonly number[];
    try {
      widths = parseNow(whole, { ...tolerant, delimiter: separator, to: 50 }).map((row) => row.length);
    } catch {
      continue;
    }
    const width = widths[0] ?? 1;
    const even = widths.filter((other) => other === width).length / Math.max(1, widths.length);
    const score = width < 2 ? 0 : even * even * (1 + width / 100);
    if (score > best.score) best = { separator, score };
  }
  return best.separator;
}

/** The rows of a CSV; its first row are the headings, unless it looks like data. */
export async function* csvRows(pieces: AsyncIterable<string>, separator: string): AsyncGenerator<SourceRow> {
  const skipped: { readonly line: number; readonly reason: RejectReason }[] = [];
  const parser = parse({
    ...tolerant,
    delimiter: separator,
    record_delimiter: ['\r\n', '\n', '\r'],
    info: true,
    skip_records_with_error: true,
    on_skip: (error: CsvError | undefined) => {
      skipped.push({ line: Number((error as { readonly lines?: number } | undefined)?.lines ?? 1), reason: 'malformed' });
    },
  });
  const rows = withoutHugeRows(pieces, separator, (line) => {
    skipped.push({ line, reason: 'tooLarge' });
  });
  pipeline(Readable.from(rows, { objectMode: true }), parser, () => undefined);

  let columns: readonly string[] | undefined;
  try {
    for await (const item of parser) {
      const { record, info } = item as { readonly record: readonly string[]; readonly info: Info };
      yield* refusedRows(skipped.splice(0));
      const line = Math.max(1, info.lines - record.reduce((sum, cell) => sum + newlines(cell), 0));
      if (columns === undefined) {
        const isHeading = looksLikeHeadings(record);
        columns = isHeading ? uniqueNames(record) : record.map((_, index) => String(index + 1));
        if (isHeading) continue;
      }
      if (record.every((cell) => cell.trim() === '')) continue;
      const cells = toCells(columns, record);
      yield record.length > columns.length ? { line, refused: 'tooManyCells', cells } : { line, cells };
    }
  } catch (error) {
    // The source itself could not be read; what the parser gave up stands among the skipped ones.
    if (error instanceof MomentosError) throw error;
    if (skipped.length === 0) skipped.push({ line: parser.info.lines, reason: 'malformed' });
  } finally {
    parser.destroy();
  }
  yield* refusedRows(skipped);
}

function* refusedRows(skipped: readonly { readonly line: number; readonly reason: RejectReason }[]): Generator<SourceRow> {
  for (const { line, reason } of skipped) yield { line, refused: reason, cells: {} };
}

function toCells(columns: readonly string[], record: readonly string[]): Cells {
  const cells: Record<string, string> = Object.create(null) as Record<string, string>;
  columns.forEach((column, index) => {
    cells[column] = record[index] ?? '';
  });
  return cells;
}

/** Short, each filled, none a moment; or one of them is a heading that we know. */
function looksLikeHeadings(record: readonly string[]): boolean {
  if (record.some((cell) => looksLikeDate(cell, 'UTC'))) return false;
  if (record.some((cell) => importFields.some((field) => headingScore(cell, field) > 2))) return true;
  return record.every((cell) => cell.trim() !== '' && cell.length <= 60);
}

function uniqueNames(record: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return record.map((cell, index) => {
    const name = cell.trim() === '' ? String(index + 1) : cell.trim();
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${String(count)})`;
  });
}

function newlines(cell: string): number {
  let count = 0;
  for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) count += 1;
  return count;
}
