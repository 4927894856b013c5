import { execFile } from 'node:child_process';
import { basename, dirname } from 'node:path';
import { promisify } from 'node:util';
import { type ReviewPerson } from '../core/reviewRules';

const timeoutMs = 3_000;
/** What a repository's own settings could make git run or fetch is switched off. */
const quietGit = ['--no-pager', '-c', 'core.fsmonitor=false', '-c', 'log.showSignature=false'];

/** Who last committed the file, by git; undefined = no git, no repository, never committed, or git did not answer within 3 s. */
export async function lastAuthor(path: string): Promise<ReviewPerson | undefined> {
  try {
    const { stdout } = await promisify(execFile)('git', [...quietGit, 'log', '-1', '--format=%ae%x00%an', '--', basename(path)], {
      cwd: dirname(path),
      timeout: timeoutMs,
      windowsHide: true,
      env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1' },
    });
    const [email = '', name = ''] = stdout.trim().split('\0');
    if (email === '' && name === '') return undefined;
    return { ...(email === '' ? {} : { email }), ...(name === '' ? {} : { name }) };
  } catch {
    // Review works without git too: what the log knows of the proposer stands all the same.
    return undefined;
  }
}
