import * as l10n from '@vscode/l10n';
import { type Template, type TemplateStatus } from '../../core/template';
import { bodiesOn, formsOf, networksOf } from '../../core/templateForms';
import { countText, excess, type LengthRule } from '../../core/text/countText';
import { usualLengthRule } from '../../core/text/networkLengths';
import { type PlaceholderDefinition } from '../../core/text/placeholders';
import { choiceText } from '../../core/text/placeholderValue';
import { isRefusing } from '../../core/templateChecks';
import { type Desk } from '../../desk/deskApi';
import { type DeskTemplates, type TemplateHistoryItem } from '../../desk/reviewApi';
import { sentence } from '../../desk/sentences';
import { withExamples } from '../../desk/templateExamples';
import { templateProblemSentence } from '../../desk/templateSentences';
import { languageWords, networkWords, templateStatusWords, templateStepWords, timeWords } from '../../desk/words';
import { type TemplatePreviewState, type TemplateRendering, type TemplateStep } from '../../protocol/templatePreview';

export interface TemplateViewSource {
  readonly desk: Desk;
  readonly status: TemplateStatus;
  readonly may: Awaited<ReturnType<DeskTemplates['may']>>;
  readonly history: readonly TemplateHistoryItem[];
  /** How each network of the desk counts, where its server has been asked; the strictest of each. */
  readonly rules: ReadonlyMap<string, LengthRule>;
  readonly now: number;
}

/** All that the preview page shows of a template: rendered with its examples, and raw. */
export function templatePreviewState({ desk, status, may, history, rules, now }: TemplateViewSource): TemplatePreviewState {
  const template = status.working ?? status.approved;
  return {
    id: status.id,
    title: titleOf(template, status.id, desk.language),
    version: template?.version ?? 0,
    state: status.state,
    stateWords: templateStatusWords(status),
    bodies: textsOf(template, desk),
    networks: template === undefined ? [] : networksOf(template, desk.config).map((network) => networkView(template, network, desk, rules.get(network) ?? usualLengthRule(network))),
    inUse: status.approved === undefined ? undefined : textsOf(status.approved, desk),
    problems: status.problems.map((problem) => ({ message: templateProblemSentence(problem), line: problem.line, refusing: isRefusing(problem) })),
    history: history.map((item) => step(item, timeWords(item.at, now, desk.config.institution.timeZone, desk.language))).reverse(),
    placeholders: (template?.placeholders ?? []).map((placeholder) => ({
      name: placeholder.name,
      label: inLanguage(placeholder.label, desk.language) ?? placeholder.name,
      example: inLanguage(placeholder.example, desk.language) ?? '',
      rule: ruleWords(placeholder, desk.language),
      required: placeholder.required,
    })),
    may: { propose: may.propose, approve: may.approve, reject: may.reject, withdraw: may.withdraw && status.state !== 'inReview', compare: status.path !== undefined, edit: status.path !== undefined },
    // Only who looks at something to be reviewed wonders why it cannot be approved.
    whyNot: may.whyNot === undefined || status.state !== 'inReview' ? undefined : sentence(may.whyNot),
    contentHash: template?.contentHash ?? '',
  };
}

export function titleOf(template: Template | undefined, id: string, language: string): string {
  return (template === undefined ? undefined : inLanguage(template.title, language)) ?? id;
}

/** The full texts by language, then the short forms with the networks that they are for. */
function textsOf(template: Template | undefined, desk: Desk): TemplatePreviewState['bodies'] {
  if (template === undefined) return [];
  return formsOf(template).map(({ key, language, networks, text }) => ({ key, languageName: [languageWords(language, desk.language), ...networks.map(networkWords)].join(' · '), raw: text }));
}

function networkView(template: Template, network: string, desk: Desk, rule: LengthRule): TemplatePreviewState['networks'][number] {
  const renderings = Object.entries(bodiesOn(template, network)).map(([language, raw]) => rendering(template, language, raw, desk, rule));
  return { id: network, name: networkWords(network), fits: renderings.every(({ length, max }) => length <= max), renderings };
}

function rendering(template: Template, language: string, raw: string, desk: Desk, rule: LengthRule): TemplateRendering {
  const text = withExamples(raw, template.placeholders, language, desk.config);
  // Where bytes are what is too many, they are what is counted.
  const { length, max } = excess(text, rule) ?? { length: countText(text, rule), max: rule.max };
  return { language, languageName: languageWords(language, desk.language), text, raw, length, max };
}

function inLanguage(texts: Readonly<Record<string, string>>, language: string): string | undefined {
  return texts[language] ?? Object.values(texts)[0];
}

function ruleWords(definition: PlaceholderDefinition, language: string): string {
  const { pattern, maxLength, required } = definition;
  const parts = [required ? l10n.t('required') : l10n.t('may be left out'), ...typeWords(definition, language)];
  if (pattern !== undefined) parts.push(l10n.t('must match {0}', pattern));
  if (maxLength !== undefined) parts.push(l10n.t('at most {0} characters', maxLength));
  return parts.join(', ');
}

function typeWords({ type = 'text', choices = [], min, max }: PlaceholderDefinition, language: string): readonly string[] {
  switch (type) {
    case 'text': return [];
    case 'number': return [l10n.t('a number'), ...(min === undefined ? [] : [l10n.t('at least {0}', min)]), ...(max === undefined ? [] : [l10n.t('at most {0}', max)])];
    case 'date': return [l10n.t('a date, written out for the citizen')];
    case 'choice': return [l10n.t('one of: {0}', choices.map((choice) => choiceText(choice, language)).join(' · '))];
    case 'link': return [l10n.t('a link within the official domains')];
    case 'case': return [l10n.t('a case number')];
  }
}

function step(item: TemplateHistoryItem, atWords: string): TemplateStep {
  return { kind: item.kind.slice('template.'.length) as TemplateStep['kind'], words: templateStepWords(item), atWords, text: item.reason };
}
