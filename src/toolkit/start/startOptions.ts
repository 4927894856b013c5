import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as l10n from '@vscode/l10n';
import { MomentosError } from '../../core/errors';
import { practiceDeskFolder, type Environment } from './folders';

/** What `npm start -- ...` was asked for. */
export interface StartOptions {
  readonly help: boolean;
  /** Start over with a new desk. */
  readonly fresh: boolean;
  /** Never the desktop VS Code. */
  readonly browser: boolean;
  /** False only for tests. */
  readonly askPassword: boolean;
  /** Of the browser VS Code; `undefined`: the one of last time, if it is free. */
  readonly port: number | undefined;
  /** Absolute. */
  readonly deskDir: string;
  /** One JSON line on stdout when ready; everything else goes to stderr. */
  readonly json: boolean;
}

/**
 * Reads the arguments of `npm start`. Relative folders count from `cwd`, the folder in which npm was called.
 * Errors: `usage.invalid` with the argument as `reason`.
 */
export function parseStartOptions(args: readonly string[], env: Environment, cwd: string): StartOptions {
  const values = parsed(args);
  return {
    help: values.help ?? false,
    fresh: values.fresh ?? false,
    browser: values.browser ?? false,
    askPassword: !(values['no-password'] ?? false),
    port: values.port === undefined ? undefined : portNumber(values.port),
    deskDir: resolve(cwd, values.desk ?? practiceDeskFolder(env)),
    json: values.json ?? false,
  };
}

function parsed(args: readonly string[]): ReturnType<typeof parse>['values'] {
  try {
    return parse(args).values;
  } catch (cause) {
    const known = new Set(['--help', '-h', '--fresh', '--browser', '--no-password', '--port', '--desk', '--json']);
    const argument = args.find((each) => !known.has(each.split('=')[0] ?? '')) ?? args.at(-1) ?? '';
    throw new MomentosError('usage.invalid', { reason: argument }, { cause });
  }
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h' },
      fresh: { type: 'boolean' },
      browser: { type: 'boolean' },
      'no-password': { type: 'boolean' },
      port: { type: 'string' },
      desk: { type: 'string' },
      json: { type: 'boolean' },
    },
  });
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) throw new MomentosError('usage.invalid', { reason: `--port ${text}` });
  return port;
}

/** What `npm start -- --help` prints. */
export function startHelp(): string {
  return [
    l10n.t('Opens VS Code on a practice desk, with invented citizens and no account.'),
    '',
    '  npm start [-- options]',
    '',
    `  --desk DIR       ${l10n.t('the folder of the practice desk')}`,
    `  --fresh          ${l10n.t('start over with a new desk; the earlier one is kept beside it')}`,
    `  --browser        ${l10n.t('VS Code in the browser, even if there is one on the desktop')}`,
    `  --port N         ${l10n.t('the port of the VS Code in the browser')}`,
    `  --no-password    ${l10n.t('ask for no password in the browser; only for tests')}`,
    `  --json           ${l10n.t('one line of JSON when it is ready')}`,
  ].join('\n');
}
