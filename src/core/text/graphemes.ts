const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
/** Code units per call: V8's segmenter takes quadratic time (seconds for 100,000 characters at once). */
const windowSize = 256;

/** The graphemes of a text, window by window. The last of a window may go on in the next, so that one begins there. */
export function* graphemesOf(text: string): Generator<string> {
  let from = 0;
  for (let size = windowSize; from < text.length; ) {
    const cut = Math.min(text.length, from + size);
    // Not inside a surrogate pair: half a flag would count as a whole one.
    const end = cut < text.length && /[\ud800-\udbff]/.test(text.charAt(cut - 1)) ? cut - 1 : cut;
    const segments = Array.from(segmenter.segment(text.slice(from, end)), ({ segment }) => segment);
    if (end < text.length) segments.pop();
    for (const segment of segments) {
      from += segment.length;
      yield segment;
    }
    size = segments.length === 0 ? size * 2 : windowSize;
  }
}
