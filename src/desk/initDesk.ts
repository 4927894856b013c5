import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { type Actor } from '../core/audit';
import { type Clock, type Logger, type Randomness } from '../core/clock';
import { type DeskConfig, type NetworkChannelConfig, type ReviewerConfig } from '../core/config';
import { MomentosError } from '../core/errors';
import { type SigningKey } from '../core/signing';
import { openDeskStores } from '../store/deskStores';
import { createFileSecrets } from '../store/secretFiles';
import { parseConfig } from './config';
import { configFile } from './findDesk';
import { findOperator, type Person } from './operator';
import { makePracticeReviewer } from './practiceKey';
import { configDir } from './secrets';
import { practiceApprovals, proposeStarters } from './starterReviews';

export interface InitOptions {
  /** Made when it is missing. Errors: `desk.exists` when it holds a momentos.json. */
  readonly dir: string;
  readonly institution: { readonly id: string; readonly name: string; readonly country: string; readonly timeZone: string; readonly languages: readonly string[]; readonly domains: readonly string[] };
  readonly channel?: { readonly id: string; readonly url: string; readonly account: string } | undefined;
  /** Channels besides that one. */
  readonly otherChannels?: readonly NetworkChannelConfig[] | undefined;
  /** `{ "mon-fri": ["08:00-16:00"] }`; undefined = not counted. */
  readonly officeHours?: Readonly<Record<string, readonly string[]>> | undefined;
  readonly units?: readonly { readonly id: string; readonly name: string; readonly contact?: string; readonly target?: string }[] | undefined;
  /** The legal term of requests for public information; undefined = none is promised. */
  readonly informationRequests?: DeskConfig['informationRequests'];
  readonly topics?: readonly { readonly id: string; readonly name: string; readonly words: readonly string[] }[] | undefined;
  /** The first person who may approve templates. */
  readonly reviewer: Person;
  /** A practice desk: everything on loopback, its templates approved by a practice reviewer. */
  readonly practice?: boolean | undefined;
  /** Folder with `templates/*.md`. */
  readonly mediaDir: string;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly logger: Logger;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly as?: string | undefined;
}

export interface InitResult {
  readonly dir: string;
  readonly templates: number;
}

const practiceAuthor: Person = { name: 'Autor de práctica' };
const practiceReviewer: Person = { name: 'Revisora de práctica' };
/** How far back a practice desk pretends to have been connected: targets run for what is newer, the rest is shown as backlog. */
const practiceConnectedMs = 36 * 3_600_000;

/**
 * Makes a desk: momentos.json, the starter templates (proposed by the desk, waiting for the reviewer; approved at once on a practice desk), the local
 * store with its first audit entry. Errors: `desk.exists`, `config.*`, `store.*`, `export.exists`.
 */
export async function initDesk(options: InitOptions): Promise<InitResult> {
  const { dir } = options;
  if (await exists(join(dir, configFile))) throw new MomentosError('desk.exists', { dir });
  const files = createFileSecrets({ configDir: configDir(options.environment, homedir()) });
  parseConfig(configText(options, undefined));
  try {
    await mkdir(join(dir, 'templates', 'approved'), { recursive: true });
    await copyStarters(options.mediaDir, dir);
    await writeNew(join(dir, '.gitattributes'), 'templates/approvals.jsonl merge=union\n*.md text eol=lf\n');
    await writeNew(join(dir, '.gitignore'), '.momentos/\n');
    const practice = options.practice === true ? await makePracticeReviewer(files, dir, options.institution.id, practiceReviewer.name, options.clock.now()) : undefined;
    const text = configText(options, practice === undefined ? undefined : [practice.entry]);
    const templates = await writeFirstEntries(options, parseConfig(text), practice?.key);
    await writeFile(join(dir, configFile), text, { flag: 'wx' });
    return { dir, templates };
  } catch (cause) {
    if (cause instanceof MomentosError) throw cause;
    throw new MomentosError('store.notWritable', { path: dir, reason: (cause as NodeJS.ErrnoException).code ?? 'unknown' }, { cause });
  }
}

async function writeFirstEntries(options: InitOptions, config: DeskConfig, practiceKey: SigningKey | undefined): Promise<number> {
  const { clock } = options;
  const stores = await openDeskStores({ dir: options.dir, sharing: config.sharing, clock, random: options.random, logger: options.logger });
  try {
    const operator = await findOperator({ as: options.as, dir: options.dir, environment: options.environment, people: stores.people });
    const at = clock.now();
    await stores.audit.append([
      { kind: 'desk.created', at, actor: operator, subject: config.institution.id, body: { practice: options.practice === true }, values: { institution: config.institution.name, reviewer: options.reviewer.name } },
    ]);
    const deps = { store: stores.templates, audit: stores.audit, clock };
    if (practiceKey === undefined) return (await proposeStarters(deps)).length;
    for (const { id } of config.channels) await stores.channelState.update(id, (state) => ({ ...state, connectedAt: at - practiceConnectedMs }));
    const person = async ({ name }: Person): Promise<Actor> => ({ id: await stores.people.idFor({ name, osAccount: operator.osAccount }), name, source: 'flag', osAccount: operator.osAccount });
    return (await practiceApprovals({ ...deps, config, author: await person(practiceAuthor), reviewer: await person(practiceReviewer), key: practiceKey })).length;
  } finally {
    await stores.dispose();
  }
}

/** A starter that stands there already, from a set-up that was cut off, is left as it is. */
async function copyStarters(mediaDir: string, dir: string): Promise<void> {
  const source = join(mediaDir, 'templates');
  for (const name of (await readdir(source)).filter((candidate) => candidate.endsWith('.md')).sort()) {
    await writeNew(join(dir, 'templates', name), await readFile(join(source, name), 'utf8'));
  }
}

function configText(options: InitOptions, practiceReviewers: readonly ReviewerConfig[] | undefined): string {
  const { institution, channel, reviewer } = options;
  const reviewers = practiceReviewers ?? [reviewer.email === undefined ? { name: reviewer.name } : { name: reviewer.name, email: reviewer.email }];
  const value = {
    schemaVersion: 1,
    institution,
    channels: [...(channel === undefined ? [] : [{ id: channel.id, network: 'mastodon', url: channel.url, account: channel.account }]), ...(options.otherChannels ?? [])],
    ...(options.officeHours === undefined ? {} : { officeHours: options.officeHours }),
    ...(options.officeHours === undefined ? {} : { holidays: institution.country }),
    responseTargets: { firstResponse: { urgent: '15m', high: '1h', normal: '4h', low: '24h' } },
    ...(options.informationRequests === undefined ? {} : { informationRequests: options.informationRequests }),
    units: options.units ?? [],
    topics: options.topics ?? [],
    reviewers,
    replies: { freeText: options.practice === true ? 'allow' : 'second-person' },
    history: '7d',
    sharing: 'private',
  };
  const comment = l10n.t('Momentos: the desk of {0}. Comments are allowed. Tokens never belong in this file.', institution.name.replace(/[\r\n]/gu, ' '));
  return `// ${comment}\n${JSON.stringify(value, null, 2)}\n`;
}

async function writeNew(path: string, text: string): Promise<void> {
  if (!(await exists(path))) await writeFile(path, text, { flag: 'wx' });
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}
