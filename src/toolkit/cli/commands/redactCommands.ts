import * as l10n from '@vscode/l10n';
import { Option, type Command } from 'commander';
import { MomentosError } from '../../../core/errors';
import { proposableBases, type RedactionBasis, type RedactionTarget } from '../../../core/redaction';
import { type Desk } from '../../../desk/deskApi';
import { type EarlierExport, type RedactionPreview, type WaitingRedaction } from '../../../desk/redactionApi';
import { erasedAgainWords, outcomeWords, previewWords, redactionBasisWords, redactionTargetWords, returnedWords } from '../../../desk/redactionWords';
import { systemClock } from '../../../desk/systemClock';
import { type CliHost, type CommonOptions, terminalFor, withDesk } from '../host';
import { iso, mentionLine, plain } from '../mentionLines';
import { withKey } from './reviewerCommands';

interface ProposeOptions extends CommonOptions {
  readonly mention?: string;
  readonly author?: string;
  readonly entry?: string;
  readonly withActor?: boolean;
  readonly basis: RedactionBasis;
  readonly reason: string;
}

/** audit redact: propose, list, show, approve, reject, again. */
export function addRedactCommands(audit: Command, host: CliHost): void {
  const redact = audit.command('redact').description(l10n.t('Erase personal data for good: one person proposes, a second one decides.'));

  withKey(redact.command('propose'))
    .description(l10n.t('Propose to erase a message, all of a person, or the texts of one entry of the log.'))
    .option('--mention <id>', l10n.t('a message with its answers, notes and pictures'))
    .option('--author <id>', l10n.t('everything of a person (a-..., as "momentos show" tells it)'))
    .option('--entry <seq>', l10n.t('the texts of one entry of the audit log, by its number'))
    .option('--with-actor', l10n.t('with --entry: also who acted'))
    .addOption(new Option('--basis <code>', proposableBases.map((basis) => `${basis}: ${redactionBasisWords(basis)}`).join('; ')).choices(proposableBases).makeOptionMandatory())
    .requiredOption('--reason <text>', l10n.t('why; it stays in the log, so name nobody in it'))
    .action(async (options: ProposeOptions) => {
      const terminal = terminalFor(host, options);
      await withDesk(host, options, async (desk) => {
        await desk.inbox.refresh();
        const proposal = await desk.redactions.propose({ target: targetOf(options, desk), basis: options.basis, reason: options.reason });
        terminal.item(() => proposalJson(proposal), () => proposalLine(proposal, desk));
        terminal.say(l10n.t('Nothing is erased yet. A second person looks with "momentos audit redact show {0}" and decides.', proposal.id));
      });
    });

  redact
    .command('list', { isDefault: true })
    .description(l10n.t('List the erasures that wait for a decision.'))
    .option('--done', l10n.t('those that were carried out, from the log'))
    .action(async (options: CommonOptions & { readonly done?: boolean }) => {
      const terminal = terminalFor(host, options);
      await withDesk(host, options, async (desk) => {
        if (options.done === true) {
          const done = await desk.redactions.done();
          for (const each of done) terminal.item(() => ({ ...each, at: iso(each.at) }), () => `${each.id}  ${iso(each.at)}  ${each.scope.padEnd(9)} ${each.basis}  ${plain(each.by, 40)}  ${l10n.t('messages: {0}, texts: {1}', each.mentions, each.values)}`);
          if (done.length === 0) terminal.say(l10n.t('Nothing was erased from this desk.'));
          return;
        }
        const waiting = await desk.redactions.list();
        for (const each of waiting) terminal.item(() => proposalJson(each), () => proposalLine(each, desk));
        if (waiting.length === 0) terminal.say(l10n.t('No erasure waits for a decision.'));
      }, { readOnly: true });
    });

  redact
    .command('show <id>')
    .description(l10n.t('Show exactly what would go.'))
    .action(async (id: string, options: CommonOptions) => {
      const terminal = terminalFor(host, options);
      await withDesk(host, options, async (desk) => {
        const preview = await desk.redactions.preview(id);
        if (terminal.json) {
          terminal.value(previewJson(preview));
          return;
        }
        const now = systemClock.now();
        terminal.line(proposalLine(preview.proposal, desk));
        for (const mention of preview.mentions) terminal.line(`  ${mentionLine(mention, now, terminal)}`);
        for (const [kind, count] of Object.entries(preview.valuesByKind)) terminal.line(`  ${kind.padEnd(28)} ${String(count)}`);
        for (const line of previewWords(preview, desk, now)) terminal.line(plain(line, 600));
      }, { readOnly: true });
    });

  withKey(redact.command('approve <id>'))
    .description(l10n.t('Erase it, as the second person. It cannot be undone.'))
    .action(async (id: string, options: CommonOptions) => {
      const terminal = terminalFor(host, options);
      await withDesk(host, options, async (desk) => {
        const result = await desk.redactions.approve(id);
        terminal.item(
          () => ({ status: 'erased', id: result.id, ...result.outcome, exports: result.exports.map(exportJson), notReached: ['copies', 'backups', 'git', 'exports'] }),
          () => outcomeWords(result, desk, systemClock.now()).map((line) => plain(line, 600)).join('\n'),
        );
      });
    });

  withKey(redact.command('reject <id>'))
    .description(l10n.t('Do not erase it.'))
    .requiredOption('--reason <text>', l10n.t('why not; it stays in the log'))
    .action(async (id: string, options: CommonOptions & { readonly reason: string }) => {
      const terminal = terminalFor(host, options);
      await withDesk(host, options, async (desk) => {
        const rejected = await desk.redactions.reject(id, options.reason);
        terminal.item(() => ({ status: 'rejected', id: rejected.id }), () => l10n.t('Rejected: nothing is erased.'));
      });
    });

  withKey(redact.command('again'))
    .description(l10n.t('Erase once more what was erased and came back, as with a backup. It was decided before, so one person with the role "redactions" does it.'))
    .option('--dry-run', l10n.t('only say what came back'))
    .action(async (options: CommonOptions & { readonly dryRun?: boolean }) => {
      const terminal = terminalFor(host, options);
      await withDesk(host, options, async (desk) => {
        if (options.dryRun === true) {
          const returned = await desk.redactions.returned();
          terminal.item(() => ({ ...returned, mentions: returned.mentions.map(({ id }) => id) }), () => returnedWords(returned));
          return;
        }
        const done = await desk.redactions.eraseAgain();
        if (done === undefined) terminal.item(() => ({ status: 'nothing' }), () => returnedWords({ values: 0, mentions: [], drafts: 0 }));
        else terminal.item(() => ({ status: 'erased', id: done.id, ...done.outcome }), () => erasedAgainWords(done).join('\n'));
      }, { readOnly: options.dryRun === true });
    });
}

/** Errors: `usage.invalid`, `mention.*`. */
function targetOf({ mention, author, entry, withActor }: ProposeOptions, desk: Desk): RedactionTarget {
  if ([mention, author, entry].filter((given) => given !== undefined).length !== 1) throw new MomentosError('usage.invalid', { reason: '--mention | --author | --entry' });
  if (withActor === true && entry === undefined) throw new MomentosError('usage.invalid', { reason: '--with-actor --entry' });
  if (mention !== undefined) return { kind: 'mention', id: desk.inbox.get(mention).id };
  if (author !== undefined) return { kind: 'author', id: author };
  if (!/^\d{1,15}$/u.test(entry ?? '')) throw new MomentosError('usage.invalid', { reason: `--entry ${entry ?? ''}` });
  return { kind: 'entry', seq: Number(entry), withActor: withActor === true };
}

function proposalJson({ id, target, basis, reason, by, at }: WaitingRedaction): Record<string, unknown> {
  return { id, scope: target.kind, of: target.kind === 'entry' ? target.seq : target.id, ...(target.kind === 'entry' ? { withActor: target.withActor } : {}), basis, reason: reason ?? null, proposedBy: by.name, proposedAt: iso(at) };
}

function proposalLine(proposal: WaitingRedaction, desk: Desk): string {
  const { id, basis, reason, by } = proposal;
  return plain(l10n.t('{0}  {1}: {2}. {3} (proposed by {4})', id, redactionTargetWords(proposal, desk), redactionBasisWords(basis), reason ?? '-', by.name), 400);
}

function previewJson({ proposal, mentions, values, valuesByKind, drafts, exports }: RedactionPreview): Record<string, unknown> {
  return { ...proposalJson(proposal), mentions: mentions.map(({ id, channel, post }) => ({ id, channel, postedAt: iso(post.postedAt), text: post.text })), values, valuesByKind, drafts, exports: exports.map(exportJson) };
}

function exportJson({ at, by, format, seq }: EarlierExport): Record<string, unknown> {
  return { at: iso(at), by, format, seq };
}
