import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { canInstallPackages, findProgram, installHint, installPackages } from '../../../src/toolkit/start/buildTools';

/** The programs that the network keeps its data with. */
export interface Databases {
  /** The folder of `initdb` and `postgres`. */
  readonly postgresBin: string;
  readonly redis: string;
}

/** Debian keeps PostgreSQL's programs off PATH, a folder for each version. */
const debianPostgres = '/usr/lib/postgresql';

export function findDatabases(): Databases | undefined {
  const redis = findProgram('redis-server', process.env);
  const versions = existsSync(debianPostgres) ? readdirSync(debianPostgres).sort((a, b) => Number(b) - Number(a)).map((version) => join(debianPostgres, version, 'bin')) : [];
  const onPath = findProgram('postgres', process.env);
  const postgresBin = [...versions, ...(onPath === undefined ? [] : [dirname(onPath)])].find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
  return redis === undefined || postgresBin === undefined ? undefined : { postgresBin, redis };
}

/** PostgreSQL and Redis, installed where that can be done; otherwise the sentence that says what to do. */
export async function ensureDatabases(say: (line: string) => void): Promise<string | undefined> {
  if (findDatabases()) return undefined;
  const packages = ['postgresql', 'redis-server'];
  if (canInstallPackages(process.env)) {
    say('No PostgreSQL or Redis found: installing them with apt ...');
    await installPackages(packages, process.env);
    if (findDatabases()) return undefined;
  }
  return `The tests against a real AT Protocol network need PostgreSQL and Redis. Install them: ${installHint(packages, process.env)}`;
}
