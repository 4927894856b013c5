import * as l10n from '@vscode/l10n';
import { DateTime } from 'luxon';
import * as vscode from 'vscode';
import { type Clock } from '../../core/clock';
import { type LegalHoldScope } from '../../core/legalHold';
import { type Desk } from '../../desk/deskApi';
import { legalHoldWords } from '../../desk/legalHoldWords';
import { nameWords } from '../../desk/words';
import { askOne, askText, askYes, type Choice } from '../ask';
import { type Deeds } from '../deeds';
import { type DeskSession } from '../deskSession';
import { commands } from '../ids';
import { plainNotice } from '../safeText';
import { meantMention, pickMention, type MentionSources } from './meantMentions';

/** Legal holds: anybody sets one, a second person who decides on erasures lifts it. */
export function registerLegalHoldCommands(deeds: Deeds, parts: MentionSources & { readonly session: DeskSession; readonly clock: Clock }): vscode.Disposable {
  return vscode.Disposable.from(
    deeds.register(commands.legalHoldSet, async (...args) => {
      const desk = await parts.session.use();
      const near = parts.panels.active ?? parts.inbox.selected[0] ?? (args.length === 0 ? undefined : await meantMention(args, desk, parts));
      await setLegalHold(desk, near);
    }),
    deeds.register(commands.legalHoldLift, async () => liftLegalHold(await parts.session.use(), parts.clock.now())),
  );
}

/** `near`: a mention at hand, whose person and case are offered first. */
async function setLegalHold(desk: Desk, near: string | undefined): Promise<void> {
  const title = l10n.t('Set Legal Hold');
  const scope = await askScope(desk, title, near);
  if (scope === undefined) return;
  const reason = await askText({ title, prompt: l10n.t('Whose order, and what for? Everybody at the desk reads it, and it goes into the audit log.'), required: true });
  if (reason === undefined) return;
  const yes = await askYes(l10n.t('Keep this from being erased or disposed of from now on?'), l10n.t('Set'), l10n.t('Only a second person who decides on erasures can lift it.'));
  if (!yes) return;
  const hold = await desk.legalHolds.set({ scope, reason });
  void vscode.window.showInformationMessage(l10n.t('The legal hold {0} stands.', hold.id));
}

async function askScope(desk: Desk, title: string, near: string | undefined): Promise<LegalHoldScope | undefined> {
  const mention = near === undefined ? undefined : desk.inbox.get(near);
  const choices: Choice<LegalHoldScope | 'case' | 'author' | 'period'>[] = [
    ...(mention === undefined ? [] : [{ label: plainNotice(l10n.t('Everything of {0}', nameWords(mention.post.author)), 80), value: { kind: 'author' as const, id: mention.authorId } }]),
    ...(mention?.caseNumber === undefined ? [] : [{ label: plainNotice(l10n.t('The case {0}', mention.caseNumber), 80), value: { kind: 'case' as const, number: mention.caseNumber } }]),
    { label: l10n.t('A case…'), description: l10n.t('by its number'), value: 'case' },
    { label: l10n.t('A person…'), description: l10n.t('by one of their messages'), value: 'author' },
    { label: l10n.t('A period…'), description: l10n.t('everything of these days'), value: 'period' },
  ];
  const chosen = await askOne(title, choices, l10n.t('What may not be erased?'), true);
  switch (chosen) {
    case 'case': {
      const number = await askText({ title, prompt: l10n.t('Case Number'), required: true });
      return number === undefined ? undefined : { kind: 'case', number };
    }
    case 'author': {
      const id = await pickMention(desk, desk.inbox.list({ all: true }).map((one) => one.id));
      return id === undefined ? undefined : { kind: 'author', id: desk.inbox.get(id).authorId };
    }
    case 'period': return askPeriod(desk, title);
    default: return chosen;
  }
}

async function askPeriod(desk: Desk, title: string): Promise<LegalHoldScope | undefined> {
  const zone = desk.config.institution.timeZone;
  const read = (text: string): DateTime => DateTime.fromISO(text, { zone });
  const valid = (text: string): string | undefined => (/^\d{4}-\d{2}-\d{2}$/u.test(text) && read(text).isValid ? undefined : l10n.t('Please write it like 2026-03-14.'));
  const from = await askText({ title, prompt: l10n.t('First day: year-month-day, in the time zone {0}', zone), required: true, check: valid });
  if (from === undefined) return undefined;
  const to = await askText({
    title,
    prompt: l10n.t('Last day; empty: without end'),
    check: (text) => (text === '' ? undefined : (valid(text) ?? (read(text) < read(from) ? l10n.t('The last day is before the first.') : undefined))),
  });
  if (to === undefined) return undefined;
  return { kind: 'period', from: read(from).toMillis(), ...(to === '' ? {} : { to: read(to).plus({ days: 1 }).toMillis() }) };
}

async function liftLegalHold(desk: Desk, now: number): Promise<void> {
  const title = l10n.t('Lift Legal Hold');
  const holds = await desk.legalHolds.list();
  if (holds.length === 0) {
    void vscode.window.showInformationMessage(l10n.t('There is no legal hold.'));
    return;
  }
  const id = await askOne(title, holds.map((hold) => ({ label: plainNotice(hold.reason, 80), detail: plainNotice(legalHoldWords(hold, desk, now), 300), value: hold.id })), l10n.t('Not by whoever set it'));
  if (id === undefined) return;
  const reason = await askText({ title, prompt: l10n.t('Why is it over? It goes into the audit log.'), required: true });
  if (reason === undefined) return;
  await desk.legalHolds.lift(id, reason);
  void vscode.window.showInformationMessage(l10n.t('Lifted: what it covered follows its rules again.'));
}
