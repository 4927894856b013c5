import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const project = (name: string, extra: object = {}) => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], environment: 'node', ...extra },
});

export default defineConfig({
  test: {
    // Most tests wait for another process or a disk; left to itself vitest would leave one core of two idle.
    maxWorkers: Math.max(2, availableParallelism()),
    minWorkers: 1,
    projects: [
      project('unit', { testTimeout: 30_000 }),
      project('contract', { testTimeout: 60_000, hookTimeout: 60_000 }),
      project('cli', { testTimeout: 120_000, hookTimeout: 120_000, globalSetup: 'test/cli/support/buildCli.ts' }),
      project('manifest', { testTimeout: 60_000 }),
      project('webview', { testTimeout: 60_000, hookTimeout: 60_000, fileParallelism: false }),
      project('e2e', { testTimeout: 240_000, hookTimeout: 300_000, fileParallelism: false }),
      project('faults', { testTimeout: 1_800_000, hookTimeout: 120_000, fileParallelism: false }),
      project('real', { testTimeout: 120_000, hookTimeout: 120_000, poolOptions: { forks: { singleFork: true } }, globalSetup: 'test/real/network/globalSetup.ts' }),
    ],
  },
});
