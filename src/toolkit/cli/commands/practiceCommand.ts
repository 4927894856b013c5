import * as l10n from '@vscode/l10n';
import { type Command } from 'commander';
import { MomentosError } from '../../../core/errors';
import { parseLimit } from '../../practice/rateLimit';
import { parseWhole } from '../arguments';
import { type CliHost, type CommonOptions, terminalFor } from '../host';
import { type Terminal } from '../terminal';

interface PracticeOptions extends CommonOptions {
  readonly mastodon?: boolean;
  readonly inboxApi?: boolean;
  readonly port?: string;
  readonly seed?: string;
  readonly count?: string;
  readonly rate?: string;
  readonly limit?: string;
  readonly state?: string;
}

type Kind = 'mastodon' | 'inbox-api';

interface RunningServer {
  readonly url: string;
  readonly account: string;
  readonly token: string;
  close(): Promise<void>;
}

const usualPorts: Readonly<Record<Kind, number>> = { mastodon: 4010, 'inbox-api': 4012 };

/** practice: the practice servers alone, until Ctrl+C. The only output that ever prints a token, their own. */
export function addPracticeCommand(program: Command, host: CliHost): void {
  program
    .command('practice')
    .description(l10n.t('Start the practice server: invented citizens write to an invented institution, on this machine only.'))
    .option('--inbox-api', l10n.t('the web form that speaks the Inbox API, in place of the Mastodon server'))
    .option('--mastodon', l10n.t('with --inbox-api: both, one port after the other'))
    .option('--port <number>', l10n.t('port on loopback; 0 = any free one (usually 4010, for the web form 4012)'))
    .option('--seed <number>', l10n.t('the same seed gives the same mentions'))
    .option('--count <number>', l10n.t('how many mentions there are at the start'))
    .option('--rate <number>', l10n.t('new mentions a minute while it runs'))
    .option('--limit <number/seconds>', l10n.t('refuse more requests than this'))
    .option('--state <file>', l10n.t('keep the world between runs in this file'))
    .action(async (options: PracticeOptions) => {
      const terminal = terminalFor(host, options);
      const kinds: readonly Kind[] = options.inboxApi !== true ? ['mastodon'] : options.mastodon === true ? ['mastodon', 'inbox-api'] : ['inbox-api'];
      const running = new Map<Kind, RunningServer>();
      try {
        for (const [index, kind] of kinds.entries()) running.set(kind, await started(kind, options, index));
        say(terminal, running);
        if (!host.signal.aborted) await new Promise<void>((resolve) => { host.signal.addEventListener('abort', () => { resolve(); }, { once: true }); });
      } finally {
        for (const server of running.values()) await server.close();
      }
    });
}

function say(terminal: Terminal, running: ReadonlyMap<Kind, RunningServer>): void {
  const told = [...running].map(([kind, { url, account, token }]) => [kind, { url, account, token }] as const);
  if (terminal.json) {
    terminal.value(told.length === 1 ? told[0]?.[1] : Object.fromEntries(told));
    return;
  }
  for (const [kind, { url, account, token }] of told) {
    terminal.line(kind === 'mastodon' ? l10n.t('The practice server listens on {0} (account {1}).', url, account) : l10n.t('The practice web form (Inbox API) listens on {0} (account {1}).', url, account));
    terminal.line(`token: ${token}`);
  }
  terminal.say(l10n.t('Ctrl+C ends it.'));
}

/** `index`: how many servers run already; the next one takes the next port, and a state file of its own. */
async function started(kind: Kind, options: PracticeOptions, index: number): Promise<RunningServer> {
  const asked = options.port === undefined ? undefined : parseWhole(options.port, 'port', 0, 65_535 - index);
  const port = asked === undefined ? usualPorts[kind] : asked === 0 ? 0 : asked + index;
  const limit = options.limit === undefined ? undefined : parseLimit(options.limit);
  const how = {
    port,
    ...(options.seed === undefined ? {} : { seed: parseWhole(options.seed, 'seed', 0, 999_999_999) }),
    ...(options.count === undefined ? {} : { count: parseWhole(options.count, 'count', 0, 200_000) }),
    ...(options.rate === undefined ? {} : { ratePerMinute: parseWhole(options.rate, 'rate', 0, 6_000) }),
    ...(limit === undefined ? {} : { limit }),
    ...(options.state === undefined ? {} : { stateFile: index === 0 ? options.state : `${options.state}.${kind}` }),
  };
  try {
    if (kind === 'mastodon') return await (await import('../../practice/practiceServer')).startPracticeServer(how);
    return await (await import('../../practice/inboxApi/inboxApiServer')).startInboxApiServer(how);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === 'EADDRINUSE' || code === 'EACCES') throw new MomentosError('usage.invalid', { reason: `--port ${String(port)} (${code})` }, { cause });
    throw cause;
  }
}
