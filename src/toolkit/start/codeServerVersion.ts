/** The code-server of the npm registry that runs on a Node, and the VS Code inside it. */
export interface CodeServerVersion {
  readonly codeServer: string;
  readonly nodeMajor: number;
}

/**
 * code-server asks for exactly one Node major (`engines` of its package.json); these are the builds tried for each. Of those for Node 22,
 * 4.117 ships a git extension that lacks a module.
 */
const byNodeMajor: Readonly<Record<number, string>> = { 20: '4.100.3', 22: '4.103.2', 24: '4.139.1' };

/** The build for a Node version such as `v20.20.2`; `undefined` if there is none for that major. */
export function codeServerVersionFor(nodeVersion: string): CodeServerVersion | undefined {
  const nodeMajor = Number(/^v?(\d+)\./.exec(nodeVersion)?.[1]);
  const codeServer = byNodeMajor[nodeMajor];
  return codeServer === undefined ? undefined : { codeServer, nodeMajor };
}

/** The name of the folder in the cache that holds this build. */
export function codeServerFolderName(version: CodeServerVersion): string {
  return `vscode-${version.codeServer}-node${String(version.nodeMajor)}`;
}
