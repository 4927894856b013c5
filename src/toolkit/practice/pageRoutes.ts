import { notFound, type Reply, type Request } from './httpParts';
import { pageHeaders, threadPage, timelinePage } from './pages';
import { plainPicture } from './picture';
import { acctOf } from './practiceWorld';
import { type Route } from './practiceFront';
import { type PracticeSite } from './practiceSite';

const page = (html: string): Reply => ({ status: 200, html, headers: pageHeaders });
const newest = 60;

/** What a person sees in a browser. Like the rest of the server, only on this machine. */
export function pageRoutes(site: PracticeSite): readonly Route[] {
  return [
    { method: 'GET', path: /^\/$/, handle: () => timeline(site) },
    { method: 'GET', path: /^\/@([^/]+)$/, handle: (request) => timeline(site, request) },
    { method: 'GET', path: /^\/@[^/]+\/(\d+)$/, handle: (request) => thread(site, request) },
    { method: 'GET', path: /^\/avatars\/(\d+)\.png$/, handle: (request) => picture(request, 48, 48) },
    { method: 'GET', path: /^\/media\/(\d+)\.png$/, handle: (request) => picture(request, 64, 48) },
  ];
}

function timeline(site: PracticeSite, request?: Request): Reply {
  const acct = request?.captured[0];
  const account = acct === undefined ? undefined : site.world.account(acct);
  if (acct !== undefined && !account) throw notFound();
  const shown = site.world.statuses().filter((status) => ['public', 'unlisted'].includes(status.visibility) && (!account || acctOf(status.account) === acctOf(account)));
  return page(timelinePage(shown.slice(-newest).reverse(), site.world, site.json));
}

function thread(site: PracticeSite, request: Request): Reply {
  const status = site.world.status(request.captured[0]);
  if (!status) throw notFound();
  return page(threadPage(status, site.world, site.json));
}

function picture(request: Request, width: number, height: number): Reply {
  return { status: 200, bytes: { type: 'image/png', data: plainPicture(request.captured[0] ?? '', width, height) }, headers: { 'Cache-Control': 'max-age=3600' } };
}
