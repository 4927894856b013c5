import * as v from 'valibot';
import { type ChannelState, type ChannelStateStore } from '../core/ports';
import { JsonDocument, type DocumentOptions } from './jsonDocument';

const time = v.optional(v.number());

const stateSchema = v.looseObject({
  cursor: v.optional(v.object({ value: v.string(), at: v.number() })),
  resumeFrom: time,
  connectedAt: time,
  account: v.optional(v.object({ id: v.string(), handle: v.string(), name: v.string(), url: v.optional(v.string()) })),
  declared: v.optional(v.fallback(v.optional(v.object({ pull: v.boolean(), thread: v.boolean(), reply: v.boolean(), privateReply: v.boolean(), delete: v.boolean(), media: v.boolean() })), undefined)),
  lastPullAt: time,
  lastError: v.optional(v.string()),
  lastErrorDetails: v.optional(v.fallback(v.record(v.string(), v.optional(v.union([v.string(), v.number(), v.boolean(), v.pipe(v.array(v.string()), v.readonly())]))), {})),
  failingSince: time,
  lagMs: time,
  nextPullAt: time,
  limits: v.optional(v.object({ limit: v.optional(v.number()), remaining: v.number(), resetAt: time, at: v.number() })),
  retryAt: time,
  lengthRule: v.optional(v.object({ max: v.number(), method: v.picklist(['mastodon', 'graphemes', 'codePoints', 'twitter']), urlLength: v.optional(v.number()), maxBytes: v.optional(v.number()) })),
  lengthRuleAt: time,
});

const documentSchema = v.object({ schemaVersion: v.literal(1), channels: v.record(v.string(), stateSchema) });
type ChannelsDocument = v.InferOutput<typeof documentSchema>;

/** Cursors and connection state of the channels, in `.momentos/channels.json`. */
export class FileChannelStateStore implements ChannelStateStore {
  private readonly document: JsonDocument<ChannelsDocument>;

  constructor(options: Omit<DocumentOptions<ChannelsDocument>, 'name' | 'schema' | 'empty'>) {
    this.document = new JsonDocument({ ...options, name: 'channels.json', schema: documentSchema, empty: { schemaVersion: 1, channels: {} } });
  }

  async read(channelId: string): Promise<ChannelState> {
    return stateOf(await this.document.read(), channelId);
  }

  async update(channelId: string, change: (state: ChannelState) => ChannelState): Promise<ChannelState> {
    const after = await this.document.update((document) => ({ ...document, channels: { ...document.channels, [channelId]: { ...change(stateOf(document, channelId)) } } }));
    return stateOf(after, channelId);
  }
}

function stateOf(document: ChannelsDocument, channelId: string): ChannelState {
  return Object.hasOwn(document.channels, channelId) ? (document.channels[channelId] ?? {}) : {};
}
