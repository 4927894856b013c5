import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';

export const projectRoot = resolve(import.meta.dirname, '../..');

export interface Wording {
  readonly text: string;
  readonly where: string;
}

/** Every TypeScript source below a folder of the project. */
export function sourcesIn(folder: string): readonly string[] {
  return readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(projectRoot, folder, name));
}

/** What is said through `l10n.t`, and the calls whose wording is no literal (which nobody could translate). */
export function wordingsOf(files: readonly string[]): { readonly wordings: readonly Wording[]; readonly notLiteral: readonly string[] } {
  const wordings: Wording[] = [];
  const notLiteral: string[] = [];
  for (const file of files) {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && node.expression.getText(source) === 'l10n.t') {
        const where = `${relative(projectRoot, file)}:${String(source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1)}`;
        const [first] = node.arguments;
        if (first !== undefined && ts.isStringLiteralLike(first)) wordings.push({ text: first.text, where });
        else notLiteral.push(where);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return { wordings, notLiteral };
}

/** The Spanish wordings. */
export function spanishWordings(): ReadonlyMap<string, string> {
  return new Map(Object.entries(JSON.parse(readFileSync(join(projectRoot, 'l10n', 'bundle.l10n.es.json'), 'utf8')) as Record<string, string>));
}

/** The holes of a wording (`{0}`, `{name}`), sorted. */
export function holesOf(text: string): readonly string[] {
  return [...new Set(text.match(/\{[a-zA-Z0-9_]+\}/gu) ?? [])].sort();
}
