import * as v from 'valibot';
import { type HttpAnswer, type Refusal } from '../http';

const text = v.optional(v.fallback(v.string(), ''), '');
const problemSchema = v.object({ type: text, title: text, detail: text, reason: text, period: text, error: text, errors: v.optional(v.fallback(v.array(v.unknown()), []), []) });
const innerSchema = v.object({ message: text, detail: text, title: text, type: text, parameters: v.optional(v.fallback(v.record(v.string(), v.unknown()), {}), {}) });

/** RFC 6749, 5.2. */
const oauthErrors: ReadonlySet<string> = new Set(['invalid_request', 'invalid_client', 'invalid_grant', 'unauthorized_client', 'unsupported_grant_type', 'invalid_scope']);
/** A cap or an empty account does not mend itself within minutes: ask again after this, ms. */
const longPause = 3_600_000;

/**
 * What X means by an answer that is not 2xx (docs.x.com, "Response codes and errors"). The problem's `type` counts by its end only, since its host is
 * api.x.com or api.twitter.com; X tells a duplicate and a conversation closed to us by its English `detail` alone. undefined = as usual.
 */
export function refusalOf(status: number, json: unknown, header: HttpAnswer['header'], now: number): Refusal | undefined {
  const dayEnds = status === 429 ? dayLimitEnds(header) : undefined;
  if (dayEnds !== undefined) return { code: 'network.capReached', details: { retryAt: Math.max(dayEnds, now), period: 'Daily' } };
  const parsed = v.safeParse(problemSchema, json);
  if (!parsed.success) return status === 402 ? { code: 'network.noCredits', details: { retryAt: now + longPause } } : undefined;
  const { type, title, detail, reason, period, error, errors } = parsed.output;
  const inner = errors.flatMap((each) => {
    const item = v.safeParse(innerSchema, each);
    return item.success ? [item.output] : [];
  });
  const kinds = [type, ...inner.map((each) => each.type)].map((address) => address.slice(address.lastIndexOf('/') + 1));
  const words = [detail, title, ...inner.flatMap((each) => [each.message, each.detail])].join(' ');
  const is = (...known: readonly string[]): boolean => kinds.some((kind) => known.includes(kind));
  if (status === 402 || is('credits', 'credits-depleted') || title === 'CreditsDepleted') return { code: 'network.noCredits', details: { retryAt: now + longPause } };
  if (is('usage-capped') || title === 'UsageCapExceeded') return { code: 'network.capReached', details: { retryAt: now + longPause, period: /^[A-Za-z]{1,20}$/u.test(period) ? period : undefined } };
  if (status === 403 && (is('client-forbidden', 'unsupported-authentication') || reason === 'client-not-enrolled')) return { code: 'network.planForbids', details: { retryAt: now + longPause } };
  if (status === 403 && /duplicate content/iu.test(words)) return { code: 'network.duplicate' };
  if (status >= 400 && status < 404 && /deleted or not visible/iu.test(words)) return { code: 'network.notFound' };
  if (status === 403 && /text is too long/iu.test(words)) return { code: 'network.invalid' };
  if (status === 403 && /\breply\b[^.]*\bnot allowed\b|\bnot (?:allowed|permitted|been mentioned)\b[^.]*\brepl/iu.test(words)) return { code: 'network.replyForbidden' };
  // Only words that are known: a server may send back what it was sent.
  const parameters = inner.flatMap((each) => Object.keys(each.parameters)).filter((name) => /^[a-z_.]{1,30}$/u.test(name));
  const told = { ...(oauthErrors.has(error) ? { oauth: error } : {}), ...(parameters.length === 0 ? {} : { parameters }) };
  return Object.keys(told).length === 0 ? undefined : { details: told };
}

/** Besides the quarters of an hour some limits run for a day, of the account or of the app, with headers of their own: when the one that is used up begins anew. */
function dayLimitEnds(header: HttpAnswer['header']): number | undefined {
  for (const whose of ['user', 'app']) {
    const reset = Number(header(`x-${whose}-limit-24hour-reset`));
    if (header(`x-${whose}-limit-24hour-remaining`) === '0' && reset > 0) return reset * 1000;
  }
  return undefined;
}
