import { describeChannel } from './describeChannel';
import { startMastodonHarness } from './mastodonHarness';

describeChannel('Mastodon', startMastodonHarness);
