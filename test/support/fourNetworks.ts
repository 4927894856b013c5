import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock } from '../../src/core/clock';
import { tokenVariable } from '../../src/desk/secrets';
import { type InboxApiServer, startInboxApiServer } from '../../src/toolkit/practice/inboxApi/inboxApiServer';
import { type PracticeServer, startPracticeServer } from '../../src/toolkit/practice/practiceServer';
import { type FaultyFront, startFaultyFront } from '../contract/channels/faultyFront';
import { startBlueskyServer } from './blueskyServer';
import { freePort } from './freePort';
import { startXServer } from './xServer';

/** A network on this machine: a real server behind a front that spoils the way, and what citizens and colleagues do on it. */
export interface LocalNetwork {
  readonly id: string;
  /** Entry of `channels` in momentos.json. */
  readonly entry: Readonly<Record<string, string>>;
  readonly token: string;
  readonly front: FaultyFront;
  /** External id of the post. */
  mention(text: string, author: string): string;
  /** Absent where posts cannot be edited. */
  edit?(id: string, text: string): void;
  remove(id: string): void;
  answerByColleague(id: string, text: string): void;
  /** What stands there from the desk. */
  posted(): readonly { readonly id: string; readonly text: string; readonly inReplyTo: string | undefined }[];
  /** Lets go of what was noted of the requests. */
  forget(): void;
  close(): Promise<void>;
}

export async function startFourNetworks(clock: Clock): Promise<readonly LocalNetwork[]> {
  return Promise.all([mastodon(clock), x(clock), inboxApi(clock), bluesky(clock)]);
}

/** What the desk needs in its environment to read and answer there. */
export function tokensOf(networks: readonly LocalNetwork[]): Readonly<Record<string, string>> {
  return Object.fromEntries(networks.map(({ id, token }) => [tokenVariable(id), token]));
}

/** Makes these the channels of a desk. */
export function connectTo(dir: string, networks: readonly LocalNetwork[]): void {
  const path = join(dir, 'momentos.json');
  const config = JSON.parse(readFileSync(path, 'utf8').replace(/^\/\/.*$/mu, '')) as { channels: unknown };
  config.channels = networks.map(({ entry }) => entry);
  writeFileSync(path, JSON.stringify(config, undefined, 2));
}

async function mastodon(clock: Clock): Promise<LocalNetwork> {
  const server = await startPracticeServer({ count: 0, now: () => clock.now() });
  return practised('mastodon', 'mastodon-main', server, (text, author) => server.control.addMention({ text, author }).statusId, clock);
}

async function inboxApi(clock: Clock): Promise<LocalNetwork> {
  const server = await startInboxApiServer({ count: 0, now: () => clock.now() });
  return practised('inbox-api', 'inbox-main', server, (text, author) => server.control.addMention({ text, author }).externalId, clock);
}

/** One of the two practice servers, which are led alike. */
async function practised(network: string, id: string, server: PracticeServer | InboxApiServer, mention: LocalNetwork['mention'], clock: Clock): Promise<LocalNetwork> {
  const front = await startFaultyFront(server.url, { now: () => clock.now() });
  const { control } = server;
  return {
    id, entry: { id, network, url: front.url, account: 'isc' }, token: server.token, front, mention,
    edit: (post, text) => control.editMention(post, text),
    remove: (post) => control.deleteMention(post),
    answerByColleague: (post, text) => void control.answerByColleague(post, text),
    posted: () => control.posted(),
    forget: () => {
      front.seen.length = 0;
    },
    close: async () => {
      await front.close();
      await server.close();
    },
  };
}

async function x(clock: Clock): Promise<LocalNetwork> {
  const token = 'local-token-x';
  const server = await startXServer({ token, now: () => clock.now() });
  const front = await startFaultyFront(server.url, { now: () => clock.now() });
  const { control } = server;
  return {
    id: 'x-main', entry: { id: 'x-main', network: 'x', url: front.url, account: 'isc' }, token, front,
    mention: (text, author) => control.addMention({ text, author }),
    edit: (id, text) => void control.edit(id, text),
    remove: (id) => control.delete(id),
    answerByColleague: (id, text) => void control.answerByColleague(id, text),
    posted: () => control.posted(),
    forget: () => {
      front.seen.length = 0;
      control.requests.length = 0;
    },
    close: async () => {
      await front.close();
      await server.close();
    },
  };
}

async function bluesky(clock: Clock): Promise<LocalNetwork> {
  const port = await freePort();
  const server = await startBlueskyServer({ now: () => clock.now(), endpoint: `http://127.0.0.1:${String(port)}` });
  const front = await startFaultyFront(server.url, { now: () => clock.now(), port });
  return {
    id: 'bluesky-main', entry: { id: 'bluesky-main', network: 'bluesky', url: front.url, account: server.handle }, token: server.appPassword, front,
    mention: (text, author) => server.addMention({ text, author: `${author}.test` }).uri,
    remove: (id) => server.removePost(id),
    answerByColleague: (id, text) => void server.addPost({ text, author: server.handle, inReplyTo: id }),
    posted: () => server.posted().filter(({ record }) => record.text.includes('Ref. ')).map(({ uri, record }) => ({ id: uri, text: record.text, inReplyTo: record.reply?.parent.uri })),
    forget: () => {
      front.seen.length = 0;
      server.asked.length = 0;
    },
    close: async () => {
      await front.close();
      await server.close();
    },
  };
}
