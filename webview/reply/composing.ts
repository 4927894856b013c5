import { knownFor, placeholderNames, render, type LocalText, type PlaceholderDefinition, type Rendering, type ValueSetting } from '../../src/core/text/placeholders';
import { valueProblem, type ValueProblem } from '../../src/core/text/placeholderValue';
import { type DraftMessage, type DraftView, type TemplateOption } from '../../src/protocol/replyPanel';
import { withoutDirectionMarks } from '../ui/hostileText';

/** What the person is writing: the host's draft, as it stands in the page. */
export type Composing = DraftView;

/** Values known to the desk: placeholder name, then language. */
export type KnownValues = Readonly<Record<string, LocalText>>;

/** The template that the draft builds on; undefined = none, or it is no longer among the usable ones. */
export function chosenOption(composing: Composing, templates: readonly TemplateOption[]): TemplateOption | undefined {
  const chosen = composing.template;
  return chosen === undefined ? undefined : templates.find((option) => option.id === chosen.id && option.version === chosen.version && Object.hasOwn(option.bodies, chosen.language));
}

/** The approved text with the values filled in as far as they are there; undefined without a usable template. */
export function approvedRendering(composing: Composing, templates: readonly TemplateOption[]): Rendering | undefined {
  const option = chosenOption(composing, templates);
  return option === undefined || composing.template === undefined ? undefined : render(option.bodies[composing.template.language] ?? '', option.placeholders, composing.values, settingOf(option, composing.template.language));
}

/** True when the text holds words of the person's own, which nothing may overwrite unasked. */
export function isEdited(composing: Composing, templates: readonly TemplateOption[]): boolean {
  if (composing.text.trim() === '') return false;
  return composing.text !== approvedRendering(composing, templates)?.text;
}

/** The draft with this template and its whole text in place of what stood there. */
export function withTemplate(composing: Composing, option: TemplateOption, preferred: string, known: KnownValues): Composing {
  const language = option.languages.includes(preferred) ? preferred : (option.languages[0] ?? preferred);
  const template = { id: option.id, version: option.version, language };
  const values = valuesFor(option, language, composing, known);
  return rendered({ ...composing, template, values }, [option]);
}

/** The draft with the template's text in another of its languages; values that came from the desk change with it. */
export function withLanguage(composing: Composing, option: TemplateOption, language: string, known: KnownValues): Composing {
  const template = { id: option.id, version: option.version, language };
  return rendered({ ...composing, template, values: valuesFor(option, language, composing, known) }, [option]);
}

/** The draft with the approved text as it was approved. */
export function rendered(composing: Composing, templates: readonly TemplateOption[]): Composing {
  return { ...composing, text: approvedRendering(composing, templates)?.text ?? composing.text };
}

/**
 * The draft with one value changed. A text that was not edited is rendered again. In an edited one only the place of the value is
 * replaced, and only where it still stands, once, between the same neighbours; else the text is left as it is and `followed` is false.
 */
export function withValue(composing: Composing, templates: readonly TemplateOption[], name: string, value: string): { readonly composing: Composing; readonly followed: boolean } {
  const before = approvedRendering(composing, templates)?.text ?? '';
  const edited = isEdited(composing, templates);
  const changed = { ...composing, values: { ...composing.values, [name]: value } };
  const after = approvedRendering(changed, templates)?.text ?? before;
  if (!edited) return { composing: { ...changed, text: after }, followed: true };
  const text = before === after ? composing.text : follow(composing.text, before, after);
  return { composing: { ...changed, text: text ?? composing.text }, followed: text !== undefined };
}

/** How many characters on each side must still stand around a value for it to be found again. */
const neighbours = 12;

/** Repeats on an edited text the one change that turned `before` into `after`; undefined = its place is gone or not the only one. */
function follow(text: string, before: string, after: string): string | undefined {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const lead = before.slice(Math.max(0, start - neighbours), start);
  const tail = before.slice(before.length - end, before.length - end + neighbours);
  const old = lead + before.slice(start, before.length - end) + tail;
  const at = text.indexOf(old);
  if (at < 0 || text.includes(old, at + 1)) return undefined;
  return text.slice(0, at) + lead + after.slice(start, after.length - end) + tail + text.slice(at + old.length);
}

/** A value to fill in, in the order of the text. */
export interface Hole {
  readonly name: string;
  /** Undefined for those that every desk has (author, institution, hours, case). */
  readonly definition: PlaceholderDefinition | undefined;
  readonly value: string;
  /** The desk knows this value and the person left it as it is. */
  readonly known: boolean;
  readonly problem: 'missing' | 'invalid' | undefined;
  /** Why it is invalid. */
  readonly why: ValueProblem | undefined;
}

export function holes(composing: Composing, option: TemplateOption, known: KnownValues): readonly Hole[] {
  const language = composing.template?.language ?? '';
  return placeholderNames(option.bodies[language] ?? '').map((name) => {
    const definition = option.placeholders.find((each) => each.name === name);
    const value = own(composing.values, name) ?? '';
    const trimmed = value.trim();
    const why = trimmed === '' ? undefined : valueProblem(definition, trimmed, settingOf(option, language));
    const missing = trimmed === '' && (definition === undefined || definition.required);
    return { name, definition, value, known: value !== '' && value === knownValue(known, name, definition, language), problem: missing ? 'missing' : why === undefined ? undefined : 'invalid', why };
  });
}

/** What is saved and sent: only the values that the text uses, so that nothing typed for another template travels along. */
export function draftMessage(composing: Composing, templates: readonly TemplateOption[], mentionId: string): DraftMessage {
  const option = chosenOption(composing, templates);
  const names = option === undefined ? Object.keys(composing.values) : placeholderNames(option.bodies[composing.template?.language ?? ''] ?? '');
  return {
    mentionId,
    text: composing.text,
    template: composing.template,
    values: Object.fromEntries(
      names.flatMap((name) => {
        const value = own(composing.values, name);
        return value === undefined ? [] : [[name, value]];
      }),
    ),
    private: composing.private,
    again: composing.again,
  };
}

function settingOf({ domains }: TemplateOption, language: string): ValueSetting {
  return { language, domains };
}

/** Typed values stay; those that came from the desk in the old language, and missing ones, are taken from the desk in the new one. */
function valuesFor(option: TemplateOption, language: string, composing: Composing, known: KnownValues): Readonly<Record<string, string>> {
  const values: Record<string, string> = { ...composing.values };
  for (const name of placeholderNames(option.bodies[language] ?? '')) {
    const typed = own(values, name);
    const definition = option.placeholders.find((each) => each.name === name);
    const fresh = typed === undefined || typed === '' || (composing.template !== undefined && typed === knownValue(known, name, definition, composing.template.language));
    const value = knownValue(known, name, definition, language);
    if (fresh && value !== undefined) values[name] = value;
  }
  return values;
}

function knownValue(known: KnownValues, name: string, definition: PlaceholderDefinition | undefined, language: string): string | undefined {
  const value = own(knownFor(known, name, definition) ?? {}, language);
  return value === undefined ? undefined : withoutDirectionMarks(value);
}

/** A template may call its blanks `constructor` or the like: only what the record holds itself counts. */
function own<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
