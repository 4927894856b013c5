import { expect, test } from 'vitest';
import { guessMapping } from '../../../../src/desk/importFile/guessMapping';
import { jsonListPath } from '../../../../src/desk/importFile/jsonRows';
import { guessSeparator } from '../../../../src/desk/importFile/csvRows';

const zone = 'America/Santo_Domingo';
const guess = (row: Record<string, string>) => guessMapping(Object.keys(row), [row], zone);

test('Spanish headings, as call centres write them', () => {
  expect(guess({ Folio: 'A-1', 'Fecha de contacto': '14/03/2026 10:30', 'Nombre del ciudadano': 'María', Teléfono: '809 555 0101', 'Texto del mensaje': 'Hola', Respuesta: 'Sí', 'Fecha de respuesta': '14/03/2026 11:00', Expediente: 'RC-1' })).toEqual({
    id: 'Folio', at: 'Fecha de contacto', name: 'Nombre del ciudadano', handle: 'Teléfono', text: 'Texto del mensaje', answer: 'Respuesta', answeredAt: 'Fecha de respuesta', case: 'Expediente',
  });
});

test('English headings, as programs write them', () => {
  expect(guess({ tweetId: '1', created_at: '2026-03-14T10:30:00Z', full_text: 'Hi', 'author.name': 'Ann', screenName: 'ann', lang: 'en', in_reply_to: '0', permalink: 'https://x.example/1' })).toEqual({
    id: 'tweetId', at: 'created_at', text: 'full_text', name: 'author.name', handle: 'screenName', language: 'lang', parentId: 'in_reply_to', url: 'permalink',
  });
});

test('a heading that says something else than its cells is not believed', () => {
  expect(guess({ texto: 'Llevo una semana esperando', respuesta: '14/03/2026 10:00', fecha: '13/03/2026 10:00' })).toEqual({ text: 'texto', at: 'fecha' });
});

test('a heading for the time is believed though some cells are no dates, which then are rejected by their lines', () => {
  const rows = [{ Fecha: '19/11/2026 10:15', Comentario: 'Uno' }, { Fecha: 'ayer', Comentario: 'Dos' }, { Fecha: '20/11/2026 09:00', Comentario: 'Tres' }];
  expect(guessMapping(['Fecha', 'Comentario'], rows, zone)).toEqual({ at: 'Fecha', text: 'Comentario' });
});

test('without known headings the longest column is the text, the one with dates the time', () => {
  expect(guess({ '1': '14/03/2026', '2': 'X', '3': 'Llevo dos semanas esperando mi acta' })).toEqual({ at: '1', text: '3' });
});

test('the separator is the one under which the rows are even', () => {
  expect(guessSeparator('a;b;c\n"uno, dos";2;3\n4;5;6\n')).toBe(';');
  expect(guessSeparator('a\tb\nuno, dos\t2\n')).toBe('\t');
  expect(guessSeparator('texto\nuno dos\n')).toBe(',');
});

test('the list of a JSON document is found where it stands', () => {
  expect(jsonListPath('[{"a":1}]')).toBe('$.*');
  expect(jsonListPath('{"count":2,"data":[{"a":1}]}')).toBe('$.data.*');
  expect(jsonListPath('{"tags":["x","y"],"result":{"items":[ {"a":"[{"}]}}')).toBe('$.result.items.*');
  expect(jsonListPath('{"a":1}')).toBeUndefined();
});
