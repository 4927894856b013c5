import { describe, expect, it } from 'vitest';
import { type TemplateOption } from '../../src/protocol/replyPanel';
import { approvedRendering, draftMessage, holes, isEdited, withLanguage, withTemplate, withValue, type Composing } from '../../webview/reply/composing';
import { panelState } from './support/replyFixture';

const { templates, known, draft } = panelState;
const delay = templates.find(({ id }) => id === 'delay')!;
const chosen = withTemplate(draft, delay, 'es', known);

const fill = (composing: Composing, name: string, value: string) => withValue(composing, templates, name, value);

describe('choosing a template', () => {
  it('renders it with what is known and leaves a hole for the rest', () => {
    expect(chosen.text).toContain('Hola, Ana. Lamentamos la demora de su trámite de cédula');
    expect(chosen.text).toContain('es de ____ días');
    expect(holes(chosen, delay, known).map(({ name, known: isKnown, problem }) => [name, isKnown, problem])).toEqual([
      ['author', true, undefined],
      ['procedure', true, undefined],
      ['days', false, 'missing'],
    ]);
  });

  it('falls back to a language that the template has', () => {
    const spanishOnly = templates.find(({ id }) => id === 'thanks')!;
    expect(withTemplate(draft, spanishOnly, 'en', known).template?.language).toBe('es');
  });

  it('keeps values typed for the same blank', () => {
    const typed = fill(chosen, 'days', '7').composing;
    expect(withTemplate(typed, delay, 'es', known).text).toContain('es de 7 días');
  });

  it('takes no direction marks over from a name', () => {
    const trap = { author: { es: 'Eva\u202E' } };
    expect(withTemplate(draft, delay, 'es', trap).text).toContain('Hola, Eva. ');
  });
});

describe('a value', () => {
  it('goes into a text that was not edited', () => {
    const { composing, followed } = fill(chosen, 'days', '5');
    expect(composing.text).toContain('es de 5 días');
    expect(followed).toBe(true);
    expect(isEdited(composing, templates)).toBe(false);
  });

  it('goes into an edited text where its hole still stands, letter by letter', () => {
    let now: Composing = { ...chosen, text: `${chosen.text} Hoy cerramos temprano.` };
    for (const value of ['1', '12']) now = fill(now, 'days', value).composing;
    expect(now.text).toContain('es de 12 días');
    expect(now.text).toContain('Hoy cerramos temprano.');
  });

  it('can be taken back out of an edited text', () => {
    const edited = { ...fill(chosen, 'days', '12').composing };
    const now = fill({ ...edited, text: `${edited.text} Gracias.` }, 'days', '').composing;
    expect(now.text).toContain('es de ____ días');
  });

  it('leaves an edited text alone where its place is gone', () => {
    const text = 'Escribí otra cosa, sin plazo.';
    const { composing, followed } = fill({ ...chosen, text }, 'days', '5');
    expect(composing.text).toBe(text);
    expect(composing.values['days']).toBe('5');
    expect(followed).toBe(false);
  });

  it('leaves an edited text alone where its place is not the only one', () => {
    const text = `${chosen.text} ${chosen.text}`;
    expect(fill({ ...chosen, text }, 'days', '5')).toMatchObject({ composing: { text }, followed: false });
  });
});

describe('another language', () => {
  it('renders the other body with the values known in it, and keeps typed ones', () => {
    const now = withLanguage(fill(chosen, 'days', '5').composing, delay, 'en', known);
    expect(now.text).toContain('your identity card request');
    expect(now.text).toContain('5 working days');
  });
});

describe('what counts as the person’s own words', () => {
  it.each([
    ['an empty text', { ...draft }, false],
    ['blanks', { ...draft, text: ' \n' }, false],
    ['free text', { ...draft, text: 'Hola' }, true],
    ['a rendering', chosen, false],
    ['a changed rendering', { ...chosen, text: `${chosen.text}!` }, true],
    ['a text whose template is gone', { ...chosen, template: { id: 'delay', version: 2, language: 'es' } }, true],
  ] as const)('%s', (_name, composing, edited) => {
    expect(isEdited(composing, templates)).toBe(edited);
  });

  it('is compared with nothing when the version is no longer usable', () => {
    expect(approvedRendering({ ...chosen, template: { id: 'delay', version: 2, language: 'es' } }, templates)).toBeUndefined();
  });
});

describe('what is sent', () => {
  it('carries the mention and only the values that the text uses', () => {
    const other: TemplateOption = templates.find(({ id }) => id === 'thanks')!;
    const now = withTemplate(fill(chosen, 'days', '5').composing, other, 'es', known);
    expect(draftMessage(now, templates, 'm-1')).toEqual({ mentionId: 'm-1', text: 'Gracias por escribirnos, Ana.', template: { id: 'thanks', version: 1, language: 'es' }, values: { author: 'Ana' }, private: false, again: undefined });
  });

  it('holds for blanks named like things that every object has', () => {
    const odd: TemplateOption = { ...delay, id: 'odd', bodies: { es: 'a {{constructor}} b' }, placeholders: [] };
    const now = withTemplate(draft, odd, 'es', {});
    expect(now.text).toBe('a ____ b');
    expect(draftMessage(now, [odd], 'm-1').values).toEqual({});
  });
});
