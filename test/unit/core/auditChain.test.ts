import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyHash, type AuditDraft, type AuditJson } from '../../../src/core/audit';
import { canonicalForm, chainEntry, checkAuditLine, commitmentOf, commitmentsOf, parseAuditLine, parseValueLine, sha256Hex, valueLine } from '../../../src/core/auditChain';

const salt = Uint8Array.from({ length: 16 }, (_unused, index) => index);
const draft: AuditDraft = {
  kind: 'mention.noted',
  at: 1_779_292_800_000,
  actor: { id: 'p-0123456789', name: 'Ana', source: 'flag', osAccount: '' },
  subject: 'm-0000000001',
  body: { case: 'C-1' },
  values: { note: 'Llamó' },
};
const bytes = (text: string): Uint8Array => Buffer.from(text);
/** A line that says what it likes, with a hash that fits it. */
const forged = (canonical: string): Uint8Array => bytes(`${canonical.slice(0, -1)},"hash":"${sha256Hex(canonical)}"}`);

describe('canonical form', () => {
  it('is that of RFC 8785 for the examples of the RFC', () => {
    const example = JSON.parse(String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`) as AuditJson;
    expect(canonicalForm(example)).toBe(String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`);
  });

  it('orders members by UTF-16 code units', () => {
    const members = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
    expect(Object.values(JSON.parse(canonicalForm(members).replace(/"1":4,?/u, '')) as object)).toEqual([2, 6, 7, 1, 5, 3]);
  });
});

describe('an entry', () => {
  it('has the bytes, commitments and hash that a second program (Python) made of the same facts', () => {
    const { line, entry, values } = chainEntry(draft, { seq: 0, prev: emptyHash }, () => salt);
    const name = '96a22cbfa33b8c9aa4a907ef15508660b22cebb7d2e787df0980f1febf538381';
    const note = '40a778c94f6d6bb7d4943570522f736d419c44eae6e94e665c444f27800fda35';
    const hash = 'b2be366dd227a286ee853adc32383cd50e2a86d3af4a31e73f2c1f8325ca6402';
    expect(line).toBe(
      `{"actor":{"id":"p-0123456789","source":"flag"},"at":1779292800000,"body":{"case":"C-1","values":{"actor.name":"${name}","note":"${note}"}},"kind":"mention.noted","prev":"${emptyHash}","seq":0,"subject":"m-0000000001","hash":"${hash}"}`,
    );
    expect(entry.hash).toBe(hash);
    expect(values.map(valueLine)).toEqual([
      '{"field":"actor.name","salt":"000102030405060708090a0b0c0d0e0f","seq":0,"value":"Ana"}',
      '{"field":"note","salt":"000102030405060708090a0b0c0d0e0f","seq":0,"value":"Llamó"}',
    ]);
  });

  it('reads back as it was written, whatever its values hold', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/u), fc.oneof(fc.string({ unit: 'binary' }), fc.maxSafeInteger(), fc.boolean(), fc.constant(null)), { maxKeys: 4 }), fc.string({ unit: 'binary' }), (values, subject) => {
        const made = chainEntry({ ...draft, subject, values }, { seq: 7, prev: 'a'.repeat(64) }, () => salt);
        expect(checkAuditLine(bytes(made.line))).toEqual({ entry: made.entry, problems: [] });
        expect(parseAuditLine(bytes(made.line))).toEqual(made.entry);
        for (const value of made.values) {
          const read = parseValueLine(bytes(valueLine(value)));
          expect(read).toEqual(value);
          expect(commitmentsOf(made.entry)[value.field]).toBe(commitmentOf(value.salt, value.value));
        }
      }),
      { numRuns: 40, seed: 5 },
    );
  });

  it('takes half a character out of a text, which no canonical form has', () => {
    const made = chainEntry({ ...draft, values: { note: 'a\ud83d b' } }, { seq: 0, prev: emptyHash }, () => salt);
    expect(made.values.find((value) => value.field === 'note')?.value).toBe('a\ufffd b');
  });

  it.each([
    ['a fraction', { score: 0.5 }],
    ['a number past 2^53', { size: 2 ** 60 }],
    ['a key that is not ASCII', { año: 1 }],
    ['values of its own', { values: {} }],
  ])('is refused with %s in its body', (_what, body) => {
    expect(() => chainEntry({ ...draft, body }, { seq: 0, prev: emptyHash }, () => salt)).toThrow(expect.objectContaining({ code: 'unexpected' }) as Error);
  });
});

describe('a line of the chain', () => {
  const good = chainEntry(draft, { seq: 0, prev: emptyHash }, () => salt).line;
  const canonical = `${good.slice(0, -75)}}`;

  it.each([
    ['one changed letter', bytes(good.replace('"C-1"', '"C-2"')), ['hash.mismatch']],
    ['a space that its hash covers', forged(canonical.replace('"seq":0', '"seq": 0')), ['line.notCanonical']],
    ['members in another order', forged(`{"at":1779292800000,${canonical.slice(1).replace('"at":1779292800000,', '')}`), ['line.notCanonical']],
    ['a member twice', forged(canonical.replace('"seq":0', '"seq":0,"seq":0')), ['line.notCanonical']],
    ['an escape where a character would do', forged(canonical.replace('C-1', String.raw`\u0043-1`)), ['line.notCanonical']],
    ['a member of a later version', forged(canonical.replace('"subject"', '"sort":1,"subject"')), ['schema.unknown']],
    ['a fraction', forged(canonical.replace('"C-1"', '1.5')), ['schema.unknown']],
    ['a kind of a later version', forged(canonical.replace('mention.noted', 'mention.sung')), ['kind.unknown']],
    ['a byte order mark', bytes(`\ufeff${good}`), ['line.malformed']],
    ['bytes that are no text', Uint8Array.from([...bytes(good.slice(0, 20)), 0xff, ...bytes(good.slice(20))]), ['line.malformed']],
    ['no hash', bytes(canonical), ['line.malformed']],
    ['a hash in capitals', bytes(`${good.slice(0, -66)}${good.slice(-66).toUpperCase()}`), ['line.malformed']],
    ['a time that is no number', forged(canonical.replace('1779292800000', '"now"')), ['line.malformed']],
    ['nesting past the stack', forged(canonical.replace('"C-1"', '['.repeat(50_000) + ']'.repeat(50_000))), ['line.malformed']],
    ['nothing', bytes(''), ['line.malformed']],
  ])('with %s is told', (_what, line, problems) => {
    const found = checkAuditLine(line).problems;
    if (problems[0] === 'line.malformed') expect(found.length).toBeGreaterThan(0);
    else expect(found).toEqual(problems);
  });
});
