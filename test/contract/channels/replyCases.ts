import { describe, expect, test } from 'vitest';
import { countText } from '../../../src/core/text/countText';
import { type ChannelCases } from './channelCases';
import { codeOf, failureOf } from './testEnvironment';

/** What every channel keeps to when it shows a conversation, answers, and takes an answer away. */
export function describeAnswering(contract: ChannelCases): void {
  const { abilities, where, usual, replyTo, oneMention, writes } = contract;

  describe('thread', () => {
    where(abilities.thread, 'shows the conversation in the order of time, ours marked', async () => {
      const channel = contract.harness.channel();
      const parent = await oneMention(channel);
      const sent = await channel.reply(replyTo(parent, `${channel.greeting(parent, '')}Con gusto.`));
      const followUp = contract.harness.mention({ text: '¿Y el costo?', author: 'vecina@ejemplo.do', inReplyTo: sent.externalId });
      const { posts, complete } = await channel.thread(parent.externalId);
      expect(complete).toBe(true);
      expect(posts.map((post) => [post.externalId, post.own, post.parentId])).toEqual([
        [parent.externalId, false, undefined], [sent.externalId, true, parent.externalId], [followUp, false, sent.externalId],
      ]);
      expect(new Set(posts.map((post) => post.rootId))).toEqual(new Set([parent.externalId]));
    });

    where(abilities.thread, 'of a deleted post is not found', async () => {
      const channel = contract.harness.channel();
      const { externalId } = await oneMention(channel);
      contract.harness.remove(externalId);
      expect(await codeOf(channel.thread(externalId), contract.harness.token)).toBe('network.notFound');
    });
  });

  describe('reply', () => {
    where(abilities.thread, 'stands under its parent, and is seen by no more people', async () => {
      const channel = contract.harness.channel();
      const parent = await oneMention(channel, { text: 'en privado', author: 'vecina@ejemplo.do', visibility: abilities.visibilities.at(-1) ?? usual });
      const text = `${channel.greeting(parent, 'Le respondemos.')}Le respondemos.`;
      const sent = await channel.reply(replyTo(parent, text));
      expect(sent.attached).toBe(true);
      expect(sent.url).toMatch(/^https?:\/\//u);
      const { posts } = await channel.thread(parent.externalId);
      const own = posts.find((post) => post.own);
      expect(own).toMatchObject({ externalId: sent.externalId, visibility: parent.visibility, postedAt: sent.postedAt });
      if (abilities.greets) expect(own?.mentions).toContain('vecina@ejemplo.do');
    });

    test('to a post that is gone did not happen', async () => {
      const channel = contract.harness.channel();
      const parent = await oneMention(channel);
      contract.harness.remove(parent.externalId);
      expect(await codeOf(channel.reply(replyTo(parent, 'Hola')), contract.harness.token)).toBe('network.notFound');
      expect(contract.harness.posted()).toEqual([]);
    });

    where(abilities.visibilities.includes('direct'), 'that more people would see than the mention is not sent', async () => {
      const channel = contract.harness.channel();
      const parent = await oneMention(channel, { text: 'en privado', visibility: 'direct' });
      expect(await codeOf(channel.reply({ ...replyTo(parent, 'Hola'), visibility: 'public' }), contract.harness.token)).toBe('network.invalid');
      expect(writes()).toBe(0);
    });

    test('as long as the rule allows goes, one more is refused', async () => {
      const channel = contract.harness.channel();
      const parent = await oneMention(channel);
      const rule = await channel.lengthRule();
      const longest = 'á'.repeat(rule.max);
      expect(countText(longest, rule)).toBe(rule.max);
      await channel.reply(replyTo(parent, longest, 'key-long'));
      const failure = await failureOf(channel.reply(replyTo(parent, `${longest}á`, 'key-longer')), contract.harness.token);
      expect(failure.code).toBe('network.invalid');
      expect(failure.details['reason']).toEqual(expect.any(String));
      expect(contract.harness.posted()).toHaveLength(1);
    });

    where(abilities.sameKey, 'with the same key is the same post', async () => {
      const channel = contract.harness.channel();
      const parent = await oneMention(channel);
      const first = await channel.reply(replyTo(parent, 'Una vez'));
      expect((await channel.reply(replyTo(parent, 'Una vez'))).externalId).toBe(first.externalId);
      expect(contract.harness.posted()).toHaveLength(1);
    });

    test.each(['silenceAfter', 'resetAfter', 'cutOff', 'halfJson', 'drip'] as const)('that was done but not confirmed (%s) has an unknown outcome, and is not sent again', async (kind) => {
      const channel = contract.harness.channel();
      const parent = await oneMention(channel);
      contract.harness.fault({ kind, method: abilities.replyMethod, path: contract.harness.replyPath });
      const hasty = contract.harness.channel({ limits: { total: 400 } });
      expect(await codeOf(hasty.reply(replyTo(parent, 'Hola')), contract.harness.token)).toBe('network.outcomeUnknown');
      expect(writes()).toBe(1);
      await expect.poll(() => contract.harness.posted()).toHaveLength(1);
    });

    test.each(['silenceBefore', 'resetBefore', 'notHttp'] as const)('that was lost on the way (%s) has an unknown outcome, and is not sent again', async (kind) => {
      const channel = contract.harness.channel();
      const parent = await oneMention(channel);
      contract.harness.fault({ kind, method: abilities.replyMethod, path: contract.harness.replyPath });
      const hasty = contract.harness.channel({ limits: { total: 400 } });
      expect(await codeOf(hasty.reply(replyTo(parent, 'Hola')), contract.harness.token)).toBe('network.outcomeUnknown');
      expect(writes()).toBe(1);
      expect(contract.harness.posted()).toEqual([]);
    });

    test.each([500, 502, 503, 504])('answered by %s has an unknown outcome, and is not sent again', async (status) => {
      const channel = contract.harness.channel();
      const parent = await oneMention(channel);
      contract.harness.fault({ kind: 'answer', status, method: abilities.replyMethod, path: contract.harness.replyPath });
      expect(await codeOf(channel.reply(replyTo(parent, 'Hola')), contract.harness.token)).toBe('network.outcomeUnknown');
      expect(writes()).toBe(1);
    });

    test.each([[400, 'network.invalid'], [401, 'network.unauthorized'], [403, 'network.forbidden'], [404, 'network.notFound'], [410, 'network.notFound'], [422, 'network.invalid'], [429, 'network.rateLimited']] as const)(
      'refused with %s surely did not happen', async (status, code) => {
        const channel = contract.harness.channel();
        const parent = await oneMention(channel);
        contract.harness.fault({ kind: 'answer', status, method: abilities.replyMethod, path: contract.harness.replyPath });
        expect(await codeOf(channel.reply(replyTo(parent, 'Hola')), contract.harness.token)).toBe(code);
        expect(writes()).toBe(1);
      });

    test('that cannot be sent surely did not happen', async () => {
      const channel = contract.harness.channel();
      const parent = await oneMention(channel);
      await contract.harness.shut();
      expect(await codeOf(channel.reply(replyTo(parent, 'Hola')), contract.harness.token)).toBe('network.offline');
    });

    where(abilities.sameKey, 'can be sent again after an unknown outcome, with the same key, and stands there once', async () => {
      const channel = contract.harness.channel();
      const parent = await oneMention(channel);
      contract.harness.fault({ kind: 'resetAfter', method: abilities.replyMethod, path: contract.harness.replyPath, count: 1 });
      expect(await codeOf(channel.reply(replyTo(parent, 'Hola')))).toBe('network.outcomeUnknown');
      await channel.reply(replyTo(parent, 'Hola'));
      expect(contract.harness.posted()).toHaveLength(1);
    });
  });

  describe('delete', () => {
    where(abilities.delete, 'takes an answer away, once', async () => {
      const channel = contract.harness.channel();
      const parent = await oneMention(channel);
      const { externalId } = await channel.reply(replyTo(parent, 'Hola'));
      await channel.delete(externalId);
      expect(contract.harness.posted()).toEqual([]);
      expect(await codeOf(channel.delete(externalId), contract.harness.token)).toBe('network.notFound');
    });

    where(abilities.delete, 'without an answer has an unknown outcome', async () => {
      const channel = contract.harness.channel();
      const parent = await oneMention(channel);
      const { externalId } = await channel.reply(replyTo(parent, 'Hola'));
      contract.harness.fault({ kind: 'silenceAfter', method: abilities.deleteMethod });
      expect(await codeOf(contract.harness.channel({ limits: { total: 400 } }).delete(externalId), contract.harness.token)).toBe('network.outcomeUnknown');
    });
  });
}
