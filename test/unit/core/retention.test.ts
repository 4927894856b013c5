import { describe, expect, it } from 'vitest';
import { type RetentionRule } from '../../../src/core/config';
import { type Mention } from '../../../src/core/mention';
import { judgeRetention, scheduleHash, schedulePayload, scheduleStanding, type RetentionWorld } from '../../../src/core/retention';
import { type ReviewerRegistry, readRegistry, signEntry } from '../../../src/core/reviewers';
import { generateSigningKey } from '../../../src/core/signing';

const day = 86_400_000;
const start = Date.UTC(2026, 0, 1);
const rule = (more: Partial<RetentionRule> = {}): RetentionRule => ({ name: 'todo', authority: 'GRS 6.4-020', keepDays: 90, from: 'closed', ...more });
const mention = (more: Partial<Mention> = {}): Mention =>
  ({ id: 'm-1', channel: 'main', authorId: 'a-1', conversation: 'c-1', receivedAt: start, status: 'closed', closed: { reason: 'spam', at: start + day, by: 'Ana' }, post: { text: 'Perdí mi cédula', postedAt: start }, notes: [], replies: [], ...more }) as unknown as Mention;

function judge(one: Mention, days: number, rules: readonly RetentionRule[] = [rule()], world: Partial<RetentionWorld> = {}): string {
  const verdict = judgeRetention(one, { now: start + days * day, rules, topics: [{ id: 'cedula', name: 'Cédula', words: ['cédula'] }], conversation: () => [one], hold: () => undefined, ...world });
  return verdict.stays ?? `goes:${verdict.rule?.name ?? ''}`;
}

describe('the schedule', () => {
  it('counts from the end of the matter to the millisecond, or from its arrival', () => {
    expect([judge(mention(), 91 - 1 / day), judge(mention(), 91)]).toEqual(['notYet', 'goes:todo']);
    expect([judge(mention(), 90 - 1 / day, [rule({ from: 'received' })]), judge(mention(), 90, [rule({ from: 'received' })])]).toEqual(['notYet', 'goes:todo']);
    const later = mention({ status: 'answered', closed: undefined, replies: [{ state: 'sent', sentAt: start + 10 * day, intendedAt: start }, { state: 'withdrawn', sentAt: start, withdrawn: { at: start + 20 * day } }] as unknown as Mention['replies'] });
    expect([judge(later, 109), judge(later, 110)]).toEqual(['notYet', 'goes:todo']);
  });

  it('lets the longest time count where several rules fit, however they stand', () => {
    const rules = [rule(), rule({ name: 'larga', keepDays: 1095, channels: ['main'] })];
    expect([judge(mention(), 500, rules), judge(mention(), 1096, [...rules].reverse()), judge(mention({ channel: 'other' }), 500, rules)]).toEqual(['notYet', 'goes:larga', 'goes:todo']);
  });

  it.each([
    [{ outcomes: ['answered' as const] }, 'noRule'],
    [{ outcomes: ['closed' as const] }, 'goes:todo'],
    [{ closeReasons: ['abuse' as const] }, 'noRule'],
    [{ closeReasons: ['abuse' as const, 'spam' as const] }, 'goes:todo'],
    [{ topics: ['cedula'] }, 'goes:todo'],
    [{ topics: ['pasaporte'] }, 'noRule'],
    [{ channels: ['other'] }, 'noRule'],
    [{ channels: ['main'], topics: ['pasaporte'] }, 'noRule'],
  ])('narrowed by %j: %s', (more, expected) => {
    expect(judge(mention(), 400, [rule(more)])).toBe(expected);
  });

  it('keeps what is open, or whose conversation is, what may still be sent, and what a hold covers', () => {
    for (const status of ['open', 'claimed', 'referred', 'waiting', 'snoozed'] as const) expect(judge(mention({ status, closed: undefined }), 9999)).toBe('open');
    expect(judge(mention(), 9999, [rule()], { conversation: () => [mention(), mention({ status: 'waiting' })] })).toBe('open');
    for (const state of ['intended', 'unsettled'] as const) expect(judge(mention({ replies: [{ state, intendedAt: 0 }] as unknown as Mention['replies'] }), 9999)).toBe('unsettled');
    expect(judge(mention({ submission: {} as NonNullable<Mention['submission']> }), 9999)).toBe('unsettled');
    expect(judge(mention(), 9999, [rule()], { hold: () => ({ id: 'g-1', reason: 'Oficio', by: { name: 'Ana' } }) })).toBe('held');
    expect(judge(mention(), 9999, [])).toBe('noRule');
  });
});

describe('the signature of a schedule', () => {
  const root = generateSigningKey().key;
  const [luz, raul] = [generateSigningKey().key, generateSigningKey().key];
  const registry = (luzRoles?: ('templates' | 'redactions')[]): ReviewerRegistry =>
    readRegistry(
      { institution: { id: 'isc', key: root.publicKey } as never, revocations: [], reviewers: [signEntry('isc', { name: 'Luz', ...(luzRoles === undefined ? {} : { roles: luzRoles }) }, luz.publicKey, root, start), signEntry('isc', { name: 'Raúl' }, raul.publicKey, root, start)] },
      { root: root.fingerprint, revoked: {} }, false,
    );
  const at = new Date(start).toISOString();
  const signed = (key = luz, rules = [rule()]) => ({ rules, signed: { by: key.fingerprint, at, signature: key.sign(schedulePayload('isc', rules, at, key.fingerprint)) } });

  it('counts from somebody who decides on erasures, for these very rules, this institution and time', () => {
    const both = registry(['templates', 'redactions']);
    expect(scheduleStanding(signed(), both, 'isc')).toBe('signed');
    expect(scheduleStanding({ rules: [rule()] }, both, 'isc')).toBe('unsigned');
    expect(scheduleStanding({ ...signed(), rules: [rule({ keepDays: 1 })] }, both, 'isc')).toBe('badSignature');
    expect(scheduleStanding({ ...signed(), rules: [rule({ authority: 'otra' })] }, both, 'isc')).toBe('badSignature');
    expect(scheduleStanding({ ...signed(), signed: { ...signed().signed, at: new Date(start + 1).toISOString() } }, both, 'isc')).toBe('badSignature');
    expect(scheduleStanding(signed(), both, 'otra')).toBe('badSignature');
    expect(scheduleStanding(signed(), registry(), 'isc')).toBe('strangeSigner');
    expect(scheduleStanding(signed(raul), both, 'isc')).toBe('strangeSigner');
    expect(scheduleHash([rule()])).not.toBe(scheduleHash([rule({ keepDays: 91 })]));
  });
});
