import * as vscode from 'vscode';
import { completionsAt, type Completion } from '../../desk/templateEditing/completions';
import { type EditingFacts } from '../../desk/templateEditing/facts';
import { type Finding } from '../../desk/templateEditing/findings';
import { fixesFor, type Fix } from '../../desk/templateEditing/fixes';
import { hoverAt } from '../../desk/templateEditing/hover';
import { type Place } from '../../desk/templateEditing/outline';
import { escapeMarkdown } from '../safeText';
import { templateIdOf } from '../templateFiles';
import { editingFacts } from './editingFacts';
import { TemplateProblems, type EditingParts } from './templateProblems';

/** Files that could be templates; whether one is, the desk's folder says. */
const selector: vscode.DocumentSelector = { scheme: 'file', pattern: '**/templates/*.md' };

const kinds: Readonly<Record<Completion['kind'], vscode.CompletionItemKind>> = {
  key: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.Value,
  placeholder: vscode.CompletionItemKind.Variable,
  marker: vscode.CompletionItemKind.Snippet,
};

/** Help for who writes a template: completion, hover, problems and their quick fixes. */
export function registerTemplateEditing(parts: EditingParts): vscode.Disposable {
  const problems = new TemplateProblems(parts);
  const factsOf = (document: vscode.TextDocument): EditingFacts | undefined => {
    const { desk } = parts.session;
    const id = desk === undefined ? undefined : templateIdOf(document.uri, desk.dir);
    return desk === undefined || id === undefined ? undefined : editingFacts(desk, id, parts.state, parts.clock);
  };
  return vscode.Disposable.from(
    problems,
    vscode.languages.registerCompletionItemProvider(
      selector,
      {
        provideCompletionItems(document, position) {
          const facts = factsOf(document);
          return facts === undefined ? [] : completionsAt(document.getText(), placeOf(position), facts).map((completion) => completionItem(completion, position));
        },
      },
      '{', '<', '-', ':', ' ', '[', ',',
    ),
    vscode.languages.registerHoverProvider(selector, {
      provideHover(document, position) {
        const facts = factsOf(document);
        const hover = facts === undefined ? undefined : hoverAt(document.getText(), placeOf(position), facts.language);
        if (hover === undefined) return undefined;
        const words = new vscode.MarkdownString(hover.paragraphs.map(escapeMarkdown).join('\n\n'));
        return new vscode.Hover(words, new vscode.Range(position.line, hover.from, position.line, hover.to));
      },
    }),
    vscode.languages.registerCodeActionsProvider(
      selector,
      {
        async provideCodeActions(document, range, context) {
          const facts = factsOf(document);
          if (facts === undefined) return [];
          const found = await problems.at(document, range);
          const text = document.getText();
          return found.flatMap((finding) => fixesFor(text, finding, facts).map((fix) => codeAction(document.uri, fix, matching(finding, context.diagnostics))));
        },
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );
}

function placeOf({ line, character }: vscode.Position): Place {
  return { line, character };
}

function completionItem(completion: Completion, at: vscode.Position): vscode.CompletionItem {
  const item = new vscode.CompletionItem(completion.label, kinds[completion.kind]);
  item.insertText = new vscode.SnippetString(completion.snippet);
  item.range = { inserting: new vscode.Range(at.line, completion.from, at.line, at.character), replacing: new vscode.Range(at.line, completion.from, at.line, at.character + (completion.after ?? 0)) };
  if (completion.kind === 'placeholder' || completion.kind === 'marker') item.range = item.range.replacing;
  if (completion.detail !== undefined) item.detail = completion.detail;
  if (completion.documentation !== undefined) item.documentation = completion.documentation;
  return item;
}

function matching(finding: Finding, diagnostics: readonly vscode.Diagnostic[]): readonly vscode.Diagnostic[] {
  return diagnostics.filter(({ message, range }) => message === finding.message && range.start.line === finding.line);
}

function codeAction(uri: vscode.Uri, fix: Fix, diagnostics: readonly vscode.Diagnostic[]): vscode.CodeAction {
  const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
  const edit = new vscode.WorkspaceEdit();
  for (const { from, to, text } of fix.edits) edit.replace(uri, new vscode.Range(from.line, from.character, to.line, to.character), text);
  action.edit = edit;
  action.isPreferred = fix.preferred;
  action.diagnostics = [...diagnostics];
  return action;
}
