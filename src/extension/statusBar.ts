import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type Clock } from '../core/clock';
import { holdWords } from '../desk/holdWords';
import { networkWords, timeWords } from '../desk/words';
import { type DeskSession } from './deskSession';
import { type HoldsState } from './holdsState';
import { views } from './ids';
import { plainNotice } from './safeText';
import { type Situation } from './situation';
import { type InboxView } from './tree/inboxView';

const redrawMs = 30_000;

/** Open and overdue, at the foot of the window; a click shows the inbox. */
export function registerStatusBar(parts: { readonly session: DeskSession; readonly situation: Situation; readonly holds: HoldsState; readonly inbox: InboxView; readonly clock: Clock }): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('momentos.status', vscode.StatusBarAlignment.Left, 50);
  item.name = 'Momentos';
  item.command = `${views.inbox}.focus`;
  const draw = (): void => {
    const { desk } = parts.session;
    if (desk === undefined) {
      item.hide();
      return;
    }
    const { open, overdue } = desk.inbox.counts();
    const waiting = desk.approvals.list().length;
    const openWords = overdueToo(open === 1 ? l10n.t('1 open') : l10n.t('{0} open', open), overdue);
    const counted = waiting === 0 ? openWords : l10n.t('{0}, {1} for approval', openWords, waiting);
    const { icon, words } = hint(parts);
    item.text = parts.holds.holds.length === 0 ? `$(${icon}) ${counted}` : `$(${icon}) ${l10n.t('{0}, answers on hold', counted)}`;
    item.tooltip = [`Momentos · ${plainNotice(desk.config.institution.name, 80)}`, counted, words].filter((line) => line !== '').join('\n');
    item.accessibilityInformation = { label: `Momentos: ${counted}. ${words}` };
    item.show();
  };
  const timer = setInterval(draw, redrawMs);
  draw();
  return vscode.Disposable.from(
    item,
    parts.session.onDidChange(draw),
    parts.situation.onDidChange(draw),
    parts.inbox.onDidDraw(draw),
    parts.holds.onDidChange(draw),
    new vscode.Disposable(() => {
      clearInterval(timer);
    }),
  );
}

function overdueToo(words: string, overdue: number): string {
  if (overdue === 0) return words;
  return overdue === 1 ? l10n.t('{0}, 1 overdue', words) : l10n.t('{0}, {1} overdue', words, overdue);
}

function hint({ session, situation, holds, clock }: { readonly session: DeskSession; readonly situation: Situation; readonly holds: HoldsState; readonly clock: Clock }): { readonly icon: string; readonly words: string } {
  const { desk } = session;
  const [hold] = holds.holds;
  if (hold !== undefined && desk !== undefined) return { icon: 'debug-pause', words: plainNotice(holdWords(hold, desk, clock.now()), 300) };
  const failing = situation.failing[0];
  if (situation.state === 'notConnected' || situation.state === 'noChannel') return { icon: 'plug', words: l10n.t('No network is connected.') };
  if (failing !== undefined) return { icon: 'cloud', words: l10n.t('{0} does not answer. Momentos keeps trying.', plainNotice(failing.name || networkWords(failing.network), 60)) };
  const last = situation.lastLookAt;
  if (desk === undefined || last === undefined) return { icon: 'comment-discussion', words: '' };
  return { icon: 'comment-discussion', words: l10n.t('Last look at the networks: {0}', timeWords(last, clock.now(), desk.config.institution.timeZone, desk.language)) };
}
