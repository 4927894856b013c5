import { type DeskConfig } from '../core/config';
import { render, type PlaceholderDefinition } from '../core/text/placeholders';
import { officeHoursWords } from './words';

/** A text as a citizen would read it: the examples of its blanks, ordinary values for those that the desk fills by itself. */
export function withExamples(text: string, placeholders: readonly PlaceholderDefinition[], language: string, config: DeskConfig): string {
  const examples = Object.fromEntries(placeholders.map(({ name, example }) => [name, example[language] ?? Object.values(example)[0] ?? '']));
  const cases = Object.fromEntries(placeholders.filter(({ type, example }) => type === 'case' && Object.keys(example).length === 0).map(({ name }) => [name, 'G-2231']));
  const known = { author: 'Ana', institution: config.institution.name, case: 'G-2231', hours: officeHoursWords(config, language) ?? '', ...examples, ...cases };
  return render(text, placeholders, known, { language }).text;
}
