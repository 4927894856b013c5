import { compareIds } from './identifiers';

/** The paging parameters of Mastodon's lists. */
export interface PageRequest {
  readonly limit: number;
  /** Strictly older than this id. */
  readonly maxId?: string | undefined;
  /** Immediately newer than this id: the page starts right behind it. */
  readonly minId?: string | undefined;
  /** Newer than this id, but starting from the newest: what does not fit in the page is left out. */
  readonly sinceId?: string | undefined;
}

/** As the server casts ids: what is not digits counts as 0. */
const cursor = (id: string): string => (/^\d+$/.test(id) ? id.replace(/^0+(?=\d)/, '') : '0');

/**
 * One page, newest first, of a list in ascending order of ids (Mastodon, `app/models/concerns/paginable.rb`):
 * `min_id` takes from the oldest end and turns the page around, and then `since_id` is ignored.
 */
export function pageOf<T extends { readonly id: string }>(ascending: readonly T[], request: PageRequest): T[] {
  let items = ascending;
  if (request.maxId !== undefined) {
    const limit = cursor(request.maxId);
    items = items.filter((item) => compareIds(item.id, limit) < 0);
  }
  if (request.minId !== undefined) {
    const limit = cursor(request.minId);
    return items.filter((item) => compareIds(item.id, limit) > 0).slice(0, request.limit).reverse();
  }
  if (request.sinceId !== undefined) {
    const limit = cursor(request.sinceId);
    items = items.filter((item) => compareIds(item.id, limit) > 0);
  }
  return request.limit === 0 ? [] : items.slice(-request.limit).reverse();
}

/** `limit` as Mastodon reads it: the default when absent, never more than twice the default. */
export function pageLimit(given: string | undefined, standard: number): number {
  if (given === undefined || given === '') return standard;
  const asked = Math.abs(Number.parseInt(given, 10));
  return Math.min(Number.isNaN(asked) ? 0 : asked, standard * 2);
}
