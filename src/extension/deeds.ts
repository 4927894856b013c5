import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type Logger } from '../core/clock';
import { asMomentosError, type ErrorCode, type MomentosError } from '../core/errors';
import { sentence } from '../desk/sentences';
import { commands } from './ids';
import { plainNotice } from './safeText';

/** What a person cancelled is no failure to speak of. */
const silent: readonly ErrorCode[] = ['signIn.cancelled', 'network.cancelled', 'rpc.disposed'];
const asksForConnection: readonly ErrorCode[] = ['secret.missing', 'secret.expired', 'secret.otherOrigin', 'secret.otherAccount', 'secret.unreadable', 'network.unauthorized', 'signIn.refused', 'signIn.timedOut', 'signIn.appMissing', 'signIn.missingScopes'];
const asksForConfig: readonly ErrorCode[] = ['config.unreadable', 'config.invalid', 'config.unknownKey', 'retention.none'];

/** Registers commands whose failures are said in a sentence, with the button that helps, and logged. */
export class Deeds {
  constructor(private readonly logger: Logger) {}

  /** `deed` gets what the command was called with. */
  register(command: string, deed: (...args: unknown[]) => Promise<void> | void): vscode.Disposable {
    return vscode.commands.registerCommand(command, async (...args: unknown[]) => {
      await this.attempt(command, async () => {
        await deed(...args);
      });
    });
  }

  /** True when it went well; a failure has been shown and logged. */
  async attempt(name: string, deed: () => Promise<void>): Promise<boolean> {
    try {
      await deed();
      return true;
    } catch (thrown) {
      await this.tell(name, asMomentosError(thrown));
      return false;
    }
  }

  private async tell(name: string, error: MomentosError): Promise<void> {
    if (silent.includes(error.code)) return;
    this.logger.error(`${name} failed`, { code: error.code, details: error.details, error: error.code === 'unexpected' ? error.cause : undefined });
    const help = helpFor(error.code);
    const showLog = { title: l10n.t('Show Log'), command: commands.logShow };
    const items = help === undefined ? [showLog] : [help, showLog];
    void vscode.window.showErrorMessage(plainNotice(sentence(error), 600), ...items).then((item) => item && vscode.commands.executeCommand(item.command));
  }
}

function helpFor(code: ErrorCode): { readonly title: string; readonly command: string } | undefined {
  if (code === 'desk.notFound') return { title: l10n.t('Set Up a Desk…'), command: commands.deskNew };
  if (asksForConnection.includes(code)) return { title: l10n.t('Connect…'), command: commands.channelConnect };
  if (asksForConfig.includes(code)) return { title: l10n.t('Open momentos.json'), command: commands.deskOpenConfig };
  return undefined;
}
