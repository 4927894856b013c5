import { isLoopback } from '../core/config';

/** True for https, and for http on this machine (the practice server). */
export function isSafeLink(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, username, password } = new URL(url);
  return username === '' && password === '' && (protocol === 'https:' || (protocol === 'http:' && isLoopback(url)));
}
