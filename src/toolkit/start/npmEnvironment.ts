import { dirname, delimiter } from 'node:path';

/** What `npm run` tells its scripts about the project; an npm for another folder must not take it for its own. */
const ofTheProject = /^(npm_package_|npm_lifecycle_|npm_config_(local_prefix|prefix|global_prefix|omit|production)$|npm_command$|INIT_CWD$|NODE_ENV$)/i;

/** The environment for an npm that works in another folder, with the running Node first on PATH. */
export function npmEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !ofTheProject.test(name));
  return { ...Object.fromEntries(kept), PATH: [dirname(process.execPath), env['PATH'] ?? ''].join(delimiter) };
}
