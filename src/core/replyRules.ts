import { type Actor } from './audit';
import { freeTextRule, type DeskConfig } from './config';
import { type Confirmation } from './confirmations';
import { MomentosError } from './errors';
import { type Hold } from './hold';
import { type Mention, type Visibility, visibilities } from './mention';
import { foundWords, wordsOutside } from './norm/normWords';
import { checkNorms, officialDomains } from './norm/norms';
import { type NormProblemCode } from './norm/normRule';
import { draftsOnly } from './secondPerson';
import { type SecondPersonReason } from './submission';
import { type Template } from './template';
import { keptShare } from './text/changes';
import { countText, excess, type LengthRule } from './text/countText';
import { findPersonalData } from './text/personalData';
import { builtInPlaceholders, fitsPlaceholder, placeholderNames, render, type Rendering, type ValueSetting } from './text/placeholders';
import { choiceText } from './text/placeholderValue';

export type RefusalCode =
  | 'reply.empty' | 'reply.tooLong' | 'reply.notApproved' | 'reply.hole' | 'reply.invalidValue' | 'reply.freeTextForbidden' | 'reply.norm' | 'reply.reasonMissing' | 'reply.inProgress' | 'mention.wrongStatus'
  | 'reply.waitsForApproval' | 'reply.onHold';

export interface ReplyFinding {
  readonly code: RefusalCode | Confirmation | NormProblemCode;
  /** `refuse`: cannot be sent. `confirm`: once, by a person. `hint`: shown, never in the way. */
  readonly severity: 'refuse' | 'confirm' | 'hint';
  readonly details: Readonly<Record<string, string | number>>;
}

export interface ReplyQuestion {
  readonly mention: Mention;
  /** The answer without greeting. */
  readonly text: string;
  /** That it is written in. */
  readonly language: string;
  readonly greeting: string;
  readonly visibility: Visibility;
  /** The approved version it is based on; `missing` = a template was named that may not be sent. */
  readonly template: { readonly approved: Template; readonly language: string; readonly values: Readonly<Record<string, string>> } | 'missing' | undefined;
  readonly templateId?: string | undefined;
  readonly config: DeskConfig;
  readonly rule: LengthRule;
  /** Why a second answer is given; needed when one of ours stands. */
  readonly againReason: string | undefined;
  /** What holds answers to this mention back, with this template or without. */
  readonly holds?: readonly Hold[] | undefined;
  readonly operator: Pick<Actor, 'name' | 'email'>;
  /** The waiting answer that a second person is letting go. */
  readonly approving?: string | undefined;
  /** Our account has answered this post, here or in the network's own app. */
  readonly answeredAlready: boolean;
}

export interface ReplyVerdict {
  readonly findings: readonly ReplyFinding[];
  readonly origin: 'approved' | 'edited' | 'free';
  /** Share of the approved words that were kept, 0 to 1; 0 for a free text. */
  readonly kept: number;
  readonly length: number;
  /** Why a second person has to see it first; undefined = it may go out. */
  readonly secondPerson: SecondPersonReason | undefined;
}

/** The rules of an answer, in one place for every host: what refuses it and what a person must confirm (design: "Deeds and their promises"). */
export function judgeReply(question: ReplyQuestion): ReplyVerdict {
  const { mention, text, config, rule, template } = question;
  const findings: ReplyFinding[] = [];
  const refuse = (code: RefusalCode, details: Readonly<Record<string, string | number>> = {}): void => void findings.push({ code, severity: 'refuse', details });
  const confirm = (code: Confirmation, details: Readonly<Record<string, string | number>> = {}): void => void findings.push({ code, severity: 'confirm', details });

  if (text.trim() === '') refuse('reply.empty');
  if (mention.status === 'closed') refuse('mention.wrongStatus', { status: 'closed' });
  const underWay = mention.replies.find(({ state }) => state === 'intended');
  if (underWay !== undefined) refuse('reply.inProgress', underWay.byHand === true ? { byHand: 1 } : {});
  if (mention.submission !== undefined && mention.submission.id !== question.approving) refuse('reply.waitsForApproval', { by: mention.submission.by.name });
  const length = countText(question.greeting + text, rule);
  const over = excess(question.greeting + text, rule);
  if (over !== undefined) refuse('reply.tooLong', { length: over.length, max: over.max, ...(over.unit === 'bytes' ? { unit: 'bytes' } : {}) });

  const freeText = freeTextRule(config);
  let origin: ReplyVerdict['origin'] = 'free';
  let unbounded: readonly string[] = [];
  let kept = 0;
  let approvedBody = '';
  if (template === 'missing') {
    refuse('reply.notApproved', { template: question.templateId ?? '' });
  } else if (template !== undefined) {
    approvedBody = template.approved.bodies[template.language] ?? '';
    const setting = { language: template.language, domains: officialDomains(config) };
    const rendering = render(approvedBody, template.approved.placeholders, template.values, setting);
    origin = rendering.text === text.trim() ? 'approved' : 'edited';
    kept = origin === 'approved' ? 1 : keptShare(rendering.text, text);
    if (origin === 'approved' && rendering.missing.length > 0) refuse('reply.hole', { names: rendering.missing.join(', ') });
    if (rendering.invalid.length > 0) refuse('reply.invalidValue', { names: rendering.invalid.join(', '), reasons: reasonsOf(template.approved, rendering.reasons, template.language) });
    unbounded = unboundedValues(template.approved, approvedBody, template.values, setting);
    if (freeText === 'forbid' && origin !== 'approved') refuse('reply.freeTextForbidden');
    if (freeText === 'forbid' && unbounded.length > 0) refuse('reply.invalidValue', { names: unbounded.join(', ') });
  } else if (freeText === 'forbid') {
    refuse('reply.freeTextForbidden');
  }
  const held = (question.holds ?? []).find(({ statement }) => statement === undefined || origin !== 'approved' || unbounded.length > 0 || question.templateId !== statement);
  if (held !== undefined) refuse('reply.onHold', { hold: held.id, reason: held.reason, by: held.by.name, statement: held.statement ?? '' });
  if (!findings.some(({ code }) => code === 'reply.hole') && (text.includes('____') || placeholderNames(text).length > 0)) {
    refuse('reply.hole', { names: placeholderNames(text).join(', ') || '____' });
  }

  const own = mention.replies.some(({ state }) => state === 'sent' || state === 'unsettled');
  if (own && (question.againReason ?? '').trim() === '') confirm('answered', { own: 1 });
  else if (!own && question.answeredAlready) confirm('answered');

  for (const { code, level, findings: all } of checkNorms(text, question.language, config)) {
    // What stands in the approved words was judged by their reviewer.
    const places = wordsOutside(all, approvedBody);
    if (places.length === 0 || (code === 'personalData' && question.visibility === 'direct')) continue;
    const found = foundWords(places);
    if (level === 'refuse') refuse('reply.norm', { norm: code, found });
    else if (level === 'hint') findings.push({ code: `norm.${code}`, severity: 'hint', details: { norm: code, found } });
    else if (code === 'personalData') confirm('personal-data', { found, kinds: kindsOf(text, found, config.institution.country) });
    else confirm('link', { links: found });
  }
  const ownWords = freeText === 'second-person' && (origin !== 'approved' || unbounded.length > 0);
  const secondPerson = draftsOnly(config, question.operator) ? 'draftOnly' : ownWords ? 'freeText' : undefined;
  return { findings, origin, kept, length, secondPerson };
}

/** `days tooSmall 2; when notDate; size notChoice large | small`: which, why, and within what. */
function reasonsOf({ placeholders }: Template, reasons: Rendering['reasons'], language: string): string {
  return Object.entries(reasons).map(([name, problem]) => {
    const definition = placeholders.find((each) => each.name === name);
    const choices = problem === 'notChoice' ? definition?.choices?.map((choice) => choiceText(choice, language)).join(' | ').replaceAll(';', ',') : undefined;
    const limit = { tooSmall: definition?.min, tooLarge: definition?.max, tooLong: definition?.maxLength, notChoice: choices }[problem as string];
    return [name, problem, ...(limit === undefined ? [] : [String(limit)])].join(' ');
  }).join('; ');
}

function kindsOf(text: string, found: string, country: string): string {
  return [...new Set(findPersonalData(text, country).filter((each) => found.includes(each.text)).map(({ kind }) => kind))].join(', ');
}

/** The error that the first refusal amounts to; undefined = nothing is refused. */
export function refusalIn(findings: readonly ReplyFinding[]): MomentosError | undefined {
  const refusal = findings.find(({ severity }) => severity === 'refuse');
  return refusal === undefined ? undefined : new MomentosError(refusal.code as RefusalCode, refusal.details);
}

/** What a person still has to confirm. */
export function unconfirmedIn(findings: readonly ReplyFinding[], confirmed: readonly Confirmation[]): readonly (ReplyFinding & { readonly code: Confirmation })[] {
  const open = (finding: ReplyFinding): finding is ReplyFinding & { readonly code: Confirmation } => finding.severity === 'confirm' && !(confirmed as readonly string[]).includes(finding.code);
  return findings.filter(open);
}

/** Placeholders whose value is so free that it could smuggle in a text of its own. */
function unboundedValues(approved: Template, body: string, values: Readonly<Record<string, string>>, setting: ValueSetting): readonly string[] {
  const definitions = new Map(approved.placeholders.map((definition) => [definition.name, definition]));
  return placeholderNames(body).filter((name) => {
    const definition = definitions.get(name);
    const value = values[name] ?? '';
    if (value.trim() === '') return false;
    if (definition?.pattern !== undefined || (definition?.type ?? 'text') !== 'text') return !fitsPlaceholder(definition, value, setting);
    if ((builtInPlaceholders as readonly string[]).includes(name) && definition === undefined && name !== 'author' && name !== 'case') return false;
    return [...value].length > Math.min(60, definition?.maxLength ?? 60);
  });
}

/** The narrower of two visibilities. */
export function narrower(one: Visibility, other: Visibility): Visibility {
  return visibilities.indexOf(one) >= visibilities.indexOf(other) ? one : other;
}

/** A display name that may stand in our own answer; '' when it holds anything that could speak for us (links, numbers, marks). */
export function greetableName(name: string): string {
  const clean = name.replace(/:[a-z0-9_]+:/giu, '').replace(/[^\p{L}\p{M}\s'’.-]/gu, '').replace(/\s+/gu, ' ').trim().replace(/[.\s'’-]+$/u, '');
  if (clean === '' || [...clean].length > 40 || /\d|https?|www|@|[.]\p{L}/iu.test(name)) return '';
  return clean;
}
