import { describe, expect, test } from 'vitest';
import { MomentosError } from '../../../../src/core/errors';
import { compareIds, snowflake } from '../../../../src/toolkit/practice/identifiers';
import { pageLimit, pageOf } from '../../../../src/toolkit/practice/paging';
import { parseLimit, RateLimiter } from '../../../../src/toolkit/practice/rateLimit';
import { hashtags, mentionedAccts, statusHtml } from '../../../../src/toolkit/practice/statusHtml';
import { statusLength } from '../../../../src/toolkit/practice/statusLength';

describe('ids', () => {
  test('are ordered by length first', () => {
    expect(['1000003', '999999', '1000001'].sort(compareIds)).toEqual(['999999', '1000001', '1000003']);
  });

  test('of statuses grow with time and are too big for a number', () => {
    const early = snowflake(Date.UTC(2026, 0, 1), 5);
    const late = snowflake(Date.UTC(2026, 0, 2), 1);
    expect(compareIds(early, late)).toBeLessThan(0);
    expect(Number(late)).toBeGreaterThan(Number.MAX_SAFE_INTEGER);
  });
});

describe('paging', () => {
  const items = Array.from({ length: 10 }, (_, index) => ({ id: String(997 + index) }));
  const ids = (request: Parameters<typeof pageOf>[1]): string[] => pageOf(items, request).map((item) => item.id);

  test('min_id goes on right behind the cursor', () => expect(ids({ limit: 3, minId: '998' })).toEqual(['1001', '1000', '999']));
  test('since_id starts at the newest and leaves out the middle', () => expect(ids({ limit: 3, sinceId: '998' })).toEqual(['1006', '1005', '1004']));
  test('max_id is strictly older', () => expect(ids({ limit: 2, maxId: '1000' })).toEqual(['999', '998']));
  test('min_id and max_id together are a window', () => expect(ids({ limit: 10, minId: '998', maxId: '1001' })).toEqual(['1000', '999']));
  test('since_id is ignored beside min_id', () => expect(ids({ limit: 2, minId: '998', sinceId: '1004' })).toEqual(['1000', '999']));
  test('what is no number counts as 0', () => expect(ids({ limit: 2, minId: 'abc' })).toEqual(['998', '997']));
  test('no limit means the default, and never more than twice that', () => {
    expect([undefined, '', '5', '500', '-7', 'x', '0'].map((given) => pageLimit(given, 40))).toEqual([40, 40, 5, 80, 7, 0, 0]);
    expect(ids({ limit: 0 })).toEqual([]);
  });
});

describe('the length of a status', () => {
  test.each([
    ['hola', 4],
    ['ñandú', 5],
    ['👨‍👩‍👧‍👦🇩🇴', 2],
    ['https://isc.example/una/direccion/muy/larga?con=parametros', 23],
    ['ver https://a.example y http://b.example', 4 + 23 + 3 + 23],
    ['@ana@ejemplo.do hola', 9],
    ['@yokasta_p hola', 15],
    ['escriba a ana@ejemplo.do', 24],
  ])('%s', (text, length) => expect(statusLength(text)).toBe(length));

  test('counts the content warning', () => expect(statusLength('hola', 'aviso')).toBe(9));
});

describe('the content of a status', () => {
  const find = (acct: string) => (acct.toLowerCase() === 'isc' ? { username: 'isc', acct: 'isc', url: 'http://127.0.0.1:1/@isc' } : undefined);
  const html = (text: string): string => statusHtml(text, 'http://127.0.0.1:1', find);

  test('is made of paragraphs and breaks', () => expect(html('uno\ndos\n\ntres')).toBe('<p>uno<br />dos</p><p>tres</p>'));
  test('never lets markup through', () => expect(html('<b onload="x">&lt;')).toBe('<p>&lt;b onload=&quot;x&quot;&gt;&amp;lt;</p>'));
  test('links people who are known only', () => {
    expect(html('@isc y @nadie')).toBe('<p><span class="h-card" translate="no"><a href="http://127.0.0.1:1/@isc" class="u-url mention">@<span>isc</span></a></span> y @nadie</p>');
  });
  test('hides the ends of long links, and keeps their target whole', () => {
    const made = html('vea https://www.isc.example/tramites/identidad/renovacion, gracias');
    expect(made).toContain('href="https://www.isc.example/tramites/identidad/renovacion"');
    expect(made).toContain('<span class="invisible">https://www.</span><span class="ellipsis">isc.example/tramites/identidad</span><span class="invisible">/renovacion</span></a>, gracias');
  });
  test('knows names and tags in a text', () => {
    expect(mentionedAccts('@isc, @Ana@ejemplo.do; correo x@y.do, @isc')).toEqual(['isc', 'ana@ejemplo.do']);
    expect(hashtags('#Cédula #2026 #cédula a#b')).toEqual(['cédula']);
  });
});

describe('limits', () => {
  test.each([['300/300', 300, 300], [' 5 / 60s ', 5, 60]])('%s is understood', (text, count, seconds) => expect(parseLimit(text)).toEqual({ count, seconds }));
  test.each(['', '300', '0/5', '5/0', 'a/b', '1/2/3', '-1/5'])('%s is refused as usage', (text) => {
    expect(() => parseLimit(text)).toThrow(MomentosError);
  });

  test('refuse beyond the count, and forget with the window', () => {
    let now = 1_000_000;
    const limiter = new RateLimiter({ count: 2, seconds: 10 }, () => now);
    const taken = [limiter.take(), limiter.take(), limiter.take()];
    expect(taken.map((one) => one.allowed)).toEqual([true, true, false]);
    expect(taken.map((one) => one.headers['X-RateLimit-Remaining'])).toEqual(['1', '0', '0']);
    now = Date.parse(taken[2]!.headers['X-RateLimit-Reset']!);
    expect(limiter.take().allowed).toBe(true);
  });
});
