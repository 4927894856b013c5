import * as l10n from '@vscode/l10n';
import { type Mention } from '../../core/mention';
import { confirmations, type CheckedReply, type Confirmation, type ReplyCheck } from '../../desk/deskApi';
import { MomentosError } from '../../core/errors';
import { refusalIn, unconfirmedIn, type RefusalCode } from '../../core/replyRules';
import { normSentence } from '../../desk/normSentences';
import { sentence } from '../../desk/sentences';
import { type CheckView } from '../../protocol/replyPanel';

export function isConfirmation(code: string): code is Confirmation {
  return confirmations.some((confirmation) => confirmation === code);
}

/** What stands under "before sending": what stops the answer, what asks for a tick, and what is in order. */
export function checkViews(checked: CheckedReply, mention: Mention): readonly CheckView[] {
  const found = checked.checks.map((check): CheckView => ({ code: check.code, severity: check.severity, message: checkWords(check) }));
  return [...found.filter(({ severity }) => severity === 'refuse'), ...found.filter(({ severity }) => severity === 'confirm'), ...found.filter(({ severity }) => severity === 'hint'), ...calm(checked, mention)];
}

/** The error that the first refusal amounts to; undefined = nothing is refused. */
export function refusal(checked: CheckedReply): MomentosError | undefined {
  return refusalIn(checked.checks);
}

/** What still has to be confirmed. */
export function unconfirmed(checked: CheckedReply, confirmed: readonly Confirmation[]): readonly Confirmation[] {
  return unconfirmedIn(checked.checks, confirmed).map(({ code }) => code);
}

function checkWords(check: ReplyCheck): string {
  if (check.severity === 'hint') return normSentence(check);
  if (!isConfirmation(check.code)) return sentence(new MomentosError(check.code as RefusalCode, check.details));
  const detail = (name: string): string => String(check.details[name] ?? '');
  switch (check.code) {
    case 'personal-data': return detail('found') === '' ? l10n.t('Everyone would see personal data.') : l10n.t('Everyone would see personal data: {0}.', detail('found'));
    case 'answered': return l10n.t('The institution has answered already.');
    case 'link': return detail('links') === '' ? l10n.t('There is a link outside the institution.') : l10n.t('There is a link outside the institution: {0}.', detail('links'));
  }
}

function calm(checked: CheckedReply, mention: Mention): readonly CheckView[] {
  const has = (...codes: readonly ReplyCheck['code'][]): boolean => checked.checks.some(({ code }) => codes.includes(code));
  const ok = (code: string, message: string): CheckView => ({ code, severity: 'ok', message });
  if (has('reply.empty')) return [];
  const views: CheckView[] = [];
  if (!has('personal-data', 'norm.personalData')) views.push(ok('no-personal-data', l10n.t('No personal data')));
  if (!has('answered') && mention.answeredElsewhereAt === undefined) views.push(ok('not-answered', l10n.t('Nobody has answered yet')));
  if (!has('link', 'norm.officialLinks')) views.push(ok('links', l10n.t('No link outside the institution')));
  if (checked.origin === 'approved' && !has('reply.hole', 'reply.notApproved')) views.push(ok('approved', l10n.t('The approved text, unchanged')));
  if (checked.origin === 'edited') views.push(ok('edited', l10n.t('Edited text: {0} % of the approved words kept', Math.round(checked.kept * 100))));
  if (checked.origin === 'free') views.push(ok('free', l10n.t('Free text, without a template')));
  return views;
}
