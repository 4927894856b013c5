import * as l10n from '@vscode/l10n';
import { type Command } from 'commander';
import { MomentosError } from '../../../core/errors';
import { type PracticeServer, type PracticeServerOptions } from '../../practice/practiceServer';
import { parseLimit } from '../../practice/rateLimit';
import { parseWhole } from '../arguments';
import { type CliHost, type CommonOptions, terminalFor } from '../host';

interface PracticeOptions extends CommonOptions { readonly port: string; readonly seed: string; readonly count?: string; readonly rate?: string; readonly limit?: string; readonly state?: string }

/** practice: the practice server alone, until Ctrl+C. The only output that ever prints a token, its own. */
export function addPracticeCommand(program: Command, host: CliHost): void {
  program
    .command('practice')
    .description(l10n.t('Start the practice server: invented citizens write to an invented institution, on this machine only.'))
    .option('--port <number>', l10n.t('port on loopback; 0 = any free one'), '4010')
    .option('--seed <number>', l10n.t('the same seed gives the same mentions'), '1')
    .option('--count <number>', l10n.t('how many mentions there are at the start'))
    .option('--rate <number>', l10n.t('new mentions a minute while it runs'))
    .option('--limit <number/seconds>', l10n.t('refuse more requests than this'))
    .option('--state <file>', l10n.t('keep the world between runs in this file'))
    .action(async (options: PracticeOptions) => {
      const terminal = terminalFor(host, options);
      const limit = options.limit === undefined ? undefined : parseLimit(options.limit);
      const server = await listening(options, {
        port: parseWhole(options.port, 'port', 0, 65_535),
        seed: parseWhole(options.seed, 'seed', 0, 999_999_999),
        ...(options.count === undefined ? {} : { count: parseWhole(options.count, 'count', 0, 200_000) }),
        ...(options.rate === undefined ? {} : { ratePerMinute: parseWhole(options.rate, 'rate', 0, 6_000) }),
        ...(limit === undefined ? {} : { limit }),
        ...(options.state === undefined ? {} : { stateFile: options.state }),
      });
      if (terminal.json) terminal.value({ url: server.url, account: server.account, token: server.token });
      else {
        terminal.line(l10n.t('The practice server listens on {0} (account {1}).', server.url, server.account));
        terminal.line(`token: ${server.token}`);
        terminal.say(l10n.t('Ctrl+C ends it.'));
      }
      if (!host.signal.aborted) await new Promise<void>((resolve) => { host.signal.addEventListener('abort', () => { resolve(); }, { once: true }); });
      await server.close();
    });
}

async function listening(options: PracticeOptions, how: PracticeServerOptions): Promise<PracticeServer> {
  const { startPracticeServer } = await import('../../practice/practiceServer');
  try {
    return await startPracticeServer(how);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === 'EADDRINUSE' || code === 'EACCES') throw new MomentosError('usage.invalid', { reason: `--port ${options.port} (${code})` }, { cause });
    throw cause;
  }
}
