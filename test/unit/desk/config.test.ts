import { describe, expect, it } from 'vitest';
import { freeTextRule } from '../../../src/core/config';
import { parseConfig } from '../../../src/desk/config';
import { configureLanguage } from '../../../src/desk/language';
import { sentence } from '../../../src/desk/sentences';
import { asMomentosError, type MomentosError } from '../../../src/core/errors';
import { parsePerson } from '../../../src/desk/operator';

const good = {
  schemaVersion: 1,
  institution: { id: 'isc', name: 'Instituto', country: 'DO', timeZone: 'America/Santo_Domingo', languages: ['es', 'en'], domains: ['isc.example'] },
  channels: [{ id: 'mastodon-main', network: 'mastodon', url: 'http://127.0.0.1:4010', account: 'isc' }],
};

function refusal(change: Record<string, unknown>): MomentosError {
  try {
    parseConfig(JSON.stringify({ ...good, ...change }), 'momentos.json');
  } catch (error) {
    return asMomentosError(error);
  }
  throw new Error('was accepted');
}

describe('momentos.json', () => {
  it('may have comments and a trailing comma, and fills in what is left out', () => {
    const config = parseConfig(`\uFEFF// mesa\n${JSON.stringify(good).slice(0, -1)},\n/* fin */}`);
    expect(config.responseTargets.firstResponse).toEqual({ urgent: '15m', high: '1h', normal: '4h', low: '24h' });
    expect(freeTextRule(config)).toBe('second-person');
    expect(config.sharing).toBe('private');
  });

  it('names an unknown key and the nearest known one, also deep inside', () => {
    expect(refusal({ oficceHours: {} })).toMatchObject({ code: 'config.unknownKey', details: { key: 'oficceHours', nearest: 'officeHours' } });
    expect(refusal({ institution: { ...good.institution, timezone: 'x' } })).toMatchObject({ code: 'config.unknownKey', details: { nearest: 'timeZone' } });
    expect(refusal({ channels: [{ ...good.channels[0], acount: 'isc' }] })).toMatchObject({ details: { nearest: 'account' } });
    expect(refusal({ replies: { freetext: 'allow' } })).toMatchObject({ details: { nearest: 'freeText' } });
  });

  it.each([
    [{ institution: { ...good.institution, timeZone: 'Santo Domingo' } }, 'timeZone'],
    [{ history: '7 days' }, 'span'],
    [{ officeHours: { 'mon-fri': ['8-16'] } }, 'hours'],
    [{ officeHours: { lunes: ['08:00-16:00'] } }, 'days'],
    [{ channels: [{ ...good.channels[0], url: 'https://ana:clave@isc.example' }] }, 'urlCredentials'],
    [{ channels: [good.channels[0], good.channels[0]] }, 'duplicate'],
    [{ reviewers: [{ name: 'Ana', email: 'ana' }] }, 'email'],
  ])('says in words what is wrong with %j', (change, rule) => {
    const error = refusal(change);
    expect(error).toMatchObject({ code: 'config.invalid', details: { rule } });
    configureLanguage('es');
    expect(sentence(error)).toContain('momentos.json: ');
    configureLanguage('en');
    expect(sentence(error)).not.toContain('undefined');
  });

  it('says the line of broken JSON, and refuses a newer schema', () => {
    expect(() => parseConfig('{\n  "schemaVersion": 1,\n  "institution": {,\n}')).toThrowError(expect.objectContaining({ code: 'config.invalid', details: expect.objectContaining({ at: 'line 3' }) as unknown }) as Error);
    expect(refusal({ schemaVersion: 2 })).toMatchObject({ code: 'config.newerSchema' });
  });

  it('is not moved by __proto__', () => {
    expect(() => parseConfig(`{"__proto__": {"schemaVersion": 1}, ${JSON.stringify(good).slice(1)}`)).not.toThrow(TypeError);
    expect(({} as { schemaVersion?: number }).schemaVersion).toBeUndefined();
  });
});

describe('a person', () => {
  it('is a name, with or without an address', () => {
    expect(parsePerson('Ana Pérez <ana@isc.example>')).toEqual({ name: 'Ana Pérez', email: 'ana@isc.example' });
    expect(parsePerson('  Ana  ')).toEqual({ name: 'Ana' });
    for (const bad of ['', '<ana@isc.example>', 'Ana <ana>', 'Ana\nLuis']) expect(() => parsePerson(bad)).toThrowError(expect.objectContaining({ code: 'operator.invalid' }) as Error);
  });
});

describe('channels in momentos.json', () => {
  const channelsOf = (...channels: readonly unknown[]) => parseConfig(JSON.stringify({ ...good, channels }), 'momentos.json').channels;

  it('X and Bluesky have a usual address, contacts by hand have none', () => {
    expect(channelsOf({ id: 'x', network: 'x', account: 'isc', clientId: 'abc' }, { id: 'sky', network: 'bluesky', account: 'isc.bsky.social' }, { id: 'norte', network: 'by-hand', medium: 'counter', name: 'Módulo Norte' })).toEqual([
      { id: 'x', network: 'x', url: 'https://api.x.com', account: 'isc', clientId: 'abc' },
      { id: 'sky', network: 'bluesky', url: 'https://bsky.social', account: 'isc.bsky.social' },
      { id: 'norte', network: 'by-hand', medium: 'counter', name: 'Módulo Norte' },
    ]);
  });

  it.each([
    [{ id: 'a', network: 'mastodon', account: 'isc' }, 'channels.0.url', 'missing'],
    [{ id: 'a', network: 'bluesky' }, 'channels.0.account', 'missing'],
    [{ id: 'a', network: 'by-hand' }, 'channels.0.medium', 'missing'],
    [{ id: 'a', network: 'by-hand', medium: 'phone', url: 'https://a.example' }, 'channels.0.url', 'notForNetwork'],
    [{ id: 'a', network: 'mastodon', url: 'https://a.example', account: 'isc', clientId: 'abc' }, 'channels.0.clientId', 'notForNetwork'],
    [{ id: 'a', network: 'inbox-api', url: 'https://a.example', account: 'isc', medium: 'form' }, 'channels.0.medium', 'notForNetwork'],
  ])('%j is refused, and it says where and why', (channel, at, rule) => {
    const error = refusal({ channels: [channel] });
    expect([error.code, error.details['at'], error.details['rule']]).toEqual(['config.invalid', at, rule]);
    expect(sentence(error)).toMatch(/needs it|does not belong|necesita|no corresponde/u);
  });
});
