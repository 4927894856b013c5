import { beforeAll, describe, expect, test } from 'vitest';
import { type ErrorCode, MomentosError } from '../../../src/core/errors';
import { type ChannelState } from '../../../src/core/ports';
import { channelDiagnosis, channelHelp, reportsOf } from '../../../src/desk/channelReport';
import { type ChannelInfo, type Desk } from '../../../src/desk/deskApi';
import { configureLanguage } from '../../../src/desk/language';
import { parseConfig } from '../../../src/desk/config';

const now = Date.UTC(2026, 10, 22, 14, 0);
const minute = 60_000;

beforeAll(() => {
  configureLanguage('en');
});

const config = parseConfig(JSON.stringify({
  schemaVersion: 1,
  institution: { id: 'isc', name: 'ISC', country: 'DO', timeZone: 'America/Santo_Domingo', languages: ['en'] },
  channels: [
    { id: 'mastodon-main', network: 'mastodon', url: 'https://social.isc.example', account: 'isc', name: 'ISC on Mastodon' },
    { id: 'calls', network: 'by-hand', medium: 'phone' },
  ],
}));
const desk = { config, language: 'en' } as unknown as Desk;

const info = (state: ChannelState, changes: Partial<ChannelInfo> = {}): ChannelInfo => ({
  id: 'mastodon-main', name: 'ISC on Mastodon', network: 'mastodon', url: 'https://social.isc.example', account: 'isc', ways: ['browser'], connected: true, problem: undefined, failure: undefined,
  capabilities: { pull: true, thread: true, reply: true, privateReply: false, delete: true, media: false }, state, ...changes,
});
const report = (state: ChannelState, changes: Partial<ChannelInfo> = {}) => reportsOf(desk, [info(state, changes)], now)[0]!;
const fact = (state: ChannelState, key: string, changes: Partial<ChannelInfo> = {}): string | undefined => report(state, changes).facts.find((each) => each.key === key)?.words;

describe('a channel that works', () => {
  const state: ChannelState = {
    connectedAt: now - 60 * minute, lastPullAt: now - 2 * minute, nextPullAt: now + minute, lagMs: 40_000,
    limits: { limit: 300, remaining: 120, resetAt: now + 15 * minute, at: now - 2 * minute }, account: { id: '1', handle: 'isc', name: 'ISC' },
  };

  test('says in its row when it was looked at and when it will be', () => {
    expect(report(state)).toMatchObject({ health: 'working', summary: '2 min ago · next in 1 min', problem: undefined, help: undefined });
  });

  test('tells its delay, what is left of its limits, its account and what it can do', () => {
    expect(fact(state, 'lag')).toBe('the newest mention was seen 40 s after it was posted');
    expect(fact(state, 'limits')).toBe('120 of 300 left until 10:15');
    expect(fact(state, 'account')).toBe('isc · social.isc.example');
    expect(fact(state, 'can')).toBe('brings mentions, shows the conversation, takes answers, takes answers back');
  });

  test('says nothing of limits whose time is over', () => {
    expect(fact({ ...state, limits: { remaining: 0, resetAt: now - 1, at: now - minute } }, 'limits')).toBeUndefined();
  });
});

test('a channel that fails says why in few words, as a sentence, since when, and what helps', () => {
  const failing = report({ lastPullAt: now - minute, nextPullAt: now + 3 * minute, failingSince: now - 30 * minute }, { failure: new MomentosError('network.offline', { origin: 'https://social.isc.example' }) });
  expect(failing).toMatchObject({ health: 'failing', summary: 'cannot be reached · next in 3 min', help: 'pull' });
  expect(failing.problem).toContain('social.isc.example cannot be reached');
  expect(failing.facts[0]!.key).toBe('problem');
  expect(failing.facts[1]).toMatchObject({ key: 'since', words: 'today 09:30' });
});

test('a channel without a token is not connected, whatever it did before', () => {
  expect(report({ lastPullAt: now - minute, nextPullAt: now + minute }, { connected: false, problem: new MomentosError('secret.missing', { channel: 'mastodon-main' }) })).toMatchObject({ health: 'notConnected', summary: 'not connected', help: 'connect' });
});

test('a channel that was asked to wait is no failure', () => {
  expect(report({ lastPullAt: now - minute, retryAt: now + 5 * minute, nextPullAt: now + minute }, { failure: new MomentosError('network.rateLimited') })).toMatchObject({ health: 'waiting', summary: 'asked to wait · next in 5 min' });
});

test('contacts by hand stand among the channels, with nothing to connect', () => {
  expect(reportsOf(desk, [info({})], now)[1]).toMatchObject({ id: 'calls', name: 'Telephone', health: 'byHand', help: undefined, info: undefined, facts: [{ key: 'medium', words: 'Telephone' }] });
});

test.each<[ErrorCode, string]>([
  ['secret.otherOrigin', 'connect'], ['network.unauthorized', 'connect'], ['network.plainHttp', 'config'], ['network.forbidden', 'network'], ['network.timeout', 'pull'], ['store.diskFull', 'log'], ['unexpected', 'log'],
])('after %s what helps is: %s', (code, help) => {
  expect(channelHelp(code)).toBe(help);
});

test('a diagnosis tells state and error with its details', () => {
  const text = channelDiagnosis(report({ lastPullAt: now - minute }, { failure: new MomentosError('network.unavailable', { status: 503 }) }), '1.2.3', now);
  expect(text).toContain('Momentos 1.2.3, 2026-11-22T14:00:00.000Z');
  expect(text).toContain('last pull: 2026-11-22T13:59:00.000Z');
  expect(text).toContain('error: network.unavailable {"status":503}');
});
