import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { templateHash } from '../../core/templateFile';
import { type Desk } from '../../desk/deskApi';
import { templateStateWords } from '../../desk/words';
import { askOne, askText, askYes } from '../ask';
import { type Deeds } from '../deeds';
import { type DeskSession } from '../deskSession';
import { compareTemplate, editTemplate } from '../documents/templateEditors';
import { commands } from '../ids';
import { type TemplatePanels } from '../panels/templatePanels';
import { titleOf } from '../panels/templateView';
import { plainNotice } from '../safeText';
import { templateIdOf } from '../templateFiles';
import { type TemplatesTree } from '../tree/templatesTree';
import { newTemplate } from './newTemplate';

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
      if (selected === undefined) return;
      const desk = await parts.session.use();
      const { state, path } = await desk.templates.get(selected);
      if (state === 'inReview' && path !== undefined) await review(desk, selected, parts);
      else await parts.panels.open(selected);
    }),
    one(commands.templateReview, (desk, id) => review(desk, id, parts)),
    one(commands.templateCompare, (desk, id) => compareTemplate(desk, id)),
    one(commands.templatePreview, (_desk, id) => parts.panels.open(id)),
    one(commands.templateEdit, (desk, id, line) => editTemplate(desk, id, typeof line === 'number' ? line : undefined)),
    one(commands.templateComment, async (desk, id) => {
      const text = await askText({ title: l10n.t('Comment on the Template'), prompt: l10n.t('Author and reviewers read it in the history, and it goes into the audit log.'), required: true });
      if (text !== undefined) await desk.templates.comment(id, text);
    }),
    one(commands.templatePropose, async (desk, id) => {
      await desk.templates.propose(id);
      vscode.window.setStatusBarMessage(l10n.t('Proposed: it waits for a reviewer.'), 6_000);
    }),
    one(commands.templateApprove, async (desk, id, given) => {
      const seen = typeof given === 'string' ? given : await hashInEditor(desk, id);
      if (seen === undefined) {
        // Nobody approves what they have not seen: the page asks again with the text's hash.
        await review(desk, id, parts);
        return;
      }
      if (given !== seen && !(await askYes(l10n.t('Approve the template {0}?', id), l10n.t('Approve'), l10n.t('It can be sent to citizens from then on.')))) return;
      const { state, approved } = await desk.templates.approve(id, seen);
      const words = state === 'approved' ? l10n.t('Approved: version {0} can be sent from now on.', approved?.version ?? '') : l10n.t('Signed: it waits for another reviewer.');
      vscode.window.setStatusBarMessage(words, 6_000);
    }),
    one(commands.templateReject, async (desk, id) => {
      const reason = await askText({ title: l10n.t('Reject the Template'), prompt: l10n.t('Why? The author reads it, and it goes into the audit log.'), required: true });
      if (reason !== undefined) await desk.templates.reject(id, reason);
    }),
    one(commands.templateWithdraw, async (desk, id) => {
      const reason = await askText({ title: l10n.t('Withdraw the Template'), prompt: l10n.t('Why is it no longer to be sent? It goes into the audit log.'), required: true });
      if (reason === undefined) return;
      await desk.templates.withdraw(id, reason);
      vscode.window.setStatusBarMessage(l10n.t('Withdrawn: it is not sent any more.'), 6_000);
    }),
    deeds.register(commands.templateNew, async () => {
      await newTemplate(await parts.session.use());
    }),
  );
}

/** Comparison and review page side by side; the page has the focus. */
async function review(desk: Desk, id: string, parts: TemplateCommandParts): Promise<void> {
  await compareTemplate(desk, id, { preserveFocus: true });
  await parts.panels.open(id, vscode.ViewColumn.Two);
}

/** The hash of the text that the active editor shows; undefined = it is not this template, not saved, or not in review. */
async function hashInEditor(desk: Desk, id: string): Promise<string | undefined> {
  const document = vscode.window.activeTextEditor?.document;
  const { path, state } = await desk.templates.get(id);
  return document === undefined || document.isDirty || document.uri.fsPath !== path || state !== 'inReview' ? undefined : templateHash(document.getText());
}

async function meantTemplate(node: unknown, desk: Desk, parts: TemplateCommandParts): Promise<string | undefined> {
  if (typeof node === 'string') return node;
  if (node instanceof vscode.Uri) return templateIdOf(node, desk.dir);
  if (typeof node === 'object' && node !== null && typeof (node as { readonly id?: unknown }).id === 'string') return (node as { readonly id: string }).id;
  const open = vscode.window.activeTextEditor?.document.uri;
  const chosen = parts.panels.active ?? (open === undefined ? undefined : templateIdOf(open, desk.dir)) ?? parts.tree.selected;
  if (chosen !== undefined) return chosen;
  const statuses = await desk.templates.list();
  return askOne(
    l10n.t('Which Template?'),
    statuses.map(({ id, state, working, approved }) => ({ label: plainNotice(titleOf(working ?? approved, id, desk.language), 80), description: `${templateStateWords(state)} · ${id}`, value: id })),
  );
}
