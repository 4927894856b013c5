import { describe, expect, it } from 'vitest';
import { type DeskConfig, type ReviewerConfig, type ReviewerRole } from '../../../src/core/config';
import { readRegistry, signEntry, type ReviewerRegistry } from '../../../src/core/reviewers';
import { mayDecideRedactions, mayReview, verifyApproval, approvalPayload } from '../../../src/core/reviewRules';
import { generateSigningKey, type SigningKey } from '../../../src/core/signing';
import { type TemplateApproval } from '../../../src/core/template';

const now = Date.UTC(2026, 4, 4);
const [root, luz, raul, ana] = [0, 1, 2, 3].map(() => generateSigningKey().key) as [SigningKey, SigningKey, SigningKey, SigningKey];
const institution = { id: 'isc', key: root.publicKey } as DeskConfig['institution'];
const entry = (name: string, key: SigningKey, signer: SigningKey, roles?: ReviewerRole[]): ReviewerConfig => signEntry('isc', { name, ...(roles === undefined ? {} : { roles }) }, key.publicKey, signer, now - 1000);
const registryOf = (...reviewers: ReviewerConfig[]): ReviewerRegistry => readRegistry({ institution, reviewers, revocations: [] }, { root: root.fingerprint, revoked: {} }, false);
const rights = (registry: ReviewerRegistry): Record<string, string> =>
  Object.fromEntries(registry.reviewers.map((one) => [one.entry.name, `${mayReview(registry, one, now) ? 'T' : '-'}${mayDecideRedactions(registry, one, now) ? 'R' : '-'}`]));

describe('roles of a reviewer', () => {
  it('are templates alone where the entry names none, and its signature from before stays good', () => {
    expect(rights(registryOf(entry('Luz', luz, root)))).toEqual({ Luz: 'T-' });
  });

  it('count as they were signed', () => {
    expect(rights(registryOf(entry('Luz', luz, root, ['templates', 'redactions']), entry('Raúl', raul, root, ['redactions']), entry('Ana', ana, root, [])))).toEqual({ Luz: 'TR', Raúl: '-R', Ana: '--' });
  });

  it('do not count when somebody wrote one in by hand, took one out, or changed it: the whole entry falls', () => {
    const signed = entry('Luz', luz, root);
    const both = entry('Luz', luz, root, ['templates', 'redactions']);
    for (const forged of [{ ...signed, roles: ['templates' as const, 'redactions' as const] }, { ...both, roles: undefined }, { ...both, roles: ['redactions' as const] }]) {
      const registry = registryOf(forged);
      expect([registry.reviewers[0]?.standing, rights(registry)]).toEqual(['badSignature', { Luz: '--' }]);
    }
  });

  it('are given by nobody who does not have them, along a line of signers too', () => {
    expect(rights(registryOf(entry('Raúl', raul, luz, ['templates', 'redactions']), entry('Luz', luz, root)))).toEqual({ Luz: 'T-', Raúl: 'T-' });
    expect(rights(registryOf(entry('Ana', ana, raul, ['redactions']), entry('Raúl', raul, luz, ['templates', 'redactions']), entry('Luz', luz, root, ['redactions'])))).toEqual({ Luz: '-R', Raúl: '-R', Ana: '-R' });
  });

  it('are not given by a reviewer to himself', () => {
    expect(rights(registryOf(entry('Luz', luz, root), entry('Luz', luz, luz, ['redactions'])))).toEqual({ Luz: '--' });
    const registry = registryOf(entry('Luz', luz, root), entry('Luz', luz, luz, ['redactions']));
    expect(registry.reviewers.map(({ roles }) => roles)).toEqual([['templates'], []]);
  });

  it('are all with the practice reviewer, at practice alone', () => {
    const practice = signEntry('isc', { name: 'Práctica', practice: true }, ana.publicKey, ana, now);
    const config = { institution: { id: 'isc' } as DeskConfig['institution'], reviewers: [practice], revocations: [] };
    expect(rights(readRegistry(config, { revoked: {} }, true))).toEqual({ Práctica: 'TR' });
    expect(rights(readRegistry(config, { revoked: {} }, false))).toEqual({ Práctica: '--' });
  });

  it('without templates sign no approval', () => {
    const approval: TemplateApproval = { schemaVersion: 1, template: 'delay', version: 1, contentHash: 'a'.repeat(64), scope: 'isc', expires: null, reviewer: 'Luz', at: new Date(now).toISOString() };
    const signed = { ...approval, signature: luz.sign(approvalPayload(approval)) };
    expect(verifyApproval(signed, registryOf(entry('Luz', luz, root)), 'isc')).toBe('valid');
    expect(verifyApproval(signed, registryOf(entry('Luz', luz, root, ['redactions'])), 'isc')).toBe('reviewerUnsigned');
  });
});
