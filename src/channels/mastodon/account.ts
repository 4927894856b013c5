import { type ChannelAccount } from '../../core/channelPort';
import { cleanText } from '../cleanText';
import { type AccountEntity } from './entities';
import { handleOf, plainHandle } from './toPost';

export function accountFrom(entity: AccountEntity): ChannelAccount {
  const handle = handleOf(entity);
  const url = entity.url && /^https?:\/\//iu.test(entity.url) ? entity.url : undefined;
  return { id: entity.id, handle, name: cleanText(entity.display_name ?? '').trim() || handle, url };
}

/**
 * Whether the account is the one that `momentos.json` names. Both may be written with or without host; the host of an institution may differ
 * from the host of its server (`isc@isc.example` on `social.isc.example`), so hosts are compared only where both are told.
 */
export function isAccount(account: ChannelAccount, expected: string, origin: string): boolean {
  const [name = '', host] = plainHandle(account.handle).split('@');
  const [expectedName = '', expectedHost] = plainHandle(expected).split('@');
  if (name !== expectedName) return false;
  if (host === undefined || expectedHost === undefined || host === expectedHost) return true;
  return expectedHost === new URL(origin).host;
}
