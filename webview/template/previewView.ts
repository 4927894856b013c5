import * as l10n from '@vscode/l10n';
import { changes } from '../../src/core/text/changes';
import { type TemplatePreviewState, type TemplateText } from '../../src/protocol/templatePreview';
import { changeNodes } from '../ui/changeNodes';
import { element, type Child } from '../ui/element';
import { isolated } from '../ui/hostileText';
import { icon } from '../ui/icon';
import { numbers } from '../ui/numbers';
import { drawnPart, section, type Part } from '../ui/part';
import { badge, button, quietButton } from '../ui/toolkit';
import { discussion } from './discussion';
import { type PreviewPage, type PreviewState } from './previewPage';
import { renderings } from './renderings';

/** A template as its reviewer sees it: what a citizen would read on each network, what changed, what is wrong, what was said, what may be done. */
export function previewView(page: PreviewPage, comment: string): Part<PreviewState> {
  const top = drawnPart<PreviewState, Pick<PreviewState, 'template' | 'busy'>>(
    element('div', {}),
    ({ template, busy }) => ({ template, busy }),
    ({ template, busy }) => [header(template, busy, page)],
  );
  const body = drawnPart<PreviewState, Omit<PreviewState, 'busy'>>(
    element('div', { class: 'sections' }),
    ({ template, failure, language, network }) => ({ template, failure, language, network }),
    ({ template, failure, language, network }) => [
      failure !== undefined && element('div', { class: 'bar problem' }, icon('refuse'), element('p', { attributes: { role: 'alert' } }, isolated(failure))),
      template.whyNot !== undefined && element('div', { class: 'bar' }, icon('lock'), element('p', {}, isolated(template.whyNot))),
      checks(template, page),
      renderings(template, network, numbers(language), (id) => {
        page.showNetwork(id);
      }),
      inUse(template),
      template.placeholders.length > 0 && section(l10n.t('Blanks to fill in'), 'placeholders', placeholderTable(template)),
    ],
  );
  const talk = discussion(page, comment);
  const foot = drawnPart<PreviewState, string>(
    element('p', { class: 'quiet-text hash' }),
    ({ template }) => template.contentHash,
    (hash) => (hash === '' ? [] : [l10n.t('Content:'), ' ', element('code', { attributes: { title: hash } }, hash.slice(0, 12))]),
  );
  return {
    root: element('div', { class: 'preview' }, top.root, element('main', {}, body.root, talk.root, foot.root)),
    update(state) {
      for (const part of [top, body, talk, foot]) part.update(state);
    },
  };
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
      may.compare && button(l10n.t('Compare'), { key: 'compare', title: l10n.t('Compare with the approved version'), onClick: () => { page.tell('template/compare', {}); } }),
      may.edit && button(l10n.t('Edit'), { key: 'edit', attributes: { disabled: busy }, onClick: () => void page.do('template/edit', {}) }),
      may.withdraw && button(l10n.t('Withdraw…'), { key: 'withdraw', title: l10n.t('So that it is no longer sent'), attributes: { disabled: busy }, onClick: () => void page.do('template/withdraw', {}) }),
    ),
  );
}

/** What keeps the text from being approved, and what is only advice; a click on the line goes there. */
function checks(template: TemplatePreviewState, page: PreviewPage): Child {
  const refusing = template.problems.filter((problem) => problem.refusing);
  const advice = template.problems.filter((problem) => !problem.refusing);
  if (template.problems.length === 0) {
    return template.state === 'inReview' || template.state === 'draft' ? element('div', { class: 'bar done checks' }, icon('check'), element('p', {}, l10n.t('The checks found nothing.'))) : undefined;
  }
  return element(
    'div',
    { class: refusing.length > 0 ? 'bar problem checks' : 'bar doubt checks' },
    icon(refusing.length > 0 ? 'refuse' : 'attention'),
    element('div', { class: 'problem-list' }, ...problemList(l10n.t('To be put right first'), refusing, template, page), ...problemList(l10n.t('Worth a look'), advice, template, page)),
  );
}

function problemList(title: string, problems: TemplatePreviewState['problems'], template: TemplatePreviewState, page: PreviewPage): readonly Child[] {
  if (problems.length === 0) return [];
  return [element('h2', {}, title), element('ul', {}, ...problems.map(({ message, line }, index) => element('li', {}, isolated(message), line !== undefined && lineOf(line, index, template, page))))];
}

function lineOf(line: number, index: number, template: TemplatePreviewState, page: PreviewPage): HTMLElement {
  const words = l10n.t('line {0}', line);
  const go = quietButton(words, { key: `line-${String(line)}-${String(index)}`, class: 'link', title: l10n.t('Show it in the text'), onClick: () => { page.tell('template/goTo', { line }); } });
  return element('span', { class: 'quiet-text' }, ' · ', template.may.edit ? go : words);
}

/** What a reviewer must look at most closely: how the text differs from what citizens get today. */
function inUse(template: TemplatePreviewState): Child {
  const { inUse: texts, bodies } = template;
  if (texts === undefined) return undefined;
  const removed = texts.filter(({ key }) => !bodies.some((body) => body.key === key));
  const used = (body: TemplateText): string | undefined => texts.find(({ key }) => key === body.key)?.raw;
  const title = l10n.t('Changes to the text in use');
  if (removed.length === 0 && bodies.every((body) => used(body) === body.raw)) return section(title, 'in-use', element('p', { class: 'quiet-text' }, l10n.t('None: this is the text in use.')));
  return section(title, 'in-use', ...bodies.map((body) => comparison(body, used(body))), ...removed.map(gone));
}

function comparison(body: TemplateText, inUse: string | undefined): HTMLElement {
  const title = element('h3', {}, body.languageName);
  if (inUse === undefined) return element('div', { class: 'comparison' }, title, element('p', {}, l10n.t('A new text: nothing is in use yet.')));
  if (inUse === body.raw) return element('div', { class: 'comparison' }, title, element('p', { class: 'quiet-text' }, l10n.t('No change.')));
  return element('div', { class: 'comparison' }, title, element('p', { class: 'text', attributes: { dir: 'auto' } }, ...changeNodes(changes(inUse, body.raw), { whole: true })));
}

/** A text in use that this version would take away. */
function gone({ languageName, raw }: TemplateText): HTMLElement {
  return element('div', { class: 'comparison' }, element('h3', {}, languageName), element('p', { class: 'text' }, ...changeNodes([{ kind: 'removed', text: raw }], { whole: true })));
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
