import { readFileSync } from 'node:fs';
import { type ScoredLanguage, scoredLanguages } from '../../../../src/core/sentiment';
import { createTextReader } from '../../../../src/sentiment/rules/textReader';

/** The rule files as they ship. */
export const shippedRules = Object.fromEntries(scoredLanguages.map((language) => [language, readFileSync(new URL(`../../../../media/rules/${language}.txt`, import.meta.url), 'utf8')])) as Record<ScoredLanguage, string>;

export const shippedReader = createTextReader(shippedRules);

/** A line of `test/fixtures/rules/*.tsv`: where it holds, the rule, whether it must speak, the text, and what else stands there. */
export interface RuleCase {
  readonly where: string;
  readonly rule: string;
  readonly hits: boolean;
  readonly text: string;
  readonly datum: string | undefined;
}

export function ruleCases(name: 'urgency' | 'kind' | 'personalData'): readonly RuleCase[] {
  const lines = readFileSync(new URL(`../../../fixtures/rules/${name}.tsv`, import.meta.url), 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) => {
    const [where = '', rule = '', hits, text = '', datum] = line.split('\t');
    if (hits !== 'hit' && hits !== 'miss') throw new Error(`neither hit nor miss: ${line}`);
    return { where, rule, hits: hits === 'hit', text, datum };
  });
}

/** Rules without a text that hits and a near miss. */
export function withoutPair(rules: Iterable<string>, cases: readonly RuleCase[], keyOf: (known: RuleCase) => string): readonly string[] {
  return [...new Set(rules)].filter((rule) => ![true, false].every((hits) => cases.some((known) => keyOf(known) === rule && known.hits === hits)));
}
