import * as l10n from '@vscode/l10n';
import { changes } from '../../src/core/text/changes';
import { type TemplatePreviewState } from '../../src/protocol/templatePreview';
import { changeNodes } from '../ui/changeNodes';
import { element, type Child } from '../ui/element';
import { hostileText, isolated } from '../ui/hostileText';
import { icon } from '../ui/icon';
import { numbers, type Numbers } from '../ui/numbers';
import { drawnPart, section, type Part } from '../ui/part';
import { badge, button } from '../ui/toolkit';
import { type PreviewPage, type PreviewState } from './previewPage';

type Rendering = TemplatePreviewState['renderings'][number];

/** A template as its reviewer sees it: what a citizen would read in each language, what changed, what is wrong, what may be done. */
export function previewView(page: PreviewPage): Part<PreviewState> {
  return drawnPart<PreviewState, PreviewState>(
    element('div', { class: 'preview' }),
    (state) => state,
    ({ template, busy, failure, language }) => {
      const words = numbers(language);
      return [
        header(template, busy, page),
        element(
          'main',
          {},
          failure !== undefined && element('div', { class: 'bar problem' }, icon('refuse'), element('p', { attributes: { role: 'alert' } }, isolated(failure))),
          template.whyNot !== undefined && element('div', { class: 'bar' }, icon('lock'), element('p', {}, isolated(template.whyNot))),
          problems(template),
          template.renderings.length > 0 && section(l10n.t('As a citizen reads it'), 'renderings', element('div', { class: 'cards' }, ...template.renderings.map((rendering) => card(rendering, words)))),
          inUse(template, language),
          template.placeholders.length > 0 && section(l10n.t('Blanks to fill in'), 'placeholders', placeholderTable(template)),
          history(template),
          template.contentHash !== '' && element('p', { class: 'quiet-text hash' }, l10n.t('Content:'), ' ', element('code', { attributes: { title: template.contentHash } }, template.contentHash.slice(0, 12))),
        ),
      ];
    },
  );
}

function header(template: TemplatePreviewState, busy: boolean, page: PreviewPage): HTMLElement {
  const { may, contentHash } = template;
  return element(
    'header',
    { class: 'preview-header' },
    element(
      'div',
      {},
      element('h1', {}, isolated(template.title), ' ', element('span', { class: 'version' }, l10n.t('version {0}', template.version))),
      element('p', { class: 'subtitle quiet-text' }, badge(template.stateWords), isolated(template.id)),
    ),
    element(
      'div',
      { class: 'row', attributes: { role: 'group', 'aria-label': l10n.t('Review') } },
      may.approve && button(l10n.t('Approve'), { key: 'approve', primary: true, attributes: { disabled: busy }, onClick: () => void page.do('template/approve', { contentHash }) }),
      may.reject && button(l10n.t('Reject…'), { key: 'reject', attributes: { disabled: busy }, onClick: () => void page.do('template/reject', {}) }),
      may.propose && button(l10n.t('Propose'), { key: 'propose', primary: !may.approve, attributes: { disabled: busy }, onClick: () => void page.do('template/propose', {}) }),
      button(l10n.t('Edit'), { key: 'edit', attributes: { disabled: busy }, onClick: () => void page.do('template/edit', {}) }),
    ),
  );
}

function problems(template: TemplatePreviewState): Child {
  if (template.problems.length === 0) return undefined;
  return element(
    'div',
    { class: 'bar problem' },
    icon('refuse'),
    element(
      'div',
      { class: 'problem-list' },
      element('h2', {}, l10n.t('To be put right first')),
      element('ul', {}, ...template.problems.map((problem) => element('li', {}, isolated(problem.message), problem.line !== undefined && element('span', { class: 'quiet-text' }, ' · ', l10n.t('line {0}', problem.line))))),
    ),
  );
}

function card(rendering: Rendering, words: Numbers): HTMLElement {
  const over = rendering.length > rendering.max;
  const id = `rendering-${rendering.language}`;
  return element(
    'article',
    { class: 'card', attributes: { 'aria-labelledby': id } },
    element(
      'div',
      { class: 'card-head' },
      element('h3', { id }, rendering.languageName),
      element('span', { class: over ? 'counter is-over' : 'counter' }, `${words.whole(rendering.length)} / ${words.whole(rendering.max)}`, over && element('span', {}, ' ', l10n.t('too long'))),
    ),
    element('p', { class: 'text bubble', attributes: { lang: rendering.language, dir: 'auto' } }, ...hostileText(rendering.text)),
    rendering.raw !== rendering.text && element('details', {}, element('summary', {}, l10n.t('With its blanks')), element('p', { class: 'text raw', attributes: { lang: rendering.language, dir: 'auto' } }, ...hostileText(rendering.raw))),
  );
}

/** What a reviewer must look at most closely: how the text differs from what citizens get today. */
function inUse(template: TemplatePreviewState, language: string): Child {
  const { inUse: texts, renderings } = template;
  if (texts === undefined) return undefined;
  const removed = gone(template, language);
  const title = l10n.t('Changes to the text in use');
  if (removed.length === 0 && renderings.every((rendering) => texts[rendering.language] === rendering.raw)) return section(title, 'in-use', element('p', { class: 'quiet-text' }, l10n.t('None: this is the text in use.')));
  return section(title, 'in-use', ...renderings.map((rendering) => comparison(rendering, texts[rendering.language])), ...removed);
}

function comparison(rendering: Rendering, inUse: string | undefined): HTMLElement {
  const title = element('h3', {}, rendering.languageName);
  if (inUse === undefined) return element('div', { class: 'comparison' }, title, element('p', {}, l10n.t('A new language: nothing is in use yet.')));
  if (inUse === rendering.raw) return element('div', { class: 'comparison' }, title, element('p', { class: 'quiet-text' }, l10n.t('No change.')));
  return element('div', { class: 'comparison' }, title, element('p', { class: 'text', attributes: { dir: 'auto' } }, ...changeNodes(changes(inUse, rendering.raw), { whole: true })));
}

/** Languages in use that this version would take away. */
function gone(template: TemplatePreviewState, interfaceLanguage: string): readonly HTMLElement[] {
  const names = new Intl.DisplayNames([interfaceLanguage], { type: 'language' });
  const kept = new Set(template.renderings.map((rendering) => rendering.language));
  return Object.entries(template.inUse ?? {})
    .filter(([language]) => !kept.has(language))
    .map(([language, text]) => element('div', { class: 'comparison' }, element('h3', {}, names.of(language) ?? language), element('p', { class: 'text' }, ...changeNodes([{ kind: 'removed', text }], { whole: true }))));
}

function placeholderTable(template: TemplatePreviewState): HTMLElement {
  const head = [l10n.t('Name'), l10n.t('Label'), l10n.t('Example'), l10n.t('Rule')];
  return element(
    'div',
    { class: 'table-frame', key: 'table', attributes: { tabindex: '0', role: 'group', 'aria-label': l10n.t('Blanks to fill in') } },
    element(
      'table',
      {},
      element('thead', {}, element('tr', {}, ...head.map((title) => element('th', { attributes: { scope: 'col' } }, title)))),
      element(
        'tbody',
        {},
        ...template.placeholders.map((placeholder) =>
          element(
            'tr',
            {},
            element('th', { attributes: { scope: 'row' } }, element('code', {}, isolated(placeholder.name))),
            element('td', {}, isolated(placeholder.label)),
            element('td', {}, isolated(placeholder.example)),
            element('td', {}, isolated(placeholder.rule)),
          ),
        ),
      ),
    ),
  );
}

function history(template: TemplatePreviewState): Child {
  if (template.history.length === 0) return undefined;
  return section(
    l10n.t('History'),
    'history',
    element(
      'ol',
      {},
      ...template.history.map((step) => element('li', {}, element('span', { class: 'quiet-text when' }, step.atWords), element('div', {}, element('p', {}, isolated(step.words)), step.reason !== undefined && element('p', { class: 'text quiet-text' }, ...hostileText(step.reason))))),
    ),
  );
}
