import { execFile } from 'node:child_process';
import { userInfo } from 'node:os';
import { promisify } from 'node:util';
import { type Actor, type ActorSource } from '../core/audit';
import { MomentosError } from '../core/errors';
import { type PeopleStore } from '../core/ports';

export interface Person {
  readonly name: string;
  readonly email?: string | undefined;
}

/** `Ana Pérez <ana@isc.example>` or a plain name. Errors: `operator.invalid`. */
export function parsePerson(text: string): Person {
  const match = /^\s*([^<>\r\n]{1,120}?)\s*(?:<\s*([^<>\s@]{1,64}@[^<>\s@]{1,255})\s*>)?\s*$/u.exec(text);
  const name = match?.[1]?.trim() ?? '';
  if (name === '') throw new MomentosError('operator.invalid', { text: text.slice(0, 80) });
  return match?.[2] === undefined ? { name } : { name, email: match[2] };
}

/** Who acts: `--as` or the setting, `MOMENTOS_OPERATOR`, git's user, the system's user. Errors: `operator.invalid`. */
export async function findOperator(options: {
  readonly as?: string | undefined;
  readonly dir: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly people: PeopleStore;
}): Promise<Actor> {
  const osAccount = accountName();
  const { person, source } = await identify(options, osAccount);
  const id = await options.people.idFor({ ...person, osAccount });
  return { id, ...person, source, osAccount };
}

async function identify(options: Parameters<typeof findOperator>[0], osAccount: string): Promise<{ person: Person; source: ActorSource }> {
  if (options.as !== undefined && options.as.trim() !== '') return { person: parsePerson(options.as), source: 'flag' };
  const named = options.environment['MOMENTOS_OPERATOR'];
  if (named !== undefined && named.trim() !== '') return { person: parsePerson(named), source: 'env' };
  const git = await gitUser(options.dir);
  if (git !== undefined) return { person: git, source: 'git' };
  return { person: { name: osAccount }, source: 'os' };
}

async function gitUser(dir: string): Promise<Person | undefined> {
  const read = async (key: string): Promise<string> => {
    try {
      return (await promisify(execFile)('git', ['config', '--get', key], { cwd: dir, timeout: 3_000 })).stdout.trim();
    } catch {
      return '';
    }
  };
  const [name, email] = await Promise.all([read('user.name'), read('user.email')]);
  if (name === '') return undefined;
  return /^[^<>\s@]+@[^<>\s@]+$/u.test(email) ? { name, email } : { name };
}

function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}
