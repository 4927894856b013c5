import * as l10n from '@vscode/l10n';
import { type Announcer } from '../ui/announcer';
import { byKey } from '../ui/element';
import { type PageState } from './pageState';
import { readiness } from './readiness';
import { type ReplyPage } from './replyPage';

/** Where the focus goes, what is read out, and the keys that work everywhere in the page. */
export function attend(page: ReplyPage, root: HTMLElement, announcer: Announcer): { readonly send: () => void; readonly compose: () => void; follow(state: PageState, before: PageState): void } {
  const send = (): void => {
    void page.send().then((outcome) => {
      if (outcome !== 'refused' && outcome !== 'unconfirmed') return;
      const { refusals, unconfirmed } = readiness(page.state);
      const first = refusals[0] ?? unconfirmed[0];
      if (first !== undefined) announcer.say(outcome === 'refused' ? l10n.t('Not sent. {0}', first.message) : l10n.t('Not sent yet. Please confirm: {0}', first.message));
      (outcome === 'refused' ? firstProblem(root) : root.querySelector<HTMLElement>('.confirmations vscode-checkbox:not(.checked)'))?.focus();
    });
  };

  document.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.repeat) {
      event.preventDefault();
      send();
    }
  });
  // Before any field sees it: as long as the window is open, Escape takes the answer back wherever the focus is.
  document.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || page.state.panel.phase.name !== 'undo') return;
      event.preventDefault();
      event.stopPropagation();
      void page.undo();
    },
    { capture: true },
  );

  /** Where writing goes on: the text if it has begun, else the search for a template. */
  const compose = (): void => {
    const { composing, panel } = page.state;
    const begun = composing.text !== '' || panel.templates.length === 0;
    const wanted = !panel.canSend ? root.querySelector<HTMLElement>('.phase') : byKey(root, begun ? 'answer' : 'search');
    wanted?.scrollIntoView({ block: 'nearest' });
    wanted?.focus();
  };

  return { send, compose, follow: (state, before) => { followFocus(state, before, root, announcer); } };
}

/** A missing value first, then one that does not fit, then the text. */
function firstProblem(root: HTMLElement): HTMLElement | null {
  return root.querySelector<HTMLElement>('.placeholders:not([hidden]) :is(.field.is-missing[aria-required], .field.is-misfit)') ?? byKey(root, 'answer') ?? null;
}

function followFocus(state: PageState, before: PageState, root: HTMLElement, announcer: Announcer): void {
  const phase = state.panel.phase.name;
  const was = before.panel.phase.name;
  if (state.panel.mention.id !== before.panel.mention.id) {
    window.scrollTo({ top: 0 });
    root.querySelector<HTMLElement>('h1')?.focus();
    announcer.say(l10n.t('Now shown: {0}', state.panel.mention.author));
  } else if (phase !== was) {
    followPhase(state, was, root, announcer);
  } else if (state.composing.template !== before.composing.template && state.panel === before.panel && state.composing.template !== undefined) {
    firstProblem(root)?.focus();
  } else if (before.question !== undefined && state.question === undefined) {
    byKey(root, 'answer')?.focus();
  }
}

/** The bar that tells the phase takes the focus only from what has just gone; never from elsewhere. */
function followPhase(state: PageState, was: string, root: HTMLElement, announcer: Announcer): void {
  const { phase } = state.panel;
  const free = document.activeElement === null || document.activeElement === document.body || root.querySelector('.compose')?.contains(document.activeElement) === true;
  const bar = root.querySelector<HTMLElement>('.phase');
  switch (phase.name) {
    case 'undo':
      announcer.say(l10n.t('The answer goes out in {0} seconds. Escape takes it back.', Math.round(phase.totalMs / 1_000)));
      if (free) bar?.focus();
      break;
    case 'sending':
      announcer.say(l10n.t('Sending…'));
      if (free) bar?.focus();
      break;
    case 'sent':
      announcer.say(phase.words);
      if (free) (bar === null ? undefined : byKey(bar, 'next'))?.focus();
      break;
    case 'giving':
      announcer.say(l10n.t('The text is on the clipboard. {0}', phase.message));
      if (free) (bar === null ? undefined : byKey(bar, 'given'))?.focus();
      break;
    case 'unsettled':
      if (free) bar?.focus();
      break;
    case 'idle':
    case 'failed':
      if (was === 'undo') announcer.say(l10n.t('Taken back. Nothing was sent.'));
      if (free) byKey(root, 'answer')?.focus();
      break;
  }
}
