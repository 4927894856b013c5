import { acronyms } from './acronyms';
import { firstPerson } from './firstPerson';
import { hashtags } from './hashtags';
import { type NormCode, type NormContext, type NormFinding, type NormLevel, type NormRule } from './normRule';
import { officialLinks } from './officialLinks';
import { personalDataInPublic } from './personalDataInPublic';
import { plainLetters } from './plainLetters';
import { plainWords } from './plainWords';
import { politicalNames } from './politicalNames';

/** Every rule of the norm check. To add one: a file of its own, its code in `normRule.ts`, a line here, its sentence in `desk/normSentences.ts`. */
export const normRules: readonly NormRule[] = [firstPerson, politicalNames, plainLetters, plainWords, acronyms, personalDataInPublic, officialLinks, hashtags];

/** Longest text that is searched, in UTF-16 code units; what is longer than any answer can be is not searched further. */
const searchedLength = 20_000;
/** Findings of one rule that are told; a text with more is read again anyway. */
const mostFindings = 20;

/** The part of momentos.json that the norm check reads. */
export interface NormSettings {
  readonly institution: { readonly country: string; readonly domains: readonly string[]; readonly id: string };
  readonly norms: {
    readonly rules: Readonly<Partial<Record<NormCode, NormLevel | undefined>>>;
    readonly names: readonly string[];
    readonly domains: readonly string[];
    readonly acronyms: readonly string[];
    readonly words: Readonly<Record<string, Readonly<Record<string, string>>>>;
  };
}

export interface BrokenNorm {
  readonly code: NormCode;
  readonly level: Exclude<NormLevel, 'off'>;
  /** At least one, in the order of the text. */
  readonly findings: readonly NormFinding[];
}

/** How the desk takes a rule: as momentos.json says, else the rule itself. */
export function normLevel(code: NormCode, { norms }: Pick<NormSettings, 'norms'>): NormLevel {
  return norms.rules[code] ?? normRules.find((rule) => rule.code === code)?.level ?? 'off';
}

/** Domains whose links are official: the institution's and those that the desk adds. */
export function officialDomains({ institution, norms }: NormSettings): readonly string[] {
  return [...institution.domains, ...norms.domains];
}

/** What a text breaks, by rule, in the order of the rules; rules that are off, or not in `only`, are not asked. */
export function checkNorms(text: string, language: string, settings: NormSettings, only?: (code: NormCode) => boolean): readonly BrokenNorm[] {
  const context: NormContext = {
    language,
    country: settings.institution.country,
    domains: officialDomains(settings),
    names: settings.norms.names,
    // Its own acronym is the name under which the institution answers.
    acronyms: [...settings.norms.acronyms, settings.institution.id.toUpperCase()],
    words: settings.norms.words[language] ?? {},
  };
  const searched = text.slice(0, searchedLength);
  return normRules.flatMap((rule) => {
    const level = normLevel(rule.code, settings);
    if (level === 'off' || only?.(rule.code) === false) return [];
    const findings = rule.check(searched, context);
    return findings.length === 0 ? [] : [{ code: rule.code, level, findings: findings.slice(0, mostFindings) }];
  });
}
