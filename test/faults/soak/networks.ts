import { type Clock } from '../../../src/core/clock';
import { startInboxApiServer } from '../../../src/toolkit/practice/inboxApi/inboxApiServer';
import { startPracticeServer } from '../../../src/toolkit/practice/practiceServer';
import { type FaultyFront, startFaultyFront } from '../../contract/channels/faultyFront';
import { startBlueskyServer } from '../../support/blueskyServer';
import { freePort } from '../../support/freePort';
import { startXServer } from '../../support/xServer';

/** A network of the soak: a real server behind a front that spoils the way, and what citizens and colleagues do on it. */
export interface SoakNetwork {
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
  close(): Promise<void>;
}

/** Texts carry a mark, so that an answer is found again whatever the network puts in front of it. */
export async function startSoakNetworks(clock: Clock): Promise<readonly SoakNetwork[]> {
  return Promise.all([mastodon(clock), x(clock), inboxApi(clock), bluesky(clock)]);
}

async function mastodon(clock: Clock): Promise<SoakNetwork> {
  const server = await startPracticeServer({ count: 0, now: () => clock.now() });
  const front = await startFaultyFront(server.url, { now: () => clock.now() });
  const { control } = server;
  return {
    id: 'mastodon-main', entry: { id: 'mastodon-main', network: 'mastodon', url: front.url, account: 'isc' }, token: server.token, front,
    mention: (text, author) => control.addMention({ text, author }).statusId,
    edit: (id, text) => control.editMention(id, text),
    remove: (id) => control.deleteMention(id),
    answerByColleague: (id, text) => void control.answerByColleague(id, text),
    posted: () => control.posted(),
    close: async () => {
      await front.close();
      await server.close();
    },
  };
}

async function x(clock: Clock): Promise<SoakNetwork> {
  const token = 'soak-token-x';
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
    close: async () => {
      await front.close();
      await server.close();
    },
  };
}

async function inboxApi(clock: Clock): Promise<SoakNetwork> {
  const server = await startInboxApiServer({ count: 0, now: () => clock.now() });
  const front = await startFaultyFront(server.url, { now: () => clock.now() });
  const { control } = server;
  return {
    id: 'inbox-main', entry: { id: 'inbox-main', network: 'inbox-api', url: front.url, account: 'isc' }, token: server.token, front,
    mention: (text, author) => control.addMention({ text, author }).externalId,
    edit: (id, text) => control.editMention(id, text),
    remove: (id) => control.deleteMention(id),
    answerByColleague: (id, text) => void control.answerByColleague(id, text),
    posted: () => control.posted(),
    close: async () => {
      await front.close();
      await server.close();
    },
  };
}

async function bluesky(clock: Clock): Promise<SoakNetwork> {
  const port = await freePort();
  const server = await startBlueskyServer({ now: () => clock.now(), endpoint: `http://127.0.0.1:${String(port)}` });
  const front = await startFaultyFront(server.url, { now: () => clock.now(), port });
  return {
    id: 'bluesky-main', entry: { id: 'bluesky-main', network: 'bluesky', url: front.url, account: server.handle }, token: server.appPassword, front,
    mention: (text, author) => server.addMention({ text, author: `${author}.test` }).uri,
    remove: (id) => server.removePost(id),
    answerByColleague: (id, text) => void server.addPost({ text, author: server.handle, inReplyTo: id }),
    posted: () => server.posted().filter(({ record }) => record.text.includes('Ref. ')).map(({ uri, record }) => ({ id: uri, text: record.text, inReplyTo: record.reply?.parent.uri })),
    close: async () => {
      await front.close();
      await server.close();
    },
  };
}
