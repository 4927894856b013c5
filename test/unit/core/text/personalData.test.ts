import { describe, expect, it } from 'vitest';
import { findPersonalData } from '../../../../src/core/text/personalData';
import { bareLinksIn, isWithin, linksIn } from '../../../../src/core/text/links';

const kinds = (text: string): string[] => findPersonalData(text, 'DO').map(({ kind }) => kind);

describe('personal data in a text', () => {
  it.each([
    ['Mi cédula es 001-1234567-3', ['cedula']],
    ['Mi cédula es 00112345673', ['cedula']],
    ['Llame al 809-555-1234', ['phone']],
    ['Mi WhatsApp es 347-555-0199 en Nueva York', ['phone']],
    ['Llame al +34 612 345 678', ['phone']],
    ['Escriba a ana.perez@correo.example', ['email']],
    ['Tarjeta 4111 1111 1111 1111', ['card']],
    ['Pague 1,200 pesos el 21 de noviembre de 2026', []],
    ['Solicitud 2026-000123', []],
    ['001-1234567-4 no es una cédula: su dígito no cuadra', []],
  ])('%s', (text, expected) => {
    expect(kinds(text)).toEqual(expected);
  });

  it('takes linear time on long texts', () => {
    expect(kinds('1 2 '.repeat(50_000))).toEqual([]);
  });
});

describe('links in a text', () => {
  it('are found without the punctuation behind them, and bare names too', () => {
    expect(linksIn('Vea https://isc.example/citas. Y (http://x.example/a?b=1).')).toEqual(['https://isc.example/citas', 'http://x.example/a?b=1']);
    expect(bareLinksIn('entre a premios-gratis.com/ya o escriba a ana@isc.gob.do')).toEqual(['premios-gratis.com/ya']);
    expect(bareLinksIn('Hoy. Mañana. a. m.')).toEqual([]);
  });

  it('are within a domain or below it, and nowhere else', () => {
    expect(isWithin('https://citas.isc.example/x', ['isc.example'])).toBe(true);
    expect(isWithin('isc.example', ['isc.example'])).toBe(true);
    expect(isWithin('https://isc.example.robo.example', ['isc.example'])).toBe(false);
    expect(isWithin('https://isc.example@robo.example/', ['isc.example'])).toBe(false);
    expect(isWithin('https://noisc.example', ['isc.example'])).toBe(false);
  });
});
