import { type Evidence } from '../core/sentiment';
import { type LexiconPass } from './lexiconPass';

/** The hits of a pass as evidence: in the order of the text, without overlaps. */
export function lexiconEvidence(text: string, pass: LexiconPass): Evidence[] {
  const found: Evidence[] = [];
  let sign = pass.wordHits;
  const add = (hit: number): void => {
    const weight = Math.round((pass.hitWeight[hit] ?? 0) * 100) / 100;
    const start = pass.hitStart[hit] ?? 0;
    const end = pass.hitEnd[hit] ?? 0;
    if (pass.hitWeight[hit] !== 0) found.push({ text: text.slice(start, end), weight, start, length: end - start });
  };
  const addSignsBefore = (place: number): void => {
    for (; sign < pass.hits && (pass.hitStart[sign] ?? 0) < place; sign += 1) add(sign);
  };
  for (let hit = 0; hit < pass.wordHits; hit += 1) {
    addSignsBefore(pass.hitStart[hit] ?? 0);
    add(hit);
  }
  addSignsBefore(Infinity);
  return found;
}
