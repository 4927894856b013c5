import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encryptSigningKey, fingerprintOf, generateSigningKey, isPublicKey, isSignedBy, openSigningKey, parseFingerprint, spokenFingerprint } from '../../../src/core/signing';

const { key, pem } = generateSigningKey();
const payload = { template: 'delay', version: 3, contentHash: 'ab', scope: 'isc', expires: null, reviewer: 'luz@isc.example', at: '2026-05-04T10:00:00.000Z' };

describe('a signature', () => {
  it('is the key\'s over the canonical form, whatever the order of the parts', () => {
    const { at, ...rest } = payload;
    expect(isSignedBy(key.publicKey, { at, ...rest }, key.sign(payload))).toBe(true);
  });

  it('does not fit another payload, key or spelling', () => {
    const signature = key.sign(payload);
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(payload)), fc.oneof(fc.string(), fc.integer(), fc.constant(null)), (name, value) => {
        fc.pre(value !== payload[name as keyof typeof payload]);
        expect(isSignedBy(key.publicKey, { ...payload, [name]: value }, signature)).toBe(false);
      }),
      { seed: 5 },
    );
    fc.assert(
      fc.property(fc.nat(85), fc.constantFrom(...'ABCxyz019-_'), (place, letter) => {
        fc.pre(signature[place] !== letter);
        expect(isSignedBy(key.publicKey, payload, signature.slice(0, place) + letter + signature.slice(place + 1))).toBe(false);
      }),
      { seed: 5 },
    );
    expect(isSignedBy(generateSigningKey().key.publicKey, payload, signature)).toBe(false);
    for (const strange of ['', '=', `${signature}==`, ` ${signature}`, 'ü'.repeat(86)]) expect(isSignedBy(key.publicKey, payload, strange)).toBe(false);
  });

  it('never throws for texts from outside', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (publicKey, signature) => !isSignedBy(publicKey, payload, signature)), { seed: 5 });
  });
});

describe('a key', () => {
  it('opens again from its PEM, and signs the same', () => {
    const again = openSigningKey(pem);
    expect([again.publicKey, again.fingerprint, again.sign(payload)]).toEqual([key.publicKey, key.fingerprint, key.sign(payload)]);
    expect(isPublicKey(key.publicKey)).toBe(true);
    expect(fingerprintOf(key.publicKey)).toBe(key.fingerprint);
  });

  it('leaves only under a passphrase that opens it again', () => {
    const locked = encryptSigningKey(pem, 'cuatro palabras bien largas');
    expect(locked).toContain('ENCRYPTED');
    expect(openSigningKey(locked, 'cuatro palabras bien largas').fingerprint).toBe(key.fingerprint);
    expect(() => openSigningKey(locked)).toThrow(expect.objectContaining({ code: 'key.passphrase', details: { given: false } }) as Error);
    expect(() => openSigningKey(locked, 'otra')).toThrow(expect.objectContaining({ code: 'key.passphrase', details: { given: true } }) as Error);
    expect(() => encryptSigningKey(pem, 'corta')).toThrow(expect.objectContaining({ code: 'key.weakPassphrase' }) as Error);
  });

  it('is refused when it is no Ed25519 key, without a word of what the file holds', () => {
    for (const text of ['', 'secreto', pem.replace(/[A-Za-z]{4}/u, 'AAAA')]) {
      let thrown: unknown;
      try {
        openSigningKey(text);
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toMatchObject({ code: 'key.unreadable' });
      expect(JSON.stringify(thrown)).not.toContain('secreto');
    }
  });
});

describe('a fingerprint', () => {
  it('is read as people type it', () => {
    const spoken = spokenFingerprint(key.fingerprint);
    expect(spoken).toMatch(/^([0-9a-f]{4} ){15}[0-9a-f]{4}$/u);
    for (const typed of [spoken, spoken.toUpperCase(), spoken.replaceAll(' ', ':'), ` ${key.fingerprint}\n`]) expect(parseFingerprint(typed)).toBe(key.fingerprint);
    for (const strange of ['', key.fingerprint.slice(1), `${key.fingerprint}0`, 'g'.repeat(64)]) expect(parseFingerprint(strange)).toBeUndefined();
  });
});
