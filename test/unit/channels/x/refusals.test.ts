import { describe, expect, test } from 'vitest';
import { refusalOf } from '../../../../src/channels/x/refusals';

const now = 1_800_000_000_000;
const of = (status: number, json: unknown, headers: Readonly<Record<string, string>> = {}) => refusalOf(status, json, (name) => headers[name], now);

describe('what X means by a refusal', () => {
  test.each([
    [402, { title: 'CreditsDepleted', type: 'https://api.x.com/2/problems/credits' }, 'network.noCredits'],
    [402, { title: 'Payment Required', type: 'https://api.twitter.com/2/problems/credits-depleted' }, 'network.noCredits'],
    [402, '<html>', 'network.noCredits'],
    [403, { type: 'https://api.twitter.com/2/problems/client-forbidden', reason: 'client-not-enrolled' }, 'network.planForbids'],
    [403, { type: 'https://api.x.com/2/problems/client-forbidden' }, 'network.planForbids'],
    [429, { title: 'UsageCapExceeded', period: 'Monthly', type: 'https://api.x.com/2/problems/usage-capped' }, 'network.capReached'],
    [403, { detail: 'You are not allowed to create a Tweet with duplicate content.', type: 'about:blank', title: 'Forbidden', status: 403 }, 'network.duplicate'],
    [403, { errors: [{ message: 'You are not allowed to create a Tweet with duplicate content.' }] }, 'network.duplicate'],
    [403, { detail: 'Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author of the post you are replying to.' }, 'network.replyForbidden'],
    [403, { detail: 'You attempted to reply to a Tweet that is deleted or not visible to you.' }, 'network.notFound'],
    [403, { detail: 'Your Tweet text is too long. For more information on how Twitter determines text length see https://github.com/twitter/twitter-text.' }, 'network.invalid'],
  ])('%i %j is %s', (status, json, code) => {
    expect(of(status, json)?.code).toBe(code);
  });

  test.each([
    [401, { title: 'Unauthorized', type: 'about:blank', status: 401, detail: 'Unauthorized' }],
    [403, { title: 'Forbidden', detail: 'Forbidden' }],
    [429, { title: 'Too Many Requests', type: 'about:blank' }],
    [429, { errors: [{ code: 88, message: 'Rate limit exceeded' }] }],
    [404, { type: 'https://api.x.com/2/problems/resource-not-found' }],
    [503, null],
    [500, [1, 'x']],
  ])('%i %j means what its status says', (status, json) => {
    expect(of(status, json)?.code).toBeUndefined();
  });

  test('keeps the name of what was wrong, and none of what was sent', () => {
    expect(of(400, { error: 'invalid_request', error_description: 'secret' })).toEqual({ details: { oauth: 'invalid_request' } });
    expect(of(400, { error: 'secret-token' })).toBeUndefined();
    expect(of(400, { errors: [{ parameters: { pagination_token: ['secret'], 'S3CRET token': [] } }], type: 'https://api.x.com/2/problems/invalid-request' })).toEqual({ details: { parameters: ['pagination_token'] } });
  });

  test('a cap that does not say when it ends is asked about again in an hour, one of the day when it ends', () => {
    expect(of(429, { type: 'https://api.x.com/2/problems/usage-capped' })?.details?.['retryAt']).toBe(now + 3_600_000);
    expect(of(429, {}, { 'x-user-limit-24hour-remaining': '0', 'x-user-limit-24hour-reset': '1800050000' })).toMatchObject({ code: 'network.capReached', details: { retryAt: 1_800_050_000_000 } });
    expect(of(429, {}, { 'x-user-limit-24hour-remaining': '3', 'x-user-limit-24hour-reset': '1800050000' })).toBeUndefined();
  });
});
