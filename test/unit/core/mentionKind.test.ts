import { expect, it } from 'vitest';
import { mentionKind } from '../../../src/core/mentionKind';

it.each([
  ['¿Trabajan el sábado?', 'neutral', 'question'],
  ['que papeles llevo', 'neutral', 'question'],
  ['Buenas. Dónde queda la oficina', 'neutral', 'question'],
  ['Do I need an appointment', 'neutral', 'question'],
  ['Necesito mi acta antes del lunes', 'negative', 'request'],
  ['I need my certificate, please', 'neutral', 'request'],
  ['Pésimo servicio, tres horas de fila', 'negative', 'complaint'],
  ['Excelente atención en la ventanilla 3', 'positive', 'praise'],
  ['Pásenme ese dato', 'neutral', undefined],
  ['', 'neutral', undefined],
] as const)('%s', (text, sentiment, kind) => {
  expect(mentionKind(text, sentiment)).toBe(kind);
});

it('is fast for long and strange texts', () => {
  expect(mentionKind('por '.repeat(500_000), 'neutral')).toBeUndefined();
});
