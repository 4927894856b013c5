import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Environment } from './folders';
import { runCommand } from './runCommand';
import { VsCodeUnavailable } from './vsCodeProblem';

/** What compiles the native modules of VS Code: any one program of each group will do. */
const toolGroups: readonly { readonly name: string; readonly programs: readonly string[] }[] = [
  { name: 'g++', programs: ['g++', 'c++', 'clang++'] },
  { name: 'make', programs: ['make', 'gmake'] },
  { name: 'python3', programs: ['python3', 'python'] },
];

/** The full path of a program on PATH, or `undefined`. */
export function findProgram(name: string, env: Environment): string | undefined {
  const extensions = process.platform === 'win32' ? ['.cmd', '.exe', ''] : [''];
  for (const folder of (env['PATH'] ?? '').split(delimiter).filter(Boolean)) {
    for (const extension of extensions) {
      const path = join(folder, name + extension);
      if (isExecutable(path)) return path;
    }
  }
  return undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The names of the build tools that are not on PATH. */
export function missingBuildTools(env: Environment): string[] {
  return toolGroups.filter(({ programs }) => !programs.some((program) => findProgram(program, env))).map(({ name }) => name);
}

/** The command a person types to get packages on this system. */
export function installHint(packages: readonly string[], env: Environment): string {
  if (process.platform === 'darwin') return 'xcode-select --install';
  if (findProgram('apt-get', env)) return `sudo apt-get install -y ${packages.join(' ')}`;
  if (findProgram('dnf', env)) return `sudo dnf install -y ${packages.map((name) => (name === 'g++' ? 'gcc-c++' : name)).join(' ')}`;
  if (findProgram('apk', env)) return `sudo apk add ${packages.join(' ')}`;
  return packages.join(' ');
}

/** True where packages can be installed without asking anybody: root on a system with apt. */
export function canInstallPackages(env: Environment): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && findProgram('apt-get', env) !== undefined;
}

/** Installs packages with apt; false if that failed. Call only where `canInstallPackages`. */
export async function installPackages(packages: readonly string[], env: Environment, signal?: AbortSignal): Promise<boolean> {
  const options = { env: { ...env, DEBIAN_FRONTEND: 'noninteractive' }, ...(signal ? { signal } : {}) };
  const update = await runCommand('apt-get', ['update', '-q'], options);
  if (update.status !== 0) return false;
  return (await runCommand('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...packages], options)).status === 0;
}

/**
 * Sees to it that a compiler, make and Python 3 are there, installing them where that is possible.
 * @throws VsCodeUnavailable `missingTools`
 */
export async function ensureBuildTools(env: Environment, onInstall: (tools: readonly string[]) => void, signal?: AbortSignal): Promise<void> {
  const missing = missingBuildTools(env);
  if (missing.length === 0) return;
  if (canInstallPackages(env)) {
    onInstall(missing);
    await installPackages(missing, env, signal);
  }
  const still = missingBuildTools(env);
  if (still.length > 0) throw new VsCodeUnavailable({ kind: 'missingTools', tools: still, install: installHint(still, env) });
}
