import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { Command, CommanderError } from 'commander';
import { version } from '../../../package.json';
import { MomentosError } from '../../core/errors';
import { findDesk } from '../../desk/findDesk';
import { chooseLanguage, configureLanguage } from '../../desk/language';
import { type CliHost } from './host';
import { Terminal, type Streams } from './terminal';

/** Runs one command line; the exit status is left in `process.exitCode`. */
async function main(argv: readonly string[], streams: Streams, cwd: string): Promise<void> {
  const terminal = new Terminal(streams, argv.includes('--json'));
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => { ending.abort(); });
  streams.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  try {
    configureLanguage(await languageFor(argv, streams.environment, cwd));
    const host: CliHost = { streams, cwd, version, mediaDir: join(__dirname, '..', 'media'), signal: ending.signal };
    await (await createProgram(host, argv[0])).parseAsync([...argv], { from: 'user' });
  } catch (thrown) {
    if (thrown instanceof CommanderError) {
      if (thrown.exitCode === 0) return;
      process.exitCode = 2;
      if (terminal.json) await terminal.fail(new MomentosError('usage.invalid', { reason: thrown.message }));
      return;
    }
    process.exitCode = await terminal.fail(thrown);
  }
}

type AddCommands = (program: Command, host: CliHost) => void;

/** The commands by the file that brings them, in the order of the help; only the one that is called is loaded. */
const rooms: readonly { readonly commands: readonly string[]; readonly load: () => Promise<AddCommands> }[] = [
  { commands: ['init', 'doctor'], load: async () => (await import('./commands/deskCommands')).addDeskCommands },
  { commands: ['connect', 'channels'], load: async () => (await import('./commands/channelCommands')).addChannelCommands },
  { commands: ['practice'], load: async () => (await import('./commands/practiceCommand')).addPracticeCommand },
  { commands: ['pull', 'inbox', 'watch', 'show'], load: async () => (await import('./commands/inboxCommands')).addInboxCommands },
  { commands: ['record'], load: async () => (await import('./commands/contactCommands')).addContactCommands },
  { commands: ['import'], load: async () => (await import('./commands/importCommands')).addImportCommands },
  { commands: ['reply', 'withdraw'], load: async () => (await import('./commands/replyCommands')).addReplyCommands },
  { commands: ['approvals'], load: async () => (await import('./commands/approvalCommands')).addApprovalCommands },
  { commands: ['hold'], load: async () => (await import('./commands/holdCommands')).addHoldCommands },
  { commands: ['legal-hold'], load: async () => (await import('./commands/legalHoldCommands')).addLegalHoldCommands },
  { commands: ['citizen'], load: async () => (await import('./commands/citizenCommands')).addCitizenCommands },
  { commands: ['claim', 'snooze', 'refer', 'note', 'case', 'close', 'sentiment'], load: async () => (await import('./commands/triageCommands')).addTriageCommands },
  { commands: ['score'], load: async () => (await import('./commands/scoreCommand')).addScoreCommand },
  { commands: ['audit', 'report'], load: async () => (await import('./commands/auditCommands')).addAuditCommands },
  { commands: ['templates'], load: async () => (await import('./commands/templateCommands')).addTemplateCommands },
  { commands: ['reviewers'], load: async () => (await import('./commands/reviewerCommands')).addReviewerCommands },
];

/** The whole program for help and for what is not understood, else only what `called` needs. */
async function createProgram(host: CliHost, called: string | undefined): Promise<Command> {
  const program = new Command('momentos')
    .description(l10n.t('The desk of a government social-media team, on the command line.'))
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: (text) => host.streams.stdout.write(text), writeErr: (text) => { if (!process.argv.includes('--json')) host.streams.stderr.write(text); } })
    .helpOption('-h, --help', l10n.t('show this help'))
    .helpCommand(false)
    .showSuggestionAfterError();
  const room = rooms.find(({ commands }) => called !== undefined && commands.includes(called));
  for (const { load } of room === undefined ? rooms : [room]) (await load())(program, host);
  for (const command of everyCommand(program)) {
    command.exitOverride().helpOption('-h, --help', l10n.t('show this help'));
    if (command.commands.length > 0) continue;
    command
      .option('--desk <dir>', l10n.t('folder of the desk (default: the nearest one upwards with a momentos.json)'))
      .option('--as <person>', l10n.t('who acts, like "Ana Pérez <ana@isc.example>"'))
      .option('--trust <fingerprint>', l10n.t('fingerprint of the first key of the institution, once you have compared it; remembered'))
      .option('--json', l10n.t('data as JSON'));
  }
  return program;
}

function everyCommand(command: Command): readonly Command[] {
  return command.commands.flatMap((child) => [child, ...everyCommand(child)]);
}

/** The desk's first language, so that help and errors speak it too; a desk that cannot be read is said by the command itself. */
async function languageFor(argv: readonly string[], environment: Streams['environment'], cwd: string): Promise<'es' | 'en'> {
  const at = argv.indexOf('--desk');
  const given = at >= 0 ? argv[at + 1] : argv.find((argument) => argument.startsWith('--desk='))?.slice(7);
  try {
    const dir = given ?? (await findDesk(cwd));
    if (dir !== undefined) {
      const { loadConfig } = await import('../../desk/config');
      return chooseLanguage(environment['MOMENTOS_LANGUAGE'], (await loadConfig(dir)).institution.languages, environment);
    }
  } catch (error) {
    if (!(error instanceof MomentosError)) throw error;
  }
  return chooseLanguage(environment['MOMENTOS_LANGUAGE'], undefined, environment);
}

void main(process.argv.slice(2), { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr, environment: process.env }, process.cwd());
