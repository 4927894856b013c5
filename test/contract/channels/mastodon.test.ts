import { type ChannelAbilities } from './channelHarness';
import { describeChannel } from './describeChannel';
import { startMastodonHarness } from './mastodonHarness';

const abilities: ChannelAbilities = {
  visibilities: ['public', 'unlisted', 'private', 'direct'], edit: true, media: true, thread: true, delete: true, sameKey: true, greets: true, replyMethod: 'POST', deleteMethod: 'DELETE', past: true, unnamed: true,
};

describeChannel('mastodon', abilities, startMastodonHarness);
