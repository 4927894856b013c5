import * as l10n from '@vscode/l10n';
import { type Command } from 'commander';
import { MomentosError } from '../../../core/errors';
import { closeReasons, type Mention } from '../../../core/mention';
import { sentimentLabels } from '../../../core/sentiment';
import { mentionKinds } from '../../../core/textReading';
import { type Desk } from '../../../desk/deskApi';
import { systemClock } from '../../../desk/systemClock';
import { parseUntil } from '../arguments';
import { type CliHost, type CommonOptions, terminalFor, withDesk } from '../host';
import { mentionJson, mentionLine } from '../mentionLines';

/** claim, snooze, refer, note, case, close and what undoes them. */
export function addTriageCommands(program: Command, host: CliHost): void {
  const deed = async (options: CommonOptions, ids: readonly string[], act: (desk: Desk, ids: readonly string[]) => Promise<readonly Mention[]>): Promise<void> => {
    const terminal = terminalFor(host, options);
    await withDesk(host, options, async (desk) => {
      const mentions = await act(desk, ids.map((id) => desk.inbox.get(id).id));
      for (const mention of mentions) terminal.item(() => mentionJson(mention), () => mentionLine(mention, systemClock.now(), terminal));
    });
  };

  program
    .command('claim <ids...>')
    .description(l10n.t('Say that you are answering these mentions.'))
    .option('--take', l10n.t('even if somebody else claimed them'))
    .option('--release', l10n.t('give them back'))
    .action((ids: string[], options: CommonOptions & { readonly take?: boolean; readonly release?: boolean }) =>
      deed(options, ids, (desk, all) => (options.release === true ? desk.triage.release(all) : desk.triage.claim(all, { take: options.take === true }))),
    );

  program
    .command('snooze <ids...>')
    .description(l10n.t('Put mentions off until a time; their clock runs on.'))
    .requiredOption('--until <time>', l10n.t('2h, 3d or an ISO time'))
    .action((ids: string[], options: CommonOptions & { readonly until: string }) =>
      deed(options, ids, (desk, all) => desk.triage.snooze(all, parseUntil(options.until, systemClock.now(), desk.config.institution.timeZone))),
    );

  program
    .command('refer <ids...>')
    .description(l10n.t('Refer mentions to a unit of the institution; the citizen\'s clock runs on.'))
    .option('--unit <id>', l10n.t('unit of momentos.json'))
    .option('--note <text>', l10n.t('what the unit is asked'), '')
    .option('--answer <text>', l10n.t('record what the unit answered'))
    .action((ids: string[], options: CommonOptions & { readonly unit?: string; readonly note: string; readonly answer?: string }) =>
      deed(options, ids, async (desk, all) => {
        if ((options.unit === undefined) === (options.answer === undefined)) throw new MomentosError('usage.invalid', { reason: '--unit | --answer' });
        if (options.unit !== undefined) return desk.triage.refer(all, options.unit, options.note);
        if (all.length !== 1) throw new MomentosError('usage.invalid', { reason: '--answer: 1 id' });
        return [await desk.triage.unitAnswered(all[0] ?? '', options.answer ?? '')];
      }),
    );

  program
    .command('note <id> <text>')
    .description(l10n.t('Keep an internal note with a mention; it is never sent.'))
    .action((id: string, text: string, options: CommonOptions) => deed(options, [id], async (desk, [only = '']) => [await desk.triage.note(only, text)]));

  program
    .command('case <id> [number]')
    .description(l10n.t('Set the case number of a conversation, take it away (--clear), or find mentions by it (--find).'))
    .option('--clear', l10n.t('take the number away'))
    .option('--find', l10n.t('list the mentions of the case whose number is given in place of the id'))
    .action((id: string, number: string | undefined, options: CommonOptions & { readonly clear?: boolean; readonly find?: boolean }) => {
      if (options.find === true) return deed(options, [], (desk) => Promise.resolve(desk.inbox.byCase(id)));
      if ((number === undefined) !== (options.clear === true)) throw new MomentosError('usage.invalid', { reason: 'case ID NUMBER | --clear' });
      return deed(options, [id], (desk, [only = '']) => desk.triage.setCase(only, number));
    });

  program
    .command('close <ids...>')
    .description(l10n.t('Close mentions without an answer, with a reason.'))
    .option('--reason <code>', closeReasons.join(' | '))
    .option('--note <text>', l10n.t('more about the reason'))
    .option('--reopen', l10n.t('open closed or answered mentions again'))
    .action((ids: string[], options: CommonOptions & { readonly reason?: string; readonly note?: string; readonly reopen?: boolean }) =>
      deed(options, ids, (desk, all) => {
        if (options.reopen === true) return desk.triage.reopen(all);
        const reason = closeReasons.find((code) => code === options.reason);
        if (reason === undefined) throw new MomentosError('close.reasonMissing', { known: closeReasons });
        return desk.triage.close(all, reason, options.note);
      }),
    );

  program
    .command('kind <id> <kind>')
    .description(l10n.t('Correct what a mention is: {0}.', mentionKinds.join(', ')))
    .action((id: string, kind: string, options: CommonOptions) =>
      deed(options, [id], async (desk, [only = '']) => {
        const known = mentionKinds.find((candidate) => candidate === kind);
        if (known === undefined) throw new MomentosError('kind.invalid', { kind, known: mentionKinds.join(', ') });
        return [await desk.triage.correctKind(only, known)];
      }),
    );

  program
    .command('sentiment <id> <label>')
    .description(l10n.t('Correct the sentiment of a mention: {0}.', sentimentLabels.join(', ')))
    .action((id: string, label: string, options: CommonOptions) =>
      deed(options, [id], async (desk, [only = '']) => {
        const known = sentimentLabels.find((candidate) => candidate === label);
        if (known === undefined) throw new MomentosError('sentiment.invalid', { label });
        return [await desk.triage.correctSentiment(only, known)];
      }),
    );
}
