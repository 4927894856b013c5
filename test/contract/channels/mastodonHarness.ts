import { type ChannelConfig } from '../../../src/core/config';
import { createChannel } from '../../../src/channels/registry';
import { startPracticeServer } from '../../../src/toolkit/practice/practiceServer';
import { type ChannelHarness } from './channelHarness';
import { startFaultyFront } from './faultyFront';
import { SecretKeeper, TestClock, TestLogger } from './testEnvironment';

export const canary = 'canary-token-Zx81+/=';

/** The practice server behind a front that can spoil the way. */
export async function startMastodonHarness(): Promise<ChannelHarness> {
  let shift = 0;
  let frozen: number | undefined;
  const server = await startPracticeServer({ count: 0, token: canary, now: () => frozen ?? Date.now() - shift });
  const front = await startFaultyFront(server.url);
  const clock = new TestClock();
  const log = new TestLogger();
  const { control } = server;
  return {
    clock, log, token: canary, seen: front.seen, url: front.url,
    mentionsPath: /^\/api\/v1\/notifications$/u,
    replyPath: /^\/api\/v1\/statuses$/u,
    channel: ({ account = 'isc', limits, origin } = {}) => {
      const config: ChannelConfig = { id: 'mastodon-main', network: 'mastodon', url: front.url, account };
      const secret = { token: canary, ...(origin === undefined ? {} : { origin }) };
      return createChannel(config, new SecretKeeper(secret).environment({ clock, logger: log }), { limits });
    },
    mention: ({ text, minutesAgo = 0, at, ...more }) => {
      shift = minutesAgo * 60_000;
      frozen = at;
      const { statusId } = control.addMention({ text, ...more });
      shift = 0;
      frozen = undefined;
      return statusId;
    },
    lateMention: (text) => control.addMention({ text, author: 'tardia@lejos.example', minutesAgo: 90 }).statusId,
    unnamedAnswer: (id, text) => control.addMention({ text, inReplyTo: id, unnamed: true }).statusId,
    answerByColleague: (id, text) => control.answerByColleague(id, text),
    edit: (id, text) => control.editMention(id, text),
    remove: (id) => control.deleteMention(id),
    posted: () => control.posted(),
    fault: (fault) => front.fault(fault),
    heal: () => front.heal(),
    shut: () => front.close(),
    close: async () => {
      await front.close();
      await server.close();
    },
  };
}
