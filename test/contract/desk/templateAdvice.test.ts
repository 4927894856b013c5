import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DeskConfig } from '../../../src/core/config';
import { isRefusing } from '../../../src/core/templateChecks';
import { ana, delayText, ReviewDesk } from './reviewDesk';

let desk: ReviewDesk;

beforeEach(async () => {
  desk = await ReviewDesk.make();
});

afterEach(() => desk.desk.remove());

const withRules = (rules: DeskConfig['norms']['rules']): DeskConfig => ({ ...desk.config, norms: { ...desk.config.norms, rules } });

describe('what the desk says of a template', () => {
  it('are the norms, with their place, as advice that keeps nothing from being proposed', async () => {
    await desk.write(delayText({ words: 'Yo lamento la demora de tod@s' }));
    const { problems } = await desk.as(ana).get('delay');
    expect(problems.map(({ code, line, column, length, suggestion }) => [code, line, column, length, suggestion])).toEqual([
      ['norm.firstPerson', 16, 19, 2, 'Nosotros'],
      ['norm.firstPerson', 16, 22, 7, 'lamentamos'],
      ['norm.plainLetters', 16, 43, 5, 'todas y todos'],
    ]);
    expect(problems.some(isRefusing)).toBe(false);
    expect((await desk.as(ana).propose('delay')).state).toBe('inReview');
  });

  it('refuses the proposal where the desk made the norm a rule', async () => {
    desk.config = withRules({ firstPerson: 'refuse', plainLetters: 'off' });
    await desk.write(delayText({ words: 'Yo lamento la demora de tod@s' }));
    await expect(desk.as(ana).propose('delay')).rejects.toMatchObject({ code: 'template.invalid', details: { problems: ['norm.firstPerson', 'norm.firstPerson'] } });
  });

  it('says on which network and in which language it is too long, as its server counts', async () => {
    await desk.write(delayText({ words: 'Lamentamos la demora '.repeat(14).trim() }));
    const lengthRules = () => Promise.resolve(new Map([['mastodon', { max: 310, method: 'mastodon' as const, urlLength: 23 }]]));
    const fits = (await desk.as(ana, { lengthRules }).get('delay')).problems.map(({ code, fit }) => [code, fit?.language, fit?.network, fit?.count, fit?.limit]);
    expect(fits).toEqual([['tooLong', 'es', 'mastodon', 321, 310], ['tooLong', 'es', 'bluesky', 321, 300], ['tooLong', 'es', 'x', 321, 280]]);
    await desk.write(`${delayText({ words: 'Lamentamos la demora '.repeat(14).trim() })}\n<!-- lang: es network: x, bluesky, mastodon -->\nHola, {{author}}. Tardará {{days}}.\n`);
    expect((await desk.as(ana, { lengthRules }).get('delay')).problems).toEqual([]);
  });

  it('lists topics that have a template in one language and not in another', async () => {
    expect(await desk.as(ana).gaps()).toEqual([]);
    await desk.write(delayText().replace(/\n<!-- lang: en[^]*$/u, ''));
    expect(await desk.as(ana).gaps()).toEqual([{ topic: 'delay', missing: [{ language: 'en', network: 'mastodon' }], templates: ['delay'] }]);
  });
});
