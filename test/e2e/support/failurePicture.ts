import { afterEach } from 'vitest';
import { type WorkbenchWindow } from './workbenchWindow';

/** After each test of the file that failed, keeps each of the windows as it stands then. */
export function pictureFailures(windows: () => readonly (WorkbenchWindow | undefined)[]): void {
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    const name = `failed-${task.name.slice(0, 40).replace(/\W+/gu, '-')}`;
    for (const [index, window] of windows().entries()) await window?.screenshot(index === 0 ? name : `${name}-${String(index + 1)}`);
  });
}
