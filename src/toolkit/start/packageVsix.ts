import { join } from 'node:path';
import { lastLine } from './nodeHeaders';
import { runCommand } from './runCommand';
import { VsCodeUnavailable } from './vsCodeProblem';

/**
 * The packaged extension, made anew only if a source is newer.
 * @throws VsCodeUnavailable `installFailed`
 */
export async function ensureVsix(projectRoot: string, signal: AbortSignal): Promise<string> {
  const result = await runCommand(process.execPath, [join(projectRoot, 'src/toolkit/start/prepare.mjs'), 'package', '--quiet'], { cwd: projectRoot, signal });
  if (result.status !== 0) throw new VsCodeUnavailable({ kind: 'installFailed', step: 'npm run package', detail: lastLine(result.output) });
  return join(projectRoot, 'dist', 'momentos.vsix');
}
