import { type ChannelConfig } from '../../../src/core/config';
import { createChannel } from '../../../src/channels/registry';
import { startBlueskyServer } from '../../support/blueskyServer';
import { type ChannelHarness } from './channelHarness';
import { startFaultyFront } from './faultyFront';
import { SecretKeeper, TestClock, TestLogger } from './testEnvironment';

const access = 'canary.access-token.Zx81';
const refresh = 'canary.refresh-token.Zx81';

/** Our stand-in for a personal data server behind a front that can spoil the way, with a session from an earlier day. */
export async function startBlueskyHarness(): Promise<ChannelHarness> {
  let shift = 0;
  let frozen: number | undefined;
  const server = await startBlueskyServer({ session: { accessJwt: access, refreshJwt: refresh }, now: () => frozen ?? Date.now() - shift });
  const front = await startFaultyFront(server.url);
  const clock = new TestClock();
  const log = new TestLogger();
  return {
    clock, log, token: access, seen: front.seen, url: front.url,
    mentionsPath: /listNotifications|getPosts$/u,
    replyPath: /putRecord$/u,
    channel: ({ account = 'isc.test', limits, origin } = {}) => {
      const config: ChannelConfig = { id: 'bluesky-main', network: 'bluesky', url: front.url, account };
      const secret = { token: server.appPassword, accountId: server.did, session: { access, refresh }, ...(origin === undefined ? {} : { origin }) };
      return createChannel(config, new SecretKeeper(secret).environment({ clock, logger: log }), { limits });
    },
    mention: ({ text, author, inReplyTo, images, minutesAgo = 0, at, language }) => {
      shift = minutesAgo * 60_000;
      frozen = at;
      const { uri } = server.addMention({ text, ...(author === undefined ? {} : { author: author.replace('@', '.') }), ...(inReplyTo === undefined ? {} : { inReplyTo }), ...(images === undefined ? {} : { images }), ...(language === undefined ? {} : { langs: [language] }) });
      shift = 0;
      frozen = undefined;
      return uri;
    },
    lateMention: (text) => server.addMention({ text, createdAt: new Date(Date.now() - 90 * 60_000).toISOString() }).uri,
    unnamedAnswer: (uri, text) => server.addPost({ text, author: 'vecina.test', inReplyTo: uri }).uri,
    answerByColleague: (uri, text) => server.addPost({ text, author: server.handle, inReplyTo: uri }).uri,
    edit: () => undefined,
    remove: (uri) => server.removePost(uri),
    posted: () => server.posted().map(({ uri, record }) => ({ id: uri, text: record.text })),
    fault: (fault) => front.fault(fault),
    heal: () => front.heal(),
    shut: () => front.close(),
    close: async () => {
      await front.close();
      await server.close();
    },
  };
}
