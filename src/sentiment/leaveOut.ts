import { isDigit } from './characters';
import { type TextScan } from './scan';
import { wordFlags } from './wordFlags';
import { noSlot } from './wordMemo';

/** What may stand before the words and behind them: signs that mean the same whatever stands on that side of them. */
const before = new Set([...' \n¿¡"']);
const behind = new Set([...' \n.,!?…']);
const space = 0x20;

/**
 * Takes the words from `start` to `end` (UTF-16 offsets in its text) out of a scan, so that it is for the scorer as if the text without them had been read, which takes ten times as long;
 * letters for the language are left as they are. False: they do not stand apart, with one space between each two, or are not in the memo, and nothing was changed.
 */
export function leaveOut(scan: TextScan, start: number, end: number): boolean {
  const { text } = scan;
  if (!standsApart(text, start, end)) return false;
  const first = wordAt(scan, start);
  if (first === scan.words || scan.start[first] !== start || (first === 0 && scan.handles > 0 && !scan.startsWithHandle)) return false;
  let last = first;
  let titles = 0;
  for (;; last += 1) {
    if (scan.slot[last] === noSlot || ((scan.flags[last] ?? 0) & wordFlags.tag) !== 0) return false;
    if (scan.isTitle(last)) titles += 1;
    const stop = scan.end[last] ?? 0;
    if (stop >= end) {
      if (stop > end) return false;
      break;
    }
    if (last + 1 === scan.words || scan.start[last + 1] !== stop + 1 || text.charCodeAt(stop) !== space) return false;
  }
  const pause = (scan.flags[first] ?? 0) & wordFlags.anyPause;
  scan.dropWords(first, last + 1);
  // A pause before what is gone and one behind it are one; the end of a sentence wins.
  if (first < scan.words) {
    const flags = scan.flags[first] ?? 0;
    if ((flags & wordFlags.afterSentence) === 0 && pause !== 0) scan.flags[first] = (flags & ~wordFlags.anyPause) | pause;
  }
  scan.titles -= titles;
  scan.length -= end - start;
  scan.isWhole = false;
  return true;
}

function standsApart(text: string, start: number, end: number): boolean {
  // Behind a digit a full stop may be a decimal point.
  return (start === 0 || before.has(text.charAt(start - 1))) && (end === text.length || behind.has(text.charAt(end))) && !isDigit(text.charCodeAt(end - 1));
}

/** The word that begins at an offset or behind it. */
function wordAt(scan: TextScan, offset: number): number {
  let from = 0;
  let to = scan.words;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((scan.start[middle] ?? 0) < offset) from = middle + 1;
    else to = middle;
  }
  return from;
}
