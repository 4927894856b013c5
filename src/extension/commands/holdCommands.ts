import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type Clock } from '../../core/clock';
import { type HoldScope } from '../../core/hold';
import { type Desk } from '../../desk/deskApi';
import { holdWords } from '../../desk/holdWords';
import { channelWords } from '../../desk/words';
import { askOne, askText, askYes, type Choice } from '../ask';
import { channelsInUse } from '../channelsInUse';
import { type Deeds } from '../deeds';
import { type DeskSession } from '../deskSession';
import { type HoldsState } from '../holdsState';
import { commands } from '../ids';
import { titleOf } from '../panels/templateView';
import { plainNotice } from '../safeText';
import { askEnd } from './snoozeTimes';

/** Holding answers back in a crisis, and lifting that by a second person. */
export function registerHoldCommands(deeds: Deeds, parts: { readonly session: DeskSession; readonly holds: HoldsState; readonly clock: Clock }): vscode.Disposable {
  return vscode.Disposable.from(
    deeds.register(commands.holdSet, async () => {
      const desk = await parts.session.use();
      await setHold(desk, parts.clock.now());
      await parts.holds.look();
    }),
    deeds.register(commands.holdLift, async () => {
      const desk = await parts.session.use();
      const holds = await desk.holds.list();
      if (holds.length === 0) {
        void vscode.window.showInformationMessage(l10n.t('No answer is held back.'));
        return;
      }
      const now = parts.clock.now();
      const id = await askOne(l10n.t('Lift Hold'), holds.map((hold) => ({ label: plainNotice(hold.reason, 80), detail: plainNotice(holdWords(hold, desk, now), 300), value: hold.id })), l10n.t('Not by whoever set it'));
      if (id === undefined) return;
      await desk.holds.lift(id);
      await parts.holds.look();
      void vscode.window.showInformationMessage(l10n.t('Lifted: answers go out again.'));
    }),
  );
}

async function setHold(desk: Desk, now: number): Promise<void> {
  const title = l10n.t('Hold Replies');
  const { config } = desk;
  const choices: Choice<HoldScope>[] = [
    { label: l10n.t('All answers'), value: { kind: 'all' } },
    ...config.topics.map(({ id, name }): Choice<HoldScope> => ({ label: plainNotice(l10n.t('Topic: {0}', name), 80), value: { kind: 'topic', id } })),
    ...channelsInUse(desk).map(({ id }): Choice<HoldScope> => ({ label: plainNotice(l10n.t('Channel: {0}', channelWords(config, id)), 80), value: { kind: 'channel', id } })),
  ];
  const scope = await askOne(title, choices, l10n.t('What is held back?'));
  if (scope === undefined) return;
  const reason = await askText({ title, prompt: l10n.t('Why? Everybody at the desk reads it, and it goes into the audit log.'), required: true });
  if (reason === undefined) return;
  const statements: Choice<string | null>[] = [
    { label: l10n.t('None: nothing goes out'), value: null },
    ...(await desk.templates.usable()).map((template): Choice<string | null> => ({ label: plainNotice(titleOf(template, template.id, desk.language), 80), description: template.id, value: template.id })),
  ];
  const statement = await askOne(title, statements, l10n.t('Which approved statement may be sent meanwhile?'));
  if (statement === undefined) return;
  const until = await askEnd(desk, now, title);
  if (until === undefined) return;
  if (!(await askYes(l10n.t('Hold these answers back from now on?'), l10n.t('Hold'), l10n.t('Only a second person can lift it before its end.')))) return;
  await desk.holds.set({ scope, reason, ...(statement === null ? {} : { statement }), ...(until === 'open' ? {} : { until }) });
}
