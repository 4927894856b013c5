import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type Clock } from '../../core/clock';
import { channelDiagnosis, channelReports, type ChannelReport } from '../../desk/channelReport';
import { type Desk } from '../../desk/deskApi';
import { askOne } from '../ask';
import { type Deeds } from '../deeds';
import { type DeskSession } from '../deskSession';
import { commands, views } from '../ids';
import { openLink } from '../openLink';
import { type Polling } from '../polling';
import { plainNotice } from '../safeText';
import { type Situation } from '../situation';

export interface ChannelActionParts {
  readonly session: DeskSession;
  readonly situation: Situation;
  readonly polling: Polling;
  readonly clock: Clock;
  readonly version: string;
}

/** What can be done with one channel of the Channels view, or with all of them. */
export function registerChannelActions(deeds: Deeds, parts: ChannelActionParts): vscode.Disposable {
  const { session, situation, polling, clock } = parts;
  return vscode.Disposable.from(
    deeds.register(commands.channelPull, async (node) => {
      const desk = await session.use();
      const report = await meantChannel(desk, clock, node, l10n.t('Look at Which Channel?'), isNetwork);
      if (report === undefined) return;
      await vscode.window.withProgress({ location: { viewId: views.channels } }, async () => {
        try {
          const [result] = await desk.pulling.pull({ channel: report.id });
          if (result !== undefined && result.error !== null) throw result.error;
        } finally {
          await situation.look();
        }
      });
    }),
    deeds.register(commands.channelRefresh, async () => {
      await vscode.window.withProgress({ location: { viewId: views.channels } }, () => polling.pullNow());
    }),
    deeds.register(commands.channelCopyDiagnosis, async (node) => {
      const report = await meantChannel(await session.use(), clock, node, l10n.t('Diagnosis of Which Channel?'));
      if (report === undefined) return;
      await vscode.env.clipboard.writeText(channelDiagnosis(report, parts.version, clock.now()));
      void vscode.window.showInformationMessage(plainNotice(l10n.t('The diagnosis of {0} is in the clipboard. It holds no secret and no text of a citizen.', report.name)));
    }),
    deeds.register(commands.channelOpenNetwork, async (node) => {
      const report = await meantChannel(await session.use(), clock, node, l10n.t('Open the Network of Which Channel?'), isNetwork);
      if (report?.accountPage === undefined) return;
      await openLink(report.accountPage);
    }),
  );
}

function isNetwork({ info }: ChannelReport): boolean {
  return info !== undefined;
}

/** The id of the channel whose row a command was called for. */
export function channelIdOf(node: unknown): string | undefined {
  const { kind, channelId } = (typeof node === 'object' && node !== null ? node : {}) as { readonly kind?: unknown; readonly channelId?: unknown };
  return (kind === 'channel' || kind === 'fact') && typeof channelId === 'string' ? channelId : undefined;
}

/** The channel of the row, else the only one, else the one that the person picks; undefined = the person let it be. */
export async function meantChannel(desk: Desk, clock: Clock, node: unknown, title: string, fits: (report: ChannelReport) => boolean = () => true): Promise<ChannelReport | undefined> {
  const reports = (await channelReports(desk, clock.now())).filter(fits);
  const id = channelIdOf(node);
  if (id !== undefined) return reports.find((report) => report.id === id);
  if (reports.length === 1) return reports[0];
  return askOne(
    title,
    reports.map((report) => ({ label: plainNotice(report.name, 80), description: plainNotice(`${report.networkName} · ${report.healthWords}`, 120), value: report })),
    reports.length === 0 ? l10n.t('momentos.json names no network account yet') : undefined,
  );
}
