import { afterEach, expect } from 'vitest';
import { type IncomingPost } from '../../../src/core/mention';
import { type Channel, type ReplyRequest } from '../../../src/core/channelPort';
import { createChannel } from '../../../src/channels/registry';
import { startXServer, type XServer, type XServerOptions } from '../../support/xServer';
import { pullAll } from './channelHarness';
import { SecretKeeper, TestClock, TestLogger } from './testEnvironment';

export const token = 'token-of-a-test';
export const day = 86_400_000;

export interface World {
  readonly server: XServer;
  readonly clock: TestClock;
  readonly log: TestLogger;
  readonly keeper: SecretKeeper;
  channel(): Channel;
  asked(path: string): readonly URLSearchParams[];
}

const running: XServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

export async function start(options: XServerOptions = {}): Promise<World> {
  const clock = new TestClock();
  const server = await startXServer({ token, now: () => clock.now(), ...options });
  running.push(server);
  const log = new TestLogger();
  const keeper = new SecretKeeper({ token, accountId: server.control.world.own.id });
  return {
    server, clock, log, keeper,
    channel: () => createChannel({ id: 'x-main', network: 'x', url: server.url, account: '@ISC' }, keeper.environment({ clock, logger: log })),
    asked: (path) => server.control.requests.filter((request) => request.path.endsWith(path)).map(({ query }) => query),
  };
}

export const ids = (posts: readonly IncomingPost[]): string[] => posts.map((post) => post.externalId);
export const reply = (parent: IncomingPost, text: string, intendedAt: number): ReplyRequest => ({ parent, text, language: 'es', visibility: parent.visibility, idempotencyKey: 'k', intendedAt });

export async function only(world: World, channel = world.channel()): Promise<IncomingPost> {
  const { posts } = await pullAll(channel);
  return posts.length === 1 ? posts[0]! : expect.fail(`there are ${String(posts.length)} posts`);
}
