import { type ChannelConfig } from '../core/config';
import { everyChannel } from '../core/handChannels';
import { type Desk } from '../desk/deskApi';

/** What a person may choose among: the channels of momentos.json, and the built-in ones by hand under which something stands. */
export function channelsInUse(desk: Desk): readonly ChannelConfig[] {
  const used = new Set(desk.inbox.list({ all: true }).map(({ channel }) => channel));
  return everyChannel(desk.config).filter(({ id }) => used.has(id) || desk.config.channels.some((channel) => channel.id === id));
}
