import { type Reply } from '../httpParts';
import { both, page, pageHeaders, readable } from '../pages';
import { acctOf, type Status } from '../practiceWorld';
import { escapeHtml } from '../statusHtml';
import { type InboxApiSite } from './inboxApiSite';

const newest = 40;

/** What a person sees in a browser: one conversation, or the newest messages of the form. */
export function inboxApiPage(site: InboxApiSite, root?: string): Reply {
  const { world } = site;
  const shown = root === undefined ? world.changesAfter(0).map(({ statusId }) => world.status(statusId)).filter((status) => status !== undefined).slice(-newest).reverse() : world.conversation(root);
  const head = `<h1>Formulario web de práctica</h1>${both(
    'Ciudadanos inventados escriben aquí a una institución inventada. Nada sale de este equipo.',
    'Invented citizens write here to an invented institution. Nothing leaves this machine.',
  )}`;
  return { status: 200, html: page('Formulario web', head + shown.map((status) => article(site, status)).join('')), headers: pageHeaders };
}

function article(site: InboxApiSite, status: Status): string {
  const own = status.account === site.world.institution;
  const at = site.world.arrivedAt(status);
  const text = escapeHtml(site.world.text(status)).replaceAll('\n', '<br>');
  return `<article class="${own ? 'ours' : ''}" dir="auto"><strong>${escapeHtml(status.account.name)}</strong> <span class="meta">${escapeHtml(acctOf(status.account))} ·
<time datetime="${new Date(at).toISOString()}">${readable.format(at)}</time></span><p>${text}</p></article>`;
}
