import * as l10n from '@vscode/l10n';
import { type Template, type TemplateStatus } from '../../core/template';
import { countText, type LengthRule } from '../../core/text/countText';
import { render, type PlaceholderDefinition } from '../../core/text/placeholders';
import { type Desk, type DeskTemplates, type TemplateHistoryItem } from '../../desk/deskApi';
import { sentence } from '../../desk/sentences';
import { templateProblemSentence } from '../../desk/templateSentences';
import { templateStateWords, timeWords } from '../../desk/words';
import { type TemplatePreviewState } from '../../protocol/templatePreview';

/** What most servers take; the real rule of a channel is asked when an answer is written. */
const usualRule: LengthRule = { max: 500, method: 'mastodon', urlLength: 23 };

export interface TemplateViewSource {
  readonly desk: Desk;
  readonly status: TemplateStatus;
  readonly may: Awaited<ReturnType<DeskTemplates['may']>>;
  readonly history: readonly TemplateHistoryItem[];
  readonly rule: LengthRule | undefined;
  readonly now: number;
}

/** All that the preview page shows of a template: rendered with its examples, and raw. */
export function templatePreviewState({ desk, status, may, history, rule, now }: TemplateViewSource): TemplatePreviewState {
  const template = status.working ?? status.approved;
  return {
    id: status.id,
    title: titleOf(template, status.id, desk.language),
    version: template?.version ?? 0,
    state: status.state,
    stateWords: templateStateWords(status.state),
    renderings: template === undefined ? [] : Object.entries(template.bodies).map(([language, body]) => rendering(template, language, body, desk, rule ?? usualRule)),
    inUse: status.approved?.bodies,
    problems: status.problems.map((problem) => ({ message: templateProblemSentence(problem), line: problem.line })),
    history: history.map((item) => ({ words: historyWords(item), atWords: timeWords(item.at, now, desk.config.institution.timeZone, desk.language), reason: item.reason })),
    placeholders: (template?.placeholders ?? []).map((placeholder) => ({
      name: placeholder.name,
      label: inLanguage(placeholder.label, desk.language) ?? placeholder.name,
      example: inLanguage(placeholder.example, desk.language) ?? '',
      rule: ruleWords(placeholder),
      required: placeholder.required,
    })),
    may: { propose: may.propose, approve: may.approve, reject: may.reject },
    // Only who looks at something to be reviewed wonders why it cannot be approved.
    whyNot: may.whyNot === undefined || status.state !== 'inReview' ? undefined : sentence(may.whyNot),
    contentHash: template?.contentHash ?? '',
  };
}

export function titleOf(template: Template | undefined, id: string, language: string): string {
  return (template === undefined ? undefined : inLanguage(template.title, language)) ?? id;
}

function rendering(template: Template, language: string, body: string, desk: Desk, rule: LengthRule): TemplatePreviewState['renderings'][number] {
  const examples = Object.fromEntries(template.placeholders.map(({ name, example }) => [name, inLanguage(example, language) ?? '']));
  const known = { author: 'Ana', institution: desk.config.institution.name, case: 'G-2231', ...examples };
  const { text } = render(body, template.placeholders, known);
  return { language, languageName: languageName(language, desk.language), text, raw: body, length: countText(text, rule), max: rule.max };
}

function languageName(code: string, language: string): string {
  try {
    return new Intl.DisplayNames([language], { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}

function inLanguage(texts: Readonly<Record<string, string>>, language: string): string | undefined {
  return texts[language] ?? Object.values(texts)[0];
}

function ruleWords({ pattern, maxLength, required }: PlaceholderDefinition): string {
  const parts = [required ? l10n.t('required') : l10n.t('may be left out')];
  if (pattern !== undefined) parts.push(l10n.t('must match {0}', pattern));
  if (maxLength !== undefined) parts.push(l10n.t('at most {0} characters', maxLength));
  return parts.join(', ');
}

function historyWords({ kind, version, by: name }: TemplateHistoryItem): string {
  const by = name === 'desk' ? l10n.t('the desk itself') : name;
  switch (kind) {
    case 'template.proposed': return l10n.t('Version {0} proposed by {1}', version, by);
    case 'template.approved': return l10n.t('Version {0} approved by {1}', version, by);
    case 'template.rejected': return l10n.t('Version {0} rejected by {1}', version, by);
  }
}
