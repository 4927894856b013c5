import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { cacheFolder } from '../../../src/toolkit/start/folders';
import { ensureCodeServer, type InstalledCodeServer } from '../../../src/toolkit/start/installCodeServer';
import { installVsix } from '../../../src/toolkit/start/codeServer';

/** The root of the project. */
export const projectRoot = resolve(import.meta.dirname, '../../..');

const vsix = join(projectRoot, 'dist', 'momentos.vsix');
const kept = join(projectRoot, 'build', 'e2e');

/** The VS Code under test, installed if it isn't there. */
export function codeServer(): Promise<InstalledCodeServer> {
  return ensureCodeServer({
    cache: cacheFolder(process.env),
    env: process.env,
    onStep: (step) => process.stderr.write(`VS Code for the tests: ${JSON.stringify(step)}\n`),
  });
}

/** Builds and packages the present sources, unless the package is newer than they are. */
export function ensurePackaged(): void {
  execFileSync(process.execPath, [join(projectRoot, 'src/toolkit/start/prepare.mjs'), 'package', '--quiet'], { cwd: projectRoot, stdio: ['ignore', 'inherit', 'inherit'] });
}

/** Puts the extension, as packaged from the present sources, into a new extensions folder. */
export async function copyPackagedExtension(server: InstalledCodeServer, extensions: string): Promise<void> {
  ensurePackaged();
  const hash = createHash('sha256').update(readFileSync(vsix)).digest('hex').slice(0, 16);
  const installed = join(kept, `extensions-${server.version}-${hash}`);
  if (!existsSync(installed)) {
    await mkdir(kept, { recursive: true });
    const work = mkdtempSync(join(kept, 'installing-'));
    await installVsix(server, vsix, { extensions: join(work, 'extensions'), userData: join(work, 'data') }, process.env);
    if (!existsSync(installed)) renameSync(join(work, 'extensions'), installed);
    rmSync(work, { recursive: true, force: true });
  }
  await cp(installed, extensions, { recursive: true });
}
