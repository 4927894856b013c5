import * as v from 'valibot';
import { isMomentosError } from '../../core/errors';
import { type LengthRule } from '../../core/text/countText';
import { type InstanceEntity, instanceSchema } from './entities';
import { type MastodonApi } from './mastodonApi';

/** Mastodon's own, for servers that tell nothing. */
const usual = { max: 500, urlLength: 23 };

/**
 * How the instance counts. GoToSocial counts code points and Pleroma and Akkoma graphemes, links in full; Mastodon graphemes with short links
 * (their sources: statuscreate.go, `String.length` in common_api, StatusLengthValidator).
 */
export async function readLengthRule(api: MastodonApi, signal?: AbortSignal): Promise<LengthRule> {
  const second = await instance(api, 'v2', signal);
  const told = second && limitOf(second) !== undefined ? second : (await instance(api, 'v1', signal)) ?? second;
  if (!told) return { ...usual, method: 'mastodon' };
  const max = limitOf(told) ?? usual.max;
  const name = `${told.version ?? ''} ${told.source_url ?? ''}`.toLowerCase();
  if (name.includes('gotosocial')) return { max, method: 'codePoints' };
  if (/pleroma|akkoma/u.test(name)) return { max, method: 'graphemes' };
  return { max, method: 'mastodon', urlLength: positive(told.configuration?.statuses?.characters_reserved_per_url) ?? usual.urlLength };
}

async function instance(api: MastodonApi, version: 'v1' | 'v2', signal?: AbortSignal): Promise<InstanceEntity | undefined> {
  try {
    const parsed = v.safeParse(instanceSchema, await api.instance(version, signal));
    return parsed.success ? parsed.output : undefined;
  } catch (error) {
    if (isMomentosError(error, 'network.notFound', 'network.invalid', 'network.malformed', 'network.forbidden', 'network.unexpected')) return undefined;
    throw error;
  }
}

function limitOf(told: InstanceEntity): number | undefined {
  return positive(told.configuration?.statuses?.max_characters) ?? positive(told.max_toot_chars);
}

function positive(number: number | null | undefined): number | undefined {
  return typeof number === 'number' && Number.isInteger(number) && number > 0 ? number : undefined;
}
