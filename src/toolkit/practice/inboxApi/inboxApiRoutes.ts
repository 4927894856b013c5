import { graphemesOf } from '../../../core/text/graphemes';
import { type Reply, type Request } from '../httpParts';
import { plainPicture } from '../picture';
import { type Route } from '../practiceFront';
import { acctOf, type Status } from '../practiceWorld';
import { inboxApiPage } from './inboxApiPage';
import { externalIdOf, type InboxApiSite, refused, statusIdOf } from './inboxApiSite';

const ok = (json: unknown, status = 200): Reply => ({ status, json });
const scope = 'inbox';
const mostItems = 100;

/** The Inbox API as `docs/inbox-api.openapi.yaml` has it, the pages that its addresses lead to, and the pictures. */
export function inboxApiRoutes(site: InboxApiSite): readonly Route[] {
  return [
    { method: 'GET', path: /^\/v1\/account$/u, scope, handle: () => ok(account(site)) },
    { method: 'GET', path: /^\/v1\/mentions$/u, scope, handle: (request) => ok(feed(site, request)) },
    { method: 'GET', path: /^\/v1\/mentions\/([^/]+)$/u, scope, handle: (request) => ok(message(site, found(site, request))) },
    { method: 'GET', path: /^\/v1\/conversations\/([^/]+)$/u, scope, handle: (request) => ok(conversation(site, request)) },
    { method: 'POST', path: /^\/v1\/replies$/u, scope, handle: (request) => reply(site, request) },
    { method: 'DELETE', path: /^\/v1\/replies\/([^/]+)$/u, scope, handle: (request) => remove(site, request) },
    { method: 'GET', path: /^\/$/u, handle: () => inboxApiPage(site) },
    { method: 'GET', path: /^\/messages\/([^/]+)$/u, handle: (request) => inboxApiPage(site, site.world.root(found(site, request).id)) },
    { method: 'GET', path: /^\/media\/(\d+)\.png$/u, handle: (request) => picture(request) },
  ];
}

function account(site: InboxApiSite): unknown {
  const { institution } = site.world;
  return {
    id: institution.username, handle: institution.username, name: institution.name, url: `${site.baseUrl}/`, capabilities: site.capabilities,
    limits: { reply: { maxLength: site.maxLength, countedAs: 'graphemes' } },
  };
}

const iso = (at: number): string => new Date(at).toISOString();
const cursorOf = (seq: number): string => String(seq).padStart(16, '0');

/** A message in the contract's shape. */
function message(site: InboxApiSite, status: Status): Record<string, unknown> {
  const { world, baseUrl } = site;
  const own = status.account === world.institution;
  const arrivedAt = world.arrivedAt(status);
  return {
    externalId: externalIdOf(status.id), conversationId: externalIdOf(world.root(status.id)), inReplyTo: status.parentId === undefined ? null : externalIdOf(status.parentId),
    author: { id: own ? status.account.username : `u-${status.account.id}`, handle: acctOf(status.account), name: status.account.name, url: null },
    own, text: world.text(status), lang: status.language, createdAt: iso(arrivedAt), declaredAt: status.at === arrivedAt ? null : iso(status.at),
    updatedAt: iso(status.editedAt === undefined ? arrivedAt : Math.max(arrivedAt + 1, status.editedAt)), url: `${baseUrl}/messages/${externalIdOf(status.id)}`,
    visibility: status.visibility === 'public' || status.visibility === 'unlisted' ? 'public' : 'private',
    media: status.images.map((alt, index) => ({ type: 'image', url: `${baseUrl}/media/${status.id}${String(index)}.png`, alt })),
  };
}

function feed(site: InboxApiSite, request: Request): unknown {
  const { world } = site;
  const { query } = request;
  const since = query.get('since');
  const from = query.get('from');
  const limit = query.has('limit') ? Number(query.get('limit')) : mostItems;
  if (!Number.isInteger(limit) || limit < 1) throw refused(400, 'limit_invalid', 'limit debe ser un número entero desde 1.');
  if (since !== null && (!/^\d{16}$/u.test(since) || Number(since) > world.head)) throw refused(400, 'cursor_unknown', 'No se puede continuar desde ese cursor.');
  const oldest = from === null ? -Infinity : Date.parse(from);
  if (Number.isNaN(oldest)) throw refused(400, 'from_invalid', 'from debe ser una fecha con hora y zona.');
  const changes = world.changesAfter(since === null ? 0 : Number(since)).filter(({ statusId }) => {
    const status = world.status(statusId);
    return since !== null || !status || world.arrivedAt(status) >= oldest;
  });
  const page = changes.slice(0, Math.min(limit, mostItems));
  const hasMore = page.length < changes.length;
  return {
    items: page.map((event) => {
      const status = world.status(event.statusId);
      return status ? { change: event.change, ...message(site, status) } : { change: 'deleted', externalId: externalIdOf(event.statusId), updatedAt: iso(event.at) };
    }),
    nextCursor: cursorOf(hasMore ? (page.at(-1)?.seq ?? world.head) : world.head),
    hasMore,
  };
}

function found(site: InboxApiSite, request: Request): Status {
  return known(site, request.captured[0] ?? '');
}

function known(site: InboxApiSite, externalId: string): Status {
  const id = statusIdOf(externalId);
  if (externalId === externalIdOf(id)) {
    const status = site.world.status(id);
    if (status) return status;
    if (site.world.isRemoved(id)) throw refused(410, 'gone', 'Se borró.');
  }
  throw refused(404, 'not_found', 'No existe.');
}

function conversation(site: InboxApiSite, request: Request): unknown {
  if (!site.capabilities.thread) throw refused(403, 'not_supported', 'Este servidor no muestra conversaciones.');
  const id = request.captured[0] ?? '';
  const items = site.world.conversation(statusIdOf(id));
  if (items.length === 0) throw refused(404, 'not_found', 'No existe.');
  return { conversationId: id, items: items.map((status) => message(site, status)), complete: true };
}

function replyJson(site: InboxApiSite, status: Status): unknown {
  const { externalId, inReplyTo, createdAt, url } = message(site, status);
  return { externalId, inReplyTo, createdAt, url };
}

function reply(site: InboxApiSite, request: Request): Reply {
  if (!site.capabilities.reply) throw refused(403, 'not_supported', 'Este servidor no acepta respuestas.');
  const key = request.header('idempotency-key') ?? '';
  if (key === '') throw refused(422, 'key_missing', 'Falta la cabecera Idempotency-Key.');
  const text = request.params.one('text') ?? '';
  const inReplyTo = request.params.one('inReplyTo') ?? '';
  const made = site.world.madeWith(key);
  if (made) {
    if (made.text !== text || made.inReplyTo !== statusIdOf(inReplyTo)) throw refused(422, 'key_reused', 'Esa clave ya sirvió para otra respuesta.');
    return ok(replyJson(site, known(site, externalIdOf(made.statusId))));
  }
  const parent = known(site, inReplyTo);
  if (text.trim() === '') throw refused(422, 'text_empty', 'La respuesta no tiene texto.');
  if ([...graphemesOf(text)].length > site.maxLength) throw refused(422, 'text_too_long', `La respuesta pasa de ${String(site.maxLength)} caracteres.`);
  const visibility = request.params.one('visibility');
  const open = parent.visibility === 'public' || parent.visibility === 'unlisted';
  const allowed = visibility === 'public' ? open : visibility === 'private' && (!open || site.capabilities.privateReply);
  if (!allowed) throw refused(422, 'visibility_not_supported', 'Esa visibilidad no es posible para este mensaje.');
  const status = site.world.record({
    do: 'post', at: request.at, by: 'desk', text, visibility: visibility === 'public' ? 'public' : 'direct', language: request.params.one('lang') ?? null, spoiler: '', inReplyTo: parent.id, key,
  });
  return ok(status && replyJson(site, status), 201);
}

function remove(site: InboxApiSite, request: Request): Reply {
  if (!site.capabilities.delete) throw refused(403, 'not_supported', 'Este servidor no borra respuestas.');
  const status = found(site, request);
  if (status.account !== site.world.institution) throw refused(404, 'not_found', 'No existe.');
  site.world.record({ do: 'remove', at: request.at, id: status.id });
  return { status: 204 };
}

function picture(request: Request): Reply {
  return { status: 200, bytes: { type: 'image/png', data: plainPicture(request.captured[0] ?? '', 64, 48) }, headers: { 'Cache-Control': 'max-age=3600' } };
}
