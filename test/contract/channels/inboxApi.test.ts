import { type ChannelAbilities } from './channelHarness';
import { describeChannel } from './describeChannel';
import { startInboxApiHarness } from './inboxApiHarness';

const abilities: ChannelAbilities = {
  visibilities: ['public', 'direct'], edit: true, media: true, thread: true, delete: true, sameKey: true, greets: false, replyMethod: 'POST', deleteMethod: 'DELETE', past: true, unnamed: true,
};

describeChannel('inbox-api', abilities, startInboxApiHarness);
