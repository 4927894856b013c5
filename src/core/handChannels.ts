import { contactMedia, type ChannelConfig, type ContactMedium, type DeskConfig, type HandChannelConfig } from './config';
import { MomentosError } from './errors';

export { contactMedia, type ContactMedium } from './config';

type Channels = Pick<DeskConfig, 'channels'>;

/**
 * The channels that every desk has without a word in momentos.json: one for each way in which citizens come without a network. Where momentos.json
 * has given such an id to a channel of its own, the built-in one stands under `hand-<medium>`.
 */
export function builtInHandChannels({ channels }: Channels): readonly HandChannelConfig[] {
  const taken = new Set(channels.map(({ id }) => id));
  return contactMedia.map((medium) => ({ id: taken.has(medium) ? `hand-${medium}` : medium, network: 'by-hand', medium }));
}

/** Every channel that mentions may stand under: those of momentos.json, then the built-in ones. */
export function everyChannel(config: Channels): readonly ChannelConfig[] {
  return [...config.channels, ...builtInHandChannels(config)];
}

/** undefined = neither momentos.json nor the desk itself has it (any more). */
export function channelOf(config: Channels, id: string): ChannelConfig | undefined {
  return everyChannel(config).find((channel) => channel.id === id);
}

/** Where a contact is to be noted. Errors: `channel.notFound`, `channel.notByHand`. */
export function handChannel(config: Channels, wanted: { readonly medium?: ContactMedium | undefined; readonly channel?: string | undefined }): HandChannelConfig {
  const known = (): readonly string[] => everyChannel(config).flatMap(({ id, network }) => (network === 'by-hand' ? [id] : []));
  if (wanted.channel === undefined) {
    const builtIn = builtInHandChannels(config).find(({ medium }) => medium === wanted.medium);
    if (builtIn === undefined) throw new MomentosError('channel.notFound', { channel: wanted.medium ?? '', known: known() });
    return builtIn;
  }
  const found = channelOf(config, wanted.channel);
  if (found === undefined) throw new MomentosError('channel.notFound', { channel: wanted.channel, known: known() });
  if (found.network !== 'by-hand') throw new MomentosError('channel.notByHand', { channel: found.id, known: known() });
  return found;
}
