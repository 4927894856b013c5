import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { PageHarness, type PageOptions } from './support/pageHarness';
import { openReply, type OpenedReply } from './support/replyFixture';
import { replyStates, type ReplyState } from './support/replyStates';

let harness: PageHarness;
let opened: OpenedReply;
beforeAll(async () => {
  harness = await PageHarness.start('reply');
});
afterEach(() => opened.close());
afterAll(() => harness.stop());

/** Everything in dark Spanish; what uses colours, lengths and languages differently, in the other looks too. */
const looks: readonly { readonly look: string; readonly options: PageOptions & { readonly language?: 'en' }; readonly only?: readonly string[] }[] = [
  { look: 'dark', options: {} },
  { look: 'light', options: { theme: 'light' }, only: ['hole', 'edited', 'over', 'confirm', 'undo', 'sent', 'failed', 'answered', 'hostile', 'fixed-text', 'long-words'] },
  { look: 'hc', options: { theme: 'hc' }, only: ['hole', 'edited', 'over', 'confirm', 'undo', 'answered', 'hostile', 'fixed-text', 'long-words'] },
  { look: 'hcLight', options: { theme: 'hcLight' }, only: ['hole', 'edited', 'confirm', 'undo', 'answered'] },
  { look: '400', options: { width: 400 }, only: ['hole', 'edited', 'confirm', 'undo', 'answered', 'withdrawing', 'long-words', 'question', 'over', 'unsettled'] },
  { look: '320', options: { width: 320, theme: 'light' }, only: ['edited', 'confirm', 'long-words'] },
  { look: 'english', options: { language: 'en' }, only: ['hole', 'edited', 'undo', 'answered'] },
];

describe.each(looks)('the reply page, $look', ({ look, options, only }) => {
  const states: readonly ReplyState[] = replyStates.filter(({ name }) => only?.includes(name) ?? true);

  it.each(states)('$name: accessible, nothing cut off, nothing from elsewhere', async ({ name, change, act }) => {
    opened = await openReply(harness, change, options);
    await act?.(opened);
    await opened.shot(`${name}-${look}`);
    await opened.expectAccessible();
    const overflow = await opened.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow).toBe(0);
    expect(await smallTargets(opened.page)).toEqual([]);
    expect(opened.complaints).toEqual([]);
    expect(opened.strangers).toEqual([]);
  });
});

/** Things to press that are smaller than 24 by 24 CSS pixels; words in a running text are exempt (WCAG 2.2, 2.5.8). */
function smallTargets(page: OpenedReply['page']): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('button, vscode-button, vscode-checkbox, input, summary, [role=option]')]
      .filter((each) => each.closest('.text') === null && each.getClientRects().length > 0)
      .map((each) => ({ name: each.textContent, box: each.getBoundingClientRect() }))
      .filter(({ box }) => box.height < 24 || box.width < 24)
      .map(({ name, box }) => `${name ?? ''} ${String(box.width)}x${String(box.height)}`),
  );
}
