import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { vsCodeEnvironment } from '../../../../src/toolkit/start/codeServer';
import { npmEnvironment } from '../../../../src/toolkit/start/npmEnvironment';

test('an npm for another folder hears nothing of this project, but keeps the registry', () => {
  const env = npmEnvironment({ PATH: '/usr/bin', npm_package_name: 'momentos', npm_config_local_prefix: '/project', npm_config_registry: 'https://registry.example', INIT_CWD: '/project', NODE_ENV: 'production', npm_config_omit: 'dev' });
  expect(env).toEqual({ PATH: `${dirname(process.execPath)}:/usr/bin`, npm_config_registry: 'https://registry.example' });
});

test('a VS Code started from a terminal inside VS Code does not take itself for a part of that one', () => {
  const env = vsCodeEnvironment({ HOME: '/home/ana', VSCODE_IPC_HOOK_CLI: '/tmp/x.sock', PASSWORD: 'mine', NODE_OPTIONS: '--inspect', npm_lifecycle_event: 'start' }, { MOMENTOS_TOKEN_MASTODON_MAIN: 't' });
  expect(env).toEqual({ HOME: '/home/ana', MOMENTOS_TOKEN_MASTODON_MAIN: 't' });
});
