import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorkbench, type Workbench } from './support/vscode';

let folder: string;
let workbench: Workbench;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mo-folder-'));
  await writeFile(join(folder, 'nota.md'), '# Una carpeta que no es un escritorio\n');
  workbench = await startWorkbench({ deskDir: folder });
});

afterAll(async () => {
  await workbench?.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 10 });
});

test('a real VS Code opens a folder with the packaged extension in it, and nothing complains', async () => {
  await workbench.command('View: Show Extensions');
  await workbench.page.locator('.extension-list-item', { hasText: 'Momentos' }).first().waitFor();
  await workbench.screenshot('host-extension-installed');
  expect(workbench.consoleErrors).toEqual([]);
});
