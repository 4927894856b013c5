import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { asMomentosError } from '../../core/errors';
import { createDesk } from '../../desk/desk';
import { type InterfaceLanguage } from '../../desk/language';
import { systemClock, systemRandomness } from '../../desk/systemClock';
import { type PracticeHost } from './practiceHost';
import { silentLogger } from './silentLogger';
import { startSentence } from './startSentence';
import { terminalInbox } from './terminalInbox';

/** Prints the inbox of the practice desk, for a machine without a VS Code. Nothing is thrown: what fails is said. */
export async function showTerminalInbox(
  host: PracticeHost,
  options: { readonly mediaDir: string; readonly language: InterfaceLanguage; readonly columns: number },
  say: (line: string) => void,
): Promise<void> {
  try {
    const desk = await createDesk({
      dir: host.deskDir,
      environment: { ...process.env, ...host.env },
      clock: systemClock,
      random: systemRandomness,
      logger: silentLogger,
      version: 'start',
      mediaDir: options.mediaDir,
      language: options.language,
    });
    try {
      for (const line of await terminalInbox(desk, systemClock, options.columns)) say(line);
    } finally {
      await desk.dispose();
    }
    say('');
    say(l10n.t('The desk stays in {0}. The command line works on it too: node {1} --help', host.deskDir, join('dist', 'cli.js')));
  } catch (error) {
    say(startSentence(asMomentosError(error)));
  }
}
