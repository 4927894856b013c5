import { type ChannelAbilities } from './channelHarness';
import { describeChannel } from './describeChannel';
import { startXHarness } from './xHarness';

const abilities: ChannelAbilities = {
  visibilities: ['public'], edit: true, media: true, thread: true, delete: true, sameKey: true, greets: false, replyMethod: 'POST', deleteMethod: 'DELETE', past: true, unnamed: true,
};

describeChannel('X', abilities, startXHarness);
