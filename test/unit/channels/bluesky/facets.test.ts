import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { richText } from '../../../../src/channels/bluesky/facets';

const known: Readonly<Record<string, string>> = { 'cedulas.test': 'did:plc:cedulas', 'isc.gob.do': 'did:plc:isc' };
const resolve = (handle: string): Promise<string | undefined> => Promise.resolve(known[handle]);

/** Each facet as the words under its bytes and what it means. */
async function facetsOf(text: string): Promise<readonly (readonly [string, string])[]> {
  const built = await richText(text, resolve);
  expect(built.text).toBe(text);
  const bytes = Buffer.from(text, 'utf8');
  return built.facets.map(({ index, features }) => {
    const [feature] = features as unknown as readonly Readonly<Record<string, string>>[];
    return [bytes.subarray(index.byteStart, index.byteEnd).toString('utf8'), feature!['uri'] ?? feature!['did'] ?? feature!['tag'] ?? ''] as const;
  });
}

describe('the facets of an answer', () => {
  test.each<[string, readonly (readonly [string, string])[]]>([
    ['Sin nada', []],
    ['Señora 👩🏽‍⚖️, vea https://isc.example/ñandú?a=1#x.', [['https://isc.example/ñandú?a=1#x', 'https://isc.example/ñandú?a=1#x']]],
    ['¿Vio https://isc.example/citas? ¡Sí: (https://isc.example/a)!', [['https://isc.example/citas', 'https://isc.example/citas'], ['https://isc.example/a', 'https://isc.example/a']]],
    ['Entre en servicios.gob.do/citas, o en isc.gob.do.', [['servicios.gob.do/citas', 'https://servicios.gob.do/citas'], ['isc.gob.do', 'https://isc.gob.do']]],
    ['Pregunte a @cedulas.test, o a @nadie.test', [['@cedulas.test', 'did:plc:cedulas']]],
    ['Le atiende @Cedulas.TEST.', [['@Cedulas.TEST', 'did:plc:cedulas']]],
    ['#CitaPrevia y #año2026: #123 no', [['#CitaPrevia', 'CitaPrevia'], ['#año2026', 'año2026']]],
    ['correo@isc.gob.do no es una mención', []],
    ['Lleve *el original* y _https://isc.example/lista_de_papeles_ `#nada`', [['https://isc.example/lista_de_papeles_', 'https://isc.example/lista_de_papeles_']]],
    ['**https://isc.example/x y #Tag** ~~@cedulas.test~~', [['https://isc.example/x', 'https://isc.example/x'], ['#Tag', 'Tag'], ['@cedulas.test', 'did:plc:cedulas']]],
  ])('of %j', async (text, expected) => {
    expect(await facetsOf(text)).toEqual(expected);
  });

  test('never change the text, lie inside it and in order, and cut no character', async () => {
    const piece = fc.constantFrom('a', ' ', '\n', '*', '_', '`', '~', '[', ']', '(', ')', '\\', '#', '@', ':', '.', '👩🏽‍⚖️', 'ñ', 'https://isc.example/', '@cedulas.test', '#año', 'isc.gob.do', '$AB', '**', '\u200d');
    await fc.assert(fc.asyncProperty(fc.array(piece, { maxLength: 24 }), async (pieces) => {
      const text = pieces.join('');
      const built = await richText(text, resolve);
      expect(built.text).toBe(text);
      const bytes = Buffer.from(text, 'utf8');
      let last = 0;
      for (const { index } of built.facets) {
        expect(index.byteStart).toBeGreaterThanOrEqual(last);
        expect(index.byteEnd).toBeGreaterThan(index.byteStart);
        expect(index.byteEnd).toBeLessThanOrEqual(bytes.length);
        expect(bytes.subarray(index.byteStart, index.byteEnd).toString('utf8')).not.toContain('\ufffd');
        last = index.byteEnd;
      }
    }), { numRuns: 500, seed: 5 });
  });
});
