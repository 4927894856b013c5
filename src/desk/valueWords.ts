import * as l10n from '@vscode/l10n';
import { valueProblems, type ValueProblem } from '../core/text/placeholderValue';

/** Why a value may not stand in its blank, and what would; `limit` of a number or a length. */
export function valueProblemWords(problem: ValueProblem, limit: string): string {
  switch (problem) {
    case 'lineBreak': return l10n.t('it must be one line, without braces');
    case 'tooLong': return l10n.t('it may have at most {0} characters', limit);
    case 'notNumber': return l10n.t('it must be a number in digits, such as 15 or 2.5');
    case 'tooSmall': return l10n.t('it must be at least {0}', limit);
    case 'tooLarge': return l10n.t('it must be at most {0}', limit);
    case 'notDate': return l10n.t('it must be a date such as 2026-12-03');
    case 'notChoice': return limit === '' ? l10n.t('it must be one of the choices of the template') : l10n.t('it must be one of: {0}', limit);
    case 'notLink': return l10n.t('it must be a web address that begins with https://');
    case 'linkOutside': return l10n.t('the address must be within the official domains');
    case 'notCase': return l10n.t('it must be a case number: up to 40 letters, digits, dots, slashes and hyphens');
    case 'pattern': return l10n.t('it does not have the form that the template asks for');
  }
}

/** `days tooSmall 2; when notDate` in words; undefined = no reasons were given. */
export function valueReasonsWords(reasons: string): string | undefined {
  const told = reasons.split('; ').flatMap((reason) => {
    const [name = '', code, ...rest] = reason.split(' ');
    const limit = rest.join(' ');
    const problem = valueProblems.find((known) => known === code);
    return problem === undefined ? [] : [`${name}: ${valueProblemWords(problem, limit)}`];
  });
  return told.length === 0 ? undefined : told.join('; ');
}
