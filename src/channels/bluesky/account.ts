import { type ChannelAccount } from '../../core/channelPort';
import { type WhoEntity } from './entities';

/** What the network says in place of a handle that no longer proves itself. */
export const invalidHandle = 'handle.invalid';

/** Lower case, without a leading `@`; a DID as it is. */
export function plainHandle(handle: string): string {
  const trimmed = handle.trim().replace(/^@/u, '');
  return trimmed.startsWith('did:') ? trimmed : trimmed.toLowerCase();
}

/** The handle, or the DID where there is none that holds. */
export function shownHandle(handle: string, did: string): string {
  const plain = plainHandle(handle);
  return plain === '' || plain === invalidHandle ? did : plain;
}

export function accountFrom(who: WhoEntity): ChannelAccount {
  const handle = shownHandle(who.handle, who.did);
  return { id: who.did, handle, name: handle, url: profileUrl(who.did) };
}

/** By the DID, which stays when the handle changes. */
export function profileUrl(did: string): string {
  return `https://bsky.app/profile/${did}`;
}

/** Whether the account is the one that `momentos.json` names, by handle or DID. A handle that no longer proves itself is nobody's: then the DID of the sign-in decides. */
export function isAccount(account: ChannelAccount, expected: string, signedInAs: string | undefined): boolean {
  const named = plainHandle(expected);
  if (signedInAs !== undefined && signedInAs !== account.id) return false;
  return named === account.id || named === account.handle || (account.handle === account.id && signedInAs === account.id);
}
