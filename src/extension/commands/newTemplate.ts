import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type Desk } from '../../desk/deskApi';
import { outlineOf } from '../../desk/templateEditing/outline';
import { askOne, askText, type Choice } from '../ask';
import { plainNotice } from '../safeText';

/** Asks for title, id and topic, writes the file from the starter and opens it where the text begins. */
export async function newTemplate(desk: Desk): Promise<void> {
  const dialogue = l10n.t('New Template');
  const statuses = await desk.templates.list();
  const known = new Set(statuses.map(({ id }) => id));
  const title = await askText({ title: dialogue, prompt: l10n.t('What is it for? A few words, such as "Office closed on a holiday".'), required: true });
  if (title === undefined) return;
  const id = await askText({
    title: dialogue,
    prompt: l10n.t('Its id, also the name of the file: small letters, digits and hyphens.'),
    value: idFrom(title, known),
    required: true,
    check: (text) => {
      if (!/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/u.test(text)) return l10n.t('Only small letters, digits and hyphens.');
      return known.has(text) ? l10n.t('There is a template with this id.') : undefined;
    },
  });
  if (id === undefined) return;
  const used = statuses.flatMap(({ working, approved }) => (working ?? approved)?.topics ?? []);
  const topic = await askTopic(dialogue, desk, used);
  if (topic === undefined) return;
  const path = await desk.templates.create(id, title, topic === '' ? [] : [topic]);
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(path));
  await vscode.window.showTextDocument(document, { preview: false, ...firstText(document) });
}

/** Empty = none; undefined = the person let it be. */
async function askTopic(dialogue: string, desk: Desk, used: readonly string[]): Promise<string | undefined> {
  const named = new Map(desk.config.topics.map(({ id, name }) => [id, name]));
  for (const topic of [...used].sort()) if (!named.has(topic)) named.set(topic, '');
  if (named.size === 0) return '';
  const choices: Choice<string>[] = [...named].map(([topic, name]) => ({ label: plainNotice(name === '' ? topic : name, 60), description: name === '' ? '' : topic, value: topic }));
  return askOne(dialogue, [{ label: l10n.t('No topic'), value: '' }, ...choices], l10n.t('What are the messages about that it answers?'));
}

/** Selects the first sentence that is to be written over. */
function firstText(document: vscode.TextDocument): { readonly selection?: vscode.Range } {
  const first = outlineOf(document.getText()).bodies[0];
  return first === undefined || first.from >= document.lineCount ? {} : { selection: document.lineAt(first.from).range };
}

function idFrom(title: string, known: ReadonlySet<string>): string {
  const plain = title.normalize('NFD').replace(/\p{M}+/gu, '').toLowerCase().replace(/[^a-z0-9]+/gu, '-').replace(/^-+|-+$/gu, '').slice(0, 40).replace(/-+$/u, '');
  const free = [plain, ...Array.from({ length: 98 }, (_, index) => `${plain}-${String(index + 2)}`)];
  return free.find((id) => !known.has(id)) ?? plain;
}
