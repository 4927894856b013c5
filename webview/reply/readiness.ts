import * as l10n from '@vscode/l10n';
import { countText } from '../../src/core/text/countText';
import { type CheckView } from '../../src/protocol/replyPanel';
import { chosenOption, holes, isEdited } from './composing';
import { holeLabel } from './holeLabel';
import { confirmationKey, type PageState } from './pageState';

export interface Length {
  readonly count: number;
  readonly max: number;
  /** How much is too much; 0 = it fits. */
  readonly over: number;
}

/** Length as the network counts it, greeting included. */
export function lengthOf(state: Pick<PageState, 'panel' | 'composing'>): Length {
  const { greeting, lengthRule } = state.panel;
  const count = countText(greeting === '' ? state.composing.text : `${greeting.trimEnd()} ${state.composing.text}`, lengthRule);
  return { count, max: lengthRule.max, over: Math.max(0, count - lengthRule.max) };
}

/** Checks that the page makes by itself at each key stroke; the host makes them again, by the same rules. */
const ownCodes: ReadonlySet<string> = new Set(['reply.empty', 'reply.hole', 'reply.tooLong']);

function ownChecks(state: PageState): readonly CheckView[] {
  const found: CheckView[] = [];
  const refuse = (code: string, message: string): void => {
    found.push({ code, severity: 'refuse', message });
  };
  if (state.composing.text.trim() === '') refuse('reply.empty', l10n.t('The answer has no text yet.'));
  const { missing, invalid } = troubledHoles(state);
  if (/____|\{\{/u.test(state.composing.text)) refuse('reply.hole', missing === '' ? l10n.t('A blank in the text is still to be filled in.') : l10n.t('Missing: {0}', missing));
  if (invalid !== '') refuse('reply.invalidValue', l10n.t('Does not fit: {0}', invalid));
  const { over } = lengthOf(state);
  if (over > 0) refuse('reply.tooLong', overWords(over));
  return found;
}

/** Labels of the values that are missing or do not fit; in an edited text the host judges what stands there. */
function troubledHoles({ composing, panel }: PageState): { readonly missing: string; readonly invalid: string } {
  const option = chosenOption(composing, panel.templates);
  if (option === undefined || isEdited(composing, panel.templates)) return { missing: '', invalid: '' };
  const list = holes(composing, option, panel.known);
  const named = (problem: string): string =>
    list
      .filter((hole) => hole.problem === problem)
      .map((hole) => holeLabel(hole, composing.template?.language ?? ''))
      .join(', ');
  return { missing: named('missing'), invalid: named('invalid') };
}

export function overWords(over: number): string {
  return over === 1 ? l10n.t('1 character too many.') : l10n.t('{0} characters too many.', over);
}

/** The list "before sending": what refuses first, then what is to be confirmed, then advice, then what is fine. */
export function allChecks(state: PageState): readonly CheckView[] {
  const order = { refuse: 0, confirm: 1, hint: 2, ok: 3 } as const;
  const own = ownChecks(state);
  return [...own, ...state.checks.filter((check) => !ownCodes.has(check.code) && !own.some(({ code }) => code === check.code))].sort((one, other) => order[one.severity] - order[other.severity]);
}

export interface Readiness {
  readonly refusals: readonly CheckView[];
  /** To be ticked and not ticked yet. */
  readonly unconfirmed: readonly CheckView[];
}

export function readiness(state: PageState): Readiness {
  const checks = allChecks(state);
  return {
    refusals: checks.filter((check) => check.severity === 'refuse'),
    unconfirmed: checks.filter((check) => check.severity === 'confirm' && !state.confirmed.includes(confirmationKey(check))),
  };
}
