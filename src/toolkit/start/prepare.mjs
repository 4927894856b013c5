// Makes the project ready to run, with nothing but Node's own modules, as nothing else may be installed yet.
//   node src/toolkit/start/prepare.mjs [install] [build] [package] [--force] [--quiet]
// Each step is left out when its result is newer than what it is made from; --force does `build` and `package` anyway.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';

const root = resolve(import.meta.dirname ?? dirname(new URL(import.meta.url).pathname), '../../..');
const force = process.argv.includes('--force');
const quiet = process.argv.includes('--quiet');
const steps = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));

/** What the bundles and the package are made from. */
const sources = ['src', 'webview', 'media', 'l10n', 'esbuild.mjs', 'package.json', 'package-lock.json', '.vscodeignore', 'LICENSE', 'CHANGELOG.md', 'README.md', 'README.es.md', 'package.nls.json', 'package.nls.es.json'];
const installMark = join(root, 'node_modules', '.momentos-install');
const buildMark = join(root, 'dist', '.built');
const vsix = join(root, 'dist', 'momentos.vsix');

const translations = readTranslations();

/** A step that failed in a way that its own output explains. */
class StepFailed extends Error {}

if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(t('Momentos needs Node 20, 22 or 24, and this is Node {0}.', process.versions.node));
  process.exit(1);
}
try {
  for (const step of steps.length > 0 ? steps : ['install', 'build']) await { install, build, package: pack }[step]();
} catch (error) {
  console.error(error instanceof StepFailed ? error.message : error);
  process.exit(1);
}

async function install() {
  const wanted = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).update(`node${process.versions.modules}`).digest('hex');
  if (existsSync(installMark) && readFileSync(installMark, 'utf8') === wanted) return;
  // Installed by hand since the lockfile last changed: nothing to do.
  const hidden = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installMark) && existsSync(hidden) && statSync(hidden).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs) {
    writeFileSync(installMark, wanted);
    return;
  }
  await timed(t('Installing the packages that Momentos is made of'), 'npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], t('The packages could not be installed. Check the connection to the npm registry and try again.'));
  writeFileSync(installMark, wanted);
}

async function build(production = false) {
  const started = new Date();
  if (!force && !production && isNewer(buildMark)) return;
  await timed(t('Building'), process.execPath, [join(root, 'esbuild.mjs'), ...(production ? ['--production'] : [])], t('The build failed; what it says stands above.'));
  mkdirSync(dirname(buildMark), { recursive: true });
  writeFileSync(buildMark, '');
  utimesSync(buildMark, started, started);
}

async function pack() {
  const started = new Date();
  if (!force && isNewer(vsix)) return;
  await build(true);
  const work = join(root, 'dist', `momentos-${process.pid}.vsix`);
  const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
  try {
    await timed(t('Packaging the extension'), process.execPath, [vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', work], t('The extension could not be packaged; what was said stands above.'));
    utimesSync(work, started, started);
    renameSync(work, vsix);
  } finally {
    rmSync(work, { force: true });
  }
}

/** Runs a program, says what is done and how long it took, and shows what it printed only if it failed. */
async function timed(title, file, args, sentence) {
  const begin = performance.now();
  const live = process.stderr.isTTY && !quiet;
  const line = (end) => `${title}${end}`;
  if (!quiet && !live) console.error(line(' ...'));
  const ticker = live ? setInterval(() => process.stderr.write(`\r${line(` ... ${seconds(begin)}`)}`), 1000) : undefined;
  if (live) process.stderr.write(line(' ...'));
  const child = spawn(file, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' && file === 'npm' });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const status = await new Promise((done) => {
    child.once('error', (error) => {
      output += error.message;
      done(1);
    });
    child.once('close', (code) => done(code ?? 1));
  });
  clearInterval(ticker);
  if (status === 0) {
    if (!quiet) process.stderr.write(live ? `\r${line(`: ${seconds(begin)}    `)}\n` : `${line(`: ${seconds(begin)}`)}\n`);
    return;
  }
  console.error(`${live ? '\n' : ''}${output}`);
  throw new StepFailed(sentence);
}

function seconds(begin) {
  return `${((performance.now() - begin) / 1000).toFixed(1)} s`;
}

/** True if `file` was made after the last change of every source, and what was built with it is there. */
function isNewer(file) {
  if (![file, ...['extension.js', 'cli.js', 'start.js', 'tables/rules.bin'].map((name) => join(root, 'dist', name))].every(existsSync)) return false;
  const made = statSync(file).mtimeMs;
  return sources.every((source) => !existsSync(join(root, source)) || newest(join(root, source)) <= made);
}

function newest(path) {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), mtimeMs);
}

/** The English sentence, or its Spanish when that is the language of the terminal. */
function t(english, ...values) {
  return (translations[english] ?? english).replace(/\{(\d)\}/g, (_, index) => values[Number(index)]);
}

function readTranslations() {
  const { MOMENTOS_LANGUAGE, LC_ALL, LC_MESSAGES, LANG } = process.env;
  if (!/^es/i.test(MOMENTOS_LANGUAGE || LC_ALL || LC_MESSAGES || LANG || '')) return {};
  try {
    return JSON.parse(readFileSync(join(root, 'l10n', 'bundle.l10n.es.json'), 'utf8'));
  } catch {
    return {};
  }
}
