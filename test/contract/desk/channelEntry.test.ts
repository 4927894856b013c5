import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mastodonAddress } from '../../../src/desk/channelEntry';
import { type Desk } from '../../../src/desk/deskApi';
import { makeDesk, type DeskWorld } from '../../support/openDesk';

let world: DeskWorld;
let desk: Desk;

beforeEach(async () => {
  world = await makeDesk({ server: { count: 0 } });
  desk = await world.open();
});
afterEach(() => world.close());

const file = (): string => join(world.dir, 'momentos.json');
const text = (): string => readFileSync(file(), 'utf8');

describe('a channel that is added', () => {
  test('stands in momentos.json behind the others; comments and order stay', async () => {
    writeFileSync(file(), text().replace('"channels": [', '"channels": [ // las cuentas\n'));
    const before = text();
    const entry = await desk.channels.add({ network: 'bluesky', account: 'isc.bsky.social', url: 'https://bsky.social' });
    expect(entry).toEqual({ id: 'bluesky-main', network: 'bluesky', url: 'https://bsky.social', account: 'isc.bsky.social' });
    expect(text()).toContain('// las cuentas');
    // The usual address need not be written down.
    expect(text()).not.toContain('https://bsky.social');
    expect(text().length).toBeGreaterThan(before.length);
    const again = await world.open();
    expect(again.config.channels.map(({ id }) => id)).toEqual(['mastodon-main', 'bluesky-main']);
  });

  test('is in the log before, with its account as a value and no secret', async () => {
    await desk.channels.add({ network: 'x', account: 'isc', clientId: 'client-1' });
    const out = join(world.home, 'log.jsonl');
    await desk.audit.export({ format: 'jsonl', out });
    expect(readFileSync(out, 'utf8').split('\n').some((line) => line.includes('channel.configured') && line.includes('x-main'))).toBe(true);
  });

  test('gets an id of its own beside another of the same network', async () => {
    expect((await desk.channels.add({ network: 'mastodon', url: 'https://otra.example', account: 'isc' })).id).toBe('mastodon-isc');
    expect((await desk.channels.add({ network: 'mastodon', url: 'https://tercera.example', account: 'isc' })).id).toBe('mastodon-isc-2');
    expect((await desk.channels.add({ network: 'by-hand', medium: 'phone', name: 'Línea *800' })).id).toBe('linea-800');
  });

  test('is refused where it stands already, whatever the letters', async () => {
    await expect(desk.channels.add({ network: 'mastodon', url: `${world.server.url}/`, account: '@ISC' })).rejects.toMatchObject({ code: 'channel.exists', details: { channel: 'mastodon-main' } });
  });

  test.each([
    ['an address with a password', { network: 'mastodon', url: 'https://u:p@social.example', account: 'isc' }],
    ['no account', { network: 'x' }],
    ['no medium', { network: 'by-hand' }],
    ['an id that is none', { network: 'bluesky', id: 'No Id', account: 'isc.bsky.social' }],
  ] as const)('is checked before anything is written: %s', async (_what, wanted) => {
    const before = text();
    await expect(desk.channels.add(wanted)).rejects.toMatchObject({ code: 'config.invalid' });
    expect(text()).toBe(before);
  });

  test('takes its client id later', async () => {
    await desk.channels.add({ network: 'x', account: 'isc' });
    expect(await desk.channels.setClientId('x-main', ' abc123 ')).toMatchObject({ clientId: 'abc123' });
    expect((await world.open()).config.channels[1]).toMatchObject({ id: 'x-main', clientId: 'abc123' });
  });
});

describe('a token that a person pastes', () => {
  test('is kept outside the desk folder once the server has said whose it is', async () => {
    const other = await world.open(undefined, { ...world.environment, MOMENTOS_TOKEN_MASTODON_MAIN: undefined });
    expect((await other.channels.list())[0]).toMatchObject({ connected: false });
    const info = await other.channels.connectWith('mastodon-main', { secret: ` ${world.server.token}\n` });
    expect(info).toMatchObject({ connected: true, state: { account: { handle: expect.stringContaining('isc') as string } } });
    expect(text()).not.toContain(world.server.token);
  });

  test('that the server does not know is refused, in words about what was pasted', async () => {
    await expect(desk.channels.connectWith('mastodon-main', { secret: 'nonsense' })).rejects.toMatchObject({ code: 'signIn.refused', details: { reason: 'token' } });
  });
});

test.each([
  ['isc@social.example', { url: 'https://social.example', account: 'isc' }],
  ['@isc@Social.Example', { url: 'https://social.example', account: 'isc' }],
  ['https://social.example/@isc', { url: 'https://social.example', account: 'isc' }],
  ['http://127.0.0.1:4010/@isc', { url: 'http://127.0.0.1:4010', account: 'isc' }],
  ['isc@127.0.0.1:4010', { url: 'http://127.0.0.1:4010', account: 'isc' }],
  ['isc', undefined],
  ['isc@server', undefined],
  ['https://social.example/isc', undefined],
])('%s names account and server', (written, address) => {
  expect(mastodonAddress(written)).toEqual(address);
});
