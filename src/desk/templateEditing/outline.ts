/** A place in a text as an editor counts: lines and UTF-16 units, both from 0. */
export interface Place {
  readonly line: number;
  readonly character: number;
}

/** One placeholder under `placeholders`; lines from 0, `to` exclusive. */
export interface OutlinedPlaceholder {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Spaces before its hyphen. */
  readonly indent: number;
}

/** The parts of a template file by their lines, found even where its YAML is broken, as it is while somebody types. Lines from 0. */
export interface Outline {
  readonly lines: readonly string[];
  /** Line of the closing `---`; undefined = the front matter has no end, or there is none. */
  readonly frontEnd: number | undefined;
  /** Top-level key to its line. */
  readonly keys: ReadonlyMap<string, number>;
  readonly placeholders: readonly OutlinedPlaceholder[];
  /** In the order of the text. */
  readonly bodies: readonly OutlinedBody[];
}

/** One text; `from` is the line after its marker, `to` exclusive. */
export interface OutlinedBody {
  readonly language: string;
  /** Of a short form: the networks that it is for. Empty = the full text. */
  readonly networks: readonly string[];
  readonly marker: number;
  readonly from: number;
  readonly to: number;
}

const marker = /^\s*<!--\s*lang:\s*([a-z]{2,3})\b(?:\s+networks?:([^>]*))?[^>]*-->\s*$/u;

export function outlineOf(text: string): Outline {
  const lines = text.replace(/^\uFEFF/u, '').split(/\r\n?|\n/u);
  const opened = /^---[ \t]*$/u.test(lines[0] ?? '');
  const end = opened ? lines.findIndex((line, index) => index > 0 && /^---[ \t]*$/u.test(line)) : -1;
  const frontEnd = end < 0 ? undefined : end;
  const front = lines.slice(0, frontEnd ?? (opened ? lines.length : 0));
  const keys = new Map<string, number>();
  front.forEach((line, index) => {
    const key = /^([a-zA-Z]+)\s*:/u.exec(line)?.[1];
    if (key !== undefined && !keys.has(key)) keys.set(key, index);
  });
  return { lines, frontEnd, keys, placeholders: placeholdersOf(front, keys), bodies: bodiesOf(lines, (frontEnd ?? -1) + 1) };
}

/** The top-level key under which a line of the front matter stands. */
export function keyAbove(outline: Outline, line: number): string | undefined {
  return [...outline.keys].filter(([, at]) => at <= line).sort(([, one], [, other]) => other - one)[0]?.[0];
}

/** True for a line between the two lines of hyphens; where the second is missing, for every line after the first. */
export function isInFront(outline: Outline, line: number): boolean {
  return line > 0 && line < (outline.frontEnd ?? (/^---[ \t]*$/u.test(outline.lines[0] ?? '') ? outline.lines.length : 0));
}

function placeholdersOf(front: readonly string[], keys: ReadonlyMap<string, number>): readonly OutlinedPlaceholder[] {
  const start = keys.get('placeholders');
  if (start === undefined) return [];
  const next = Math.min(front.length, ...[...keys.values()].filter((line) => line > start));
  const found: OutlinedPlaceholder[] = [];
  let from = -1;
  let indent = 0;
  const close = (to: number): void => {
    if (from < 0) return;
    const name = front.slice(from, to).map((line) => /^\s*(?:-\s+)?name\s*:\s*["']?([^\s"'#]+)/u.exec(line)?.[1]).find((each) => each !== undefined);
    found.push({ name: name ?? '', from, to, indent });
  };
  for (let line = start + 1; line < next; line += 1) {
    const hyphen = /^(\s*)-(?:\s|$)/u.exec(front[line] ?? '')?.[1]?.length;
    if (hyphen === undefined || (from >= 0 && hyphen > indent)) continue;
    close(line);
    from = line;
    indent = hyphen;
  }
  close(next);
  return found;
}

function bodiesOf(lines: readonly string[], first: number): Outline['bodies'] {
  const markers = lines.flatMap((line, index) => {
    const found = index < first ? null : marker.exec(line);
    const language = found?.[1];
    return language === undefined ? [] : [{ language, networks: found?.[2]?.match(/[a-z0-9][a-z0-9-]*[a-z0-9]|[a-z0-9]/gu) ?? [], marker: index }];
  });
  return markers.map((each, index) => ({ ...each, from: each.marker + 1, to: markers[index + 1]?.marker ?? lines.length }));
}
