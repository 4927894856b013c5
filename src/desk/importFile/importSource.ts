import { extname } from 'node:path';
import { MomentosError } from '../../core/errors';
import { type ImportFormat } from './importApi';
import { csvRows, guessSeparator } from './csvRows';
import { jsonLineRows, jsonListPath, jsonRows } from './jsonRows';
import { sourceEncoding, sourceSize, sourceText, type SourceEncoding } from './sourceText';
import { type SourceRow } from './sourceRow';

const sampleLength = 256 * 1024;

/** A file and how it is to be read. */
export interface ImportSource {
  readonly path: string;
  readonly bytes: number;
  readonly format: ImportFormat;
  readonly encoding: SourceEncoding;
  /** CSV only. */
  readonly separator?: string | undefined;
  /** `read` is told how many bytes more were read. Errors: `import.unreadable`. */
  rows(read?: (bytes: number) => void): AsyncGenerator<SourceRow>;
}

/** Looks at the beginning. Errors: `import.unreadable`, `import.empty`. */
export async function openSource(path: string): Promise<ImportSource> {
  const bytes = await sourceSize(path);
  const encoding = await sourceEncoding(path);
  const sample = await beginningOf(path, encoding);
  if (sample.trim() === '') throw new MomentosError('import.empty', { path });
  const format = formatOf(path, sample);
  const text = (read?: (count: number) => void): AsyncGenerator<string> => sourceText(path, encoding, read);
  switch (format) {
    case 'jsonLines':
      return { path, bytes, format, encoding, rows: (read) => jsonLineRows(text(read)) };
    case 'json': {
      const list = jsonListPath(sample);
      if (list === undefined) throw new MomentosError('import.unreadable', { path, reason: 'noList' });
      return { path, bytes, format, encoding, rows: (read) => jsonRows(text(read), list) };
    }
    case 'csv': {
      const separator = guessSeparator(sample);
      return { path, bytes, format, encoding, separator, rows: (read) => csvRows(text(read), separator) };
    }
  }
}

async function beginningOf(path: string, encoding: SourceEncoding): Promise<string> {
  let sample = '';
  for await (const piece of sourceText(path, encoding)) {
    sample += piece;
    if (sample.length >= sampleLength) break;
  }
  return sample.slice(0, sampleLength);
}

/** By what stands there; the ending of the name decides where both could be. */
function formatOf(path: string, sample: string): ImportFormat {
  const start = sample.trimStart();
  if (start.startsWith('[')) return 'json';
  if (!start.startsWith('{')) return 'csv';
  const ending = extname(path).toLowerCase();
  if (ending === '.jsonl' || ending === '.ndjson') return 'jsonLines';
  try {
    JSON.parse(start.slice(0, Math.max(start.indexOf('\n'), 0) || start.length));
    return jsonListPath(start.split('\n', 1)[0] ?? '') === undefined || ending !== '.json' ? 'jsonLines' : 'json';
  } catch {
    return 'json';
  }
}
