import * as l10n from '@vscode/l10n';
import { type Command } from 'commander';
import { MomentosError } from '../../../core/errors';
import { contactMedia, type ContactMedium } from '../../../core/handChannels';
import { parseCitizen } from '../../../desk/citizenWords';
import { type NewContact } from '../../../desk/contactsApi';
import { parseContactTime } from '../../../desk/contactTime';
import { type Desk } from '../../../desk/deskApi';
import { systemClock } from '../../../desk/systemClock';
import { type CliHost, type CommonOptions, terminalFor, withDesk } from '../host';
import { mentionJson, mentionLine } from '../mentionLines';

interface RecordOptions extends CommonOptions {
  readonly medium?: string;
  readonly channel?: string;
  readonly at?: string;
  readonly citizen?: string;
  readonly text: string;
  readonly language?: string;
  readonly case?: string;
  readonly conversation?: string;
  readonly answer?: string;
  readonly answeredAt?: string;
  readonly template?: string;
}

/** record: contacts that no network brings. */
export function addContactCommands(program: Command, host: CliHost): void {
  program
    .command('record')
    .description(l10n.t('Note a contact by phone, at the counter, by letter… It stands in the inbox like any other message.'))
    .option('--medium <medium>', l10n.t('how the citizen came: {0}', contactMedia.join(', ')))
    .option('--channel <id>', l10n.t('a channel by hand of momentos.json instead'))
    .option('--at <time>', l10n.t('when the citizen spoke: 10:30, 15m (ago), "2026-03-14 08:30" or an ISO time; default: now'))
    .option('--citizen <person>', l10n.t('name, number or address, like "María Pérez <809 555 0101>"'))
    .requiredOption('--text <text>', l10n.t('what the citizen said'))
    .option('--language <code>', l10n.t('language of the text; default: found in it'))
    .option('--case <number>', l10n.t('case number; joins the conversation that has it'))
    .option('--conversation <id>', l10n.t('a mention that it goes on with'))
    .option('--answer <text>', l10n.t('what was answered already'))
    .option('--answered-at <time>', l10n.t('when it was answered; default: at the same moment'))
    .option('--template <id>', l10n.t('approved template that the answer follows'))
    .action(async (options: RecordOptions) => {
      const terminal = terminalFor(host, options);
      await withDesk(host, options, async (desk) => {
        const mention = await desk.contacts.record(contactOf(desk, options, systemClock.now()));
        terminal.item(() => mentionJson(mention), () => mentionLine(mention, systemClock.now(), terminal));
      });
    });
}

/** Errors: `usage.invalid`, `contact.invalid`, `mention.*`. */
function contactOf(desk: Desk, options: RecordOptions, now: number): NewContact {
  if ((options.medium === undefined) === (options.channel === undefined)) throw new MomentosError('usage.invalid', { reason: '--medium | --channel' });
  if (options.answer === undefined && (options.answeredAt !== undefined || options.template !== undefined)) throw new MomentosError('usage.invalid', { reason: '--answer' });
  const { timeZone, languages } = desk.config.institution;
  const at = parseContactTime(options.at ?? '', now, timeZone);
  const answerLanguage = options.language ?? languages[0] ?? 'es';
  return {
    ...(options.medium === undefined ? {} : { medium: mediumOf(options.medium) }),
    ...(options.channel === undefined ? {} : { channel: options.channel }),
    at,
    citizen: parseCitizen(options.citizen ?? ''),
    text: options.text,
    ...(options.language === undefined ? {} : { language: options.language }),
    ...(options.case === undefined ? {} : { case: options.case }),
    ...(options.conversation === undefined ? {} : { conversation: desk.inbox.get(options.conversation).id }),
    ...(options.answer === undefined
      ? {}
      : {
          answer: {
            text: options.answer,
            at: options.answeredAt === undefined ? at : parseContactTime(options.answeredAt, now, timeZone),
            ...(options.template === undefined ? {} : { template: { id: options.template, language: answerLanguage } }),
          },
        }),
  };
}

/** Errors: `usage.invalid`. */
export function mediumOf(text: string): ContactMedium {
  const medium = contactMedia.find((candidate) => candidate === text);
  if (medium === undefined) throw new MomentosError('usage.invalid', { reason: `--medium ${text} (${contactMedia.join(', ')})` });
  return medium;
}
