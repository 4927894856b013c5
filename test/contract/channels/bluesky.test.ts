import { startBlueskyHarness } from './blueskyHarness';
import { type ChannelAbilities } from './channelHarness';
import { describeChannel } from './describeChannel';

const abilities: ChannelAbilities = {
  visibilities: ['public'], edit: false, media: true, thread: true, delete: true, sameKey: true, greets: false, replyMethod: 'POST', deleteMethod: 'POST', past: true, unnamed: true,
};

describeChannel('bluesky', abilities, startBlueskyHarness);
