import { beforeEach, expect, test } from 'vitest';
import { type DeskMetrics, type ResponseFigures } from '../../../src/core/metrics';
import { configureLanguage } from '../../../src/desk/language';
import { reportText } from '../../../src/extension/documents/reportText';
import { noon } from './mentions';

beforeEach(() => {
  configureLanguage('en');
});

const none: ResponseFigures = {
  arrivals: 0, answered: 0, open: 0, oldestOpenMs: undefined, firstResponse: { n: 0, medianMs: undefined, p90Ms: undefined, maxMs: undefined }, firstResponseOffice: undefined, targetMet: 0, targetCounted: 0,
};
const some: ResponseFigures = { ...none, arrivals: 10, answered: 4, open: 6, oldestOpenMs: 5 * 3_600_000, firstResponse: { n: 4, medianMs: 900_000, p90Ms: 3_600_000, maxMs: 3_700_000 }, targetMet: 3, targetCounted: 4 };
const report: DeskMetrics = {
  ...some, from: noon - 43_200_000, to: noon, byChannel: { 'mastodon-main': some }, byTopic: {}, bySentiment: { negative: some, neutral: none, positive: none, unsure: none }, closedByReason: { spam: 2 }, withdrawn: 0, approval: { n: 0, medianMs: undefined, p90Ms: undefined, maxMs: undefined }, answeredElsewhere: 0, head: 'ab'.repeat(32),
};
const desk = {
  language: 'en', config: { institution: { name: 'Instituto | <b>X</b>', timeZone: 'America/Santo_Domingo' }, channels: [{ id: 'mastodon-main', network: 'mastodon', account: 'isc' }] },
} as unknown as Parameters<typeof reportText>[1];

/** As a reader sees it, entities read. */
function read(markdown: string): string {
  return markdown.replace(/&#(\d+);/gu, (_, code: string) => String.fromCodePoint(Number(code)));
}

test('the report gives the figures and the share within the target', () => {
  const lines = read(reportText(report, desk)).split('\n');
  expect(lines).toContain('| Arrived | 10 |');
  expect(lines).toContain('| Oldest open | 5 h |');
  expect(lines).toContain('| First response, median | 15 min (of 4) |');
  expect(lines).toContain('| Within the target | 75% (3 of 4) |');
  expect(lines).toContain('| Spam | 2 |');
});

test('what was not counted is a dash, never a zero', () => {
  const lines = read(reportText({ ...report, ...none }, desk)).split('\n');
  expect(lines).toContain('| First response, median | – |');
  expect(lines).toContain('| Within the target | – |');
});

test('a name cannot break out of the report', () => {
  const markdown = reportText(report, desk);
  expect(markdown).not.toContain('<b>');
  expect(markdown.split('\n')[0]).toBe('# Instituto &#124; &#60;b&#62;X&#60;&#47;b&#62;');
});
