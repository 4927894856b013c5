import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { asMomentosError, isMomentosError } from '../../../src/core/errors';
import { isOpen } from '../../../src/core/mention';
import { type Desk } from '../../../src/desk/deskApi';
import { createDesk } from '../../../src/desk/desk';
import { initDesk } from '../../../src/desk/initDesk';
import { systemRandomness } from '../../../src/desk/systemClock';
import { SeededRandom } from '../../../src/toolkit/practice/seededRandom';
import { type NetworkFault } from '../../contract/channels/faultyFront';
import { mediaDir, quietLogger } from '../../support/openDesk';
import { SimulatedClock } from '../../support/simulatedClock';
import { connectTo, type LocalNetwork, startFourNetworks, tokensOf } from '../../support/fourNetworks';

const minute = 60_000;
const hour = 60 * minute;

export interface SoakOptions {
  readonly hours: number;
  readonly seed: number;
  /** Mentions an hour on each network. */
  readonly mentionsPerHour: number;
  /** Looks at the memory too, after collecting what nobody needs. */
  readonly memory?: boolean;
}

export interface SoakOutcome {
  readonly mentions: number;
  readonly pulls: number;
  readonly faults: number;
  readonly answers: number;
  /** External ids that no mention of the inbox has, though they were never deleted. */
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  /** Answers that stand twice on a network. */
  readonly doubledAnswers: readonly string[];
  /** Answers that the desk takes for sent and no network has, or the other way round. */
  readonly disagreeing: readonly string[];
  /** Codes of what the staff's deeds failed with. */
  readonly failures: Readonly<Record<string, number>>;
  readonly verified: boolean;
  /** Answered by a colleague on the network, and still open at the desk. */
  readonly unseenColleagues: readonly string[];
  /** Bytes in use after a quarter of the time and at its end. */
  readonly heap: readonly [number, number];
}

interface Posted {
  readonly network: LocalNetwork;
  readonly id: string;
  readonly at: number;
  deleted: boolean;
  colleague: boolean;
}

/** Hours at a desk with several networks in the time of minutes: citizens write, edit and delete, colleagues answer, the staff answers, the networks fail at random. */
export async function runSoak({ hours, seed, mentionsPerHour, memory = false }: SoakOptions): Promise<SoakOutcome> {
  const random = new SeededRandom(seed);
  const clock = new SimulatedClock(Date.UTC(2026, 10, 23, 6));
  const networks = await startFourNetworks(clock);
  const home = mkdtempSync(join(tmpdir(), 'momentos-soak-'));
  const dir = join(home, 'desk');
  const stop = new AbortController();
  const posted: Posted[] = [];
  const failures: Record<string, number> = {};
  let pulls = 0;
  let faults = 0;
  let calm = false;
  let marks = 0;

  const desk = await openDesk(home, dir, networks, clock);
  desk.pulling.onDidPull(() => void (pulls += 1));

  const each = async (everyMs: number, work: () => Promise<void> | void): Promise<void> => {
    try {
      for (;;) {
        await clock.sleep(everyMs * (0.5 + random.next()), stop.signal);
        await work();
      }
    } catch (thrown) {
      if (!isMomentosError(thrown, 'network.cancelled')) throw thrown;
    }
  };

  const citizens = (): void => {
    if (calm) return;
    const network = random.pick(networks);
    const lively = posted.filter((post) => post.network === network && !post.deleted && !post.colleague && clock.now() - post.at < 6 * hour);
    const turn = random.next();
    const known = lively.length === 0 ? undefined : random.pick(lively);
    if (turn < 0.08 && network.edit !== undefined && known !== undefined && clock.now() - known.at < 30 * minute) network.edit(known.id, `¿Y ahora qué hago? (${String(++marks)})`);
    else if (turn < 0.13 && known !== undefined) {
      network.remove(known.id);
      known.deleted = true;
    } else if (turn < 0.18 && known !== undefined) {
      network.answerByColleague(known.id, `Le responde una colega (${String(++marks)})`);
      known.colleague = true;
    } else posted.push({ network, id: network.mention(`¿Dónde saco la cédula? (${String(++marks)})`, `vecina${String(random.between(0, 40 - 1))}`), at: clock.now(), deleted: false, colleague: false });
  };

  const weather = (): void => {
    for (const network of networks) {
      network.front.heal();
      network.forget();
    }
    if (calm || random.next() < 0.5) return;
    faults += 1;
    random.pick(networks).front.fault(randomFault(random));
  };

  const staff = async (): Promise<void> => {
    const open = desk.inbox.list().filter((mention) => isOpen(mention) && mention.deletedAt === undefined && mention.replies.every(({ state }) => state === 'failed'));
    if (open.length === 0) return;
    const mention = random.pick(open);
    try {
      await desk.replies.send(mention.id, { text: `Le esperamos en la oficina de su sector. Ref. ${String(++marks)}`, values: {} }, { confirm: ['answered'] });
    } catch (thrown) {
      const { code, cause } = asMomentosError(thrown);
      if (code === 'unexpected') throw cause;
      failures[code] = (failures[code] ?? 0) + 1;
    }
  };

  const following = desk.pulling.follow({ signal: stop.signal, rhythm: () => ({ wishedMs: minute, away: false }) });
  const tasks = [each(hour / (mentionsPerHour * networks.length), citizens), each(12 * minute, weather), each((2 * hour) / (mentionsPerHour * networks.length), staff)];
  const sleepers = networks.length + 1 + tasks.length;
  const guarded = Promise.all(tasks).then(() => undefined);
  const live = (ms: number): Promise<void> => Promise.race([clock.pass(ms, sleepers), guarded]);

  try {
    await live((hours * hour) / 4);
    const early = memory ? heapUsed() : 0;
    await live((hours * hour * 3) / 4);
    calm = true;
    await live(hour);
    const late = memory ? heapUsed() : 0;
    stop.abort();
    await Promise.all([following, guarded]);
    await desk.replies.settleAll();
    return { ...judge(desk, networks, posted), pulls, faults, failures, verified: (await desk.audit.verify()).ok, heap: [early, late] };
  } finally {
    stop.abort();
    await following.catch(() => undefined);
    await desk.dispose();
    for (const network of networks) await network.close();
    rmSync(home, { recursive: true, force: true });
  }
}

async function openDesk(home: string, dir: string, networks: readonly LocalNetwork[], clock: SimulatedClock): Promise<Desk> {
  const environment: Record<string, string | undefined> = { XDG_CONFIG_HOME: join(home, 'config'), ...tokensOf(networks) };
  await initDesk({
    dir, mediaDir, clock, random: systemRandomness, logger: quietLogger, environment, practice: true, as: 'Ana Pérez <ana@isc.example>',
    institution: { id: 'isc', name: 'Instituto', country: 'DO', timeZone: 'America/Santo_Domingo', languages: ['es', 'en'], domains: ['isc.example'] }, reviewer: { name: 'Revisora de práctica' },
  });
  connectTo(dir, networks);
  return createDesk({ dir, environment, clock, random: systemRandomness, logger: quietLogger, version: '0.0.0', mediaDir, as: 'Ana Pérez <ana@isc.example>' });
}

function randomFault(random: SeededRandom): NetworkFault {
  const count = 1 + random.between(0, 12 - 1);
  const kind = random.pick(['answer', 'answer', 'answer', 'resetBefore', 'resetAfter', 'cutOff', 'halfJson', 'notHttp', 'mislabel'] as const);
  // Answers of ours are few beside all that is read: some faults lie in wait for them alone.
  const where = random.next() < 0.35 ? { method: 'POST' as const, path: /\/(?:api\/v1\/statuses|2\/tweets|v1\/replies|com\.atproto\.repo\.putRecord)$/u } : {};
  if (kind === 'mislabel') return { kind, type: 'text/html', count, ...where };
  if (kind !== 'answer') return { kind, count, ...where };
  const status = random.pick([401, 403, 404, 429, 429, 500, 502, 503, 503]);
  return { kind, status, count, ...where, ...(status === 429 || status === 503 ? { headers: { 'retry-after': String(1 + random.between(0, 300 - 1)) } } : {}) };
}

function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

function judge(desk: Desk, networks: readonly LocalNetwork[], posted: readonly Posted[]): Pick<SoakOutcome, 'mentions' | 'answers' | 'lost' | 'doubled' | 'doubledAnswers' | 'disagreeing' | 'unseenColleagues'> {
  const all = desk.inbox.list({ all: true });
  const of = (network: LocalNetwork, id: string) => all.filter((mention) => mention.channel === network.id && mention.post.externalId === id);
  const label = ({ network, id }: Posted): string => `${network.id} ${id}`;
  const refs = (text: string): string => /Ref\. \d+/u.exec(text)?.[0] ?? text;
  const standing = networks.flatMap((network) => network.posted().map(({ text }) => `${network.id} ${refs(text)}`));
  const taken = all.flatMap((mention) => mention.replies.filter(({ state }) => state === 'sent').map(({ text }) => `${mention.channel} ${refs(text)}`));
  const doubtful = all.flatMap((mention) => mention.replies.filter(({ state }) => state === 'unsettled' || state === 'intended').map(({ text }) => `${mention.channel} ${refs(text)}`));
  return {
    mentions: posted.length,
    answers: taken.length,
    lost: posted.filter((post) => !post.deleted && of(post.network, post.id).length === 0).map(label),
    doubled: posted.filter((post) => of(post.network, post.id).length > 1).map(label),
    doubledAnswers: standing.filter((one, index) => standing.indexOf(one) !== index),
    disagreeing: [...standing.filter((one) => !taken.includes(one) && !doubtful.includes(one)), ...taken.filter((one) => !standing.includes(one))],
    unseenColleagues: posted.filter((post) => post.colleague && !post.deleted && of(post.network, post.id).some(isOpen)).map(label),
  };
}
