import { type NormContext, type NormRule } from '../../../../src/core/norm/normRule';

export const context: NormContext = { language: 'es', country: 'DO', domains: ['isc.example', 'gob.do'], names: [], acronyms: [], words: {} };

/** What a rule finds, as `found` or `found → suggestion`. */
export function found(rule: NormRule, text: string, changes: Partial<NormContext> = {}): readonly string[] {
  return rule.check(text.normalize('NFC'), { ...context, ...changes }).map((each) => (each.suggestion === undefined ? each.text : `${each.text} → ${each.suggestion}`));
}
