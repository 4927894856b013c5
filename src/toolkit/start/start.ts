import { isAbsolute, join, resolve } from 'node:path';
import * as l10n from '@vscode/l10n';
import { version } from '../../../package.json';
import { asMomentosError } from '../../core/errors';
import { chooseLanguage, configureLanguage, type InterfaceLanguage } from '../../desk/language';
import { signPracticeDesk } from '../../desk/signPracticeDesk';
import { systemClock, systemRandomness } from '../../desk/systemClock';
import { openBrowserVsCode } from './browserVsCode';
import { calmSettings, newPassword, writeFirstSettings } from './codeServer';
import { findDesktopVsCode, openDesktopVsCode } from './desktopVsCode';
import { cacheFolder, practiceFolders, type PracticeFolders } from './folders';
import { ensureCodeServer, type InstallStep } from './installCodeServer';
import { makePracticeDesk } from './makePracticeDesk';
import { openInBrowser } from './openBrowser';
import { ensureVsix } from './packageVsix';
import { openPracticeDesk, type PracticeHost } from './practiceHost';
import { showTerminalInbox } from './showTerminalInbox';
import { silentLogger } from './silentLogger';
import { parseStartOptions, startHelp, type StartOptions } from './startOptions';
import { startSentence } from './startSentence';
import { Timeline } from './timeline';
import { VsCodeUnavailable, vsCodeProblemSentence } from './vsCodeProblem';

/** The root of the project; this runs as `dist/start.js`. */
const projectRoot = resolve(__dirname, '..');
const mediaDir = join(projectRoot, 'media');

/** What is stopped at the end, last opened first. */
type Closers = (() => Promise<void>)[];

/** What there is to open, and how it is said. */
interface OpenedVsCode {
  /** An address or the name of a window. */
  readonly where: string;
  readonly url: string | undefined;
  readonly password: string | undefined;
  /** Resolves when the person or a fault has ended it. */
  readonly ended: Promise<void>;
  /** The exit status when it has: a person closes a window, but a server only fails. */
  readonly endStatus: 0 | 1;
  close(): Promise<void>;
}

class Start {
  private readonly abort = new AbortController();
  private readonly closers: Closers = [];
  private readonly timeline: Timeline;

  constructor(
    private readonly options: StartOptions,
    private readonly language: InterfaceLanguage,
  ) {
    this.timeline = new Timeline(options.json ? process.stderr : process.stdout);
  }

  /** Runs until somebody stops it; the exit status. */
  async run(): Promise<number> {
    const stopped = this.whenStopped();
    try {
      return await Promise.race([stopped, this.open()]);
    } catch (error) {
      if (this.abort.signal.aborted) return 0;
      throw error;
    } finally {
      await this.close();
    }
  }

  /** Opens all there is to open and stays until it has ended; the exit status. */
  private async open(): Promise<number> {
    const { options, timeline } = this;
    const folders = practiceFolders(options.deskDir, process.env);
    timeline.step(l10n.t('Practice desk in {0}', options.deskDir));
    const host = await openPracticeDesk({
      deskDir: options.deskDir,
      folders,
      fresh: options.fresh,
      clock: systemClock,
      ratePerMinute: 1,
      makeDesk: (dir, practice, form) => makePracticeDesk({ dir, practice, form, mediaDir, environment: process.env, clock: systemClock, random: systemRandomness, logger: silentLogger }),
    });
    this.closers.push(() => host.close());
    if (await signPracticeDesk({ dir: options.deskDir, version, mediaDir, environment: process.env, clock: systemClock, random: systemRandomness, logger: silentLogger })) {
      timeline.say(l10n.t('Its templates were approved before approvals were signed; the practice reviewer has signed them.'));
    }
    if (host.setAside) timeline.say(l10n.t('The earlier desk was kept as {0}', host.setAside));
    timeline.step(l10n.t('Practice server on {0}: invented citizens, nothing leaves this machine', host.url));
    timeline.step(l10n.t('Practice web form on {0} (Inbox API), with the same citizens', host.formUrl));
    try {
      const opened = await this.openVsCode(host, folders);
      this.closers.push(() => opened.close());
      this.sayReady(opened, host);
      await opened.ended;
      if (!this.abort.signal.aborted) timeline.say(l10n.t('VS Code has ended.'));
      return opened.endStatus;
    } catch (error) {
      if (!(error instanceof VsCodeUnavailable) || this.abort.signal.aborted) throw error;
      await this.helpWithoutVsCode(error, host);
      return 1;
    }
  }

  private async openVsCode(host: PracticeHost, folders: PracticeFolders): Promise<OpenedVsCode> {
    const { options, timeline } = this;
    const { signal } = this.abort;
    // The desk speaks Spanish first; whoever reads English in the terminal gets English there too.
    const settings = { ...calmSettings, ...(this.language === 'en' ? { 'momentos.language': 'en' } : {}) };
    const code = options.browser ? undefined : findDesktopVsCode(process.env);
    timeline.step(l10n.t('The extension'));
    if (code) {
      const vsix = await ensureVsix(projectRoot, signal);
      timeline.step(l10n.t('Opening VS Code with settings of its own; yours are not touched'));
      try {
        const base = join(folders.vsCode, 'desktop');
        await writeFirstSettings(join(base, 'data'), settings);
        const window = await openDesktopVsCode({
          code, vsix, folder: options.deskDir, folders: { userData: join(base, 'data'), extensions: join(base, 'extensions') }, env: host.env,
        });
        return { where: l10n.t('the VS Code window on {0}', options.deskDir), url: undefined, password: undefined, ended: window.ended, endStatus: 0, close: () => window.close() };
      } catch (error) {
        if (!(error instanceof VsCodeUnavailable)) throw error;
        timeline.say(l10n.t('The desktop VS Code did not open; the browser one is taken instead.'));
      }
    }
    // Both take their time, and neither needs the other; without a VS Code the package still has its use.
    const packaging = ensureVsix(projectRoot, signal);
    const installing = ensureCodeServer({ cache: cacheFolder(process.env), env: process.env, signal, onStep: (step) => timeline.step(installStepWords(step)) });
    await Promise.allSettled([packaging, installing]);
    const server = await installing;
    const vsix = await packaging;
    timeline.step(l10n.t('Starting VS Code for the browser'));
    const password = options.askPassword ? newPassword() : undefined;
    const running = await openBrowserVsCode({
      server, vsix, folder: folders.vsCode, deskDir: options.deskDir, settings, portsFile: join(folders.state, 'ports.json'), port: options.port, password, env: host.env,
    });
    return { where: running.url, url: running.url, password, ended: running.ended, endStatus: 1, close: () => running.close() };
  }

  private sayReady(opened: OpenedVsCode, host: PracticeHost): void {
    const { options, timeline } = this;
    timeline.end();
    if (opened.password !== undefined) timeline.say(l10n.t('Password for this start: {0}', opened.password));
    if (opened.url !== undefined && process.stdout.isTTY) openInBrowser(opened.url, process.env);
    timeline.say(l10n.t('Ctrl+C stops everything.'));
    // The closing line is a contract with scripts, and so the same in every language.
    timeline.say(`Momentos is ready: ${opened.where}`);
    if (options.json) {
      process.stdout.write(`${JSON.stringify({ url: opened.url ?? null, password: opened.password ?? null, desk: options.deskDir, practice: host.url, form: host.formUrl })}\n`);
    }
  }

  /** Without a VS Code: what helps, where the extension lies, and the inbox here. */
  private async helpWithoutVsCode(error: VsCodeUnavailable, host: PracticeHost): Promise<void> {
    const { timeline } = this;
    timeline.say('');
    timeline.say(vsCodeProblemSentence(error.problem));
    timeline.say(l10n.t('The extension lies in {0}; "Install from VSIX..." in any VS Code takes it.', join(projectRoot, 'dist', 'momentos.vsix')));
    timeline.say('');
    await showTerminalInbox(host, { mediaDir, language: this.language, columns: process.stdout.columns || 100 }, (line) => timeline.say(line));
  }

  /** Resolves with an exit status at the first Ctrl+C, or when the terminal or the npm above us is gone. */
  private whenStopped(): Promise<number> {
    return new Promise((resolve) => {
      const stop = (): void => {
        // Whoever asks twice does not want to wait.
        if (this.abort.signal.aborted) process.exit(130);
        this.abort.abort();
        resolve(0);
      };
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
      // An npm that was killed tells us nothing, but we then have another parent.
      const parent = process.ppid;
      if (process.env['npm_lifecycle_event'] === 'start') {
        setInterval(() => {
          if (process.ppid !== parent && !this.abort.signal.aborted) stop();
        }, 1000).unref();
      }
    });
  }

  private async close(): Promise<void> {
    this.timeline.end();
    for (let closer = this.closers.pop(); closer; closer = this.closers.pop()) await closer();
  }
}

function installStepWords(step: InstallStep): string {
  switch (step.kind) {
    case 'tools': return l10n.t('Installing {0} with apt', step.tools.join(', '));
    case 'download': return l10n.t('Fetching VS Code for the browser (code-server {0}, once, about 200 MB on disk)', step.version);
    case 'dependencies': return l10n.t('Fetching the packages that it needs');
    case 'compile': return l10n.t('Compiling its native parts');
    case 'waiting': return l10n.t('Another start is installing VS Code; waiting for it');
  }
}

async function main(): Promise<number> {
  const language = chooseLanguage(undefined, undefined, process.env);
  configureLanguage(language);
  try {
    const called = process.env['INIT_CWD'] ?? '';
    const options = parseStartOptions(process.argv.slice(2), process.env, isAbsolute(called) ? called : process.cwd());
    if (options.help) {
      process.stdout.write(`${startHelp()}\n`);
      return 0;
    }
    return await new Start(options, language).run();
  } catch (error) {
    const known = asMomentosError(error);
    process.stderr.write(`${startSentence(known)}\n`);
    if (process.env['MOMENTOS_DEBUG']) process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return known.code === 'usage.invalid' ? 2 : known.code === 'unexpected' ? 1 : 3;
  }
}

// Handles of Node that are still open must not keep the terminal waiting.
void main().then((status) => process.exit(status));
