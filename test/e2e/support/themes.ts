import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type AxeResults, type RunOptions } from 'axe-core';
import { type Frame } from 'playwright-core';
import { type WorkbenchWindow } from './workbenchWindow';

const patience = { timeout: 90_000 };
const kinds = { 'Dark Modern': 'vs-dark', 'Light Modern': 'vs', 'Dark High Contrast': 'hc-black', 'Light High Contrast': 'hc-light' } as const;

/** The themes in which everything has to be seen, with names for screenshots. */
export const shownThemes = [['Dark Modern', 'dark'], ['Light Modern', 'light'], ['Dark High Contrast', 'high-contrast'], ['Light High Contrast', 'high-contrast-light']] as const;

/** Picks a colour theme as people do; waits until the window has it. */
export async function colorTheme(window: WorkbenchWindow, name: keyof typeof kinds): Promise<void> {
  await window.command('Preferences: Color Theme');
  const picks = window.page.locator('.quick-input-widget');
  const row = picks.locator('.quick-input-list .monaco-list-row', { hasText: name }).first();
  await picks.locator('input[type="text"]').fill(name);
  await row.click(patience);
  await window.page.locator(`.monaco-workbench.${kinds[name]}`).waitFor(patience);
}

/** What axe finds wrong with a webview, as seen in the real VS Code. */
export async function findings(frame: Frame): Promise<readonly string[]> {
  const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await frame.evaluate(source);
  const results = await frame.evaluate((options) => (globalThis as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } }).axe.run(options), { resultTypes: ['violations'] } as RunOptions);
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}
