import { type ChannelConfig } from '../../../src/core/config';
import { createChannel } from '../../../src/channels/registry';
import { startInboxApiServer } from '../../../src/toolkit/practice/inboxApi/inboxApiServer';
import { type ChannelHarness } from './channelHarness';
import { startFaultyFront } from './faultyFront';
import { SecretKeeper, TestClock, TestLogger } from './testEnvironment';

const canary = 'canary-token-Zx81+/=';

/** The reference server of the Inbox API behind a front that can spoil the way. */
export async function startInboxApiHarness(): Promise<ChannelHarness> {
  let shift = 0;
  let frozen: number | undefined;
  const server = await startInboxApiServer({ count: 0, token: canary, now: () => frozen ?? Date.now() - shift });
  const front = await startFaultyFront(server.url);
  const clock = new TestClock();
  const log = new TestLogger();
  const { control } = server;
  return {
    clock, log, token: canary, seen: front.seen, url: front.url,
    mentionsPath: /^\/v1\/mentions$/u,
    replyPath: /^\/v1\/replies$/u,
    channel: ({ account = 'isc', limits, origin } = {}) => {
      const config: ChannelConfig = { id: 'inbox-main', network: 'inbox-api', url: front.url, account };
      const secret = { token: canary, ...(origin === undefined ? {} : { origin }) };
      return createChannel(config, new SecretKeeper(secret).environment({ clock, logger: log }), { limits });
    },
    mention: ({ text, minutesAgo = 0, at, author, visibility, inReplyTo, images, language }) => {
      shift = minutesAgo * 60_000;
      frozen = at;
      const { externalId } = control.addMention({
        text, ...(author === undefined ? {} : { author }), ...(visibility === undefined ? {} : { visibility }), ...(inReplyTo === undefined ? {} : { inReplyTo }), ...(images === undefined ? {} : { images }), ...(language === undefined ? {} : { language }),
      });
      shift = 0;
      frozen = undefined;
      return externalId;
    },
    lateMention: (text) => control.addMention({ text, minutesAgo: 90 }).externalId,
    unnamedAnswer: (id, text) => control.addMention({ text, inReplyTo: id }).externalId,
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
