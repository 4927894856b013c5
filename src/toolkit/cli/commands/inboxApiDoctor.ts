import { resolve } from 'node:path';
import * as l10n from '@vscode/l10n';
import { MomentosError } from '../../../core/errors';
import { type InboxApiFinding } from '../../../desk/inboxApiDoctor/checkRun';
import { systemClock, systemRandomness } from '../../../desk/systemClock';
import { type CliHost, type CommonOptions, terminalFor } from '../host';
import { terminalLogger, type Terminal } from '../terminal';

export interface InboxApiDoctorOptions extends CommonOptions {
  readonly tokenFile?: string;
  readonly write?: boolean;
  readonly mention?: string;
}

/** doctor inbox-api: holds somebody's server to the contract, a sentence a point. Needs no desk. Exit status 4 when the server cannot be asked, 5 when a point failed. */
export async function examineInboxApi(url: string | undefined, options: InboxApiDoctorOptions, host: CliHost): Promise<void> {
  const terminal = terminalFor(host, options);
  if (url === undefined) throw new MomentosError('usage.invalid', { reason: 'doctor inbox-api <url>' });
  if (options.write === true && options.mention === undefined) throw new MomentosError('usage.invalid', { reason: '--write --mention <id>' });
  if (options.write !== true && options.mention !== undefined) throw new MomentosError('usage.invalid', { reason: '--mention <id> (--write)' });
  const token = await tokenOf(options, terminal, host);
  const { checkInboxApi } = await import('../../../desk/inboxApiDoctor/checkServer');
  const { pointSentence } = await import('../../../desk/inboxApiDoctor/points');
  const marks = { ok: terminal.colour('green', '✓'), failed: terminal.colour('red', '✗'), skipped: terminal.colour('yellow', '–') };
  const show = (finding: InboxApiFinding): void => {
    const contract = pointSentence(finding.code);
    const said = { ok: '', failed: ` ${l10n.t('Seen: {0}.', finding.seen ?? '')}`, skipped: ` ${l10n.t('Not checked: {0}.', finding.seen ?? '')}` }[finding.state];
    terminal.item(() => ({ point: finding.code, state: finding.state, contract, seen: finding.seen ?? null }), () => `${marks[finding.state]} ${contract}${said}`);
  };
  const findings = await checkInboxApi({
    url, token, clock: systemClock, random: systemRandomness, logger: terminalLogger(host.streams), userAgent: `Momentos/${host.version}`, signal: host.signal, found: show,
    ...(options.mention === undefined ? {} : { write: { mention: options.mention } }),
  });
  const failed = findings.filter(({ state }) => state === 'failed').length;
  terminal.say(failed === 0 ? l10n.t('The server keeps to the contract in all that was checked.') : l10n.t('{0} of {1} points failed. The contract: docs/inbox-api.openapi.yaml.', failed, findings.length));
  if (failed > 0) process.exitCode = 5;
}

/** From `--token-file`, else asked on a terminal, unseen. Errors: `usage.invalid`, `secret.unreadable`. */
async function tokenOf(options: InboxApiDoctorOptions, terminal: Terminal, host: CliHost): Promise<string> {
  if (options.tokenFile === undefined) {
    const typed = (await terminal.askUnseen(l10n.t('Token of the server')))?.trim() ?? '';
    if (typed === '') throw new MomentosError('usage.invalid', { reason: '--token-file <file>' });
    return typed;
  }
  const path = resolve(host.cwd, options.tokenFile);
  const { readPrivateFile } = await import('../../../desk/keyFile');
  try {
    const token = (await readPrivateFile(path)).trim();
    if (token !== '') return token;
  } catch (cause) {
    throw new MomentosError('secret.unreadable', { path }, { cause });
  }
  throw new MomentosError('secret.unreadable', { path });
}
