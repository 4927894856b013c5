import { fold } from '../text/fold';
import { type NormFinding, type NormRule } from './normRule';

/** Letters that no answer needs, folded one by one so that offsets stay. */
function foldedInPlace(text: string): string {
  let folded = '';
  for (const character of text) {
    const base = fold(character);
    folded += base.length === character.length ? base : character;
  }
  return folded;
}

const isLetter = (sign: string | undefined): boolean => sign !== undefined && /[\p{L}\p{N}]/u.test(sign);

/**
 * A public account takes no side: no names of parties or candidates (`norms.names` of the desk), in words, hashtags or handles.
 * A name in capitals ("PAN") is found in capitals only; others in any case, with or without accents.
 * Source: NORTIC E1:2014, directives of tone, point 7 (no support for campaigns, candidates or parties); Contraloría of Chile (no political use of accounts).
 */
export const politicalNames: NormRule = {
  code: 'politicalNames',
  level: 'hint',
  check(text, { names }) {
    const findings: NormFinding[] = [];
    const folded = foldedInPlace(text);
    for (const name of new Set(names.map((each) => each.normalize('NFC').trim()).filter((each) => each !== ''))) {
      const exact = name === name.toUpperCase();
      const forms = new Set([name, name.replace(/\s+/gu, '')]);
      for (const form of forms) {
        const [where, what] = exact ? [text, form] : [folded, foldedInPlace(form)];
        for (let at = where.indexOf(what); at >= 0; at = where.indexOf(what, at + what.length)) {
          const end = at + what.length;
          // In a hashtag or handle words stand together: "#VotaPRM".
          const token = /[#@][\p{L}\p{N}_]*$/u.test(text.slice(Math.max(0, at - 60), at));
          const before = isLetter(text[at - 1]) && !(token && (!exact || !/\p{Lu}/u.test(text.charAt(at - 1))));
          const after = isLetter(text[end]) && !(token && (!exact || !/\p{Ll}/u.test(text.charAt(end))));
          if (before || after || findings.some(({ start, length }) => at < start + length && start < end)) continue;
          findings.push({ start: at, length: what.length, text: text.slice(at, end) });
        }
      }
    }
    return findings.sort((one, other) => one.start - other.start);
  },
};
