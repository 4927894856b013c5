import { expect, test } from 'vitest';
import { hashtags } from '../../../../src/core/norm/hashtags';
import { found } from './found';

test.each([
  ['Vea #tramitesenlinea', ['#tramitesenlinea → #TramitesEnLinea']],
  ['#saludparatodos y #SALUDPARATODOS', ['#saludparatodos → #SaludParaTodos', '#SALUDPARATODOS → #SaludParaTodos']],
  ['#atenciónalciudadano', ['#atenciónalciudadano → #AtenciónAlCiudadano']],
  ['#gobiernoabierto2026', ['#gobiernoabierto2026 → #GobiernoAbierto2026']],
  ['#publicservice week', ['#publicservice → #PublicService']],
  ['#operativosemanasantaseguro', ['#operativosemanasantaseguro']],
  ['#TrámitesEnLínea #salud #transparencia #Cédula #RD #COVID19 #tramites_en_linea', []],
  ['https://isc.example/#tramitesenlinea el número #1 y &#8212;', []],
])('%s', (text, expected) => {
  expect(found(hashtags, text)).toEqual(expected);
});
