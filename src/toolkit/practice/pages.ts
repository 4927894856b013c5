import { type AuthorizeRequest } from './oauth';
import { acctOf, type PracticeWorld, type Status } from './practiceWorld';
import { escapeHtml } from './statusHtml';
import { type WorldJson } from './worldJson';

/** Pages may load nothing and run nothing. */
export const pageHeaders = {
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
} as const;

const style = `
body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem;color:#1b1b1f;background:#fff}
article{border:1px solid #bbb;border-radius:6px;padding:.75rem 1rem;margin:.75rem 0;overflow-wrap:anywhere}
article.this{border:2px solid #1f4e8c}article.ours{background:#eef4fb}
.meta{color:#555;font-size:.9em}.invisible{font-size:0}.ellipsis::after{content:"…"}
code{font-size:1.1em;background:#eee;padding:.2em .4em;overflow-wrap:anywhere}button{font:inherit;padding:.5rem 1.25rem;margin-right:.5rem}
@media (prefers-color-scheme:dark){body{color:#e6e6e6;background:#1b1b1f}article.ours{background:#20303f}.meta{color:#aaa}code{background:#333}a{color:#8ab4f8}}`;

/** A whole page; `body` is markup already. */
export function page(title: string, body: string): string {
  return `<!doctype html><html lang="es"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${style}</style></head><body><main>${body}</main></body></html>`;
}

/** Both languages on one page: whoever opens it may know only one. */
export const both = (spanish: string, english: string): string => `<p>${spanish}</p><p lang="en">${english}</p>`;

export function consentPage(request: AuthorizeRequest, fields: Readonly<Record<string, string>>): string {
  const hidden = Object.entries(fields).map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`).join('');
  const name = `<strong>${escapeHtml(request.app.name)}</strong>`;
  return page('Autorizar · Authorize', `<h1>Servidor de práctica</h1>
${both(`${name} quiere usar la cuenta <strong>@isc</strong> con estos permisos: <code>${escapeHtml(request.scopes)}</code>`, `${name} wants to use the account <strong>@isc</strong> with these permissions.`)}
<form method="post" action="/oauth/authorize">${hidden}
<button name="decision" value="allow">Autorizar · Authorize</button><button name="decision" value="deny">Rechazar · Deny</button></form>`);
}

export function codePage(code: string): string {
  return page('Código · Code', `<h1>Código de autorización</h1>
${both('Copie este código y péguelo en Momentos.', 'Copy this code and paste it into Momentos.')}<p><code id="code">${escapeHtml(code)}</code></p>`);
}

export function messagePage(title: string, spanish: string, english: string): string {
  return page(title, `<h1>${escapeHtml(title)}</h1>${both(escapeHtml(spanish), escapeHtml(english))}`);
}

/** Days and hours as people in the institution's country read them. */
export const readable = new Intl.DateTimeFormat('es-DO', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'America/Santo_Domingo' });

function article(status: Status, world: PracticeWorld, json: WorldJson, current: string): string {
  const classes = [status.id === current ? 'this' : '', status.account === world.institution ? 'ours' : ''].filter((name) => name !== '').join(' ');
  const time = new Date(status.at).toISOString();
  const images = status.images.map((alt) => `<p class="meta">[imagen${alt === null ? '' : `: ${escapeHtml(alt)}`}]</p>`).join('');
  const edited = status.editedAt === undefined ? '' : ' · editado / edited';
  const warning = status.spoiler === '' ? '' : `<p><em>${escapeHtml(status.spoiler)}</em></p>`;
  return `<article class="${classes}" dir="auto"><strong>${escapeHtml(status.account.name)}</strong> <span class="meta">@${escapeHtml(acctOf(status.account))} ·
<a href="${escapeHtml(json.statusUrl(status))}"><time datetime="${time}">${readable.format(status.at)}</time></a> · ${status.visibility}${edited}</span>${warning}${json.content(status)}${images}</article>`;
}

/** The whole conversation that a status belongs to. */
export function threadPage(status: Status, world: PracticeWorld, json: WorldJson): string {
  const thread = [...world.ancestors(status), status, ...world.descendants(status)];
  return page('Conversación · Thread', `<p class="meta"><a href="/">Servidor de práctica · Practice server</a></p>${thread.map((item) => article(item, world, json, status.id)).join('')}`);
}

/** The newest public posts, of everybody or of one account. */
export function timelinePage(statuses: readonly Status[], world: PracticeWorld, json: WorldJson): string {
  return page('Servidor de práctica', `<h1>Servidor de práctica</h1>${both(
    'Ciudadanos inventados escriben aquí a una institución inventada. Nada sale de este equipo.',
    'Invented citizens write here to an invented institution. Nothing leaves this machine.',
  )}${statuses.map((item) => article(item, world, json, '')).join('')}`);
}
