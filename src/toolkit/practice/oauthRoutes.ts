import { randomBytes } from 'node:crypto';
import { refusal, type Reply, type Request } from './httpParts';
import { outOfBand, type AuthorizeRequest, type OAuthApp } from './oauth';
import { codePage, consentPage, messagePage, pageHeaders } from './pages';
import { type Route } from './practiceFront';
import { type PracticeSite } from './practiceSite';

const page = (html: string, status = 200): Reply => ({ status, html, headers: pageHeaders });
const passedOn = ['client_id', 'redirect_uri', 'response_type', 'scope', 'state', 'code_challenge', 'code_challenge_method'] as const;

/** Signing in: apps, consent, codes, tokens. */
export function oauthRoutes(site: PracticeSite): readonly Route[] {
  /** One per start, in every form: a page elsewhere can't agree in a person's name. */
  const formToken = randomBytes(16).toString('hex');
  return [
    { method: 'GET', path: /^\/\.well-known\/oauth-authorization-server$/, handle: () => ({ status: 200, json: metadata(site.baseUrl) }) },
    { method: 'POST', path: /^\/api\/v1\/apps$/, handle: (request) => register(site, request) },
    { method: 'GET', path: /^\/oauth\/authorize$/, handle: (request) => ask(site, request, formToken) },
    { method: 'POST', path: /^\/oauth\/authorize$/, handle: (request) => decide(site, request, formToken) },
    { method: 'POST', path: /^\/oauth\/token$/, handle: (request) => token(site, request) },
    { method: 'POST', path: /^\/oauth\/revoke$/, handle: (request) => revoke(site, request) },
  ];
}

function metadata(baseUrl: string): unknown {
  return {
    issuer: `${baseUrl}/`, authorization_endpoint: `${baseUrl}/oauth/authorize`, token_endpoint: `${baseUrl}/oauth/token`, revocation_endpoint: `${baseUrl}/oauth/revoke`,
    app_registration_endpoint: `${baseUrl}/api/v1/apps`, scopes_supported: ['read', 'write', 'profile', 'read:accounts', 'read:notifications', 'read:statuses', 'write:statuses'],
    response_types_supported: ['code'], grant_types_supported: ['authorization_code', 'client_credentials'], code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  };
}

function appJson(app: OAuthApp): unknown {
  return {
    id: app.id, name: app.name, website: app.website, scopes: app.scopes.split(/\s+/), redirect_uri: app.redirectUris.join('\n'), redirect_uris: app.redirectUris,
    client_id: app.clientId, client_secret: app.clientSecret, client_secret_expires_at: 0, vapid_key: '',
  };
}

function register(site: PracticeSite, { params }: Request): Reply {
  const app = site.oauth.register(params.one('client_name'), params.all('redirect_uris'), params.one('scopes') ?? '', params.one('website') ?? null);
  site.saveGiven();
  return { status: 200, json: appJson(app) };
}

/** A bad request is told to the person on the page; nothing is sent to an address that was not registered. */
function authorizeRequest(site: PracticeSite, request: Request): AuthorizeRequest | Reply {
  try {
    return site.oauth.authorizeRequest((name) => request.params.one(name));
  } catch {
    return page(messagePage('Solicitud no válida · Invalid request', 'La aplicación, su dirección de retorno o los permisos no son los que se registraron.', 'The application, its return address or the permissions are not those that were registered.'), 400);
  }
}

function ask(site: PracticeSite, request: Request, formToken: string): Reply {
  const asked = authorizeRequest(site, request);
  if ('status' in asked) return asked;
  const fields = Object.fromEntries(passedOn.map((name) => [name, request.params.one(name)]).filter((field): field is [string, string] => field[1] !== undefined));
  return page(consentPage(asked, { ...fields, form_token: formToken }));
}

function decide(site: PracticeSite, request: Request, formToken: string): Reply {
  const asked = authorizeRequest(site, request);
  if ('status' in asked) return asked;
  if (request.params.one('form_token') !== formToken) throw refusal(403, 'This action is not allowed');
  const allowed = request.params.one('decision') === 'allow';
  if (asked.redirectUri === outOfBand) {
    return allowed ? page(codePage(site.oauth.agree(asked))) : page(messagePage('Rechazado · Denied', 'No se dio acceso. Puede cerrar esta página.', 'No access was given. You can close this page.'));
  }
  const target = new URL(asked.redirectUri);
  if (allowed) target.searchParams.set('code', site.oauth.agree(asked));
  else target.searchParams.set('error', 'access_denied');
  if (asked.state !== undefined) target.searchParams.set('state', asked.state);
  return { status: 302, headers: { Location: target.href }, html: '' };
}

/** Client id and secret from the body, or from HTTP Basic. */
function clientOf(request: Request): { readonly id: string | undefined; readonly secret: string | undefined } {
  const basic = /^Basic\s+([A-Za-z0-9+/=]+)$/i.exec(request.header('authorization') ?? '')?.[1];
  if (basic === undefined) return { id: request.params.one('client_id'), secret: request.params.one('client_secret') };
  const [id, ...secret] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  return { id, secret: secret.join(':') };
}

function token(site: PracticeSite, request: Request): Reply {
  const issued = site.oauth.token((name) => request.params.one(name), clientOf(request));
  site.saveGiven();
  return {
    status: 200, headers: { 'Cache-Control': 'no-store' },
    json: { access_token: issued.token, token_type: 'Bearer', scope: issued.scopes, created_at: Math.floor(request.at / 1000) },
  };
}

function revoke(site: PracticeSite, request: Request): Reply {
  site.oauth.revoke(request.params.one('token') ?? '', clientOf(request));
  site.saveGiven();
  return { status: 200, json: {} };
}
