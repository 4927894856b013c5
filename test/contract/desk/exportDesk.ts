import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Actor, type AuditDraft, type AuditJson } from '../../../src/core/audit';
import { createAudit } from '../../../src/desk/auditDesk';
import { type DeskAudit } from '../../../src/desk/deskApi';
import { type ExportFormat, type ExportOptions } from '../../../src/desk/export/exportApi';
import { type DeskStores } from '../../../src/store/deskStores';
import { noon, systemRandom, TestDesk } from '../store/testDesk';
import { configWith } from './reviewDesk';

export const operator: Actor = { id: 'p-ana', name: 'Ana Pérez', email: 'ana@isc.example', source: 'flag', osAccount: 'ana' };

const entry = (kind: AuditDraft['kind'], subject: string, minutes: number, body: Record<string, AuditJson>, values: Record<string, AuditJson> = {}, actor: AuditDraft['actor'] = operator): AuditDraft => ({
  kind, at: noon + minutes * 60_000, actor, subject, body, values,
});

/** A mention and its answer, as the desk writes them. */
export function conversationDrafts(index: number, texts: { readonly mention?: string; readonly reply?: string; readonly name?: string } = {}): AuditDraft[] {
  const mention = `m-${String(index)}`;
  const reply = `r-${String(index)}`;
  const start = index * 10;
  const common = { mention, conversation: `c-${String(index)}`, channel: 'mastodon-main' };
  return [
    entry(
      'mention.received', mention, start,
      { channel: 'mastodon-main', author: 'a-1', conversation: common.conversation, language: 'es', sentiment: 'negative', score: -640, priority: 'high', postedAt: noon + (start - 5) * 60_000, receivedAt: noon + start * 60_000, backlog: false, visibility: 'public' },
      { text: texts.mention ?? '¿Dónde está mi cédula?', handle: 'rosa@social.example', name: texts.name ?? 'Rosa', url: 'https://social.example/@rosa/1' },
      'desk',
    ),
    entry('reply.intended', reply, start + 2, { ...common, language: 'es', origin: 'approved', kept: 1000, confirmed: ['link'], private: false, visibility: 'public', template: 'delay', version: 1, contentHash: 'ab', approvedAt: noon - 1000 }, { text: texts.reply ?? 'Lamentamos la demora.' }),
    entry(
      'reply.sent', reply, start + 3,
      { ...common, covers: [], latency: { postedAt: noon + (start - 5) * 60_000, receivedAt: noon + start * 60_000, sentAt: noon + (start + 3) * 60_000, confirmedAt: noon + (start + 3) * 60_000 + 5, calendarMs: 480_000, officeMs: 180_000, allowedMs: 3_600_000, officeHours: true, dueAt: noon + 3_600_000, met: true, backlog: false, first: true } },
      { externalId: '123', url: 'https://social.example/@isc/2' },
    ),
  ];
}

/** A desk with a log, and its exports read back. */
export class ExportDesk {
  private constructor(
    readonly desk: TestDesk,
    readonly stores: DeskStores,
    readonly audit: DeskAudit,
  ) {}

  static async make(): Promise<ExportDesk> {
    const desk = await TestDesk.make();
    const stores = await desk.open();
    return new ExportDesk(desk, stores, ExportDesk.auditOf(desk, stores));
  }

  static auditOf(desk: TestDesk, stores: DeskStores, readOnly = false): DeskAudit {
    return createAudit({ audit: stores.audit, config: configWith(), clock: desk.clock, random: systemRandom, operator, language: 'es', readOnly });
  }

  path(name: string): string {
    return join(this.desk.dir, name);
  }

  /** Exports everything without a trace in the log, so that the head stays. */
  async text(format: ExportFormat, options: Partial<ExportOptions> = {}): Promise<string> {
    const out = this.path(`out-${String(Math.random()).slice(2)}.${format}`);
    await ExportDesk.auditOf(this.desk, this.stores, true).export({ format, out, personalData: 'include', purpose: 'Prueba', ...options });
    return readFile(out, 'utf8');
  }

  /** The CSV as a spreadsheet reads it: one record per row, by column. */
  async rows(options: Partial<ExportOptions> = {}): Promise<Record<string, string>[]> {
    const [header = [], ...rows] = parseCsv((await this.text('csv', options)).replace(/^\uFEFF/u, ''));
    return rows.map((row) => Object.fromEntries(header.map((column, index) => [column, row[index] ?? ''])));
  }
}

/** RFC 4180, written apart from what wrote it. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') cell += text[(at += 1)] ?? '';
      else quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === ',') {
      row.push(cell);
      cell = '';
    } else if (sign === '\r' && text[at + 1] === '\n') {
      rows.push([...row, cell]);
      row = [];
      cell = '';
      at += 1;
    } else cell += sign;
  }
  return rows;
}
