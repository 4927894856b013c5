import { type ChannelConfig, type ContactMedium, type DeskConfig, isNetworkChannel, type Network, usualUrls } from '../core/config';
import { MomentosError } from '../core/errors';
import { loadConfig } from './config';
import { editedConfig, type EditedConfig, replaceConfig } from './configFile';

/** A channel that is to stand in momentos.json. Never a secret. */
export interface NewChannel {
  readonly network: Network;
  /** undefined = made from network and account. */
  readonly id?: string | undefined;
  /** undefined = the network's usual one. */
  readonly url?: string | undefined;
  readonly account?: string | undefined;
  readonly clientId?: string | undefined;
  readonly medium?: ContactMedium | undefined;
  readonly name?: string | undefined;
}

export interface PreparedEntry {
  readonly entry: ChannelConfig;
  write(): Promise<void>;
}

/** momentos.json with one channel more, checked and not yet written. Errors: `config.*`, `channel.exists`. */
export async function prepareEntry(dir: string, wanted: NewChannel): Promise<PreparedEntry> {
  const config = await loadConfig(dir);
  const known = sameChannel(config, wanted);
  if (known !== undefined) throw new MomentosError('channel.exists', { channel: known.id });
  const id = wanted.id ?? freeId(config, wanted);
  const { network, account, clientId, medium, name } = wanted;
  const url = wanted.url === undefined || wanted.url === usualUrls[network] ? undefined : wanted.url;
  const entry = Object.fromEntries(Object.entries({ id, network, url, account, clientId, medium, name }).filter(([, value]) => value !== undefined && value !== ''));
  return prepared(await editedConfig(dir, ['channels', config.channels.length], entry, true), id);
}

/** momentos.json with the client id of the institution's own app beside a channel. Errors: `config.*`, `channel.notFound`. */
export async function prepareClientId(dir: string, channelId: string, clientId: string): Promise<PreparedEntry> {
  const { channels } = await loadConfig(dir);
  const at = channels.findIndex(({ id }) => id === channelId);
  if (at < 0) throw new MomentosError('channel.notFound', { channel: channelId, known: channels.map(({ id }) => id) });
  return prepared(await editedConfig(dir, ['channels', at, 'clientId'], clientId), channelId);
}

function prepared(edited: EditedConfig, id: string): PreparedEntry {
  const entry = edited.config.channels.find((channel) => channel.id === id);
  if (entry === undefined) throw new MomentosError('channel.notFound', { channel: id });
  return { entry, write: () => replaceConfig(edited) };
}

/** The same account of the same server, or contacts that come in the same way under the same name; undefined = it is new. */
export function sameChannel(config: Pick<DeskConfig, 'channels'>, wanted: NewChannel): ChannelConfig | undefined {
  return config.channels.find((entry) => {
    if (entry.network !== wanted.network) return false;
    if (!isNetworkChannel(entry)) return entry.medium === wanted.medium && (entry.name ?? '') === (wanted.name ?? '');
    return plainAccount(entry.account) === plainAccount(wanted.account) && originOf(entry.url) === originOf(wanted.url ?? usualUrls[wanted.network]);
  });
}

function plainAccount(account: string | undefined): string {
  return (account ?? '').trim().replace(/^@/u, '').toLowerCase();
}

function originOf(url: string | undefined): string {
  return url !== undefined && URL.canParse(url) ? new URL(url).origin : '';
}

/** `mastodon-main`, then `mastodon-isc`, then `mastodon-isc-2`. */
function freeId(config: DeskConfig, { network, account, medium, name }: NewChannel): string {
  const taken = new Set(config.channels.map(({ id }) => id));
  const candidates = (network === 'by-hand' ? [slug(name ?? ''), medium ?? 'contact'] : [`${network}-main`, slug(`${network}-${plainAccount(account).split('@')[0] ?? ''}`)]).filter((id) => id !== '');
  const free = candidates.find((id) => !taken.has(id));
  if (free !== undefined) return free;
  const last = candidates.at(-1) ?? network;
  for (let number = 2; ; number += 1) if (!taken.has(`${last}-${String(number)}`)) return `${last}-${String(number)}`;
}

function slug(text: string): string {
  return text.normalize('NFD').replace(/\p{M}+/gu, '').toLowerCase().replace(/[^a-z0-9]+/gu, '-').slice(0, 60).replace(/^-+|-+$/gu, '');
}

/** Account and server from what a person writes: `isc@social.example`, `@isc@social.example`, `https://social.example/@isc`; undefined = neither. */
export function mastodonAddress(text: string): { readonly url: string; readonly account: string } | undefined {
  const handle = /^@?([A-Za-z0-9_.-]+)@([a-z0-9.-]+(?::\d{1,5})?)$/iu.exec(text.trim());
  const address = /^(https?):\/\/([a-z0-9.-]+(?::\d{1,5})?)\/@([A-Za-z0-9_.-]+)\/?$/iu.exec(text.trim());
  const account = handle?.[1] ?? address?.[3];
  const host = (handle?.[2] ?? address?.[2])?.toLowerCase();
  if (account === undefined || host === undefined) return undefined;
  const loopback = /^(?:localhost|127\.\d+\.\d+\.\d+)(?::|$)/u.test(host);
  if (!loopback && !host.includes('.')) return undefined;
  return { url: `${address?.[1]?.toLowerCase() ?? (loopback ? 'http' : 'https')}://${host}`, account };
}
