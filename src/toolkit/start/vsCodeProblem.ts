import * as l10n from '@vscode/l10n';

/** Why no VS Code can be had on this machine. */
export type VsCodeProblem =
  | { readonly kind: 'unsupportedNode'; readonly node: string }
  | { readonly kind: 'unsupportedPlatform'; readonly platform: string }
  | { readonly kind: 'missingTools'; readonly tools: readonly string[]; readonly install: string }
  | { readonly kind: 'installFailed'; readonly step: string; readonly detail: string }
  | { readonly kind: 'busy'; readonly lock: string }
  | { readonly kind: 'didNotStart'; readonly detail: string };

/** Thrown on the way to a VS Code; `npm start` answers it with a sentence and the inbox in the terminal. */
export class VsCodeUnavailable extends Error {
  override readonly name = 'VsCodeUnavailable';

  constructor(readonly problem: VsCodeProblem) {
    super(`${problem.kind}: ${JSON.stringify(problem)}`);
  }
}

/** What happened and what helps, in the language in use. */
export function vsCodeProblemSentence(problem: VsCodeProblem): string {
  switch (problem.kind) {
    case 'unsupportedNode':
      return l10n.t('A browser VS Code needs Node 20, 22 or 24, and this is Node {0}. Install one of them, or the desktop VS Code with its "code" command.', problem.node);
    case 'unsupportedPlatform':
      return l10n.t('A browser VS Code runs on Linux and macOS, and this is {0}. Install the desktop VS Code with its "code" command.', problem.platform);
    case 'missingTools':
      return l10n.t('To build the browser VS Code, {0} must be installed. Run: {1}', problem.tools.join(', '), problem.install);
    case 'installFailed':
      return l10n.t('The browser VS Code could not be installed ({0}): {1}. Check the connection to the npm registry and run "npm start" again.', problem.step, problem.detail);
    case 'busy':
      return l10n.t('Another start is still installing VS Code. Wait for it to end; if none is running, delete {0} and run "npm start" again.', problem.lock);
    case 'didNotStart':
      return l10n.t('VS Code was installed but did not start: {0}', problem.detail);
  }
}
