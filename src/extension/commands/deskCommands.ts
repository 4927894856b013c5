import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { MomentosError } from '../../core/errors';
import { configFile } from '../../desk/config';
import { type Deeds } from '../deeds';
import { type DeskSession } from '../deskSession';
import { doctorText } from '../documents/findingsText';
import { type PlainDocuments } from '../documents/plainDocuments';
import { commands } from '../ids';
import { setUpDesk, type SetUpParts } from './setUpDesk';

export interface DeskCommandParts extends SetUpParts {
  readonly session: DeskSession;
  readonly documents: PlainDocuments;
  readonly log: vscode.LogOutputChannel;
}

/** The desk itself: set it up, check it, its configuration, its log. */
export function registerDeskCommands(deeds: Deeds, parts: DeskCommandParts): vscode.Disposable {
  return vscode.Disposable.from(
    parts.session.onDidChange(() => {
      const { problem } = parts.session;
      if (problem !== undefined) void deeds.attempt('opening the desk', () => Promise.reject(problem));
    }),
    deeds.register(commands.deskNew, async () => {
      await setUpDesk(parts);
    }),
    deeds.register(commands.deskDoctor, async () => {
      const desk = await parts.session.use();
      const findings = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: l10n.t('Checking the desk…') }, () => desk.doctor());
      await parts.documents.show(l10n.t('Desk check'), doctorText(findings));
    }),
    deeds.register(commands.deskOpenConfig, async () => {
      const { dir } = parts.session;
      if (dir === undefined) throw new MomentosError('desk.notFound', { dir: '' });
      await vscode.window.showTextDocument(vscode.Uri.file(join(dir, configFile)));
    }),
    deeds.register(commands.logShow, () => {
      parts.log.show();
    }),
  );
}
