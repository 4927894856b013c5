import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type Clock, type Logger } from '../../core/clock';
import { asMomentosError } from '../../core/errors';
import { findingsIn, type Finding } from '../../desk/templateEditing/findings';
import { type DeskSession } from '../deskSession';
import { isApprovedCopy, templateIdOf } from '../templateFiles';
import { type TemplatesState } from '../templatesState';
import { editingFacts } from './editingFacts';

/** From the last key to the check, in ms. */
const pauseMs = 250;

export interface EditingParts {
  readonly session: DeskSession;
  readonly state: TemplatesState;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The problems of the templates that are open, checked while they are typed, by the same rules as before a proposal. */
export class TemplateProblems implements vscode.Disposable {
  private readonly shown = vscode.languages.createDiagnosticCollection('momentos');
  /** By document, with the version of its text that was checked. */
  private readonly found = new Map<string, { readonly version: number; readonly findings: readonly Finding[] }>();
  private readonly waiting = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly listening: vscode.Disposable[];

  constructor(private readonly parts: EditingParts) {
    this.listening = [
      this.shown,
      vscode.workspace.onDidOpenTextDocument((document) => {
        this.later(document, 0);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        this.later(document, pauseMs);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        this.forget(document.uri);
      }),
      parts.state.onDidChange(() => {
        this.all();
      }),
      parts.session.onDidChange(() => {
        this.all();
      }),
    ];
    this.all();
  }

  /** What is wrong where the words of a document meet a range; what was typed since the last check is checked now. */
  async at(document: vscode.TextDocument, range: vscode.Range): Promise<readonly Finding[]> {
    const key = document.uri.toString();
    if (this.found.get(key)?.version !== document.version) await this.check(document);
    const known = this.found.get(key);
    return known?.version === document.version ? known.findings.filter((finding) => rangeOf(finding).intersection(range) !== undefined) : [];
  }

  dispose(): void {
    for (const timer of this.waiting.values()) clearTimeout(timer);
    vscode.Disposable.from(...this.listening).dispose();
  }

  private all(): void {
    for (const document of vscode.workspace.textDocuments) this.later(document, 0);
  }

  private later(document: vscode.TextDocument, ms: number): void {
    const { desk } = this.parts.session;
    if (desk === undefined || (templateIdOf(document.uri, desk.dir) === undefined && !isApprovedCopy(document.uri, desk.dir))) return;
    const key = document.uri.toString();
    clearTimeout(this.waiting.get(key));
    this.waiting.set(
      key,
      setTimeout(() => {
        this.waiting.delete(key);
        void this.check(document);
      }, ms),
    );
  }

  private async check(document: vscode.TextDocument): Promise<void> {
    const { desk } = this.parts.session;
    if (desk === undefined || document.isClosed) return;
    const id = templateIdOf(document.uri, desk.dir);
    if (id === undefined) {
      this.shown.set(document.uri, [neverEdited(document)]);
      return;
    }
    const { version } = document;
    const text = document.getText();
    try {
      const problems = await desk.templates.check(id, text);
      // Typed on meanwhile: another check is on its way.
      if (document.isClosed || document.version !== version) return;
      const findings = findingsIn(text, problems, editingFacts(desk, id, this.parts.state, this.parts.clock));
      this.found.set(document.uri.toString(), { version, findings });
      this.shown.set(document.uri, findings.map(diagnostic));
    } catch (thrown) {
      this.parts.logger.warn('template could not be checked', { code: asMomentosError(thrown).code });
    }
  }

  private forget(uri: vscode.Uri): void {
    const key = uri.toString();
    clearTimeout(this.waiting.get(key));
    this.waiting.delete(key);
    this.found.delete(key);
    this.shown.delete(uri);
  }
}

function rangeOf({ line, from, to }: Finding): vscode.Range {
  return new vscode.Range(line, from, line, to);
}

const severities = { error: vscode.DiagnosticSeverity.Error, warning: vscode.DiagnosticSeverity.Warning, hint: vscode.DiagnosticSeverity.Information } as const;

function diagnostic(finding: Finding): vscode.Diagnostic {
  const made = new vscode.Diagnostic(rangeOf(finding), finding.message, severities[finding.severity]);
  made.source = 'Momentos';
  if (finding.code === 'placeholder.unused') made.tags = [vscode.DiagnosticTag.Unnecessary];
  return made;
}

function neverEdited(document: vscode.TextDocument): vscode.Diagnostic {
  const made = new vscode.Diagnostic(document.lineAt(0).range, l10n.t('This is an approved copy: it is never edited, or it would no longer be sent. Change the template in the folder above and propose it.'), vscode.DiagnosticSeverity.Warning);
  made.source = 'Momentos';
  return made;
}
