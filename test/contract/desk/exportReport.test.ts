import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AuditDraft } from '../../../src/core/audit';
import { configureLanguage } from '../../../src/desk/language';
import { reportStyle } from '../../../src/desk/export/reportStyle';
import { noon } from '../store/testDesk';
import { conversationDrafts, ExportDesk, operator } from './exportDesk';

let at: ExportDesk;

const dayMs = 86_400_000;
/** The same, so many days later, about a topic. */
const onDay = (index: number, days: number, reasons: readonly string[] = []): AuditDraft[] =>
  conversationDrafts(index).map((draft) => ({ ...draft, at: draft.at + days * dayMs, ...(draft.kind === 'mention.received' ? { body: { ...draft.body, reasons } } : {}) }));

beforeEach(async () => {
  at = await ExportDesk.make();
});
afterEach(async () => {
  configureLanguage('en');
  await at.desk.remove();
});

/** The words of a page without its markup. */
const words = (html: string): string => html.replace(/<style>[\s\S]*?<\/style>/u, '').replace(/<[^>]+>/gu, ' ').replace(/&amp;/gu, '&').replace(/&lt;/gu, '<').replace(/&quot;/gu, '"').replace(/&#39;/gu, "'").replace(/\s+/gu, ' ');
const rowsOf = (html: string, heading: string): string[] => ((html.split(`<h2>${heading}</h2>`)[1] ?? '').split('</section>')[0]!.match(/<tr>(?:<th scope="row">|<td>)[\s\S]*?<\/tr>/gu) ?? []).map((row) => words(row).trim());

describe('the report to read and print', () => {
  it('loads nothing and runs nothing: its policy allows its own style alone', async () => {
    await at.stores.audit.append(conversationDrafts(1));
    const html = await at.text('html');
    const style = /<style>([\s\S]*?)<\/style>/u.exec(html)![1]!;
    expect(style).toBe(reportStyle);
    expect(html).toContain(`content="default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'"`);
    expect(html).not.toMatch(/<script|<link|<img|<iframe|\son\w+=|\sstyle=|href=|src=|url\((?!#hatch\))/iu);
  });

  it('has the figures of the desk\'s own report, by day, channel and topic, with how they are computed', async () => {
    await at.stores.audit.append([...onDay(1, 0, ['topic:cedulas', 'negative']), ...onDay(2, 0), ...onDay(3, 2, ['topic:cedulas'])]);
    const html = await at.text('html', { language: 'en' });
    const report = await at.audit.report({ from: noon - 1, to: noon + 3 * dayMs });
    expect(report).toMatchObject({ arrivals: 3, answered: 3 });
    expect(rowsOf(html, 'Figures and how they are computed')).toContain('Arrivals 3 messages that the desk received in the range');
    expect(rowsOf(html, 'Received and answered, by day').map((row) => row.replace(/^\w+, /u, ''))).toEqual(['May 20 2 2', 'May 21 0 0', 'May 22 1 1']);
    expect(rowsOf(html, 'By topic')).toEqual(['cedulas 2 2 0 8 min 8 min 100%']);
    expect(rowsOf(html, 'How those who acted are known')).toEqual(['declared when calling (--as, or the setting) flag 6 1', 'the desk itself, without a person desk 3 –']);
    expect(html.match(/<rect class="received" x/gu)).toHaveLength(3);
    expect(html).toContain('<title id="chart-title">Received and answered, by day</title>');
  });

  it('names the days in the time zone of the institution', async () => {
    // 22:30 in Santo Domingo is the next day in UTC.
    await at.stores.audit.append(conversationDrafts(1).map((draft) => ({ ...draft, at: Date.UTC(2026, 4, 21, 2, 30) + draft.at - noon })));
    expect(rowsOf(await at.text('html', { language: 'en' }), 'Received and answered, by day')).toEqual(['Wed, May 20 1 1']);
  });

  it('draws weeks and months where days would be too many', async () => {
    await at.stores.audit.append([...onDay(1, 0), ...onDay(2, 150)]);
    expect(rowsOf(await at.text('html', { language: 'en' }), 'Received and answered, by week')).toHaveLength(22);
    await at.stores.audit.append(onDay(3, 1200));
    expect(rowsOf(await at.text('html', { language: 'en' }), 'Received and answered, by month')).toHaveLength(41);
  });

  it('shows names as they are written, whatever stands in them', async () => {
    const name = 'Ana <img src=x onerror=alert(1)> & "Pérez"';
    await at.stores.audit.append([{ kind: 'redacted', at: noon, actor: { ...operator, name }, subject: 'x-1', body: { scope: 'mention', basis: '<b>', proposedBy: 'p-2', part: 1, parts: 1, mentions: 1, erased: [] } }]);
    const html = await at.text('html', { language: 'en' });
    expect(html).not.toContain('<img');
    expect(html).toContain('Ana &lt;img src=x onerror=alert(1)&gt; &amp; &quot;Pérez&quot;');
    expect(html).toContain('&lt;b&gt;');
  });

  it('lists what was erased: when, by whom, why, how much', async () => {
    const erasing = (part: number): AuditDraft => ({ kind: 'redacted', at: noon + part, actor: operator, subject: 'x-2', body: { scope: 'retention', basis: 'retention', rule: 'public', part, parts: 2, mentions: 3, erased: [[0, 'text', 'name'], [1, 'text']] } });
    await at.stores.audit.append([...conversationDrafts(1), erasing(1), erasing(2), { kind: 'retention.disposed', at: noon + 3, actor: operator, subject: 'x-2', body: { authority: 'Ley 481-08' } }]);
    const [row] = rowsOf(await at.text('html', { language: 'en' }), 'What was erased from the log');
    expect(row).toMatch(/^May 20, 2026, 12:00:00 PM .+ Ana Pérez flag its time is up by the retention schedule rule public, Ley 481-08 messages whose time was up 3 6 4$/u);
    expect(words(await at.text('html', { language: 'en', from: noon + dayMs, to: noon + 2 * dayMs }))).toContain('Nothing that belongs to this range was erased.');
  });

  it('speaks the language that is asked for, and leaves that of the interface alone', async () => {
    await at.stores.audit.append(conversationDrafts(1));
    const { hash } = await at.audit.head();
    for (const [language, title] of [['es', 'Informe sobre las respuestas a la ciudadanía'], ['en', 'Report on the answers to citizens']] as const) {
      const html = await at.text('html', { language });
      expect(html).toContain(`<html lang="${language}">`);
      expect(html).toContain(`<h1>${title}</h1>`);
      expect(html).toContain(`--expect ${hash}`);
    }
    expect(await at.text('html')).toContain('<html lang="es">');
    await expect(at.audit.export({ format: 'html', out: at.path('no/such.html') })).rejects.toMatchObject({ code: 'export.notWritable' });
  });

  it('of an empty log says so', async () => {
    expect(words(await at.text('html', { language: 'en' }))).toContain('No message was received.');
  });
});
