import { type IncomingPost } from '../../core/mention';

/**
 * What goes in front of an answer: Mastodon tells nobody who is not named in the text. Empty where the text names the author already, in any case of
 * letters; somebody of another server must be named with the host, or somebody of ours would be told instead.
 */
export function greetingFor(parent: IncomingPost, text: string, ownHost: string): string {
  const { handle } = parent.author;
  if (parent.own || handle === '') return '';
  const [name = '', host] = handle.toLowerCase().split('@');
  const named = [...text.toLowerCase().matchAll(/(?<![\p{L}\p{N}_=/@])@([a-z0-9_]+(?:[.-]+[a-z0-9_]+)*)(?:@([\p{L}\p{N}_]+(?:[.:-]+[\p{L}\p{N}_]+)*))?/gu)];
  const local = (told: string | undefined): boolean => told === undefined || told === ownHost;
  const same = named.some(([, toldName, toldHost]) => toldName === name && (host === undefined || host === ownHost ? local(toldHost) : toldHost === host));
  return same ? '' : `@${handle} `;
}
