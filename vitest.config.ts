import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// What is waited for is waited for as long as a slow machine may need that runs other tests meanwhile: what is right passes at once.
const project = (name: string, extra: object = {}) => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], environment: 'node', expect: { poll: { timeout: 20_000 } }, ...extra },
});

export default defineConfig({
  test: {
    // Most tests wait for another process or a disk; left to itself vitest would leave one core of two idle.
    maxWorkers: Math.max(2, availableParallelism()),
    minWorkers: 1,
    // Two files at a time in every project, those with a browser too: one after the other is no option of a project, only of a run (--no-file-parallelism).
    projects: [
      project('unit', { testTimeout: 60_000, hookTimeout: 60_000 }),
      project('contract', { testTimeout: 180_000, hookTimeout: 120_000 }),
      project('cli', { testTimeout: 240_000, hookTimeout: 240_000, globalSetup: 'test/cli/support/buildCli.ts' }),
      project('manifest', { testTimeout: 120_000 }),
      project('webview', { testTimeout: 180_000, hookTimeout: 120_000 }),
      project('e2e', { testTimeout: 360_000, hookTimeout: 400_000 }),
      project('faults', { testTimeout: 1_800_000, hookTimeout: 120_000 }),
      project('real', { testTimeout: 120_000, hookTimeout: 120_000, poolOptions: { forks: { singleFork: true } }, globalSetup: 'test/real/network/globalSetup.ts' }),
    ],
  },
});
