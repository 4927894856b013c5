import { expect, vi } from 'vitest';
import { type IncomingPost } from '../../../src/core/mention';
import { type Channel, type ReplyRequest } from '../../../src/core/channelPort';
import { type ChannelSecret } from '../../../src/core/secretPorts';
import { createChannel, signInWith } from '../../../src/channels/registry';
import { SecretKeeper, TestClock, TestLogger, TestRandomness } from '../../contract/channels/testEnvironment';
import { newAppPassword, newPerson, type Person } from './people';

/** An institution's account with an app password, as a desk is connected to it. */
export interface Office {
  readonly person: Person;
  readonly appPassword: string;
  /** What the desk has stored. */
  readonly keeper: SecretKeeper;
  readonly clock: TestClock;
  readonly log: TestLogger;
  /** A channel over what is stored, as another process would make it. */
  channel(): Channel;
}

/** `connected`: with a session from a sign-in, else with nothing but the app password, as from the environment. */
export async function newOffice(pds: string, options: { readonly connected?: boolean; readonly secret?: (secret: ChannelSecret, person: Person) => ChannelSecret } = {}): Promise<Office> {
  const person = await newPerson(pds, 'oficina');
  const appPassword = await newAppPassword(person);
  const config = { id: 'bluesky-main', network: 'bluesky' as const, url: pds, account: person.handle };
  const [clock, log] = [new TestClock(), new TestLogger()];
  const signedIn: ChannelSecret = options.connected === false
    ? { token: appPassword, origin: pds }
    : (await signInWith(config, { secret: appPassword }, { clock, logger: log, random: new TestRandomness(), userAgent: 'Momentos/0.1.0' })).secret;
  const keeper = new SecretKeeper(options.secret?.(signedIn, person) ?? signedIn);
  return { person, appPassword, keeper, clock, log, channel: () => createChannel(config, keeper.environment({ clock, logger: log })) };
}

/** What a desk has of the posts handed out so far: by id, each once. */
export class Inbox {
  readonly posts: IncomingPost[] = [];
  cursor: string | undefined;

  constructor(private readonly channel: Channel, private readonly since = Date.now() - 7 * 86_400_000) {}

  async pull(): Promise<readonly IncomingPost[]> {
    const fresh: IncomingPost[] = [];
    for await (const page of this.channel.pull({ cursor: this.cursor, since: this.since, recheck: [] })) {
      fresh.push(...page.posts);
      this.cursor = page.cursor ?? this.cursor;
    }
    this.posts.push(...fresh);
    return fresh;
  }

  /** Pulls until all of these are here: the AppView takes a moment. Then no post may have come twice. */
  async until(...uris: readonly string[]): Promise<readonly IncomingPost[]> {
    await vi.waitFor(async () => {
      await this.pull();
      const here = new Set(this.posts.map(({ externalId }) => externalId));
      expect(uris.filter((uri) => !here.has(uri))).toEqual([]);
    }, { timeout: 30_000, interval: 150 });
    expect(new Set(this.posts.map(({ externalId }) => externalId)).size).toBe(this.posts.length);
    return uris.map((uri) => this.posts.find(({ externalId }) => externalId === uri)!);
  }
}

export const replyTo = (parent: IncomingPost, text: string, key = 'key-1', intendedAt = Date.now()): ReplyRequest => ({ parent, text, language: 'es', visibility: 'public', idempotencyKey: key, intendedAt });
