import { type ChannelAccount, type ChannelCapabilities } from '../../core/channelPort';
import { type LengthRule } from '../../core/text/countText';
import { type AccountEntity } from './entities';
import { oneLine, webUrl } from './toPost';

/** Until a server has told its own. */
export const usualCapabilities: ChannelCapabilities = { pull: true, thread: true, reply: true, privateReply: true, delete: true, media: true };

/** Where a server tells none: short enough for nearly all. */
const usualRule: LengthRule = { max: 2_000, method: 'graphemes' };

/** Who we are there, what the server can do, and how it counts. */
export interface ServerAccount {
  readonly account: ChannelAccount;
  readonly capabilities: ChannelCapabilities;
  readonly rule: LengthRule;
}

/** What is left out of `capabilities` is not there; a server that says nothing at all is only read. */
export function serverAccount(entity: AccountEntity): ServerAccount {
  const handle = oneLine(entity.handle).replace(/^@/u, '') || entity.id;
  const told = entity.capabilities;
  const limit = entity.limits?.reply;
  return {
    account: { id: entity.id, handle, name: oneLine(entity.name) || handle, url: webUrl(entity.url) },
    capabilities: {
      pull: true, thread: told?.thread === true, reply: told?.reply === true, privateReply: told?.privateReply === true, delete: told?.delete === true, media: told?.media === true,
    },
    rule: {
      max: limit?.maxLength ?? usualRule.max,
      method: limit?.countedAs === 'codePoints' ? 'codePoints' : 'graphemes',
      ...(limit?.maxBytes ? { maxBytes: limit.maxBytes } : {}),
    },
  };
}

/** Whether the account is the one that `momentos.json` names, by handle or id. */
export function isAccount(account: ChannelAccount, expected: string): boolean {
  const wanted = expected.trim().replace(/^@/u, '').toLowerCase();
  return account.handle.toLowerCase() === wanted || account.id.toLowerCase() === wanted;
}
