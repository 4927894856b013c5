import { describe, expect, test } from 'vitest';
import { codeServerFolderName, codeServerVersionFor } from '../../../../src/toolkit/start/codeServerVersion';

describe('the browser VS Code for a Node', () => {
  test.each([
    ['v20.20.2', '4.100.3', 20],
    ['22.1.0', '4.103.2', 22],
    ['v24.21.0', '4.139.1', 24],
  ])('%s runs code-server %s', (node, codeServer, nodeMajor) => {
    expect(codeServerVersionFor(node)).toEqual({ codeServer, nodeMajor });
  });

  test.each(['v18.20.0', 'v21.0.0', 'v25.1.0', 'v200.1.0', 'nonsense'])('there is none for %s', (node) => {
    expect(codeServerVersionFor(node)).toBeUndefined();
  });

  test('each Node major has a folder of its own, as native modules are built for one', () => {
    expect(codeServerFolderName({ codeServer: '4.100.3', nodeMajor: 20 })).toBe('vscode-4.100.3-node20');
  });
});
