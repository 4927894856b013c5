import * as l10n from '@vscode/l10n';
import { type TemplateProblem } from '../../core/template';
import { type CheckedProblem } from '../reviewApi';
import { templateProblemSentence } from '../templateSentences';
import { languageWords } from '../words';
import { type EditingFacts } from './facts';
import { isInFront, outlineOf, type Outline } from './outline';

/** A problem at its place in the text that is being edited; line and characters from 0. */
export interface Finding {
  /** Of the check, or `language.missing`. */
  readonly code: TemplateProblem['code'] | 'language.missing';
  readonly detail: string | undefined;
  readonly message: string;
  /** `error`: cannot be proposed; `warning`: not about these words; `hint`: worth a look. */
  readonly severity: 'error' | 'warning' | 'hint';
  /** What could stand there instead, word for word. */
  readonly suggestion?: string | undefined;
  /** Of a text that is too long: what does not take it. */
  readonly fit?: TemplateProblem['fit'];
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

/** The problems that the desk found in a text, each at the words that it is about; and what the desk's languages lack. */
export function findingsIn(text: string, problems: readonly CheckedProblem[], facts: EditingFacts): readonly Finding[] {
  const outline = outlineOf(text);
  const found = problems.map((problem): Finding => ({
    code: problem.code,
    detail: problem.detail,
    message: templateProblemSentence(problem),
    suggestion: problem.suggestion,
    fit: problem.fit,
    severity: problem.refusing ? 'error' : aboutTheCopy(problem) ? 'warning' : 'hint',
    ...placeOf(outline, problem),
  }));
  return [...found, ...missingLanguages(outline, facts)];
}

/** Of the approved copy or of the approval: nothing that is typed here mends it. */
function aboutTheCopy({ code }: TemplateProblem): boolean {
  return code.startsWith('copy.') || code.startsWith('approval.');
}

function missingLanguages(outline: Outline, facts: EditingFacts): readonly Finding[] {
  const last = outline.bodies.at(-1);
  if (last === undefined) return [];
  return facts.languages
    .filter((language) => !outline.bodies.some((body) => body.language === language && body.networks.length === 0))
    .map((language) => ({
      code: 'language.missing',
      detail: language,
      message: l10n.t('There is no text in this language of the institution: {0}.', languageWords(language, facts.language)),
      severity: 'hint',
      ...wholeLine(outline, last.marker),
    }));
}

/** Where a key of the front matter stands whose value the problem is about. */
const keyOf: Partial<Record<TemplateProblem['code'], string>> = {
  'id.mismatch': 'id', 'id.invalid': 'id', 'version.invalid': 'version', 'version.alreadyApproved': 'version', 'expires.invalid': 'expires', 'expires.past': 'expires',
};

function placeOf(outline: Outline, problem: TemplateProblem): Pick<Finding, 'line' | 'from' | 'to'> {
  const placeholder = outline.placeholders.find(({ name }) => name !== '' && name === problem.detail);
  const line = problem.line !== undefined ? problem.line - 1 : (outline.keys.get(keyOf[problem.code] ?? '') ?? (problem.code === 'text.unbounded' ? placeholder?.from : undefined) ?? 0);
  const words = outline.lines[line] ?? '';
  const { code, detail, column, length } = problem;
  if (column !== undefined && length !== undefined && length > 0) return { line, from: column - 1, to: column - 1 + length };
  if (code === 'placeholder.unknown' && detail !== undefined) {
    const hole = /^[a-zA-Z][a-zA-Z0-9_-]*$/u.test(detail) ? new RegExp(`\\{\\{\\s*${detail}\\s*\\}\\}`, 'u').exec(words) : null;
    const from = hole?.index ?? words.indexOf(detail.split('\n')[0] ?? '');
    if (from >= 0) return { line, from, to: from + (hole?.[0].length ?? detail.length) };
  }
  const named = isInFront(outline, line) ? (detail?.split('.').at(-1) ?? '') : '';
  const from = named === '' ? -1 : words.indexOf(named);
  if (from >= 0) return { line, from, to: from + named.length };
  return wholeLine(outline, line);
}

function wholeLine(outline: Outline, line: number): Pick<Finding, 'line' | 'from' | 'to'> {
  const words = outline.lines[line] ?? '';
  return { line, from: words.length - words.trimStart().length, to: Math.max(words.trimEnd().length, 1) };
}
