import { isIP } from 'node:net';
import { isLoopback } from '../core/config';
import { MomentosError } from '../core/errors';
import { createAgents } from './connectAgents';
import { readOnce } from './http';
import { nodeCode, statusCode, wayFailure } from './httpFailure';
import { insideCode, isInsideAddress, outsideLookup } from './publicAddress';

export const pictureTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const;
export type PictureType = (typeof pictureTypes)[number];

export interface Picture {
  readonly type: PictureType;
  readonly bytes: Uint8Array;
}

export interface PictureRequest {
  readonly url: string;
  /** The channel's own server is on this machine: pictures may come from there too. */
  readonly allowLoopback: boolean;
  readonly userAgent: string;
  readonly signal?: AbortSignal | undefined;
  /** Bytes; default 8 MiB. */
  readonly limit?: number | undefined;
}

const usualLimit = 8 * 1024 * 1024;
const totalMs = 30_000;
const mostHops = 3;

/**
 * A picture that a citizen attached, from wherever it lies: without any token, from public addresses only, at most 8 MiB, and only what its first bytes show
 * to be PNG, JPEG, GIF or WebP. Each step of a redirect is held to the same. Errors: `media.refused`, `media.noPicture`, `network.*`.
 */
export async function fetchPicture(request: PictureRequest): Promise<Picture> {
  const limit = request.limit ?? usualLimit;
  let url = allowed(request.url, undefined, request.allowLoopback);
  for (let hop = 0; ; hop += 1) {
    const answer = await read(url, request, limit);
    if (![301, 302, 303, 307, 308].includes(answer.status)) {
      if (answer.status < 200 || answer.status > 299) throw new MomentosError(statusCode(answer.status, 'read'), { origin: url.origin, status: answer.status });
      if (answer.body === undefined) throw new MomentosError('network.tooLarge', { origin: url.origin, limit });
      const type = pictureType(answer.body);
      if (type === undefined) throw new MomentosError('media.noPicture', { origin: url.origin });
      return { type, bytes: answer.body };
    }
    if (hop >= mostHops) throw new MomentosError('media.refused', { reason: 'redirects' });
    url = allowed(answer.header('location') ?? '', url, request.allowLoopback);
  }
}

async function read(url: URL, { allowLoopback, userAgent, signal }: PictureRequest, limit: number) {
  // On loopback the name says it; elsewhere each address that a name stands for is looked at as the connection is made.
  const agents = createAgents(10_000, false, allowLoopback && isLoopback(url.href) ? undefined : outsideLookup);
  try {
    return await readOnce(url, { headers: { 'User-Agent': userAgent, Accept: pictureTypes.join(', ') }, agents, limit, totalMs, signal });
  } catch (error) {
    if (error instanceof MomentosError) throw error;
    if (signal?.aborted === true) throw new MomentosError('network.cancelled', { origin: url.origin });
    if (nodeCode(error) === insideCode) throw new MomentosError('media.refused', { reason: 'address' });
    throw wayFailure(error, 'read', { origin: url.origin });
  } finally {
    agents.httpAgent.destroy();
    agents.httpsAgent.destroy();
  }
}

/** Errors: `media.refused`. */
function allowed(address: string, from: URL | undefined, allowLoopback: boolean): URL {
  if (!URL.canParse(address, from?.href)) throw new MomentosError('media.refused', { reason: 'address' });
  const url = new URL(address, from?.href);
  if (url.username !== '' || url.password !== '') throw new MomentosError('media.refused', { reason: 'address' });
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new MomentosError('media.refused', { reason: 'scheme' });
  if (isLoopback(url.href)) {
    if (allowLoopback) return url;
    throw new MomentosError('media.refused', { reason: 'address' });
  }
  if (url.protocol !== 'https:') throw new MomentosError('media.refused', { reason: 'scheme' });
  const host = url.hostname.replace(/^\[|\]$/gu, '');
  if (isIP(host) !== 0 && isInsideAddress(host)) throw new MomentosError('media.refused', { reason: 'address' });
  return url;
}

/** By its first bytes, whatever name or header say; undefined = none of ours. */
export function pictureType(bytes: Uint8Array): PictureType | undefined {
  const ascii = (from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));
  if (bytes[0] === 0x89 && ascii(1, 8) === 'PNG\r\n\u001a\n') return 'image/png';
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg';
  if (/^GIF8[79]a$/u.test(ascii(0, 6))) return 'image/gif';
  if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') return 'image/webp';
  return undefined;
}
