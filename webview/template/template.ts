import * as l10n from '@vscode/l10n';
import { Rpc } from '../../src/protocol/rpc';
import { type PreviewNotifications, type PreviewRequests } from '../../src/protocol/templatePreview';
import { connectHost } from '../host';
import { announcer } from '../ui/announcer';
import { debounced } from '../ui/debounced';
import { element, refill } from '../ui/element';
import { failureWords } from '../ui/failure';
import { button, progressRing } from '../ui/toolkit';
import { PreviewPage, type PreviewRpc } from './previewPage';
import { previewView } from './previewView';
import '../ui/page.css';
import './template.css';

const host = connectHost();
const rpc: PreviewRpc = new Rpc<PreviewRequests>(host.wire);
const root = document.getElementById('root') ?? document.body.appendChild(element('div', { id: 'root' }));

void open();

async function open(): Promise<void> {
  root.replaceChildren(element('p', { class: 'opening' }, progressRing('Momentos')));
  try {
    const first = await rpc.request('preview/ready', {});
    l10n.config({ contents: first.bundle });
    document.documentElement.lang = first.language;
    show(new PreviewPage(rpc, { ...first, network: host.place()?.network }), first.comment);
  } catch (error) {
    refill(root, [element('main', { class: 'opening' }, element('p', { attributes: { role: 'alert' } }, failureWords(error)), button(l10n.t('Try again'), { key: 'retry', primary: true, onClick: () => void open() }))]);
  }
}

function show(page: PreviewPage, comment: string): void {
  const voice = announcer();
  const view = previewView(page, comment);
  root.replaceChildren(voice.root, view.root);
  view.update(page.state);
  rpc.on('preview/state', (value) => value as PreviewNotifications['preview/state'], ({ state }) => {
    if (state.stateWords !== page.state.template.stateWords) voice.say(state.stateWords);
    page.hear(state);
  });
  const { id } = page.state.template;
  const stood = host.place();
  const keep = (): void => {
    host.keepPlace({ id, scroll: window.scrollY, ...(page.state.network === undefined ? {} : { network: page.state.network }) });
  };
  page.subscribe((state) => {
    view.update(state);
    keep();
  });
  if (stood?.id === id) window.scrollTo({ top: stood.scroll });
  keep();
  window.addEventListener('scroll', debounced(200, keep).later, { passive: true });
}
