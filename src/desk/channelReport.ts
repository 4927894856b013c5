import * as l10n from '@vscode/l10n';
import { DateTime } from 'luxon';
import { type ChannelConfig, isNetworkChannel } from '../core/config';
import { type MomentosError } from '../core/errors';
import { type ChannelCapabilities } from '../core/channelPort';
import { agoWords, aheadWords, capabilityWords, channelTroubleWords, nearSpanWords } from './channelWords';
import { xConsole } from './connectGuide';
import { type ChannelInfo, type Desk } from './deskApi';
import { sentence } from './sentences';
import { channelWords, mediumWords, networkWords, timeWords } from './words';

/** `unread`: connected, and not looked at yet; `waiting`: the network asked us to wait; `byHand`: people record its contacts. */
export type ChannelHealth = 'working' | 'unread' | 'waiting' | 'failing' | 'notConnected' | 'byHand';

/** What helps: sign in again, try again, correct momentos.json, look at account and plan at the network, read the log. */
export type ChannelHelp = 'connect' | 'pull' | 'config' | 'network' | 'log';

export interface ChannelFact {
  readonly key: 'problem' | 'since' | 'lastPull' | 'nextPull' | 'lag' | 'limits' | 'account' | 'can' | 'medium';
  readonly label: string;
  readonly words: string;
}

/** One channel as people see it, in both hosts. */
export interface ChannelReport {
  readonly id: string;
  readonly name: string;
  readonly network: string;
  readonly networkName: string;
  readonly health: ChannelHealth;
  readonly healthWords: string;
  /** For a row: `2 min ago · next in 1 min`, or what is wrong in few words. */
  readonly summary: string;
  readonly facts: readonly ChannelFact[];
  /** What is wrong and what to do, as a sentence; undefined = nothing. */
  readonly problem: string | undefined;
  readonly error: MomentosError | undefined;
  readonly help: ChannelHelp | undefined;
  /** Where the account, and the plan if there are plans, is looked after; undefined = by nobody. */
  readonly accountPage: string | undefined;
  /** undefined = recorded by hand. */
  readonly info: ChannelInfo | undefined;
}

const signInAgain: readonly string[] = ['secret.missing', 'secret.expired', 'secret.otherOrigin', 'secret.otherAccount', 'secret.unreadable', 'network.unauthorized'];
const inTheFile: readonly string[] = ['network.plainHttp', 'network.redirect', 'channel.noNetwork'];
const atTheNetwork: readonly string[] = ['network.forbidden', 'network.noCredits', 'network.planForbids', 'network.capReached', 'network.accountSuspended'];
const tryAgain: readonly string[] = ['network.offline', 'network.timeout', 'network.tls', 'network.unavailable', 'network.rateLimited', 'network.cancelled'];

/** What a person can do about an error of a channel. */
export function channelHelp(code: string): ChannelHelp {
  if (signInAgain.includes(code)) return 'connect';
  if (inTheFile.includes(code)) return 'config';
  if (atTheNetwork.includes(code)) return 'network';
  return tryAgain.includes(code) ? 'pull' : 'log';
}

/** Every channel of momentos.json, in its order; those that are recorded by hand are among them. Errors: `store.*`. */
export async function channelReports(desk: Desk, now: number): Promise<readonly ChannelReport[]> {
  return reportsOf(desk, await desk.channels.list(), now);
}

/** As `channelReports`, of what has been read already. */
export function reportsOf(desk: Desk, infos: readonly ChannelInfo[], now: number): readonly ChannelReport[] {
  return desk.config.channels.flatMap((entry) => {
    const info = infos.find(({ id }) => id === entry.id);
    if (!isNetworkChannel(entry)) return [handReport(desk, entry)];
    return info === undefined ? [] : [networkReport(desk, info, now)];
  });
}

function handReport(desk: Desk, entry: Extract<ChannelConfig, { readonly network: 'by-hand' }>): ChannelReport {
  const summary = l10n.t('recorded by hand');
  return {
    id: entry.id, name: channelWords(desk.config, entry.id), network: entry.network, networkName: networkWords(entry.network), health: 'byHand', healthWords: summary, summary,
    facts: [{ key: 'medium', label: l10n.t('How it comes'), words: mediumWords(entry.medium) }],
    problem: undefined, error: undefined, help: undefined, accountPage: undefined, info: undefined,
  };
}

function networkReport(desk: Desk, info: ChannelInfo, now: number): ChannelReport {
  const health = healthOf(info, now);
  const error = info.problem ?? info.failure;
  return {
    id: info.id,
    name: info.name,
    network: info.network,
    networkName: networkWords(info.network),
    health,
    healthWords: healthWords(health),
    summary: summaryOf(info, health, error, now),
    facts: factsOf(desk, info, error, now),
    problem: error === undefined ? undefined : sentence(error),
    error,
    help: error === undefined ? undefined : channelHelp(error.code),
    accountPage: accountPage(info),
    info,
  };
}

function accountPage({ network, url, state }: ChannelInfo): string {
  if (network === 'x') return xConsole;
  return state.account?.url ?? new URL(url).origin;
}

function healthOf({ problem, failure, state }: ChannelInfo, now: number): ChannelHealth {
  if (problem !== undefined) return 'notConnected';
  if (failure?.code === 'network.rateLimited' || (failure === undefined && (state.retryAt ?? 0) > now)) return 'waiting';
  if (failure !== undefined) return 'failing';
  return state.lastPullAt === undefined ? 'unread' : 'working';
}

/** Of a channel, in one word or two. */
export function healthWords(health: ChannelHealth): string {
  switch (health) {
    case 'working': return l10n.t('works');
    case 'unread': return l10n.t('not looked at yet');
    case 'waiting': return l10n.t('has to wait');
    case 'failing': return l10n.t('fails');
    case 'notConnected': return l10n.t('not connected');
    case 'byHand': return l10n.t('recorded by hand');
  }
}

function summaryOf({ state }: ChannelInfo, health: ChannelHealth, error: MomentosError | undefined, now: number): string {
  const next = state.nextPullAt === undefined || health === 'notConnected' ? '' : l10n.t('next {0}', aheadWords(state.nextPullAt, now));
  if (health === 'waiting') return join(l10n.t('asked to wait'), state.retryAt === undefined || state.retryAt <= now ? next : l10n.t('next {0}', aheadWords(Math.max(state.retryAt, state.nextPullAt ?? 0), now)));
  if (error !== undefined) return join(channelTroubleWords(error.code), channelHelp(error.code) === 'pull' ? next : '');
  return state.lastPullAt === undefined ? join(healthWords('unread'), next) : join(agoWords(state.lastPullAt, now), next);
}

function factsOf(desk: Desk, { state, account, url, capabilities }: ChannelInfo, error: MomentosError | undefined, now: number): readonly ChannelFact[] {
  const { timeZone } = desk.config.institution;
  const when = (at: number): string => timeWords(at, now, timeZone, desk.language);
  const facts: (ChannelFact | undefined)[] = [
    error && { key: 'problem', label: l10n.t('Problem'), words: sentence(error) },
    state.failingSince === undefined ? undefined : { key: 'since', label: l10n.t('Failing since'), words: when(state.failingSince) },
    { key: 'lastPull', label: l10n.t('Last look'), words: state.lastPullAt === undefined ? l10n.t('never') : `${when(state.lastPullAt)} (${agoWords(state.lastPullAt, now)})` },
    state.nextPullAt === undefined ? undefined : { key: 'nextPull', label: l10n.t('Next look'), words: aheadWords(Math.max(state.nextPullAt, state.retryAt ?? 0), now) },
    state.lagMs === undefined ? undefined : { key: 'lag', label: l10n.t('Delay'), words: l10n.t('the newest mention was seen {0} after it was posted', nearSpanWords(state.lagMs)) },
    limitsFact(state.limits, now, timeZone),
    { key: 'account', label: l10n.t('Account'), words: `${state.account?.handle ?? account} · ${new URL(url).host}` },
    { key: 'can', label: l10n.t('What it can do'), words: capabilityList(capabilities) },
  ];
  return facts.filter((fact) => fact !== undefined);
}

/** What is left of the network's limits; undefined = not told, or no longer true. */
export function limitsFact(limits: ChannelInfo['state']['limits'], now: number, timeZone: string): ChannelFact | undefined {
  // What was said of a time that is over holds no more.
  if (limits === undefined || (limits.resetAt !== undefined && limits.resetAt <= now)) return undefined;
  const { limit, remaining, resetAt } = limits;
  const left = limit === undefined ? l10n.t('{0} left', remaining) : l10n.t('{0} of {1} left', remaining, limit);
  const until = resetAt === undefined ? left : l10n.t('{0} until {1}', left, DateTime.fromMillis(resetAt, { zone: timeZone }).toFormat('HH:mm'));
  return { key: 'limits', label: l10n.t('Requests'), words: until };
}

function capabilityList(capabilities: ChannelCapabilities): string {
  const words = capabilityWords(capabilities);
  return words.length === 0 ? l10n.t('nothing') : words.join(', ');
}

function join(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}

/**
 * What somebody who helps needs to know of a channel, in English: state, times and error code with its details. Never a secret, no text of a citizen.
 */
export function channelDiagnosis({ id, network, health, error, info }: ChannelReport, version: string, now: number): string {
  const time = (at: number | undefined): string => (at === undefined ? '-' : new Date(at).toISOString());
  const state = info?.state;
  const lines = [
    `Momentos ${version}, ${time(now)}`,
    `channel: ${id} (${network})`,
    `health: ${health}`,
    ...(info === undefined ? [] : [
      `server: ${new URL(info.url).origin}`,
      `account: ${info.state.account?.handle ?? info.account}`,
      `capabilities: ${Object.entries(info.capabilities).filter(([, can]) => can === true).map(([name]) => name).join(', ')}`,
      `connected: ${time(state?.connectedAt)}`,
      `last pull: ${time(state?.lastPullAt)}`,
      `next pull: ${time(state?.nextPullAt)}`,
      `retry at: ${time(state?.retryAt)}`,
      `failing since: ${time(state?.failingSince)}`,
      `lag: ${state?.lagMs === undefined ? '-' : `${String(state.lagMs)} ms`}`,
      `limits: ${state?.limits === undefined ? '-' : JSON.stringify(state.limits)}`,
    ]),
    `error: ${error === undefined ? '-' : `${error.code} ${JSON.stringify(error.details)}`}`,
  ];
  return `${lines.join('\n')}\n`;
}
