import { type ExtensionContext } from 'vscode';

/** Called by VS Code when a desk is opened. */
export function activate(_context: ExtensionContext): void {
  // The views and commands register here.
}
