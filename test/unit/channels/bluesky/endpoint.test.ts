import { describe, expect, test } from 'vitest';
import { type SessionEntity } from '../../../../src/channels/bluesky/entities';
import { endpointOf } from '../../../../src/channels/bluesky/session';

const did = 'did:plc:oficina';
const session = (serviceEndpoint: string, more: { readonly id?: string; readonly type?: string; readonly doc?: string } = {}): SessionEntity => ({
  accessJwt: 'a', refreshJwt: 'r', did, handle: 'isc.test', active: true, status: undefined,
  didDoc: { id: more.doc ?? did, service: [{ id: more.id ?? '#atproto_pds', type: more.type ?? 'AtprotoPersonalDataServer', serviceEndpoint }] },
});

describe('where a session holds', () => {
  test.each([
    ['https://morel.host.example', 'https://bsky.social', 'https://morel.host.example'],
    ['https://morel.host.example/', 'https://bsky.social', 'https://morel.host.example'],
    ['https://bsky.social', 'https://bsky.social', undefined],
    ['http://morel.host.example', 'https://bsky.social', undefined],
    ['http://127.0.0.1:2583', 'https://bsky.social', undefined],
    ['https://localhost:2583', 'https://bsky.social', undefined],
    ['http://localhost:2583', 'http://127.0.0.1:4000', 'http://localhost:2583'],
    ['https://user:pass@morel.host.example', 'https://bsky.social', undefined],
    ['ftp://morel.host.example', 'https://bsky.social', undefined],
    ['nonsense', 'https://bsky.social', undefined],
  ])('is %s, signed in at %s: %s', (endpoint, origin, expected) => {
    expect(endpointOf(session(endpoint), origin)).toBe(expected);
  });

  test('is only where the account\'s own document names its data server', () => {
    expect(endpointOf(session('https://evil.example', { doc: 'did:plc:other' }), 'https://bsky.social')).toBeUndefined();
    expect(endpointOf(session('https://evil.example', { id: '#bsky_fg' }), 'https://bsky.social')).toBeUndefined();
    expect(endpointOf(session('https://evil.example', { type: 'Other' }), 'https://bsky.social')).toBeUndefined();
    expect(endpointOf(session('https://pds.example', { id: `${did}#atproto_pds` }), 'https://bsky.social')).toBe('https://pds.example');
  });
});
