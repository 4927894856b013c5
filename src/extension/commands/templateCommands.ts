import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { MomentosError } from '../../core/errors';
import { type Desk } from '../../desk/deskApi';
import { templateStateWords } from '../../desk/words';
import { askOne, askText } from '../ask';
import { type Deeds } from '../deeds';
import { type DeskSession } from '../deskSession';
import { commands } from '../ids';
import { type TemplatePanels } from '../panels/templatePanels';
import { titleOf } from '../panels/templateView';
import { plainNotice } from '../safeText';
import { type TemplatesTree } from '../tree/templatesTree';

export interface TemplateCommandParts {
  readonly session: DeskSession;
  readonly tree: TemplatesTree;
  readonly panels: TemplatePanels;
}

/** Proposing and reviewing templates, from a row, a preview or the palette. */
export function registerTemplateCommands(deeds: Deeds, parts: TemplateCommandParts): vscode.Disposable {
  const one = (command: string, deed: (desk: Desk, id: string, extra: unknown) => Promise<void>): vscode.Disposable =>
    deeds.register(command, async (...args) => {
      const desk = await parts.session.use();
      const id = await meantTemplate(args[0], desk, parts);
      if (id !== undefined) await deed(desk, id, args[1]);
    });
  return vscode.Disposable.from(
    deeds.register(commands.templatesOpen, async () => {
      const { selected } = parts.tree;
      if (selected !== undefined) await parts.panels.open(selected);
    }),
    one(commands.templatePreview, (_desk, id) => parts.panels.open(id)),
    one(commands.templateEdit, async (desk, id) => {
      const { path } = await desk.templates.get(id);
      if (path === undefined) throw new MomentosError('template.notFound', { id });
      await vscode.window.showTextDocument(vscode.Uri.file(path), { preview: false });
    }),
    one(commands.templatePropose, async (desk, id) => {
      await desk.templates.propose(id);
      vscode.window.setStatusBarMessage(l10n.t('Proposed: it waits for a reviewer.'), 6_000);
    }),
    one(commands.templateApprove, async (desk, id, seen) => {
      if (typeof seen !== 'string') {
        // Nobody approves what they have not seen: the preview asks again with the text's hash.
        await parts.panels.open(id);
        return;
      }
      const { approved } = await desk.templates.approve(id, seen);
      vscode.window.setStatusBarMessage(l10n.t('Approved: version {0} can be sent from now on.', approved?.version ?? ''), 6_000);
    }),
    one(commands.templateReject, async (desk, id) => {
      const reason = await askText({ title: l10n.t('Reject the Template'), prompt: l10n.t('Why? The author reads it, and it goes into the audit log.'), required: true });
      if (reason !== undefined) await desk.templates.reject(id, reason);
    }),
    deeds.register(commands.templateNew, async () => {
      const desk = await parts.session.use();
      const known = new Set((await desk.templates.list()).map(({ id }) => id));
      const title = await askText({ title: l10n.t('New Template'), prompt: l10n.t('What is it for? A few words, such as "Office closed on a holiday".'), required: true });
      if (title === undefined) return;
      const id = await askText({
        title: l10n.t('New Template'),
        prompt: l10n.t('Its id, also the name of the file: small letters, digits and hyphens.'),
        value: idFrom(title),
        required: true,
        check: (text) => {
          if (!/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/u.test(text)) return l10n.t('Only small letters, digits and hyphens.');
          return known.has(text) ? l10n.t('There is a template with this id.') : undefined;
        },
      });
      if (id === undefined) return;
      await vscode.window.showTextDocument(vscode.Uri.file(await desk.templates.create(id, title)), { preview: false });
    }),
  );
}

async function meantTemplate(node: unknown, desk: Desk, parts: TemplateCommandParts): Promise<string | undefined> {
  if (typeof node === 'string') return node;
  if (typeof node === 'object' && node !== null && typeof (node as { readonly id?: unknown }).id === 'string') return (node as { readonly id: string }).id;
  const chosen = parts.panels.active ?? parts.tree.selected;
  if (chosen !== undefined) return chosen;
  const statuses = await desk.templates.list();
  return askOne(
    l10n.t('Which Template?'),
    statuses.map(({ id, state, working, approved }) => ({ label: plainNotice(titleOf(working ?? approved, id, desk.language), 80), description: `${templateStateWords(state)} · ${id}`, value: id })),
  );
}

function idFrom(title: string): string {
  return title.normalize('NFD').replace(/\p{M}+/gu, '').toLowerCase().replace(/[^a-z0-9]+/gu, '-').replace(/^-+|-+$/gu, '').slice(0, 40).replace(/-+$/u, '');
}
