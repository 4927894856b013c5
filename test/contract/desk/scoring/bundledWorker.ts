import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

export interface WorkerFiles {
  /** The worker as it is shipped. */
  readonly sound: string;
  /** The same, but some texts end it. */
  readonly mortal: string;
  readonly folder: string;
  remove(): void;
}

export async function bundleScoringWorkers(): Promise<WorkerFiles> {
  const folder = mkdtempSync(join(tmpdir(), 'momentos-scoring-'));
  const files = { sound: join(folder, 'sound.cjs'), mortal: join(folder, 'mortal.cjs') };
  const sources = { sound: join(__dirname, '../../../../src/desk/scoring/scoringWorker.ts'), mortal: join(__dirname, 'mortalWorker.ts') };
  for (const name of ['sound', 'mortal'] as const) {
    await build({ entryPoints: [sources[name]], bundle: true, platform: 'node', format: 'cjs', mainFields: ['module', 'main'], outfile: files[name], logLevel: 'error', logOverride: { 'empty-glob': 'silent' } });
  }
  return { ...files, folder, remove: () => { rmSync(folder, { recursive: true, force: true }); } };
}
