import { resolve } from 'node:path';
import * as l10n from '@vscode/l10n';
import { type Command } from 'commander';
import { MomentosError } from '../../../core/errors';
import { type InitOptions } from '../../../desk/initDesk';
import { systemClock, systemRandomness } from '../../../desk/systemClock';
import { practiceRules } from '../../practiceRules';
import { type CliHost, type CommonOptions, terminalFor, withDesk } from '../host';
import { terminalLogger, type Terminal } from '../terminal';
import { type InboxApiDoctorOptions } from './inboxApiDoctor';

interface InitCommandOptions extends CommonOptions {
  readonly practice?: boolean | string;
  readonly name?: string;
  readonly id?: string;
  readonly country?: string;
  readonly timeZone?: string;
  readonly language: readonly string[];
  readonly domain: readonly string[];
  readonly reviewer?: string;
  readonly url?: string;
  readonly account?: string;
  readonly hours?: string;
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** init, doctor. */
export function addDeskCommands(program: Command, host: CliHost): void {
  program
    .command('init [dir]')
    .description(l10n.t('Set up a desk: asks for the institution and the first reviewer, and brings starter templates.'))
    .option('--practice [url]', l10n.t('a practice desk for the practice server (http://127.0.0.1:4010)'))
    .option('--name <name>', l10n.t('name of the institution'))
    .option('--id <id>', l10n.t('short id, small letters'))
    .option('--country <code>', l10n.t('country, two letters'))
    .option('--time-zone <zone>', l10n.t('such as America/Santo_Domingo'))
    .option('--language <code>', l10n.t('language of the institution; the first one rules; may be given more than once'), collect, [])
    .option('--domain <domain>', l10n.t('web domain of the institution; may be given more than once'), collect, [])
    .option('--reviewer <person>', 'Ana Pérez <ana@isc.example>')
    .option('--url <url>', l10n.t('address of the Mastodon server'))
    .option('--account <name>', l10n.t('account there'))
    .option('--hours <hours>', l10n.t('office hours from Monday to Friday, like 08:00-16:00'))
    .action(async (dir: string | undefined, options: InitCommandOptions) => {
      const terminal = terminalFor(host, options);
      const target = resolve(host.cwd, dir ?? options.desk ?? '.');
      const answers = options.practice === undefined || options.practice === false ? await askInstitution(terminal, options, host) : practiceAnswers(options);
      const { initDesk } = await import('../../../desk/initDesk');
      const made = await initDesk({
        dir: target,
        ...answers,
        mediaDir: host.mediaDir,
        clock: systemClock,
        random: systemRandomness,
        logger: terminalLogger(host.streams),
        environment: host.streams.environment,
        ...(options.as === undefined ? {} : { as: options.as }),
      });
      if (terminal.json) terminal.value({ dir: made.dir, templates: made.templates });
      else {
        terminal.line(l10n.t('The desk stands in {0}, with {1} templates.', made.dir, made.templates));
        if (answers.practice !== true) terminal.line(l10n.t('Next: "momentos connect", then the reviewer approves templates ("momentos templates approve ...").'));
      }
    });

  program
    .command('doctor [what] [url]')
    .description(l10n.t('Check desk, folder, log, sign-ins and templates; changes nothing. "doctor inbox-api URL" checks any server against the contract of the Inbox API.'))
    .option('--token-file <file>', l10n.t('inbox-api: file with the token, readable only by you; else it is asked for'))
    .option('--write', l10n.t('inbox-api: post a test reply too, to --mention, and delete it'))
    .option('--mention <id>', l10n.t('inbox-api: the message that the test reply may be posted to'))
    .action(async (what: string | undefined, url: string | undefined, options: InboxApiDoctorOptions) => {
      if (what === 'inbox-api') {
        await (await import('./inboxApiDoctor')).examineInboxApi(url, options, host);
        return;
      }
      if (what !== undefined) throw new MomentosError('usage.invalid', { reason: `doctor ${what}` });
      const terminal = terminalFor(host, options);
      await withDesk(host, options, async (desk) => {
        const findings = await desk.doctor(host.signal);
        const marks = { ok: terminal.colour('green', '✓'), warning: terminal.colour('yellow', '!'), error: terminal.colour('red', '✗') };
        for (const finding of findings) terminal.item(() => finding, () => `${marks[finding.severity]} ${finding.message}`);
        if (findings.some(({ severity }) => severity === 'error')) process.exitCode = findings.some(({ severity, code }) => severity === 'error' && code === 'audit') ? 6 : findings.some(({ severity, code }) => severity === 'error' && code === 'folder') ? 3 : 4;
      }, { readOnly: true });
    });
}

type Answers = Pick<InitOptions, 'informationRequests' | 'topics' | 'institution' | 'channel' | 'officeHours' | 'units' | 'reviewer' | 'practice'>;

function practiceAnswers(options: InitCommandOptions): Answers {
  const url = typeof options.practice === 'string' ? options.practice : (options.url ?? 'http://127.0.0.1:4010');
  return {
    ...practiceRules,
    practice: true,
    institution: { id: 'isc', name: 'Instituto de Servicios al Ciudadano', country: 'DO', timeZone: 'America/Santo_Domingo', languages: options.language.length > 0 ? options.language : ['es', 'en'], domains: ['isc.example'] },
    channel: { id: 'mastodon-main', url, account: options.account ?? 'isc' },
    officeHours: { 'mon-fri': ['08:00-16:00'] },
    units: [
      { id: 'cedulas', name: 'Departamento de Cédulas', contact: 'cedulas@isc.example', target: '8h' },
      { id: 'pagos', name: 'Departamento de Pagos', contact: 'pagos@isc.example', target: '8h' },
      { id: 'oai', name: 'Oficina de Acceso a la Información', contact: 'oai@isc.example', target: '15d' },
    ],
    reviewer: { name: 'Revisora de práctica' },
  };
}

async function askInstitution(terminal: Terminal, options: InitCommandOptions, host: CliHost): Promise<Answers> {
  const interactive = host.streams.stdin.isTTY;
  const ask = async (given: string | undefined, question: string, fallback?: string): Promise<string> => {
    if (given !== undefined) return given;
    if (!interactive && fallback !== undefined) return fallback;
    return terminal.ask(question, fallback);
  };
  const name = await ask(options.name, l10n.t('Name of the institution'));
  const id = await ask(options.id, l10n.t('Short id (small letters, digits, hyphens)'), initialsOf(name));
  const country = (await ask(options.country, l10n.t('Country (two letters)'), 'DO')).toUpperCase();
  const timeZone = await ask(options.timeZone, l10n.t('Time zone'), Intl.DateTimeFormat().resolvedOptions().timeZone);
  const languages = options.language.length > 0 ? options.language : (await ask(undefined, l10n.t('Languages, the first one rules'), 'es,en')).split(',').map((part) => part.trim());
  const domains = options.domain.length > 0 ? options.domain : (await ask(undefined, l10n.t('Web domains of the institution, separated by commas'), '')).split(',').map((part) => part.trim()).filter((part) => part !== '');
  const { parsePerson } = await import('../../../desk/operator');
  const reviewer = parsePerson(await ask(options.reviewer, l10n.t('First reviewer of templates, like Ana Pérez <ana@isc.example>')));
  const url = await ask(options.url, l10n.t('Address of the Mastodon server (empty: later)'), '');
  const account = url === '' ? '' : await ask(options.account, l10n.t('Account there, without @'));
  const hours = await ask(options.hours, l10n.t('Office hours from Monday to Friday, like 08:00-16:00 (empty: none)'), '');
  return {
    institution: { id, name, country, timeZone, languages, domains },
    reviewer,
    ...(url === '' ? {} : { channel: { id: 'mastodon-main', url, account } }),
    ...(hours === '' ? {} : { officeHours: { 'mon-fri': hours.split(',').map((part) => part.trim()) } }),
  };
}

/** `Instituto de Servicios al Ciudadano` gives `isc`. */
function initialsOf(name: string): string {
  const small = new Set(['de', 'del', 'la', 'las', 'los', 'el', 'al', 'y', 'of', 'the', 'and']);
  const words = name.normalize('NFD').replace(/[^\p{L}\p{N} ]/gu, '').toLowerCase().split(/\s+/u).filter((word) => word !== '' && !small.has(word));
  const initials = words.length > 1 ? words.map((word) => word.slice(0, 1)).join('') : (words[0] ?? '');
  return initials.replace(/[^a-z0-9]/gu, '').slice(0, 20) || 'desk';
}
