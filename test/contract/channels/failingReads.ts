import { describe, expect, test } from 'vitest';
import { type ChannelCases } from './channelCases';
import { pullAll } from './channelHarness';
import { codeOf, failureOf } from './testEnvironment';

/** What every channel makes of a network that fails it. */
export function describeFailingReads(contract: ChannelCases): void {
  const { start } = contract;

  describe('when the network fails a read', () => {
    test.each([[400, 'network.invalid'], [401, 'network.unauthorized'], [403, 'network.forbidden'], [404, 'network.notFound'], [410, 'network.notFound'], [422, 'network.invalid'], [418, 'network.unexpected']] as const)(
      '%s is %s, at once', async (status, code) => {
        contract.harness.fault({ kind: 'answer', status, body: `{"error":"no ${contract.harness.token}"}` });
        expect(await codeOf(contract.harness.channel().account(), contract.harness.token)).toBe(code);
        expect(contract.harness.seen).toHaveLength(1);
      });

    test.each([[429, 'network.rateLimited'], [500, 'network.unavailable'], [502, 'network.unavailable'], [503, 'network.unavailable'], [504, 'network.unavailable']] as const)(
      '%s is tried again with growing pauses, and then is %s', async (status, code) => {
        contract.harness.fault({ kind: 'answer', status });
        expect(await codeOf(contract.harness.channel().account(), contract.harness.token)).toBe(code);
        expect(contract.harness.seen).toHaveLength(4);
        const { slept } = contract.harness.clock;
        expect(slept).toHaveLength(3);
        for (const [index, pause] of slept.entries()) expect(pause).toBeGreaterThanOrEqual(250 * 2 ** index);
      });

    test('a failure that passes is not seen', async () => {
      const channel = contract.harness.channel();
      contract.harness.mention({ text: 'Hola' });
      for (const fault of [{ kind: 'answer', status: 502 }, { kind: 'cutOff' }, { kind: 'resetBefore' }] as const) {
        contract.harness.fault({ ...fault, count: 1 });
        expect((await pullAll(channel)).posts).toHaveLength(1);
      }
    });

    test('a short wait that the server asks for is kept', async () => {
      contract.harness.fault({ kind: 'answer', status: 429, headers: { 'retry-after': '7' }, count: 1 });
      await contract.harness.channel().account();
      expect(contract.harness.clock.slept[0]).toBeGreaterThanOrEqual(7_000);
    });

    test('a long one is told instead of waited for', async () => {
      const at = Date.now() + 240_000;
      contract.harness.fault({ kind: 'answer', status: 429, headers: { 'x-ratelimit-reset': new Date(at).toISOString() } });
      const { code, details } = await failureOf(contract.harness.channel().account(), contract.harness.token);
      expect(code).toBe('network.rateLimited');
      expect(Math.abs(Number(details['retryAt']) - at)).toBeLessThan(60_000);
      expect(contract.harness.clock.slept).toEqual([]);
      expect(contract.harness.seen).toHaveLength(1);
    });

    test.each(['silenceBefore', 'drip'] as const)('a server that never comes to an end (%s) is given up', async (kind) => {
      contract.harness.fault({ kind });
      expect(await codeOf(contract.harness.channel({ limits: { total: 150 } }).account(), contract.harness.token)).toBe('network.timeout');
    });

    test.each(['resetBefore', 'cutOff'] as const)('a connection that breaks (%s) is offline', async (kind) => {
      contract.harness.fault({ kind });
      expect(await codeOf(contract.harness.channel().account(), contract.harness.token)).toBe('network.offline');
    });

    test('no server there is offline', async () => {
      const channel = contract.harness.channel();
      await contract.harness.shut();
      expect(await codeOf(channel.account(), contract.harness.token)).toBe('network.offline');
    });

    test('what is no HTTP is malformed', async () => {
      contract.harness.fault({ kind: 'notHttp' });
      expect(await codeOf(contract.harness.channel().account(), contract.harness.token)).toBe('network.malformed');
    });

    test('half a JSON is malformed', async () => {
      contract.harness.fault({ kind: 'halfJson' });
      expect(await codeOf(contract.harness.channel().account(), contract.harness.token)).toBe('network.malformed');
    });

    test('a web page in place of the answer is malformed', async () => {
      contract.harness.fault({ kind: 'answer', status: 200, headers: { 'content-type': 'text/html' }, body: '<title>Sign in to the hotel network</title>' });
      expect(await codeOf(contract.harness.channel().account(), contract.harness.token)).toBe('network.malformed');
    });

    test('JSON under a wrong name is read', async () => {
      contract.harness.fault({ kind: 'mislabel', type: 'text/plain' });
      expect((await contract.harness.channel().account()).id).not.toBe('');
    });

    test('an answer without end is given up before it fills the memory', async () => {
      contract.harness.fault({ kind: 'huge' });
      expect(await codeOf(contract.harness.channel().account(), contract.harness.token)).toBe('network.tooLarge');
    });

    test('can be cancelled while it waits', async () => {
      contract.harness.fault({ kind: 'silenceBefore' });
      const stop = new AbortController();
      const call = contract.harness.channel().account(stop.signal);
      const outcome = codeOf(call, contract.harness.token);
      await expect.poll(() => contract.harness.seen).toHaveLength(1);
      stop.abort();
      expect(await outcome).toBe('network.cancelled');
    });

    test.each([301, 302, 303, 307, 308])('a %s to another host is refused, and no token goes there', async (status) => {
      const other = await start();
      try {
        const location = `${other.url}/api/v1/accounts/verify_credentials`;
        contract.harness.fault({ kind: 'answer', status, headers: { location } });
        expect(await codeOf(contract.harness.channel().account(), contract.harness.token)).toBe('network.redirect');
        expect(other.seen).toHaveLength(0);
      } finally {
        await other.close();
      }
    });
  });
}
