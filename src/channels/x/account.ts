import { type ChannelAccount } from '../../core/channelPort';
import { cleanText } from '../cleanText';
import { type UserEntity } from './entities';

export function accountFrom(user: UserEntity, webOrigin: string): ChannelAccount {
  const handle = cleanText(user.username).replace(/\s+/gu, '');
  return { id: user.id, handle, name: cleanText(user.name ?? '').trim() || handle, url: `${webOrigin}/${encodeURIComponent(handle)}` };
}

/** Whether the account is the one that `momentos.json` names, with or without `@`, in any case of letters. */
export function isAccount(account: ChannelAccount, expected: string): boolean {
  return account.handle.toLowerCase() === expected.trim().replace(/^@/u, '').toLowerCase();
}
