import type * as vscode from 'vscode';
import * as v from 'valibot';
import { channelSecretSchema } from '../core/channelSecret';
import { MomentosError } from '../core/errors';
import { type ChannelSecret, type SecretSource } from '../core/secretPorts';

/**
 * Secrets in VS Code's SecretStorage, one per desk and channel: the desk is in the key so that two desks with a channel
 * of the same name never share a token.
 */
export function createSecretSource(storage: vscode.SecretStorage, deskDir: string): SecretSource {
  const key = (channelId: string): string => `momentos:${deskDir}:${channelId}`;
  return {
    async read(channelId) {
      const text = await storage.get(key(channelId));
      if (text === undefined) return undefined;
      const parsed = v.safeParse(channelSecretSchema, parseJson(text));
      if (!parsed.success) throw new MomentosError('secret.unreadable', { channel: channelId });
      return parsed.output;
    },
    async write(channelId: string, secret: ChannelSecret) {
      await storage.store(key(channelId), JSON.stringify(secret));
    },
    async remove(channelId) {
      await storage.delete(key(channelId));
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
