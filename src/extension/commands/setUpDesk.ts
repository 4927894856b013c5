import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type Clock, type Logger, type Randomness } from '../../core/clock';
import { initDesk } from '../../desk/initDesk';
import { parsePerson } from '../../desk/operator';
import { askOne, askText } from '../ask';
import { type DeskSession } from '../deskSession';
import { operatorSetting } from '../settings';

export interface SetUpParts {
  readonly session: DeskSession;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly logger: Logger;
  readonly extensionPath: string;
}

/** Asks what a desk needs, makes it in the folder that is open (or in one that is chosen), and opens it. */
export async function setUpDesk(parts: SetUpParts): Promise<void> {
  const dir = await chooseFolder();
  if (dir === undefined) return;
  const answers = await askInstitution();
  if (answers === undefined) return;
  const { reviewer, channel, ...institution } = answers;
  const as = operatorSetting();
  await initDesk({
    dir: dir.fsPath,
    institution,
    reviewer: parsePerson(reviewer),
    ...(channel === undefined ? {} : { channel }),
    mediaDir: join(parts.extensionPath, 'media'),
    clock: parts.clock,
    random: parts.random,
    logger: parts.logger,
    environment: process.env,
    ...(as === undefined ? {} : { as }),
  });
  if (isOpen(dir)) {
    await parts.session.reopen();
    void vscode.window.showInformationMessage(l10n.t('The desk is ready. Its templates wait for the reviewer in the Templates view.'));
  } else {
    await vscode.commands.executeCommand('vscode.openFolder', dir);
  }
}

async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const open = vscode.workspace.workspaceFolders?.filter(({ uri }) => uri.scheme === 'file') ?? [];
  const other = { label: l10n.t('Another folder…'), value: undefined };
  if (open.length > 0) {
    const chosen = await askOne<vscode.Uri | 'other'>(l10n.t('Set Up a Desk: Where?'), [...open.map(({ name, uri }) => ({ label: name, description: uri.fsPath, value: uri })), { ...other, value: 'other' as const }]);
    if (chosen !== 'other') return chosen;
  }
  const picked = await vscode.window.showOpenDialog({ canSelectFiles: false, canSelectFolders: true, openLabel: l10n.t('Set Up Here'), title: l10n.t('Set Up a Desk: Where?') });
  return picked?.[0];
}

interface Answers {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly timeZone: string;
  readonly languages: readonly string[];
  readonly domains: readonly string[];
  readonly reviewer: string;
  readonly channel: { readonly id: string; readonly url: string; readonly account: string } | undefined;
}

async function askInstitution(): Promise<Answers | undefined> {
  const steps = 7;
  const title = (step: number): string => l10n.t('Set Up a Desk ({0} of {1})', step, steps);
  const name = await askText({ title: title(1), prompt: l10n.t('Name of the institution'), required: true });
  if (name === undefined) return undefined;
  const country = await askText({ title: title(2), prompt: l10n.t('Country, two letters (for holidays and telephone numbers)'), value: 'DO', required: true, check: (text) => (/^[A-Za-z]{2}$/u.test(text) ? undefined : l10n.t('Two letters, such as DO.')) });
  if (country === undefined) return undefined;
  const timeZone = await askOne(title(3), timeZones(), l10n.t('Time zone of the institution'));
  if (timeZone === undefined) return undefined;
  const languages = await askOne<readonly string[]>(title(4), [
    { label: l10n.t('Spanish, then English'), value: ['es', 'en'] },
    { label: l10n.t('Spanish'), value: ['es'] },
    { label: l10n.t('English, then Spanish'), value: ['en', 'es'] },
    { label: l10n.t('English'), value: ['en'] },
  ]);
  if (languages === undefined) return undefined;
  const domain = await askText({ title: title(5), prompt: l10n.t('Web domain of the institution: links to it need no confirmation. May be empty.'), placeHolder: 'isc.example' });
  if (domain === undefined) return undefined;
  const reviewer = await askText({ title: title(6), prompt: l10n.t('First reviewer: who may approve templates, and never their own. Name and address.'), placeHolder: 'Ana Pérez <ana@isc.example>', required: true, check: personProblem });
  if (reviewer === undefined) return undefined;
  const account = await askText({ title: title(7), prompt: l10n.t('Mastodon account, if there is one already. May be empty.'), placeHolder: 'isc@social.example', check: (text) => (text === '' || accountOf(text) !== undefined ? undefined : l10n.t('Please write it like isc@social.example.')) });
  if (account === undefined) return undefined;
  return { id: idFrom(name), name, country: country.toUpperCase(), timeZone, languages, domains: domain === '' ? [] : [domain.toLowerCase()], reviewer, channel: accountOf(account) };
}

function timeZones(): readonly { readonly label: string; readonly value: string }[] {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const first = [...new Set([own, 'America/Santo_Domingo'])];
  return [...first, ...Intl.supportedValuesOf('timeZone').filter((zone) => !first.includes(zone))].map((zone) => ({ label: zone, value: zone }));
}

function personProblem(text: string): string | undefined {
  try {
    parsePerson(text);
    return undefined;
  } catch {
    return l10n.t('Please write it like Ana Pérez <ana@isc.example>.');
  }
}

function accountOf(text: string): Answers['channel'] {
  const match = /^@?([A-Za-z0-9_.-]+)@([a-z0-9.-]+\.[a-z]{2,}(?::\d+)?)$/iu.exec(text);
  const [, account, host] = match ?? [];
  return account === undefined || host === undefined ? undefined : { id: 'mastodon-main', url: `https://${host.toLowerCase()}`, account };
}

function idFrom(name: string): string {
  const id = name.normalize('NFD').replace(/\p{M}+/gu, '').toLowerCase().replace(/[^a-z0-9]+/gu, '-').replace(/^-+|-+$/gu, '').slice(0, 40).replace(/-+$/u, '');
  return id === '' ? 'desk' : id;
}

function isOpen(dir: vscode.Uri): boolean {
  return vscode.workspace.workspaceFolders?.some(({ uri }) => uri.toString() === dir.toString()) === true;
}
