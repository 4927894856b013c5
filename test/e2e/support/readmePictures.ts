import { join } from 'node:path';
import { projectRoot } from './packaged';
import { type WorkbenchWindow } from './workbenchWindow';

/** Keeps what the window (or a part of it, CSS pixels) shows as `docs/images/<name>.png`; only with UPDATE_README=1. */
export async function keepForReadme({ page }: WorkbenchWindow, name: string, clip?: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }): Promise<void> {
  if (process.env['UPDATE_README'] !== '1') return;
  await page.screenshot({ path: join(projectRoot, 'docs', 'images', `${name}.png`), ...(clip === undefined ? {} : { clip }) });
}
