import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ReviewerConfig } from '../../../src/core/config';
import { entryPayload, readRegistry, revocationPayload, signEntry } from '../../../src/core/reviewers';
import { approvalPayload } from '../../../src/core/reviewRules';
import { generateSigningKey } from '../../../src/core/signing';
import { type TemplateApproval, type TemplateStatus } from '../../../src/core/template';
import { noon } from '../store/testDesk';
import { ana, configWith, delayText, institutionKey, keyOf, luz, raul, ReviewDesk, signedReviewers } from './reviewDesk';

let at: ReviewDesk;

beforeEach(async () => {
  at = await ReviewDesk.make();
});
afterEach(async () => {
  await at.remove();
});

const codes = (status: TemplateStatus): string[] => status.problems.map(({ code }) => code);
const reviewers = [{ name: 'Luz Marte', email: 'luz@isc.example' }, { name: 'Raúl Díaz', email: 'raul@isc.example' }];
const approvalLine = async (): Promise<TemplateApproval> => JSON.parse(await readFile(at.path('approvals.jsonl'), 'utf8')) as TemplateApproval;
const writeLines = (...lines: readonly object[]): Promise<void> => writeFile(at.path('approvals.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));

describe('an approval', () => {
  beforeEach(async () => {
    await at.approve();
  });

  it('counts after CRLF, a byte order mark and decomposed letters in the copy', async () => {
    const text = await readFile(at.path('approved', 'delay.v1.md'), 'utf8');
    await writeFile(at.path('approved', 'delay.v1.md'), `\uFEFF${text.normalize('NFD').replaceAll('\n', '\r\n')}`);
    expect((await at.as(ana).usable()).map(({ id }) => id)).toEqual(['delay']);
  });

  it('does not count after any other change of the copy', async () => {
    const text = await readFile(at.path('approved', 'delay.v1.md'), 'utf8');
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.constantFrom('x', ' ', '{', '\n', 'é', '\u200b'), async (place, letter) => {
        const changed = text.slice(0, place) + letter + text.slice(place + 1);
        fc.pre(changed.normalize('NFC') !== text.normalize('NFC'));
        await writeFile(at.path('approved', 'delay.v1.md'), changed);
        expect(await at.as(ana).usable()).toEqual([]);
      }),
      { numRuns: 30, seed: 5 },
    );
  });

  it('does not count after a change of any part of its line', async () => {
    const line = await approvalLine();
    const changes: Record<string, unknown> = { template: 'other', version: 2, contentHash: 'a'.repeat(64), scope: 'otra', expires: '2029-01-01', reviewer: 'raul@isc.example', at: '2026-05-04T16:00:00.001Z', signature: keyOf('Raúl Díaz').sign({ a: 1 }) };
    for (const [name, value] of Object.entries(changes)) {
      await writeLines({ ...line, [name]: value });
      expect([name, await at.as(ana, { audit: (await at.elsewhere()).audit }).usable()]).toEqual([name, []]);
    }
  });

  it('does not count when another entry, or none, stands for its reviewer', async () => {
    const [first, second] = signedReviewers(reviewers);
    const impostor = { ...first!, key: generateSigningKey().key.publicKey };
    const cases: Record<string, readonly ReviewerConfig[]> = {
      'another key': [impostor],
      'another name': [{ ...first!, name: 'Luz Martes' }],
      'another time': [{ ...first!, since: '2025-01-01T00:00:00.000Z' }],
      'another signature': [{ ...first!, signature: second!.signature }],
      'no signature': [{ name: first!.name, email: first!.email, key: first!.key }],
      'only the other reviewer': [second!],
    };
    for (const [name, list] of Object.entries(cases)) {
      at.config = { ...configWith(), reviewers: [...list] };
      expect([name, await at.as(ana).usable()]).toEqual([name, []]);
    }
  });

  it('is refused on a clone whose list of reviewers was forged, and where nobody has confirmed the first key', async () => {
    const forger = generateSigningKey().key;
    const entry = signEntry('isc', { name: 'Luz Marte', email: 'luz@isc.example' }, forger.publicKey, forger, noon);
    at.config = { ...configWith(), institution: { ...configWith().institution, key: forger.publicKey }, reviewers: [entry] };
    const line = await approvalLine();
    await writeLines({ ...line, signature: forger.sign(approvalPayload(line)) });
    expect(await at.as(ana).usable()).toEqual([]);
    at.trust = { revoked: {} };
    const status = await at.as(ana).get('delay');
    expect([status.approved, codes(status)]).toEqual([undefined, ['approval.notTrusted']]);
  });

  it('of a revoked key counts if it was made before, also when the line of the revocation is gone again', async () => {
    const line = (from: string) => {
      const unsigned = { key: keyOf('Luz Marte').fingerprint, from, reason: 'Perdida', signedBy: institutionKey.fingerprint };
      return { ...unsigned, signature: institutionKey.sign(revocationPayload('isc', unsigned)) };
    };
    at.config = { ...configWith(), revocations: [line(new Date(noon + 86_400_000).toISOString())] };
    expect(await at.as(ana).usable()).toHaveLength(1);
    await expect(at.as(luz).reject('delay', 'No')).rejects.toMatchObject({ code: expect.stringMatching(/template|review/u) as string });
    at.config = { ...configWith(), revocations: [line(new Date(noon - 86_400_000).toISOString())] };
    const status = await at.as(ana).get('delay');
    expect([status.approved, codes(status)]).toEqual([undefined, ['approval.keyRevoked']]);
    const remembered = readRegistry(at.config, at.trust, false).trust;
    at.config = configWith();
    expect(await at.as(ana).usable()).toHaveLength(1);
    at.trust = remembered;
    expect(await at.as(ana).usable()).toEqual([]);
  });

  it('can be withdrawn with a reason, here and on a clone, and a new version is approved again', async () => {
    await expect(at.as(ana).withdraw('delay', 'Cambió la ley')).rejects.toMatchObject({ code: 'review.notReviewer' });
    await expect(at.as(raul).withdraw('delay', ' ')).rejects.toMatchObject({ code: 'review.reasonMissing' });
    at.desk.clock.time += 1000;
    const gone = await at.as(raul).withdraw('delay', 'Cambió la ley');
    expect([gone.state, gone.approved, gone.reason]).toEqual(['withdrawn', undefined, 'Cambió la ley']);
    expect(await at.as(ana, { audit: (await at.elsewhere()).audit }).usable()).toEqual([]);
    expect((await at.as(ana).history('delay')).at(-1)).toMatchObject({ kind: 'template.withdrawn', reason: 'Cambió la ley' });
    at.desk.clock.time += 1000;
    await at.approve(delayText({ version: 2, words: 'Ley nueva' }));
    expect((await at.as(ana).usable()).map(({ version }) => version)).toEqual([2]);
  });
});

describe('approvals from before reviewers had keys', () => {
  beforeEach(async () => {
    await at.approve();
    const { signature: _signature, ...bare } = await approvalLine();
    await writeLines(bare);
  });

  it('show as approved without signature, are not sent, and are signed in one step', async () => {
    const clone = await at.elsewhere();
    const seen = at.as(ana, { audit: clone.audit });
    const status = await seen.get('delay');
    expect([status.state, status.unsigned, status.approved, codes(status)]).toEqual(['approved', true, undefined, ['approval.unsigned']]);
    const signed = await at.as(luz, { audit: clone.audit }).signEarlier();
    expect(signed.map(({ id, state, unsigned }) => [id, state, unsigned])).toEqual([['delay', 'approved', undefined]]);
    expect(await seen.usable()).toHaveLength(1);
    expect(await at.as(luz, { audit: clone.audit }).signEarlier()).toEqual([]);
  });

  it('are signed by a reviewer with a key only', async () => {
    const clone = await at.elsewhere();
    await expect(at.as(ana, { audit: clone.audit }).signEarlier()).rejects.toMatchObject({ code: 'review.notReviewer' });
    at.keyless.add(luz.id);
    await expect(at.as(luz, { audit: clone.audit }).signEarlier()).rejects.toMatchObject({ code: 'key.missing' });
  });
});

describe('who may sign', () => {
  beforeEach(async () => {
    await at.as(ana).propose('delay');
  });

  it('is a reviewer whose entry counts, with the key that stands in it', async () => {
    at.keyless.add(luz.id);
    await expect(at.as(luz).approve('delay')).rejects.toMatchObject({ code: 'key.missing' });
    await expect(at.as(luz, { signer: { key: () => Promise.resolve(keyOf('Raúl Díaz')) } }).approve('delay')).rejects.toMatchObject({ code: 'key.notYours' });
    at.config = { ...configWith(), reviewers: [{ name: 'Luz Marte', email: 'luz@isc.example' }] };
    await expect(at.as(luz).approve('delay')).rejects.toMatchObject({ code: 'reviewer.notCounted', details: { standing: 'unsigned' } });
    const own = keyOf('Luz Marte');
    at.config = { ...configWith(), reviewers: [signEntry('isc', { name: 'Luz Marte', email: 'luz@isc.example' }, own.publicKey, own, noon)] };
    await expect(at.as(luz).approve('delay')).rejects.toMatchObject({ code: 'reviewer.notCounted', details: { standing: 'strangeSigner' } });
    at.trust = { revoked: {} };
    await expect(at.as(luz).approve('delay')).rejects.toMatchObject({ code: 'trust.missing' });
  });

  it('is one whom an earlier reviewer signed, but not one signed after that reviewer lost the key', async () => {
    const chain = (since: number) => signEntry('isc', { name: 'Raúl Díaz', email: 'raul@isc.example' }, keyOf('Raúl Díaz').publicKey, keyOf('Luz Marte'), since);
    const [first] = signedReviewers(reviewers);
    const unsigned = { key: keyOf('Luz Marte').fingerprint, from: '2026-03-01T00:00:00.000Z', reason: 'Robada', signedBy: institutionKey.fingerprint };
    const revocations = [{ ...unsigned, signature: institutionKey.sign(revocationPayload('isc', unsigned)) }];
    at.config = { ...configWith(), reviewers: [first!, chain(Date.UTC(2026, 3, 1))], revocations };
    await expect(at.as(raul).approve('delay')).rejects.toMatchObject({ code: 'reviewer.notCounted' });
    at.config = { ...configWith(), reviewers: [first!, chain(Date.UTC(2026, 1, 1))], revocations };
    expect((await at.as(raul).approve('delay')).state).toBe('approved');
    expect(await at.as(ana).usable()).toHaveLength(1);
  });

  it('is nobody whose chain of signers breaks at a revoked key, however the lines are ordered', async () => {
    const may = (name: string, email: string, signer: string, since: number): ReviewerConfig => signEntry('isc', { name, email }, keyOf(name).publicKey, keyOf(signer), since);
    const revoked = (name: string, by: string, from: string) => {
      const unsigned = { key: keyOf(name).fingerprint, from, reason: 'Robada', signedBy: keyOf(by).fingerprint };
      return { ...unsigned, signature: keyOf(by).sign(revocationPayload('isc', unsigned)) };
    };
    // Luz vouches for Eva and, once her key was lost, a thief with it for Max, who vouches for Raúl. Eva revokes the key of Luz.
    const [luzEntry] = signedReviewers(reviewers);
    const eva = may('Eva Paz', 'eva@isc.example', 'Luz Marte', Date.UTC(2026, 1, 1));
    const max = may('Max Mal', 'max@isc.example', 'Luz Marte', Date.UTC(2026, 3, 1));
    const own = may('Raúl Díaz', 'raul@isc.example', 'Max Mal', Date.UTC(2026, 3, 2));
    const byEva = revoked('Luz Marte', 'Eva Paz', '2026-03-01T00:00:00.000Z');
    for (const list of [[luzEntry!, eva, max, own], [own, max, eva, luzEntry!], [max, own, luzEntry!, eva]]) {
      const config = { ...configWith(), reviewers: list, revocations: [byEva, revoked('Eva Paz', 'Luz Marte', '2026-01-15T00:00:00.000Z')] };
      const { reviewers: found } = readRegistry(config, at.trust, false);
      expect(Object.fromEntries(found.map(({ entry, standing, revokedFrom }) => [entry.name, `${standing} ${revokedFrom ?? ''}`.trim()]))).toEqual({
        'Luz Marte': 'counted 2026-03-01T00:00:00.000Z', 'Eva Paz': 'counted', 'Max Mal': 'strangeSigner', 'Raúl Díaz': 'strangeSigner',
      });
      at.config = config;
      await expect(at.as(raul).approve('delay')).rejects.toMatchObject({ code: 'reviewer.notCounted' });
    }
  });

  it('is two different people where a topic asks for it', async () => {
    at.config = configWith({ topics: [{ id: 'delay', name: 'Demoras', approvals: 2 }] });
    const first = await at.as(luz).approve('delay');
    expect([first.state, first.signatures, await at.as(ana).usable()]).toEqual(['inReview', { given: 1, needed: 2 }, []]);
    await expect(at.as(luz).approve('delay')).rejects.toMatchObject({ code: 'review.signedAlready' });
    const second = await at.as(raul).approve('delay');
    expect([second.state, second.approved?.version]).toEqual(['approved', 1]);
    await at.write(delayText({ version: 2, words: 'Otra' }));
    await at.as(ana).propose('delay');
    await at.as(raul).approve('delay');
    expect((await at.as(ana).usable()).map(({ version }) => version)).toEqual([1]);
  });
});

describe('two branches that approved different things', () => {
  it('lose nothing when git merges them', async () => {
    const commit = async (message: string): Promise<void> => {
      await at.git('add', '-A', 'templates', '.gitattributes');
      await at.git('-c', 'user.name=Eva Paz', '-c', 'user.email=eva@isc.example', 'commit', '-q', '-m', message);
    };
    const approveAs = async (reviewer: typeof luz, id: string): Promise<void> => {
      await at.write(delayText().replace('id: delay', `id: ${id}`), id);
      await at.as(ana).propose(id);
      await at.as(reviewer).approve(id);
    };
    await writeFile(join(at.desk.dir, '.gitattributes'), 'templates/approvals.jsonl merge=union\n');
    await at.git('init', '-q', '-b', 'main');
    await approveAs(luz, 'first');
    await commit('Base');
    await at.git('checkout', '-q', '-b', 'one');
    await approveAs(luz, 'second');
    await commit('Uno');
    await at.git('checkout', '-q', '-b', 'two', 'main');
    await approveAs(raul, 'third');
    await commit('Dos');
    await at.git('-c', 'user.name=Eva Paz', '-c', 'user.email=eva@isc.example', 'merge', '-q', '-m', 'Ambos', 'one');
    expect((await at.as(ana, { audit: (await at.elsewhere()).audit }).usable()).map(({ id }) => id)).toEqual(['first', 'second', 'third']);
  });

  it('lose nothing in a merge by union, in any order', async () => {
    await at.approve();
    const one = await readFile(at.path('approvals.jsonl'), 'utf8');
    await at.write(delayText().replace('id: delay', 'id: other'), 'other');
    await at.as(ana).propose('other');
    await at.as(raul).approve('other');
    const two = (await readFile(at.path('approvals.jsonl'), 'utf8')).replace(one, '');
    await writeFile(at.path('approvals.jsonl'), two + one + two);
    expect((await at.as(ana).usable()).map(({ id }) => id).sort()).toEqual(['delay', 'other']);
  });
});

describe('at the edges', () => {
  it('two reviewers at once leave two good signatures and one copy', async () => {
    await at.as(ana).propose('delay');
    const other = await at.desk.open();
    const both = await Promise.all([at.as(luz).approve('delay'), at.as(raul, { store: other.templates, audit: other.audit }).approve('delay')]);
    expect(both.map(({ state }) => state)).toEqual(['approved', 'approved']);
    const { ok, approvals } = await at.as(ana).verify();
    expect([ok, approvals.map(({ reviewer, verdict }) => [reviewer.toLowerCase(), verdict]).sort()]).toEqual([true, [['luz@isc.example', 'valid'], ['raul@isc.example', 'valid']]]);
  });

  it('a copy under another name, and a working file under another name, are not what was approved', async () => {
    await at.approve();
    const seen = at.as(ana);
    expect(await seen.usable()).toHaveLength(1);
    await rename(at.path('approved', 'delay.v1.md'), at.path('approved', 'thanks.v1.md'));
    expect(await seen.usable()).toEqual([]);
    await rename(at.path('approved', 'thanks.v1.md'), at.path('approved', 'delay.v1.md'));
    await rename(at.path('delay.md'), at.path('other.md'));
    expect((await at.as(ana).usable()).map(({ id }) => id)).toEqual(['delay']);
    expect(codes(await at.as(ana).get('other'))).toContain('id.mismatch');
    await expect(at.as(ana).propose('other')).rejects.toMatchObject({ code: 'template.invalid' });
  });

  it('a template of a megabyte, and one that unfolds to gigabytes, are refused at once', async () => {
    await at.write(delayText({ words: 'x'.repeat(1_048_576) }));
    expect(codes(await at.as(ana).get('delay'))).toEqual(['tooLarge']);
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]', ...[...'bcdefghij'].map((name, index) => `${name}: &${name} [${Array.from({ length: 10 }, () => `*${'abcdefghi'[index]!}`).join(', ')}]`)].join('\n');
    await at.write(delayText().replace('topics: [delay]', bomb));
    await expect(at.as(ana).propose('delay')).rejects.toMatchObject({ code: 'template.invalid' });
  });
});

it('an entry covers all its parts', () => {
  const entry = signedReviewers(reviewers)[0]!;
  expect(Object.keys(entryPayload('isc', entry)).sort()).toEqual(['email', 'institution', 'key', 'kind', 'name', 'practice', 'signedBy', 'since']);
});
