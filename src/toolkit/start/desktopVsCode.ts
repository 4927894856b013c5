import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findProgram } from './buildTools';
import { vsCodeEnvironment, type VsCodeFolders } from './codeServer';
import { type Environment } from './folders';
import { lastLine } from './nodeHeaders';
import { runCommand } from './runCommand';
import { spawnGroup, stopGroup } from './processGroup';
import { VsCodeUnavailable } from './vsCodeProblem';

/**
 * The desktop `code` command, if it can open a window here: not without a display, not the remote command of a terminal
 * inside VS Code, and not the Windows one seen from Linux, which would not see our folders.
 */
export function findDesktopVsCode(env: Environment, platform: NodeJS.Platform = process.platform): string | undefined {
  const windowed = platform === 'darwin' || platform === 'win32' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
  if (!windowed || env['VSCODE_IPC_HOOK_CLI'] || env['WSL_DISTRO_NAME']) return undefined;
  const code = findProgram('code', env);
  return code && (platform !== 'linux' || !code.startsWith('/mnt/')) ? code : undefined;
}

export interface DesktopOptions {
  readonly code: string;
  readonly vsix: string;
  readonly folders: VsCodeFolders;
  readonly folder: string;
  /** Added to the environment; the extension sees it. */
  readonly env: NodeJS.ProcessEnv;
}

export interface DesktopWindow {
  /** Resolves when the person has closed the window. */
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a desktop VS Code with folders of its own, and our extension in it, on a folder.
 * @throws VsCodeUnavailable `installFailed`
 */
export async function openDesktopVsCode(options: DesktopOptions): Promise<DesktopWindow> {
  const { code, folders } = options;
  await mkdir(folders.userData, { recursive: true });
  await mkdir(folders.extensions, { recursive: true });
  const env = vsCodeEnvironment(process.env, options.env);
  const own = ['--user-data-dir', folders.userData, '--extensions-dir', folders.extensions, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  const installed = await runCommand(code, [...own, '--install-extension', options.vsix, '--force'], { env, timeoutMs: 120_000 });
  if (installed.status !== 0) throw new VsCodeUnavailable({ kind: 'installFailed', step: 'momentos.vsix', detail: lastLine(installed.output) });
  const child = spawnGroup(code, [...own, '--new-window', '--wait', '--disable-workspace-trust', options.folder], { env, stdio: 'ignore', shell: process.platform === 'win32' });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  return {
    ended,
    async close() {
      // The window belongs to a process outside our group; VS Code writes its id into its lock file.
      const pid = mainProcess(folders.userData);
      if (pid !== undefined) {
        try {
          process.kill(pid, 'SIGTERM');
        } catch {
          // It has ended already.
        }
      }
      await stopGroup(child);
    },
  };
}

function mainProcess(userData: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(userData, 'code.lock'), 'utf8').trim());
    return Number.isInteger(pid) && pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}
