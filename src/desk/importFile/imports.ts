import { basename } from 'node:path';
import { type ChannelConfig } from '../../core/config';
import { withoutErased } from '../../core/erasedPost';
import { MomentosError } from '../../core/errors';
import { channelOf, everyChannel, handChannel } from '../../core/handChannels';
import { type Mention } from '../../core/mention';
import { type ImportMemory, type InboxTransaction } from '../../core/ports';
import { fold } from '../../core/text/fold';
import { type ScoredText } from '../../core/textScoring';
import { receive } from '../arrival';
import { type DeskContext } from '../context';
import { settleWaiting } from '../pullChannel';
import { readPosts } from '../readPosts';
import { handAuthorScope, noteGiven } from '../record';
import { guessMapping } from './guessMapping';
import { type DeskImports, type ImportOptions, type ImportPlan, type ImportResult, type RejectedRow, type RejectReason } from './importApi';
import { dateOrderOf } from './importDates';
import { importFields, type ImportMapping } from './importFields';
import { type ImportRow, RowReader } from './importRow';
import { openSource, type ImportSource } from './importSource';
import { rejectWords } from './importWords';
import { lineColumn, reasonColumn, RejectedRows } from './rejectedRows';
import { type Cells } from './sourceRow';

/** Rows of one write, with one sync. */
const batchRows = 500;
/** Rows that are looked at to guess what the columns mean, and how dates are written. */
const lookedAtRows = 1_000;
const shownRows = 5;
const toldRejects = 100;

/** Files of other programs as mentions: looked at, mapped, read in one go, stored batch by batch. */
export function createImports(context: DeskContext, memory: ImportMemory): DeskImports {
  return {
    look: async (path, mapping) => plan(context, memory, await openSource(path), mapping),
    async run(path, options) {
      const source = await openSource(path);
      const looked = await plan(context, memory, source, options.mapping);
      const run = new ImportRun(context, source, looked, options);
      const result = await run.run();
      if (options.dryRun !== true && options.mapping !== undefined) await memory.remember(looked.columns, { mapping: options.mapping, ...(options.dates === undefined ? {} : { dates: options.dates }) });
      return result;
    },
  };
}

async function plan(context: DeskContext, memory: ImportMemory, source: ImportSource, given: ImportMapping | undefined): Promise<ImportPlan> {
  const rows: Cells[] = [];
  const columns = new Set<string>();
  for await (const row of source.rows()) {
    for (const column of Object.keys(row.cells)) columns.add(column);
    if (row.refused === undefined) rows.push(row.cells);
    if (rows.length >= lookedAtRows) break;
  }
  const named = [...columns].filter((column) => column !== lineColumn && column !== reasonColumn);
  const known = await memory.recall(named);
  const mapping = given ?? known?.mapping ?? guessMapping(named, rows, context.config.institution.timeZone);
  const dated = [mapping.at, mapping.answeredAt].filter((column) => column !== undefined);
  const found = dateOrderOf(rows.flatMap((cells) => dated.map((column) => cells[column] ?? '')));
  return {
    format: source.format,
    encoding: source.encoding,
    separator: source.separator,
    columns: named,
    rows: rows.slice(0, shownRows),
    mapping,
    remembered: known !== undefined,
    dates: found === 'unclear' ? (known?.dates ?? found) : found,
  };
}

/** Errors: `import.mapping`. */
function checkMapping(mapping: ImportMapping, columns: readonly string[]): void {
  for (const field of importFields) {
    const column = mapping[field];
    if (column !== undefined && !columns.includes(column)) throw new MomentosError('import.mapping', { reason: 'noColumn', column, field });
  }
  if (mapping.text === undefined) throw new MomentosError('import.mapping', { reason: 'noText' });
  if (mapping.answer !== undefined && mapping.answeredAt === undefined) throw new MomentosError('import.mapping', { reason: 'noAnswerTime' });
}

/** One reading of one file. */
class ImportRun {
  private readonly channel: ChannelConfig;
  private readonly reader: RowReader;
  private readonly rejected: RejectedRows;
  private readonly rejects: RejectedRow[] = [];
  private readonly cases = new Map<string, { readonly conversation: string; readonly caseNumber: string }>();
  private readonly count = { read: 0, imported: 0, answered: 0, backlog: 0, known: 0, rejected: 0 };
  private connectedAt = 0;

  constructor(
    private readonly context: DeskContext,
    private readonly source: ImportSource,
    looked: ImportPlan,
    private readonly options: ImportOptions,
  ) {
    const { config, clock } = context;
    this.channel = options.channel === undefined ? handChannel(config, { medium: options.medium }) : channelNamed(context, options.channel);
    const { mapping } = looked;
    checkMapping(mapping, looked.columns);
    if (this.channel.network !== 'by-hand' && mapping.id === undefined) throw new MomentosError('import.needsId', { channel: this.channel.id });
    const order = options.dates ?? looked.dates;
    if (order === 'unclear') throw new MomentosError('import.datesUnclear', { column: mapping.at ?? mapping.answeredAt ?? '' });
    this.reader = new RowReader({ mapping, order: order === 'none' ? 'dmy' : order, timeZone: config.institution.timeZone, channel: this.channel, now: clock.now() });
    this.rejected = new RejectedRows(source.path, looked.columns);
  }

  async run(): Promise<ImportResult> {
    const { context, options, source } = this;
    await context.inbox.refresh();
    await this.begin();
    let cancelled = false;
    let bytes = 0;
    let rows: ImportRow[] = [];
    let refused: { readonly line: number; readonly reason: RejectReason; readonly cells: Cells }[] = [];
    const store = async (): Promise<void> => {
      await this.keepAside(refused);
      await this.store(rows);
      rows = [];
      refused = [];
      options.progress?.(Math.min(1, bytes / Math.max(1, source.bytes)));
      // Other work of this process has its turn between two batches.
      await new Promise<void>((resolve) => { setImmediate(resolve); });
    };
    try {
      for await (const row of source.rows((more) => { bytes += more; })) {
        if (options.signal?.aborted === true) {
          cancelled = true;
          break;
        }
        this.count.read += 1;
        const read = row.refused ?? this.reader.read(row.line, row.cells);
        if (typeof read === 'string') refused.push({ line: row.line, reason: read, cells: row.cells });
        else rows.push(read);
        if (rows.length + refused.length >= batchRows) await store();
      }
      await store();
      if (!cancelled) options.progress?.(1);
    } finally {
      await this.rejected.close();
    }
    await this.end(cancelled);
    return { channel: this.channel.id, ...this.count, rejects: this.rejects, rejectedPath: this.rejected.path, cancelled };
  }

  /** When the channel was first used: what is older is backlog, as it is after connecting a network. */
  private async begin(): Promise<void> {
    const { channelState, clock, inbox } = this.context;
    const now = clock.now();
    const state = await channelState.read(this.channel.id);
    this.connectedAt = state.connectedAt ?? now;
    if (this.options.dryRun !== true && state.connectedAt === undefined) await channelState.update(this.channel.id, (old) => ({ ...old, connectedAt: old.connectedAt ?? now }));
    for (const mention of inbox.all()) this.noteCase(mention);
  }

  private noteCase(mention: Mention): void {
    if (mention.caseNumber !== undefined) this.cases.set(fold(mention.caseNumber), { conversation: mention.conversation, caseNumber: mention.caseNumber });
  }

  private async store(rows: readonly ImportRow[]): Promise<void> {
    const { context, channel, count, options } = this;
    if (rows.length === 0) return;
    if (options.dryRun === true) {
      for (const { post, answer } of rows) {
        if (context.inbox.byExternalId(channel.id, post.externalId) !== undefined || context.inbox.isErased(channel.id, post.externalId)) count.known += 1;
        else {
          count.imported += 1;
          if (answer !== undefined) count.answered += 1;
          if (post.postedAt < this.connectedAt) count.backlog += 1;
        }
      }
      return;
    }
    const fresh = rows.map(({ post }) => post).filter(({ externalId }) => context.inbox.byExternalId(channel.id, externalId) === undefined);
    const scored = await readPosts(context, fresh, { scope: this.authorScope, conversationOf: ({ parentId }) => (parentId === undefined ? undefined : context.inbox.conversationOf(channel.id, parentId)) });
    const stored = await context.inbox.update((transaction) => rows.flatMap((row) => this.put(transaction, row, scored.get(row.post.externalId))));
    count.known += rows.length - stored.length;
    count.imported += stored.length;
    for (const mention of stored) {
      this.noteCase(mention);
      if (mention.backlog) count.backlog += 1;
      if (mention.replies.length > 0) count.answered += 1;
    }
  }

  private get authorScope(): string {
    return this.channel.network === 'by-hand' ? handAuthorScope : this.channel.id;
  }

  private put(transaction: InboxTransaction, { post: row, caseNumber, answer }: ImportRow, scored: ScoredText | undefined): readonly Mention[] {
    const { context, channel } = this;
    if (transaction.byExternalId(channel.id, row.externalId) !== undefined || transaction.isErased(channel.id, row.externalId)) return [];
    const post = withoutErased(row, (id) => transaction.isErased(channel.id, id));
    const known = caseNumber === undefined ? undefined : this.cases.get(fold(caseNumber));
    const conversation = (row.parentId === undefined ? undefined : transaction.conversationOf(channel.id, row.parentId)) ?? known?.conversation;
    const mention = receive(context, transaction, channel.id, post, {
      conversation,
      connectedAt: this.connectedAt,
      by: context.operator,
      authorScope: this.authorScope,
      ...(channel.network === 'by-hand' ? { medium: channel.medium } : {}),
      scored,
      caseNumber: known?.caseNumber ?? caseNumber,
    });
    if (caseNumber !== undefined) {
      this.noteCase(mention);
      transaction.audit({ kind: 'mention.caseSet', at: context.clock.now(), actor: context.operator, subject: mention.id, body: { set: true }, values: { case: known?.caseNumber ?? caseNumber } });
    }
    if (conversation !== undefined) settleWaiting(context, transaction, mention);
    if (answer === undefined) return [mention];
    return [noteGiven(context, transaction, mention, { ...answer, template: undefined, language: undefined, values: {}, origin: 'free', kept: 0 })];
  }

  private async keepAside(refused: readonly { readonly line: number; readonly reason: RejectReason; readonly cells: Cells }[]): Promise<void> {
    const rows = refused.map(({ line, reason, cells }) => ({ line, reason, cells, message: rejectWords(reason) }));
    this.count.rejected += rows.length;
    for (const { line, reason, message } of rows) if (this.rejects.length < toldRejects) this.rejects.push({ line, reason, message });
    if (this.options.dryRun !== true) await this.rejected.add(rows);
  }

  /** Who brought what in; a run that changed nothing writes nothing. */
  private async end(cancelled: boolean): Promise<void> {
    const { context, channel, count, source } = this;
    if (this.options.dryRun === true || count.imported === 0) return;
    await context.audit.append([
      {
        kind: 'mentions.imported',
        at: context.clock.now(),
        actor: context.operator,
        subject: channel.id,
        body: { channel: channel.id, format: source.format, ...count, cancelled },
        values: { file: basename(source.path) },
      },
    ]);
  }
}

/** Errors: `channel.notFound`. */
function channelNamed({ config }: DeskContext, id: string): ChannelConfig {
  const found = channelOf(config, id);
  if (found === undefined) throw new MomentosError('channel.notFound', { channel: id, known: everyChannel(config).map((channel) => channel.id) });
  return found;
}

