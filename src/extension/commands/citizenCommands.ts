import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { DateTime } from 'luxon';
import * as vscode from 'vscode';
import { type Clock } from '../../core/clock';
import { type Desk } from '../../desk/deskApi';
import { askOne, askText } from '../ask';
import { type Deeds } from '../deeds';
import { type DeskSession } from '../deskSession';
import { commands } from '../ids';
import { plainNotice } from '../safeText';
import { working } from '../working';
import { meantMention, type MentionSources } from './meantMentions';

/** Everything on one person, to be handed to that person. */
export function registerCitizenCommands(deeds: Deeds, parts: MentionSources & { readonly session: DeskSession; readonly clock: Clock }): vscode.Disposable {
  return deeds.register(commands.citizenGiveData, async (...args) => {
    const desk = await parts.session.use();
    const mention = await meantMention(args, desk, parts);
    if (mention !== undefined) await giveData(desk, mention, parts.clock.now());
  });
}

async function giveData(desk: Desk, mention: string, now: number): Promise<void> {
  const title = l10n.t('Give a Citizen\'s Data');
  const found = desk.citizenData.find({ authors: [], mentions: [mention] });
  const who = plainNotice(found.names.join(', '), 80);
  const purpose = await askText({ title, prompt: l10n.t('Everything on {0} ({1}). For what is it given out, and to whom? It goes into the audit log.', who, messagesWords(found.mentions)), placeHolder: l10n.t('Request for access of 3 May, to the person'), required: true });
  if (purpose === undefined) return;
  const withStaff = await askOne(title, [
    { label: l10n.t('Without the names of the staff'), description: l10n.t('usual'), value: false },
    { label: l10n.t('With the names of the staff'), description: l10n.t('where a law or a court asks for it'), value: true },
  ], undefined, true);
  if (withStaff === undefined) return;
  const day = DateTime.fromMillis(now, { zone: desk.config.institution.timeZone }).toFormat('yyyy-MM-dd');
  const target = await vscode.window.showSaveDialog({
    title,
    saveLabel: l10n.t('Save'),
    defaultUri: vscode.Uri.file(join(homedir(), `momentos-${found.authors[0] ?? ''}-${day}.html`)),
    filters: { HTML: ['html'] },
  });
  if (target === undefined) return;
  const given = await working(l10n.t('Gathering the data…'), (progress, signal) =>
    desk.citizenData.give({ authors: found.authors, mentions: [], purpose, formats: ['html', 'json'], out: target.fsPath, overwrite: true, withStaff, progress, signal }));
  if (given === undefined) return;
  const open = l10n.t('Open the Page');
  const folder = l10n.t('Open the Folder');
  const chosen = await vscode.window.showInformationMessage(
    l10n.t(
      'Written: a page to read and a JSON file beside it, {0} and {1} of the log. Read it before you hand it out: notes and texts may name other people.',
      messagesWords(given.mentions),
      given.entries === 1 ? l10n.t('1 entry') : l10n.t('{0} entries', given.entries),
    ),
    open,
    folder,
  );
  const [page = target.fsPath] = given.paths;
  if (chosen === open) await vscode.env.openExternal(vscode.Uri.file(page));
  if (chosen === folder) await vscode.env.openExternal(vscode.Uri.file(dirname(page)));
}

function messagesWords(count: number): string {
  return count === 1 ? l10n.t('1 message') : l10n.t('{0} messages', count);
}
