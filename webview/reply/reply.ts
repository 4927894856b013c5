import * as l10n from '@vscode/l10n';
import { Rpc } from '../../src/protocol/rpc';
import { connectHost, type Host } from '../host';
import { announcer } from '../ui/announcer';
import { debounced } from '../ui/debounced';
import { element, refill } from '../ui/element';
import { failureWords } from '../ui/failure';
import { button, progressRing } from '../ui/toolkit';
import { attend } from './attention';
import { changesView } from './changesView';
import { checksList } from './checksList';
import { composer } from './composer';
import { conversation } from './conversation';
import { header } from './header';
import { noticeBar } from './noticeBar';
import { phaseBar } from './phaseBar';
import { placeholderFields } from './placeholderFields';
import { questionBar } from './questionBar';
import { ReplyPage, type HostRpc } from './replyPage';
import { sendBar } from './sendBar';
import { sideColumn } from './sideColumn';
import { waitingBar } from './waitingBar';
import { templateList } from './templateList';
import '../ui/page.css';
import './reply.css';

const host = connectHost();
const rpc: HostRpc = new Rpc(host.wire);
const root = document.getElementById('root') ?? document.body.appendChild(element('div', { id: 'root' }));

void open();

async function open(): Promise<void> {
  root.replaceChildren(element('p', { class: 'opening' }, progressRing('Momentos')));
  try {
    const first = await rpc.request('panel/ready', {});
    l10n.config({ contents: first.bundle });
    document.documentElement.lang = first.language;
    show(new ReplyPage(rpc, first));
  } catch (error) {
    refill(root, [element('main', { class: 'opening' }, element('p', { attributes: { role: 'alert' } }, failureWords(error)), button(l10n.t('Try again'), { key: 'retry', primary: true, onClick: () => void open() }))]);
  }
}

function show(page: ReplyPage): void {
  const voice = announcer();
  const attention = attend(page, root, voice);
  const [head, notice] = [header(page), noticeBar(page)];
  const main = [conversation(page), waitingBar(page), templateList(page, voice), questionBar(page), placeholderFields(page), composer(page), changesView(page), phaseBar(page), sendBar(page, voice, attention.send)];
  const [facts, checks] = [sideColumn(page), checksList()];
  const compose = element('section', { class: 'compose', attributes: { 'aria-label': l10n.t('Your answer') } }, ...main.slice(1).map((part) => part.root));
  root.replaceChildren(
    voice.root,
    head.root,
    notice.root,
    element('div', { class: 'columns' }, element('main', { class: 'main' }, main[0]?.root, compose), element('aside', { class: 'side', attributes: { 'aria-label': l10n.t('About this mention') } }, facts.root, checks.root)),
  );
  const parts = [head, notice, ...main, facts, checks];
  const draw = (): void => {
    for (const part of parts) part.update(page.state);
  };
  draw();
  page.subscribe((state, before) => {
    draw();
    attention.follow(state, before);
  });
  rpc.on('panel/focus', (value) => value, attention.compose);
  keepPlace(host, page);
  page.start();
}

/** Comes back to where the reader stood, and saves what is being written before the page goes. */
function keepPlace({ place, keepPlace: keep }: Host, page: ReplyPage): void {
  const stood = place();
  if (stood?.id === page.state.panel.mention.id) window.scrollTo({ top: stood.scroll });
  const note = debounced(200, () => {
    keep({ id: page.state.panel.mention.id, scroll: window.scrollY });
  });
  keep({ id: page.state.panel.mention.id, scroll: window.scrollY });
  window.addEventListener('scroll', note.later, { passive: true });
  // The page is used again for the next mention, and nobody need scroll there.
  page.subscribe((state, before) => {
    if (state.panel.mention.id !== before.panel.mention.id) keep({ id: state.panel.mention.id, scroll: window.scrollY });
  });
  const flush = (): void => void page.flush();
  window.addEventListener('blur', flush);
  window.addEventListener('pagehide', flush);
  document.addEventListener('visibilitychange', flush);
}
