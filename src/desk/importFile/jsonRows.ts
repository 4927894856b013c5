import { JSONParser } from '@streamparser/json';
import { cellsOf, isRecord, maxRowLength, type SourceRow } from './sourceRow';

/** One object a line. */
export async function* jsonLineRows(pieces: AsyncIterable<string>): AsyncGenerator<SourceRow> {
  let line = 1;
  let held = '';
  let tooLong = false;
  const finish = function* (text: string): Generator<SourceRow> {
    if (tooLong || text.length > maxRowLength) yield { line, refused: 'tooLarge', cells: {} };
    else if (text.trim() !== '') yield rowOf(text, line);
    tooLong = false;
    line += 1;
  };
  for await (const piece of pieces) {
    const lines = (held + piece).split('\n');
    held = lines.pop() ?? '';
    for (const text of lines) yield* finish(text);
    // A line without an end is not gathered without an end.
    if (held.length > maxRowLength) {
      tooLong = true;
      held = '';
    }
  }
  if (held !== '' || tooLong) yield* finish(held);
}

function rowOf(text: string, line: number): SourceRow {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return { line, cells: cellsOf(value) };
  } catch {
    // Told as what it is: a line that is no object.
  }
  return { line, refused: 'malformed', cells: { '1': text } };
}

/** The objects of the first list in a JSON document; `path` as `jsonListPath` found it. The line of each is its number. */
export async function* jsonRows(pieces: AsyncIterable<string>, path: string): AsyncGenerator<SourceRow> {
  let ready: SourceRow[] = [];
  let item = 0;
  let broken = false;
  const parser = new JSONParser({ paths: [path], keepStack: false });
  parser.onValue = ({ value }) => {
    item += 1;
    if (!isRecord(value)) ready.push({ line: item, refused: 'malformed', cells: { '1': JSON.stringify(value) } });
    else if (JSON.stringify(value).length > maxRowLength) ready.push({ line: item, refused: 'tooLarge', cells: {} });
    else ready.push({ line: item, cells: cellsOf(value) });
  };
  parser.onError = () => {
    broken = true;
  };
  for await (const piece of pieces) {
    try {
      if (!parser.isEnded) parser.write(piece);
    } catch {
      broken = true;
    }
    const rows = ready;
    ready = [];
    yield* rows;
    if (broken) break;
  }
  if (broken || !parser.isEnded) yield { line: item + 1, refused: 'malformed', cells: {} };
}

/** Where the first list of objects stands, as the parser wants it: `$.*`, `$.data.items.*`; undefined = the beginning shows none. */
export function jsonListPath(sample: string): string | undefined {
  const path: (string | undefined)[] = [];
  let key: string | undefined;
  let text: string | undefined;
  for (let at = 0; at < sample.length; at++) {
    const sign = sample[at] ?? '';
    if (sign === '"') {
      const end = endOfString(sample, at);
      if (end === undefined) return undefined;
      text = sample.slice(at + 1, end);
      at = end;
    } else if (sign === ':') {
      key = text;
    } else if (sign === '{') {
      path.push(key);
      key = undefined;
    } else if (sign === '}' || sign === ']') {
      path.pop();
    } else if (sign === '[') {
      const inside = /^\s*(.)/u.exec(sample.slice(at + 1))?.[1];
      const keys = [...path.slice(1), ...(path.length === 0 ? [] : [key])];
      if ((inside === '{' || inside === undefined || path.length === 0) && keys.every((part) => part !== undefined)) return ['$', ...keys, '*'].join('.');
      path.push(undefined);
      key = undefined;
    }
  }
  return undefined;
}

function endOfString(sample: string, start: number): number | undefined {
  for (let at = start + 1; at < sample.length; at++) {
    if (sample[at] === '\\') at += 1;
    else if (sample[at] === '"') return at;
  }
  return undefined;
}
