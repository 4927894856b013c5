import { type ChannelConfig } from '../../../src/core/config';
import { createChannel } from '../../../src/channels/registry';
import { startXServer } from '../../support/xServer';
import { type ChannelHarness } from './channelHarness';
import { startFaultyFront } from './faultyFront';
import { SecretKeeper, TestClock, TestLogger } from './testEnvironment';

export const canary = 'canary-token-Zx81';

/** A local X behind a front that can spoil the way. */
export async function startXHarness(): Promise<ChannelHarness> {
  let frozen: number | undefined;
  const server = await startXServer({ token: canary, now: () => frozen ?? Date.now() });
  const front = await startFaultyFront(server.url);
  const clock = new TestClock();
  const log = new TestLogger();
  const { control } = server;
  const handleOf = (author: string | undefined): string | undefined => author?.replace(/@.*$/u, '');
  return {
    clock, log, token: canary, seen: front.seen, url: front.url,
    pageSize: 100,
    mentionsPath: /^\/2\/users\/\d+\/mentions$/u,
    replyPath: /^\/2\/tweets$/u,
    channel: ({ account = 'isc', limits, origin } = {}) => {
      const config: ChannelConfig = { id: 'x-main', network: 'x', url: front.url, account };
      const secret = { token: canary, ...(origin === undefined ? {} : { origin }) };
      return createChannel(config, new SecretKeeper(secret).environment({ clock, logger: log }), { limits });
    },
    mention: ({ text, author, inReplyTo, images, minutesAgo = 0, at, language }) => {
      const name = handleOf(author);
      frozen = at;
      const id = control.addMention({ text, ago: minutesAgo * 60_000, ...(language === undefined ? {} : { lang: language }), ...(name === undefined ? {} : { author: name }), ...(inReplyTo === undefined ? {} : { inReplyTo }), ...(images === undefined ? {} : { images }) });
      frozen = undefined;
      return id;
    },
    lateMention: (text) => control.addMention({ text, ago: 20_000 }),
    unnamedAnswer: (id, text) => control.addPost({ text, author: 'vecina', inReplyTo: id }),
    answerByColleague: (id, text) => control.answerByColleague(id, text),
    edit: (id, text) => void control.edit(id, text),
    remove: (id) => control.delete(id),
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
