// Builds every bundle: the extension, the worker in which it scores, the command line, `npm start`, the pages; with --bench, the bench too; with --training, only the scripts that train and measure the sentiment models.
import { build, context } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const watch = process.argv.includes('--watch');
const production = process.argv.includes('--production');
const bench = process.argv.includes('--bench');
const training = process.argv.includes('--training');

/**
 * twitter-text brings core-js for engines of 2018; ours have all of it, and an extension shares its host with others.
 * @type {import('esbuild').Plugin}
 */
const withoutPolyfills = {
  name: 'without-polyfills',
  setup(bundle) {
    bundle.onResolve({ filter: /^core-js\// }, ({ path }) => ({ path, namespace: 'native' }));
    bundle.onLoad({ filter: /./, namespace: 'native' }, () => ({ contents: '' }));
  },
};

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  plugins: [withoutPolyfills],
  sourcemap: !production,
  minify: production,
  logLevel: 'warning',
  target: 'es2022',
  legalComments: 'none',
  // The sentiment package looks its languages up by name; we give it ours ourselves.
  logOverride: { 'empty-glob': 'silent' },
  loader: { '.json': 'json', '.ttf': 'file', '.svg': 'text', '.md': 'text' },
};

/** Node side. The bundles of the command line and of npm start do not name `vscode` as external: that is the boundary check. */
const node = { ...common, platform: 'node', format: 'cjs', mainFields: ['module', 'main'] };

/** The pages. */
const page = { ...common, platform: 'browser', format: 'iife' };

const bundles = [
  { ...node, entryPoints: ['src/extension/extension.ts'], outfile: 'dist/extension.js', external: ['vscode'] },
  { ...node, entryPoints: ['src/desk/scoring/scoringWorker.ts'], outfile: 'dist/scoring.js' },
  { ...node, entryPoints: ['src/toolkit/cli/cli.ts'], outfile: 'dist/cli.js', banner: { js: '#!/usr/bin/env node' } },
  { ...node, entryPoints: ['src/toolkit/start/start.ts'], outfile: 'dist/start.js' },
  { ...page, entryPoints: ['webview/reply/reply.ts'], outfile: 'dist/webview/reply.js' },
  { ...page, entryPoints: ['webview/template/template.ts'], outfile: 'dist/webview/template.js' },
  ...(bench ? [{ ...node, minify: false, entryPoints: ['test/bench/bench.ts'], outfile: 'build/bench.js' }] : []),
].filter((bundle) => existsSync(bundle.entryPoints[0]));

const script = (name) => ({ ...node, entryPoints: [`src/training/${name}.ts`], outfile: `build/training/${name}.js` });

/** Lexicons and rules as tables in `dist/tables`. */
async function compileTables() {
  const bundle = script('compileTables');
  await build(bundle);
  const { status } = spawnSync(process.execPath, [bundle.outfile], { stdio: 'inherit' });
  if (status !== 0) throw new Error('The tables of the scorer could not be compiled.');
}

if (training) await Promise.all(['trainModels', 'evaluate'].map((name) => build(script(name))));
else if (watch) {
  await compileTables();
  for (const bundle of bundles) await (await context(bundle)).watch();
} else await Promise.all([compileTables(), ...bundles.map((bundle) => build(bundle))]);
