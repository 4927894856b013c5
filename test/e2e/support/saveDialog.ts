import { type Page } from 'playwright-core';
import { expect } from 'vitest';

/**
 * Gives the file a name in VS Code's own save dialog, until `done`. The dialog puts a proposal of its own in place of what was typed once it has read the folder,
 * and lets a click pass while it reads.
 */
export async function saveAs(page: Page, path: string, done: () => Promise<boolean>): Promise<void> {
  const dialog = page.locator('.quick-input-widget');
  const ok = dialog.locator('.monaco-button').first();
  const input = dialog.locator('input[type="text"]').first();
  await ok.waitFor({ timeout: 90_000 });
  await expect
    .poll(async () => {
      if (await ok.isVisible()) {
        if ((await input.inputValue()) === path) await ok.click({ timeout: 2000 }).catch(() => undefined);
        else await input.fill(path, { timeout: 2000 }).catch(() => undefined);
      }
      return done();
    }, { timeout: 90_000, interval: 1500 })
    .toBe(true);
}
