import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ChannelCases } from './channelCases';
import { type ChannelAbilities, type ChannelHarness, pullAll } from './channelHarness';
import { describeFailingReads } from './failingReads';
import { describePulling } from './pullCases';
import { describeAnswering } from './replyCases';
import { codeOf } from './testEnvironment';

/** Of every answer here, as the desk has it at each try. */
const replyTime = Date.now();

/** Every channel keeps to this, whatever its network. */
export function describeChannel(name: string, abilities: ChannelAbilities, start: () => Promise<ChannelHarness>): void {
  describe(`${name} channel`, () => {
    let harness: ChannelHarness;
    const notApplying: string[] = [];
    afterAll(() => {
      if (notApplying.length > 0) process.stdout.write(`${name}: does not apply: ${notApplying.join('; ')}\n`);
    });
    beforeEach(async () => {
      harness = await start();
    });
    afterEach(async () => {
      expect(harness.log.lines.join('\n')).not.toContain(harness.token);
      await harness.close();
    });

    const cases: ChannelCases = {
      get harness() {
        return harness;
      },
      abilities,
      start,
      where: (able, title, run) => {
        if (able) test(title, run);
        else notApplying.push(title);
      },
      usual: abilities.visibilities[0] ?? 'public',
      replyTo: (parent, text, key = 'key-1') => ({ parent, text, language: 'es', visibility: parent.visibility, idempotencyKey: key, intendedAt: replyTime }),
      oneMention: async (channel, mention = { text: '¿Dónde saco la cédula?', author: 'vecina@ejemplo.do' }) => {
        const id = harness.mention(mention);
        const { posts } = await pullAll(channel);
        return posts.find((post) => post.externalId === id) ?? expect.fail('the mention did not come');
      },
      writes: () => harness.seen.filter(({ method, path }) => method !== 'GET' && harness.replyPath.test(path)).length,
    };

    describe('account', () => {
      test('tells who we are there', async () => {
        const account = await harness.channel().account();
        expect(account.handle).not.toBe('');
        expect(account.id).not.toBe('');
      });

      test('refuses the token of another account', async () => {
        expect(await codeOf(harness.channel({ account: 'otra-institucion' }).account(), harness.token)).toBe('secret.otherAccount');
      });

      test('a token that another server granted is not sent', async () => {
        expect(await codeOf(harness.channel({ origin: 'https://old.example' }).account(), harness.token)).toBe('secret.otherOrigin');
        expect(harness.seen).toHaveLength(0);
      });

      test('says who asks', async () => {
        await harness.channel().account();
        expect(harness.seen[0]?.headers['user-agent']).toMatch(/^Momentos\/\d/u);
      });
    });

    describePulling(cases);
    describeAnswering(cases);
    describeFailingReads(cases);
  });
}
