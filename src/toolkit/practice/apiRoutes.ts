import { notFound, refusal, type Reply, type Request } from './httpParts';
import { pageLimit, pageOf } from './paging';
import { acctOf, type Notification, type Status } from './practiceWorld';
import { type Route } from './practiceFront';
import { type PracticeSite } from './practiceSite';
import { type PracticeVisibility } from './practiceText';
import { charactersPerUrl, maxCharacters, statusLength } from './statusLength';

const ok = (json: unknown, headers: Readonly<Record<string, string>> = {}): Reply => ({ status: 200, json, headers });
const visibilities: readonly string[] = ['public', 'unlisted', 'private', 'direct'] satisfies readonly PracticeVisibility[];
const isVisibility = (name: string): name is PracticeVisibility => visibilities.includes(name);

/** The part of the Mastodon API that a mention inbox uses. */
export function apiRoutes(site: PracticeSite): readonly Route[] {
  return [
    { method: 'GET', path: /^\/api\/v2\/instance$/, handle: () => ok(instance(site)) },
    { method: 'GET', path: /^\/api\/v1\/instance$/, handle: () => ok(firstInstance(site)) },
    { method: 'GET', path: /^\/api\/v1\/instance\/rules$/, handle: () => ok([]) },
    { method: 'GET', path: /^\/api\/v1\/accounts\/verify_credentials$/, scope: 'profile', handle: () => ok(ownAccount(site)) },
    { method: 'GET', path: /^\/api\/v1\/accounts\/lookup$/, scope: 'read:accounts', handle: (request) => lookup(site, request) },
    { method: 'GET', path: /^\/api\/v1\/accounts\/(\d+)$/, scope: 'read:accounts', handle: (request) => ok(site.json.account(accountOf(site, request))) },
    { method: 'GET', path: /^\/api\/v1\/accounts\/(\d+)\/statuses$/, scope: 'read:statuses', handle: (request) => accountStatuses(site, request) },
    { method: 'GET', path: /^\/api\/v1\/notifications$/, scope: 'read:notifications', handle: (request) => notifications(site, request) },
    { method: 'GET', path: /^\/api\/v1\/notifications\/(\d+)$/, scope: 'read:notifications', handle: (request) => notification(site, request) },
    { method: 'GET', path: /^\/api\/v1\/statuses$/, scope: 'read:statuses', handle: (request) => severalStatuses(site, request) },
    { method: 'GET', path: /^\/api\/v1\/statuses\/([^/]+)$/, scope: 'read:statuses', handle: (request) => ok(site.json.status(statusOf(site, request))) },
    { method: 'GET', path: /^\/api\/v1\/statuses\/([^/]+)\/context$/, scope: 'read:statuses', handle: (request) => context(site, request) },
    { method: 'GET', path: /^\/api\/v1\/statuses\/([^/]+)\/history$/, scope: 'read:statuses', handle: (request) => ok(site.json.history(statusOf(site, request))) },
    { method: 'GET', path: /^\/api\/v1\/statuses\/([^/]+)\/source$/, scope: 'read:statuses', handle: (request) => source(statusOf(site, request)) },
    { method: 'POST', path: /^\/api\/v1\/statuses$/, scope: 'write:statuses', handle: (request) => post(site, request) },
    { method: 'PUT', path: /^\/api\/v1\/statuses\/([^/]+)$/, scope: 'write:statuses', handle: (request) => change(site, request) },
    { method: 'DELETE', path: /^\/api\/v1\/statuses\/([^/]+)$/, scope: 'write:statuses', handle: (request) => remove(site, request) },
  ];
}

const statusesConfiguration = { max_characters: maxCharacters, max_media_attachments: 4, characters_reserved_per_url: charactersPerUrl };

function instance(site: PracticeSite): unknown {
  return {
    domain: new URL(site.baseUrl).host, title: 'Servidor de práctica', version: '4.5.2', source_url: '', description: 'Ciudadanos inventados para practicar',
    languages: ['es'], rules: [], registrations: { enabled: false }, api_versions: { mastodon: 7 },
    configuration: { urls: {}, statuses: statusesConfiguration, media_attachments: { description_limit: 1500 }, accounts: {}, polls: {}, translation: { enabled: false } },
    contact: { email: 'practica@isc.example', account: null },
  };
}

function firstInstance(site: PracticeSite): unknown {
  return {
    uri: new URL(site.baseUrl).host, title: 'Servidor de práctica', version: '4.5.2', short_description: '', description: '', email: 'practica@isc.example', languages: ['es'],
    registrations: false, urls: {}, stats: {}, configuration: { statuses: statusesConfiguration, media_attachments: { description_limit: 1500 } },
  };
}

function ownAccount(site: PracticeSite): unknown {
  return { ...site.json.account(site.world.institution), source: { privacy: 'public', sensitive: false, language: 'es', note: '', fields: [] }, role: { id: '-99', name: '', permissions: '0' } };
}

function lookup(site: PracticeSite, request: Request): Reply {
  const account = site.world.account(request.params.one('acct') ?? '');
  if (!account) throw notFound();
  return ok(site.json.account(account));
}

function accountOf(site: PracticeSite, request: Request): ReturnType<PracticeSite['world']['account']> & object {
  const account = site.world.accountById(request.captured[0] ?? '');
  if (!account) throw notFound();
  return account;
}

function statusOf(site: PracticeSite, request: Request): Status {
  const status = site.world.status(request.captured[0]);
  if (!status) throw notFound();
  return status;
}

function accountStatuses(site: PracticeSite, request: Request): Reply {
  const account = accountOf(site, request);
  const visible = site.world.statuses().filter((status) => status.account === account && (account === site.world.institution || status.visibility !== 'direct'));
  const wanted = request.params.flag('exclude_replies') ? visible.filter((status) => status.parentId === undefined) : visible;
  return paged(site, request, wanted, 20, (status) => site.json.status(status));
}

function notifications(site: PracticeSite, request: Request): Reply {
  if (!site.world.begun) site.record({ do: 'begin', at: request.at });
  const types = request.params.all('types');
  const excluded = request.params.all('exclude_types');
  const withFiltered = request.params.flag('include_filtered');
  const from = request.params.one('account_id');
  const list = site.world.notifications.filter((item) =>
    (types.length === 0 || types.includes(item.type)) && !excluded.includes(item.type) && (withFiltered || !item.filtered) && (from === undefined || item.account.id === from));
  return paged(site, request, list, 40, (item: Notification) => site.json.notification(item));
}

function notification(site: PracticeSite, request: Request): Reply {
  const found = site.world.notifications.find((item) => item.id === request.captured[0]);
  if (!found) throw notFound();
  return ok(site.json.notification(found));
}

/** A page with the `Link` header of Mastodon: `next` leads to older ones, `prev` to newer ones; none for an empty page. */
function paged<T extends { readonly id: string }>(site: PracticeSite, request: Request, ascending: readonly T[], standard: number, show: (item: T) => unknown): Reply {
  const limit = pageLimit(request.params.one('limit'), standard);
  const { params } = request;
  const page = pageOf(ascending, { limit, maxId: nonEmpty(params.one('max_id')), minId: nonEmpty(params.one('min_id')), sinceId: nonEmpty(params.one('since_id')) });
  const first = page[0];
  const last = page.at(-1);
  if (!first || !last) return ok([]);
  const link = (name: string, id: string): string => {
    const query = new URLSearchParams([...request.query].filter(([key]) => !['max_id', 'min_id', 'since_id', 'access_token'].includes(key)));
    query.set(name, id);
    return `<${site.baseUrl}${request.path}?${query.toString()}>`;
  };
  return ok(page.map(show), { Link: `${link('max_id', last.id)}; rel="next", ${link('min_id', first.id)}; rel="prev"` });
}

const nonEmpty = (value: string | undefined): string | undefined => (value === '' ? undefined : value);

/** Those that are there, in the order asked for; what is gone is simply missing. */
function severalStatuses(site: PracticeSite, request: Request): Reply {
  const found = request.params.all('id').slice(0, 40).map((id) => site.world.status(id)).filter((status) => status !== undefined);
  return ok(found.map((status) => site.json.status(status)));
}

function context(site: PracticeSite, request: Request): Reply {
  const status = statusOf(site, request);
  const show = (list: readonly Status[]): unknown[] => list.map((item) => site.json.status(item));
  return ok({ ancestors: show(site.world.ancestors(status)), descendants: show(site.world.descendants(status)) });
}

function source(status: Status): Reply {
  return ok({ id: status.id, text: status.text, spoiler_text: status.spoiler });
}

/** Throws 422 when the text is blank or over the limit. */
function checkedText(request: Request): { readonly text: string; readonly spoiler: string } {
  const text = request.params.one('status') ?? '';
  const spoiler = request.params.one('spoiler_text') ?? '';
  if (text.trim() === '') throw refusal(422, "Validation failed: Text can't be blank");
  if (statusLength(text, spoiler) > maxCharacters) throw refusal(422, `Validation failed: Text character limit of ${String(maxCharacters)} exceeded`);
  return { text: text.replaceAll('\r\n', '\n').trim(), spoiler };
}

function post(site: PracticeSite, request: Request): Reply {
  const key = nonEmpty(request.header('idempotency-key'));
  const made = key === undefined ? undefined : site.world.madeWith(key, request.at);
  if (made !== undefined) {
    const earlier = site.world.status(made);
    if (!earlier) throw notFound();
    return ok(site.json.status(earlier));
  }
  const inReplyTo = nonEmpty(request.params.one('in_reply_to_id'));
  if (inReplyTo !== undefined && !site.world.status(inReplyTo)) throw refusal(404, 'The post you are trying to reply to does not appear to exist.');
  const visibility = nonEmpty(request.params.one('visibility')) ?? 'public';
  if (!isVisibility(visibility)) throw refusal(422, `'${visibility}' is not a valid visibility`);
  if (request.params.one('scheduled_at') !== undefined) throw refusal(422, 'Validation failed: Scheduled posts are not part of the practice server');
  const { text, spoiler } = checkedText(request);
  const status = site.record({
    do: 'post', at: request.at, by: 'desk', text, visibility, language: nonEmpty(request.params.one('language')) ?? 'es', spoiler,
    ...(inReplyTo === undefined ? {} : { inReplyTo }), ...(key === undefined ? {} : { key }),
  });
  return ok(status && site.json.status(status));
}

function ownStatus(site: PracticeSite, request: Request): Status {
  const status = statusOf(site, request);
  if (status.account !== site.world.institution) throw notFound();
  return status;
}

function change(site: PracticeSite, request: Request): Reply {
  const status = ownStatus(site, request);
  const { text, spoiler } = checkedText(request);
  const language = nonEmpty(request.params.one('language'));
  site.record({ do: 'amend', at: request.at, id: status.id, text, spoiler, ...(language === undefined ? {} : { language }) });
  return ok(site.json.status(status));
}

function remove(site: PracticeSite, request: Request): Reply {
  const status = ownStatus(site, request);
  const json = { ...site.json.status(status), text: status.text };
  site.record({ do: 'remove', at: request.at, id: status.id });
  return ok(json);
}

/** What the institution posted, as tests and trainers see it. */
export function postedStatus(status: Status): PostedStatus {
  return {
    id: status.id, text: status.text, at: status.at, visibility: status.visibility, language: status.language, spoiler: status.spoiler,
    inReplyTo: status.parentId, by: status.by ?? 'colleague',
  };
}

export interface PostedStatus {
  readonly id: string;
  readonly text: string;
  /** ms since 1970, by the server's clock. */
  readonly at: number;
  readonly visibility: PracticeVisibility;
  readonly language: string | null;
  readonly spoiler: string;
  readonly inReplyTo: string | undefined;
  readonly by: 'desk' | 'colleague';
}

/** `@user` or `@user@host`, as a colleague starts an answer. */
export const greetingOf = (status: Status): string => `@${acctOf(status.account)}`;
