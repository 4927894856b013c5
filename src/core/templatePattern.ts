const longestPattern = 200;
/** An open-ended repetition weighs as much as a choice among this many lengths. */
const openEndedWeight = 60;
/** Most ways in which a pattern may be tried on one value: the product over its repetitions and choices. */
const mostWays = 10_000_000;

interface Group {
  /** Holds a repetition of varying length or a choice: repeated itself, it may match the same text in very many ways. */
  ambiguous: boolean;
  /** Number of alternatives. */
  alternatives: number;
}

interface Repetition {
  readonly length: number;
  /** Number of different counts that it may take, 1 for a fixed one. */
  readonly ways: number;
  readonly most: number;
}

function repetitionAt(pattern: string, at: number): Repetition | undefined {
  const sign = pattern[at];
  if (sign === '*' || sign === '+') return { length: 1, ways: openEndedWeight, most: Infinity };
  if (sign === '?') return { length: 1, ways: 2, most: 1 };
  const counted = /^\{(\d+)(,(\d*))?\}/u.exec(pattern.slice(at));
  if (counted === null) return undefined;
  const least = Number(counted[1]);
  const most = counted[2] === undefined ? least : counted[3] === '' ? Infinity : Number(counted[3]);
  return { length: counted[0].length, ways: Math.min(most - least + 1, openEndedWeight), most };
}

function compiles(source: string): boolean {
  try {
    new RegExp(source, 'u');
    return true;
  } catch {
    return false;
  }
}

/**
 * True when the regular expression compiles (`u` flag) and cannot take a catastrophic time: at most 200 characters, no repeated group that holds a
 * varying repetition or a choice, no back reference, no look-around. Stricter than needed, on purpose: patterns come from a colleague's file.
 */
export function isSafePattern(pattern: string): boolean {
  // Compiled alone too: `a)|(b` is one only inside the group that it would break out of.
  if (pattern === '' || pattern.length > longestPattern || !compiles(pattern) || !compiles(`^(?:${pattern})$`)) return false;
  const root: Group = { ambiguous: false, alternatives: 1 };
  const groups: Group[] = [root];
  let closed: Group | undefined;
  let ways = 1;
  for (let at = 0; at < pattern.length; at += 1) {
    const inner = groups.at(-1) ?? root;
    const repetition = repetitionAt(pattern, at);
    if (repetition !== undefined) {
      if (closed?.ambiguous === true && repetition.most > 1) return false;
      if (repetition.ways > 1) inner.ambiguous = true;
      ways *= repetition.ways;
      at += repetition.length - 1;
      if (pattern[at + 1] === '?') at += 1;
      closed = undefined;
      continue;
    }
    closed = undefined;
    const rest = pattern.slice(at);
    if (/^\\(?:[1-9]|k)/u.test(rest) || /^\(\?<?[=!]/u.test(rest)) return false;
    if (rest.startsWith('\\')) {
      at += 1;
    } else if (rest.startsWith('[')) {
      at = endOfClass(pattern, at);
    } else if (rest.startsWith('(')) {
      at += (/^\((?:\?(?::|<[^>]*>))?/u.exec(rest)?.[0].length ?? 1) - 1;
      groups.push({ ambiguous: false, alternatives: 1 });
    } else if (rest.startsWith('|')) {
      inner.alternatives += 1;
      inner.ambiguous = true;
    } else if (rest.startsWith(')')) {
      closed = groups.pop();
      ways *= closed?.alternatives ?? 1;
      const outer = groups.at(-1) ?? root;
      if (closed?.ambiguous === true) outer.ambiguous = true;
    }
  }
  return ways * root.alternatives <= mostWays;
}

function endOfClass(pattern: string, start: number): number {
  let at = start + 1;
  while (at < pattern.length && pattern[at] !== ']') at += pattern[at] === '\\' ? 2 : 1;
  return at;
}
