import { type MentionKind, mentionKinds } from '../../core/textReading';
import { type PhraseItem } from '../entry';
import { parseEntry, spellings } from '../lexicon';

export type RuleProblemCode = 'noSection' | 'badSection' | 'noValue' | 'badValue' | 'badEntry' | 'gapAtEdge' | 'tooManyGaps' | 'tooLong' | 'duplicate' | 'contradiction';

/** What is wrong in a line of a rule file; `other` is the line that it repeats or contradicts. */
export interface RuleProblem {
  readonly line: number;
  readonly code: RuleProblemCode;
  readonly entry: string;
  readonly other?: number | undefined;
}

export type RuleSection =
  | { readonly group: 'urgency'; readonly rule: string; readonly level: 'urgent' | 'high' }
  /** `opening`: its entries count where a sentence begins with them only. */
  | { readonly group: 'kind'; readonly rule: MentionKind; readonly opening: boolean };

export interface RuleEntry {
  readonly section: RuleSection;
  readonly line: number;
  /** As it is written. */
  readonly text: string;
  readonly items: readonly PhraseItem[];
  /** -5 to 5; 0 shields its words from shorter entries of the rule. */
  readonly weight: number;
  /** One of two things that must both stand in the text for the rule to speak ("sin luz" and "oxígeno"); such an entry weighs nothing by itself. */
  readonly part?: 'a' | 'b' | undefined;
}

export interface RuleFile {
  readonly entries: readonly RuleEntry[];
  readonly problems: readonly RuleProblem[];
}

/**
 * Reads a file of rules: the lines of a lexicon (an entry, a tab, a weight from -5 to 5 or, in a rule of urgency, the part `a` or `b`, perhaps a tab and a remark) under the heading of a
 * rule: `[urgency fire urgent]`, `[urgency outage high]`, `[kind complaint]`, `[kind question opening]`. Lines with a problem are left out and named in `problems`. `repeats`: false does not look for lines
 * that repeat or contradict others, which takes most of the time.
 */
export function parseRules(text: string, { repeats = true }: { readonly repeats?: boolean } = {}): RuleFile {
  const entries: RuleEntry[] = [];
  const problems: RuleProblem[] = [];
  const parts = new Map<string, readonly PhraseItem[]>();
  const seen = new Map<string, { readonly line: number; readonly value: string }>();
  let section: RuleSection | undefined;
  text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/).forEach((raw, index) => {
    const line = index + 1;
    const content = raw.trim();
    if (content === '' || content.startsWith('#')) return;
    const [entry = '', value] = content.split(/\t+|\s{2,}/);
    const fail = (code: RuleProblemCode, other?: number): void => {
      problems.push({ line, code, entry, ...(other === undefined ? {} : { other }) });
    };
    if (content.startsWith('[')) {
      section = parseSection(content);
      if (section === undefined) fail('badSection');
      return;
    }
    if (section === undefined) return fail('noSection');
    if (value === undefined || value === '') return fail('noValue');
    const part = section.group === 'urgency' && (value === 'a' || value === 'b') ? value : undefined;
    if (part === undefined && (!/^[+-]?\d(?:\.\d+)?$/.test(value) || Math.abs(Number(value)) > 5)) return fail('badValue');
    const items = parseEntry(entry, parts);
    if (typeof items === 'string') return fail(items);
    const weight = part === undefined ? Number(value) : 0;
    const { group, rule } = section;
    const keys = !repeats ? [] : spellings(items).map((spelling) => `${group} ${rule} ${section?.group === 'kind' && section.opening ? '^' : ''}${spelling}`);
    for (const key of keys) {
      const other = seen.get(key);
      if (other !== undefined) return fail(other.value === value ? 'duplicate' : 'contradiction', other.line);
    }
    for (const key of keys) seen.set(key, { line, value });
    entries.push({ section, line, text: entry, items, weight, part });
  });
  return { entries, problems };
}

function parseSection(heading: string): RuleSection | undefined {
  const [group, rule = '', extra, ...more] = /^\[(.*)\]$/.exec(heading)?.[1]?.trim().split(/\s+/) ?? [];
  if (more.length > 0) return undefined;
  if (group === 'urgency') return /^[a-z][a-zA-Z]*$/.test(rule) && (extra === 'urgent' || extra === 'high') ? { group, rule, level: extra } : undefined;
  const kind = mentionKinds.find((known) => known === rule);
  return group === 'kind' && kind !== undefined && (extra === undefined || extra === 'opening') ? { group, rule: kind, opening: extra === 'opening' } : undefined;
}
