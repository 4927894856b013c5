import * as v from 'valibot';
import { type ChannelSecret } from './secretPorts';

/** A secret as it is kept by either host. */
export const channelSecretSchema = v.object({
  token: v.pipe(v.string(), v.nonEmpty()),
  origin: v.optional(v.string()),
  accountId: v.optional(v.string()),
  refreshToken: v.optional(v.string()),
  clientId: v.optional(v.string()),
  clientSecret: v.optional(v.string()),
  session: v.optional(v.object({ access: v.string(), refresh: v.string(), endpoint: v.optional(v.string()) })),
  expiresAt: v.optional(v.number()),
  scopes: v.optional(v.array(v.string())),
});

/** False when one was stored in place of the other. */
export function isSameSecret(left: ChannelSecret, right: ChannelSecret): boolean {
  return left.token === right.token && left.refreshToken === right.refreshToken && left.session?.access === right.session?.access && left.session?.refresh === right.session?.refresh;
}
