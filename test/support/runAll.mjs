// All checks and tests, in an order that fails early. Prints failures in full and closes with "N passed, N failed".
//   node test/support/runAll.mjs [step...]      only these steps, such as: lint unit e2e; `real` runs only when it is named
import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';

const root = resolve(import.meta.dirname, '../..');
const results = join(root, 'build', 'test-results');
const bin = (...parts) => join(root, 'node_modules', ...parts);
const minutes = 60_000;

/** What counts as one each: it passes or fails as a whole. */
const checks = {
  lint: [[bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0']],
  imports: [[bin('dependency-cruiser/bin/dependency-cruise.mjs'), '--config', '.dependency-cruiser.cjs', 'src', 'webview']],
  'types src': [[bin('typescript/bin/tsc'), '-p', 'tsconfig.json']],
  'types webview': [[bin('typescript/bin/tsc'), '-p', 'webview/tsconfig.json']],
  'types test': [[bin('typescript/bin/tsc'), '-p', 'test/tsconfig.json']],
  package: [[join(root, 'src/toolkit/start/prepare.mjs'), 'package']],
};

/** The vitest projects, quickest first, and after how many minutes each is taken to hang. */
const projects = { unit: 20, manifest: 10, contract: 30, cli: 30, webview: 25, e2e: 40, real: 30 };

/** Against a real network that has to be installed first: a run of its own (npm run test:real). */
const onRequest = ['real'];

/**
 * Processes with timing of their own (VS Code, its host of extensions, a browser; servers; commands; desks that several open at once): a file of these that
 * fails is run once more, alone, and said to have needed it. The others have nothing to wait for, and get no second try.
 */
const tried = { contract: 2, cli: 2, webview: 2, e2e: 2, real: 2 };

/** Where every test counts: one that was left out has failed. */
const withoutGaps = ['e2e', 'real'];

const only = process.argv.slice(2);
const wanted = (step) => (only.length === 0 ? !onRequest.includes(step) : only.includes(step) || only.includes(step.split(' ')[0]));

let passed = 0;
let failed = 0;
const failures = [];
const secondTry = [];
const running = new Set();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => {
    for (const child of running) kill(child);
    process.exit(130);
  });
}

const begin = performance.now();
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const tested = Object.keys(projects).filter(wanted);
if (tested.some((name) => ['webview', 'e2e', 'real'].includes(name))) {
  const prerequisites = await bundled('test/support/prerequisites.ts');
  process.env.MOMENTOS_CACHE = prerequisites.writableCache(join(root, 'build', 'cache'));
  const say = (line) => console.log(line);
  const needs = [
    tested.includes('webview') || tested.includes('e2e') ? prerequisites.ensureChromium : undefined,
    tested.includes('e2e') ? prerequisites.ensureVsCode : undefined,
    tested.includes('real') ? prerequisites.ensureRealNetwork : undefined,
  ];
  const lacking = [];
  for (const ensure of needs) lacking.push(await ensure?.(say));
  for (const sentence of lacking) if (sentence) fail('prerequisites', sentence);
}

// Two lanes, as most machines have two cores or more: one checks and packages, then runs the tests of what was packaged. The tests in a real VS Code
// want the machine for themselves.
await Promise.all([lane(['imports', 'types src', 'types webview', 'types test', 'lint', 'package', 'manifest', 'cli']), lane(['unit', 'contract', 'webview'])]);
await lane(['e2e']);
await lane(['real']);

if (secondTry.length > 0) console.log(`\nPassed at the second try only:\n${secondTry.map((line) => `  ${line}`).join('\n')}`);
if (failures.length > 0) console.log(`\nFailed:\n${failures.map((line) => `  ${line}`).join('\n')}`);
console.log(`\nThe whole run took ${seconds(begin)}.`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** One step after the other. What is tested alone is packaged too, when it is the package that it tests. */
async function lane(names) {
  const alone = only.length > 0;
  for (const name of names) {
    if (name === 'package' && (wanted('package') || tested.some((one) => ['manifest', 'cli', 'e2e'].includes(one)))) await check(name, checks.package);
    else if (name in checks && wanted(name)) await check(name, checks[name]);
    else if (tested.includes(name)) await project(name, projects[name], alone || withoutGaps.includes(name));
  }
}

async function check(name, commands) {
  const start = performance.now();
  for (const args of commands) {
    const { status, output } = await run(args, 12 * minutes, false);
    if (status !== 0) {
      console.log(output.trimEnd());
      fail(name, `${name}: failed after ${seconds(start)}; what it says stands above`);
      return;
    }
  }
  passed += 1;
  console.log(`ok   ${name} (${seconds(start)})`);
}

/** Runs one vitest project; what it prints is shown as it comes, or as a whole when others run beside it. Its figures are read from its JSON report. */
async function project(name, limit, shown) {
  const start = performance.now();
  if (shown) console.log(`\n---- ${name}`);
  let { files, status } = await vitest(name, limit, shown, []);
  if (!files) return fail(name, `${name}: ended without a report after ${seconds(start)} (status ${status ?? 'killed'})`);
  for (let time = 2; time <= (tried[name] ?? 1) && files.some(hasFailed); time += 1) {
    const unsteady = files.filter(hasFailed);
    for (const line of unsteady.flatMap(failuresOf)) console.log(`AGAIN ${name}: ${line}`);
    const second = await vitest(name, limit, shown, unsteady.map(({ name: path }) => path));
    if (!second.files) break;
    files = [...files.filter((file) => !hasFailed(file)), ...second.files];
    status = second.status;
    secondTry.push(...second.files.filter((file) => !hasFailed(file)).map(({ name: path }) => `${name}: ${path.slice(root.length + 1)}`));
  }
  const tests = files.flatMap((file) => file.assertionResults);
  const good = tests.filter((test) => test.status === 'passed');
  passed += good.length;
  const before = failed;
  for (const line of files.flatMap(failuresOf)) fail(name, `${name}: ${line}`);
  // A test that was left out proves nothing: where no gap is allowed that is a failure, elsewhere it is named.
  for (const test of tests.filter((each) => ['pending', 'skipped', 'todo', 'disabled'].includes(each.status))) {
    if (withoutGaps.includes(name)) fail(name, `${name}: left out: ${test.fullName}`);
    else console.log(`left out: ${test.fullName}`);
  }
  if (tests.length === 0) fail(name, `${name}: no test was run`);
  else if (status !== 0 && failed === before) fail(name, `${name}: ended with status ${status ?? 'killed'} though no test failed; see above`);
  console.log(`---- ${name}: ${good.length} passed, ${failed - before} failed (${seconds(start)})`);
}

/** One run of a vitest project: of all its files, two at a time, or of those that are named, one after the other. `files`: what its JSON report says of each, undefined without a report. */
async function vitest(name, limit, shown, paths) {
  const report = join(results, `${name}${paths.length > 0 ? '-again' : ''}.json`);
  const args = [bin('vitest/vitest.mjs'), 'run', '--project', name, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...(paths.length > 0 ? ['--no-file-parallelism', ...paths] : [])];
  const { status, output } = await run(args, limit * minutes, shown);
  if (!shown) console.log(`\n---- ${name}\n${output.trimEnd()}`);
  return { status, files: existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')).testResults : undefined };
}

function hasFailed(file) {
  return file.status === 'failed' || file.assertionResults.some((test) => test.status === 'failed');
}

/** A line for each test that failed, or one for a file that could not run. */
function failuresOf(file) {
  const bad = file.assertionResults.filter((test) => test.status === 'failed').map((test) => test.fullName);
  if (bad.length > 0 || file.status !== 'failed') return bad;
  return [`${file.name.slice(root.length + 1)} could not run${file.message ? `: ${file.message.split('\n')[0]}` : ''}`];
}

function fail(name, sentence) {
  failed += 1;
  failures.push(sentence);
  console.log(`FAIL ${sentence}`);
}

/** Runs Node in a process group of its own, which is ended as a whole when it takes too long. */
async function run(args, limit, shown) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    detached: process.platform !== 'win32',
    stdio: ['ignore', shown ? 'inherit' : 'pipe', shown ? 'inherit' : 'pipe'],
    env: { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0', NO_COLOR: process.stdout.isTTY ? undefined : '1' },
  });
  running.add(child);
  let output = '';
  child.stdout?.on('data', (chunk) => (output += chunk));
  child.stderr?.on('data', (chunk) => (output += chunk));
  const timer = setTimeout(() => {
    console.log(`Stopped after ${limit / minutes} minutes: ${args.join(' ')}`);
    kill(child);
  }, limit);
  const status = await new Promise((done) => {
    child.once('error', () => done(null));
    child.once('exit', (code) => done(code));
  });
  clearTimeout(timer);
  running.delete(child);
  // Whatever a test left behind ends with it.
  kill(child);
  return { status, output };
}

function kill(child) {
  try {
    if (process.platform === 'win32') child.kill();
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group is gone already.
  }
}

async function bundled(entry) {
  const outfile = join(root, 'build', 'support', entry.replace(/^.*\//, '').replace(/\.ts$/, '.mjs'));
  await build({ entryPoints: [join(root, entry)], outfile, bundle: true, platform: 'node', format: 'esm', packages: 'external', logLevel: 'warning' });
  return import(outfile);
}

function seconds(from) {
  return `${((performance.now() - from) / 1000).toFixed(1)} s`;
}
