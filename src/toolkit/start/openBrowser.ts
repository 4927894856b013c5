import { spawn } from 'node:child_process';
import { findProgram } from './buildTools';
import { type Environment } from './folders';

/** Shows an address in the person's browser, where there is a screen to show it on; false if there is none. */
export function openInBrowser(url: string, env: Environment, platform: NodeJS.Platform = process.platform): boolean {
  const screen = platform === 'darwin' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
  const opener = findProgram(platform === 'darwin' ? 'open' : 'xdg-open', env);
  if (!screen || !opener) return false;
  // The browser is the person's own and stays when we end.
  const child = spawn(opener, [url], { detached: true, stdio: 'ignore' });
  child.once('error', () => undefined);
  child.unref();
  return true;
}
