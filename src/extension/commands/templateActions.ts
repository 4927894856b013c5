import * as vscode from 'vscode';
import { type TemplateStatus } from '../../core/template';
import { contexts } from '../ids';
import { type TemplatesState } from '../templatesState';

/**
 * The buttons above an editor of a template: which files may be proposed, which wait for a review by the operator. The keys hold paths, as
 * each group of editors asks for its own file.
 */
export function registerTemplateActions(state: TemplatesState): vscode.Disposable {
  const show = (): void => {
    const paths = (wanted: (status: TemplateStatus) => boolean): readonly string[] =>
      state.all.flatMap((status) => (status.path !== undefined && wanted(status) ? [vscode.Uri.file(status.path).fsPath] : []));
    const set = (key: string, value: readonly string[]): void => void vscode.commands.executeCommand('setContext', key, value);
    set(contexts.templateFiles, paths(() => true));
    set(contexts.templatesToPropose, paths(({ id }) => state.may(id)?.propose === true));
    set(contexts.templatesInUse, paths(({ id }) => state.may(id)?.withdraw === true));
    set(contexts.templatesToReview, paths(({ id }) => state.waitsForMe.has(id)));
  };
  show();
  return state.onDidChange(show);
}
