import { isLoopback } from '../../core/config';

/** Where people sign in and read: another origin than the API's, unless the server is on this machine (training, tests). */
export function webOriginOf(apiUrl: string): string {
  return isLoopback(apiUrl) ? new URL(apiUrl).origin : 'https://x.com';
}
