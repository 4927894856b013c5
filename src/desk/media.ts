import { fetchPicture } from '../channels/fetchPicture';
import { isLoopback, isNetworkChannel } from '../core/config';
import { MomentosError } from '../core/errors';
import { type DeskContext } from './context';
import { type DeskMedia } from './deskApi';

/** What citizens attached, fetched only when a person asks to see it. */
export function createMedia(context: DeskContext, userAgent: string): DeskMedia {
  return {
    async fetch(mentionId, index, signal) {
      const mention = context.inbox.get(mentionId);
      if (mention === undefined) throw new MomentosError('mention.notFound', { id: mentionId });
      const media = mention.post.media[index];
      if (media?.type !== 'image') throw new MomentosError('media.noPicture');
      const entry = context.config.channels.find(({ id }) => id === mention.channel);
      const allowLoopback = entry !== undefined && isNetworkChannel(entry) && isLoopback(entry.url);
      const { type, bytes } = await fetchPicture({ url: media.url, allowLoopback, userAgent, signal });
      return { type, bytes, alt: media.alt };
    },
  };
}
