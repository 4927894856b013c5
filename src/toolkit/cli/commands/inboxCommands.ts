import * as l10n from '@vscode/l10n';
import { type Command } from 'commander';
import { MomentosError } from '../../../core/errors';
import { moods } from '../../../core/mood';
import { mentionKinds } from '../../../core/textReading';
import { type Desk, type InboxFilter } from '../../../desk/deskApi';
import { whyWords } from '../../../desk/why';
import { isOpen, type Mention } from '../../../core/mention';
import { sentence } from '../../../desk/sentences';
import { systemClock } from '../../../desk/systemClock';
import { closeReasonWords, dueWords, givenStateWords, handleWords, nameWords, priorityReasonWords, replyStateWords, timeWords } from '../../../desk/words';
import { parseWhole } from '../arguments';
import { type CliHost, type CommonOptions, terminalFor, withDesk } from '../host';
import { indented, mentionHeading, mentionJson, mentionLine, plain } from '../mentionLines';
import { type Terminal } from '../terminal';

interface InboxOptions extends CommonOptions {
  readonly all?: boolean;
  readonly mine?: boolean;
  readonly search?: string;
  readonly sentiment?: string;
  readonly kind?: string;
  readonly topic?: string;
  readonly urgent?: boolean;
}
interface WatchOptions extends CommonOptions { readonly interval: string }

/** pull, inbox, watch, show. */
export function addInboxCommands(program: Command, host: CliHost): void {
  program
    .command('pull')
    .description(l10n.t('Fetch what is new from every channel.'))
    .option('--channel <id>', l10n.t('only this channel'))
    .action(async (options: CommonOptions & { readonly channel?: string }) => {
      const terminal = terminalFor(host, options);
      await withDesk(host, options, async (desk) => {
        const results = await desk.pulling.pull({ signal: host.signal, progress: terminal.progress(l10n.t('Fetching')), ...(options.channel === undefined ? {} : { channel: options.channel }) });
        const failed = results.flatMap(({ error }) => (error === null ? [] : [error]));
        if (terminal.json) {
          terminal.value({ channels: results.map(({ id, received, new: fresh, updated, error }) => ({ id, received, new: fresh, updated, error: error === null ? null : { code: error.code, message: sentence(error) } })) });
        } else {
          for (const { id, new: fresh, updated, error } of results) terminal.line(error === null ? l10n.t('{0}: {1} new, {2} changed', id, fresh, updated) : `${id}: ${sentence(error)}`);
        }
        if (results.length > 0 && failed.length === results.length) process.exitCode = 4;
      });
    });

  program
    .command('inbox')
    .description(l10n.t('List the open mentions, in the order of work.'))
    .option('--all', l10n.t('answered and closed ones too'))
    .option('--mine', l10n.t('only what I claimed'))
    .option('--search <text>', l10n.t('only where text, author, case or id hold this'))
    .option('--sentiment <label>', moods.join(' | '))
    .option('--kind <kind>', mentionKinds.join(' | '))
    .option('--topic <id>', l10n.t('only mentions of this topic of momentos.json'))
    .option('--urgent', l10n.t('only what is a danger to somebody'))
    .action(async (options: InboxOptions) => {
      const terminal = terminalFor(host, options);
      await withDesk(host, options, async (desk) => {
        await desk.inbox.refresh();
        const mentions = desk.inbox.list({ all: options.all === true, ...filterOf(options, desk) });
        for (const mention of mentions) terminal.item(() => mentionJson(mention), () => mentionLine(mention, systemClock.now(), terminal));
        if (mentions.length === 0) terminal.say(l10n.t('Nothing is waiting.'));
      });
    });

  program
    .command('watch')
    .description(l10n.t('Fetch again and again, and show new mentions as they come in, until Ctrl+C.'))
    .option('--interval <seconds>', l10n.t('seconds between two looks'), '60')
    .action(async (options: WatchOptions) => {
      const terminal = terminalFor(host, options);
      const baseMs = parseWhole(options.interval, 'interval', 5, 3_600) * 1000;
      await withDesk(host, options, (desk) => watch(desk, terminal, baseMs, host.signal));
    });

  program
    .command('why <id>')
    .description(l10n.t('Say why the desk shows a mention as it does: sentiment, kind, urgency, topics, personal data, priority.'))
    .action(async (id: string, options: CommonOptions) => {
      const terminal = terminalFor(host, options);
      await withDesk(host, options, (desk) => {
        const mention = desk.inbox.get(id);
        const sentences = whyWords(mention, desk, systemClock.now());
        if (terminal.json) terminal.value({ ...mentionJson(mention), evidence: mention.sentiment.evidence, reading: mention.reading ?? null, reasons: mention.priorityReasons, why: sentences });
        else for (const sentence of sentences) terminal.line(plain(sentence, 2_000));
        return Promise.resolve();
      });
    });

  program
    .command('show <id>')
    .description(l10n.t('Show one mention with its conversation, notes and fitting templates.'))
    .action(async (id: string, options: CommonOptions) => {
      const terminal = terminalFor(host, options);
      await withDesk(host, options, async (desk) => {
        const mention = desk.inbox.get(id);
        const { templates } = await desk.replies.context(mention.id, { network: false });
        const conversation = desk.inbox.conversation(mention);
        const earlier = desk.inbox.earlierContacts(mention).filter((other) => other.conversation !== mention.conversation);
        if (terminal.json) {
          terminal.value({
            ...mentionJson(mention),
            evidence: mention.sentiment.evidence.map(({ text, weight }) => ({ text, weight })),
            reasons: mention.priorityReasons,
            notes: mention.notes.map(({ text, by, at }) => ({ text, by, at: new Date(at).toISOString() })),
            conversationMentions: conversation.map(mentionJson),
            earlierContacts: earlier.map((other) => other.id),
            templates: templates.map(({ template, reasons }) => ({ id: template.id, version: template.version, reasons })),
          });
          return;
        }
        show(desk, mention, conversation, terminal);
        if (templates.length > 0) terminal.line(`\n${l10n.t('Templates')}: ${templates.slice(0, 5).map(({ template }) => template.id).join(', ')}`);
      });
    });
}

/** Errors: `sentiment.invalid`, `kind.invalid`, `usage.invalid` for a topic that momentos.json does not name. */
function filterOf(options: InboxOptions, desk: Desk): InboxFilter {
  const sentiment = moods.find((mood) => mood === options.sentiment);
  const kind = mentionKinds.find((known) => known === options.kind);
  if (options.sentiment !== undefined && sentiment === undefined) throw new MomentosError('sentiment.invalid', { label: options.sentiment });
  if (options.kind !== undefined && kind === undefined) throw new MomentosError('kind.invalid', { kind: options.kind, known: mentionKinds.join(', ') });
  if (options.topic !== undefined && !desk.config.topics.some(({ id }) => id === options.topic)) throw new MomentosError('usage.invalid', { reason: `--topic: ${desk.config.topics.map(({ id }) => id).join(' | ')}` });
  return {
    mine: options.mine === true,
    urgent: options.urgent === true,
    ...(options.search === undefined ? {} : { search: options.search }),
    ...(sentiment === undefined ? {} : { sentiment }),
    ...(kind === undefined ? {} : { kind }),
    ...(options.topic === undefined ? {} : { topic: options.topic }),
  };
}

function show(desk: Desk, mention: Mention, conversation: readonly Mention[], terminal: Terminal): void {
  const zone = desk.config.institution.timeZone;
  const now = systemClock.now();
  terminal.line(terminal.colour('bold', mentionHeading(mention)));
  terminal.line(`${dueWords(mention, now)}${mention.priorityReasons.length === 0 ? '' : ` (${mention.priorityReasons.map(priorityReasonWords).join(', ')})`}`);
  for (const item of conversation) {
    terminal.line(`\n${timeWords(item.post.postedAt, now, zone, desk.language)}  ${plain(nameWords(item.post.author), 40)} ${plain(handleWords(item.post.author), 81)}${item.id === mention.id ? '' : `  ${item.id}`}`);
    terminal.line(indented(item.post.text));
    for (const { alt } of item.post.media) terminal.line(`    [${l10n.t('image')}: ${plain(alt ?? l10n.t('not described'), 200)}]`);
    for (const reply of item.replies) {
      terminal.line(`\n  ${reply.id}  ${reply.byHand === true ? givenStateWords(reply.state) : replyStateWords(reply.state)}, ${plain(reply.by, 60)}`);
      terminal.line(indented(reply.text));
    }
  }
  if (mention.sentiment.evidence.length > 0) terminal.line(`\n${l10n.t('Why this sentiment')}: ${mention.sentiment.evidence.map(({ text, weight }) => `${plain(text, 40)} ${weight.toFixed(1)}`).join(', ')}`);
  if (mention.referral !== undefined) terminal.line(`${l10n.t('Unit')}: ${mention.referral.unit}${mention.referral.answer === undefined ? '' : `\n${indented(mention.referral.answer.text)}`}`);
  for (const note of mention.notes) terminal.line(`${l10n.t('Note')} (${plain(note.by, 60)}): ${plain(note.text, 400)}`);
  if (mention.caseNumber !== undefined) terminal.line(`${l10n.t('Case')}: ${mention.caseNumber}`);
  if (mention.closed !== undefined) terminal.line(closeReasonWords(mention.closed.reason));
  if (mention.post.url !== undefined) terminal.line(plain(mention.post.url, 300));
}

async function watch(desk: Desk, terminal: Terminal, wishedMs: number, signal: AbortSignal): Promise<void> {
  const shown = new Set(desk.inbox.list({ all: true }).map(({ id }) => id));
  const show = (): void => {
    for (const mention of desk.inbox.list({ all: true }).filter(({ id }) => !shown.has(id)).sort((a, b) => a.post.postedAt - b.post.postedAt)) {
      shown.add(mention.id);
      if (isOpen(mention)) terminal.item(() => mentionJson(mention), () => mentionLine(mention, systemClock.now(), terminal));
    }
  };
  const stop = desk.pulling.onDidPull(({ error, id }) => {
    if (error !== null && error.code !== 'network.cancelled') terminal.say(`${id}: ${sentence(error)}`);
    show();
  });
  try {
    await desk.pulling.follow({ signal, rhythm: () => ({ wishedMs, away: false }), onShared: show });
  } finally {
    stop();
  }
}
