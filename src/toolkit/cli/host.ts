import { resolve } from 'node:path';
import * as l10n from '@vscode/l10n';
import { MomentosError } from '../../core/errors';
import { type SignerSource } from '../../core/secretPorts';
import { type Desk } from '../../desk/deskApi';
import { findDesk } from '../../desk/findDesk';
import { systemClock, systemRandomness } from '../../desk/systemClock';
import { Terminal, terminalLogger, type Streams } from './terminal';

/** Options that every command has. */
export interface CommonOptions {
  readonly desk?: string;
  readonly json?: boolean;
  readonly as?: string;
  /** Fingerprint of the institution's first key. */
  readonly trust?: string;
  /** File of the operator's reviewer key; else `MOMENTOS_REVIEWER_KEY_FILE`. */
  readonly key?: string;
  readonly passphraseFile?: string;
}

/** What a command gets beside its options: streams, the desk, where data lies. */
export interface CliHost {
  readonly streams: Streams;
  readonly cwd: string;
  readonly version: string;
  readonly mediaDir: string;
  /** Ends long work: Ctrl+C. */
  readonly signal: AbortSignal;
}

export function terminalFor(host: CliHost, options: CommonOptions): Terminal {
  return new Terminal(host.streams, options.json === true);
}

/** The folder of the desk: `--desk`, else the nearest folder upwards with a momentos.json. Errors: `desk.notFound`. */
export async function deskDir(host: CliHost, options: CommonOptions): Promise<string> {
  if (options.desk !== undefined) return resolve(host.cwd, options.desk);
  const found = await findDesk(host.cwd);
  if (found === undefined) throw new MomentosError('desk.notFound', { dir: host.cwd });
  return found;
}

/** Opens the desk for one deed and closes it again, whatever happens. */
export async function withDesk<T>(host: CliHost, options: CommonOptions, deed: (desk: Desk) => Promise<T>, how: { readonly readOnly?: boolean } = {}): Promise<T> {
  const dir = await deskDir(host, options);
  // Loaded when a desk is opened: help, score and errors of usage need none of it.
  const { createDesk } = await import('../../desk/desk');
  const signer = await signerOf(host, options);
  const desk = await createDesk({
    dir,
    environment: host.streams.environment,
    clock: systemClock,
    random: systemRandomness,
    logger: terminalLogger(host.streams),
    version: host.version,
    mediaDir: host.mediaDir,
    ...(host.streams.environment['MOMENTOS_SENTIMENT'] === 'lexicon' ? { sentiment: 'lexicon' as const } : {}),
    ...(options.as === undefined ? {} : { as: options.as }),
    ...(options.trust === undefined ? {} : { trust: options.trust }),
    ...(signer === undefined ? {} : { signer: () => signer }),
    ...(how.readOnly === true ? { readOnly: true } : {}),
  });
  try {
    await tellCutOff(terminalFor(host, options), desk);
    return await deed(desk);
  } finally {
    await desk.dispose();
  }
}

/** What a crash had cut off, and what became of it when the desk was opened. */
async function tellCutOff(terminal: Terminal, desk: Desk): Promise<void> {
  const met = desk.cutOff.met();
  if (met.length === 0) return;
  const { cutOffWords } = await import('../../desk/cutOffWords');
  for (const work of met) terminal.say(cutOffWords(work));
}

/** The key file that `--key` or the environment names; undefined = none. */
async function signerOf(host: CliHost, options: CommonOptions): Promise<SignerSource | undefined> {
  const { environment } = host.streams;
  const named = options.key ?? environment['MOMENTOS_REVIEWER_KEY_FILE'];
  if (named === undefined || named === '') return undefined;
  const { keyFileSigner } = await import('../../desk/keyFile');
  return keyFileSigner({ path: resolve(host.cwd, named), passphrase: () => passphraseOf(host, options) });
}

/** From `--passphrase-file`, `MOMENTOS_REVIEWER_PASSPHRASE_FILE`, else asked on a terminal, unseen. */
export async function passphraseOf(host: CliHost, options: CommonOptions, question: string = l10n.t('Passphrase of the key')): Promise<string | undefined> {
  const file = options.passphraseFile ?? host.streams.environment['MOMENTOS_REVIEWER_PASSPHRASE_FILE'];
  if (file !== undefined && file !== '') {
    const { readPrivateFile } = await import('../../desk/keyFile');
    return (await readPrivateFile(resolve(host.cwd, file))).replace(/\r?\n$/u, '');
  }
  return terminalFor(host, options).askUnseen(question);
}
