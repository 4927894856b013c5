import { type CheckedProblem } from '../../../../src/desk/reviewApi';
import { isRefusing } from '../../../../src/core/templateChecks';
import { parseTemplateFile } from '../../../../src/core/templateFile';
import { type EditingFacts } from '../../../../src/desk/templateEditing/facts';
import { type TextEdit } from '../../../../src/desk/templateEditing/fixes';
import { type Place } from '../../../../src/desk/templateEditing/outline';

export const facts: EditingFacts = {
  id: 'delay',
  languages: ['es', 'en'],
  topics: [{ id: 'delay', name: 'Demoras' }, { id: 'payments', name: '' }],
  networks: ['mastodon', 'bluesky', 'x'],
  nextVersion: 3,
  today: '2026-05-20',
  language: 'en',
};

export const whole = `---
id: delay
version: 2
title: { es: Demora, en: Delay }
topics: [delay]
placeholders:
  - name: days
    label: { es: Días, en: Days }
    example: { es: 3 días, en: 3 days }
    maxLength: 30
expires: 2027-12-31
---
<!-- lang: es -->
Hola, {{author}}. Tardará {{days}}.

<!-- lang: en -->
Hello, {{author}}. It will take {{days}}.
`;

/** The text without the mark, and the place where it stood. */
export function marked(text: string): { readonly text: string; readonly at: Place } {
  const offset = text.indexOf('|');
  const lines = text.slice(0, offset).split('\n');
  return { text: text.slice(0, offset) + text.slice(offset + 1), at: { line: lines.length - 1, character: lines.at(-1)!.length } };
}

export function problemsOf(text: string): readonly CheckedProblem[] {
  return parseTemplateFile(text, facts.id).problems.map((problem) => ({ ...problem, refusing: isRefusing(problem) }));
}

/** The text after the edits, as an editor makes them. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  const offset = ({ line, character }: Place): number => text.split('\n').slice(0, line).reduce((sum, each) => sum + each.length + 1, 0) + character;
  return [...edits].sort((one, other) => offset(other.from) - offset(one.from)).reduce((now, edit) => now.slice(0, offset(edit.from)) + edit.text + now.slice(offset(edit.to)), text);
}
