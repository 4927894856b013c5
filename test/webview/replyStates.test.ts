import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { PageHarness, type Look } from './support/pageHarness';
import { openReply, type OpenedReply } from './support/replyFixture';
import { replyStates } from './support/replyStates';

let harness: PageHarness;
let opened: OpenedReply;

beforeAll(async () => {
  harness = await PageHarness.start('reply');
});
afterEach(() => opened.close());
afterAll(() => harness.stop());

/** Every state is looked at in dark; those that use colours and widths in their own way, in the other looks too, on the same page. */
const looks: readonly { readonly look: Look; readonly only?: readonly string[] }[] = [
  { look: { name: 'dark', theme: 'dark', width: 980 } },
  { look: { name: 'light', theme: 'light', width: 980 }, only: ['edited', 'over', 'confirm', 'advice', 'undo', 'sent', 'failed', 'hostile', 'fixed-text', 'misfit', 'typed', 'waiting-author', 'waiting-reviewer', 'returned', 'hold'] },
  { look: { name: 'hc', theme: 'hc', width: 980 }, only: ['edited', 'over', 'confirm', 'undo', 'answered', 'misfit', 'typed', 'long-words', 'waiting-reviewer', 'hold'] },
  { look: { name: 'hcLight', theme: 'hcLight', width: 980 }, only: ['edited', 'confirm', 'advice', 'undo'] },
  { look: { name: '400', theme: 'dark', width: 400 }, only: ['hole', 'edited', 'typed', 'confirm', 'undo', 'answered', 'withdrawing', 'long-words', 'question', 'over', 'unsettled', 'waiting-author', 'waiting-reviewer'] },
  // 1280 pixels at a zoom of 400 %.
  { look: { name: '320', theme: 'light', width: 320 }, only: ['edited', 'confirm', 'long-words'] },
];

describe('the reply page', () => {
  it.each(replyStates)('$name: accessible, nothing cut off, nothing from elsewhere, in every look', async ({ name, change, act }) => {
    opened = await openReply(harness, change);
    await act?.(opened);
    await lookAtAll(name);
  }, 240_000);

  it.each(replyStates.filter(({ name }) => ['hole', 'edited', 'undo', 'answered'].includes(name)))('$name: reads in English too', async ({ name, change, act }) => {
    opened = await openReply(harness, change, { language: 'en' });
    await act?.(opened);
    await opened.shot(`${name}-english`);
    await opened.expectAccessible();
    expect(await opened.page.locator('.quiet').first().textContent()).toBe('Refer…');
  });
});

async function lookAtAll(name: string): Promise<void> {
  for (const { look, only } of looks) {
    if (only?.includes(name) === false) continue;
    await opened.wear(look);
    await opened.shot(`${name}-${look.name}`);
    await opened.expectAccessible();
    expect(await opened.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), `cut off in ${look.name}`).toBe(0);
    expect(await smallTargets(opened.page), `too small in ${look.name}`).toEqual([]);
  }
  expect(opened.complaints).toEqual([]);
  expect(opened.strangers).toEqual([]);
}

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
