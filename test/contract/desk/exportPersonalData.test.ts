import { readdir, readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import canonicalize from 'canonicalize';
import { type AuditDraft, type AuditEntry } from '../../../src/core/audit';
import { personalDataModes, type PersonalDataMode } from '../../../src/core/exportPrivacy';
import { exportFormats, type ExportOptions } from '../../../src/desk/export/exportApi';
import { collect, noon } from '../store/testDesk';
import { conversationDrafts, ExportDesk, operator } from './exportDesk';

/** What leads to a citizen, wherever it stands. */
const ofCitizens = ['Rosa', 'rosa@social', 'social.example', 'mi cédula', 'Lamentamos', 'Ramona', 'ana.diaz', 'llamó la madre', 'vive en', 'directo y privado', '809-555', 'at://', 'foto.jpg', 'Petición de Rosa'];
const ofStaff = ['Ana Pérez', 'ana@isc.example', 'Luz Marte', 'cuenta-del-sistema'];

let at: ExportDesk;

const person = { ...operator, osAccount: 'cuenta-del-sistema' };
const later = noon + 3_600_000;
const drafts: readonly AuditDraft[] = [
  { kind: 'template.approved', at: noon - 1000, actor: { ...person, id: 'p-luz', name: 'Luz Marte' }, subject: 'delay', body: { template: 'delay', version: 1, contentHash: 'ab' }, values: { reviewer: 'Luz Marte' } },
  ...conversationDrafts(1).map((draft) => (draft.actor === 'desk' ? draft : { ...draft, actor: person })),
  { kind: 'mention.caseSet', at: later, actor: person, subject: 'm-1', body: { set: true }, values: { case: '2026-00123' } },
  { kind: 'mention.noted', at: later, actor: person, subject: 'm-1', body: {}, values: { text: 'llamó la madre' } },
  { kind: 'mention.edited', at: later, actor: 'desk', subject: 'm-1', body: { language: 'es' }, values: { text: 'vive en la calle 3' } },
  { kind: 'reply.withdrawn', at: later, actor: person, subject: 'r-1', body: { mention: 'm-1', stage: 'intended' }, values: { reason: 'Era para Ramona' } },
  { kind: 'reply.withdrawn', at: later, actor: person, subject: 'r-1', body: { mention: 'm-1', stage: 'done' } },
  {
    kind: 'mention.received', at: later, actor: 'desk', subject: 'm-2',
    body: { channel: 'x-main', author: 'a-2', conversation: 'c-2', language: 'es', sentiment: 'neutral', score: 0, priority: 'normal', postedAt: later - 60_000, receivedAt: later, backlog: false, visibility: 'direct' },
    values: { text: 'directo y privado, 809-555-0101', handle: 'ana.diaz', name: 'Ramona', externalId: 'at://did/1', media: [{ type: 'image', url: 'https://social.example/foto.jpg', alt: null }] },
  },
  { kind: 'redacted', at: later + 1, actor: person, subject: 'x-1', body: { scope: 'mention', basis: 'erasureRequest', proposedBy: 'p-luz', part: 1, parts: 1, mentions: 1, erased: [[0, 'text']] }, values: { reason: 'Petición de Rosa' } },
];

beforeEach(async () => {
  at = await ExportDesk.make();
  await at.stores.audit.append(drafts);
});
afterEach(async () => {
  await at.desk.remove();
});

/** Everything that the export leaves on the disk. */
async function taken(options: Partial<ExportOptions> & Pick<ExportOptions, 'format'>): Promise<string> {
  const before = new Set(await readdir(at.desk.dir));
  await at.text(options.format, options);
  const names = (await readdir(at.desk.dir)).filter((name) => !before.has(name));
  return (await Promise.all(names.map((name) => readFile(at.path(name), 'utf8')))).join('\n');
}

const kinds = exportFormats
  .flatMap((format): readonly Pick<ExportOptions, 'format' | 'per'>[] => (format === 'csv' ? [{ format, per: 'reply' }, { format, per: 'conversation' }] : [{ format }]));

describe.each(kinds)('the export as $format $per', (kind) => {
  it('names no citizen and holds no citizen\'s words unless told to', async () => {
    for (const personalData of ['pseudonymise', 'omit'] as const) {
      const text = await taken({ ...kind, personalData });
      expect(ofCitizens.filter((word) => text.includes(word))).toEqual([]);
    }
  });

  it('names nobody of the staff either when personal data are left out', async () => {
    const text = await taken({ ...kind, personalData: 'omit' });
    expect([...ofStaff, '2026-00123', 'citizen-'].filter((word) => text.includes(word))).toEqual([]);
  });

  it('gives equal bytes for an equal head, equal options and an equal key, whatever it tells of people', async () => {
    for (const personalData of personalDataModes) {
      const options = { ...kind, personalData, pseudonymKey: Buffer.alloc(32, 7) };
      expect(await taken(options)).toBe(await taken(options));
    }
  });
});

describe('personal data', () => {
  it('are all there when they are included, and the log says what for before the file appears', async () => {
    const csv = await taken({ format: 'csv', personalData: 'include' });
    for (const word of ['Rosa', 'rosa@social.example', 'Era para Ramona', 'Ana Pérez', 'cuenta-del-sistema']) expect(csv).toContain(word);
    const jsonl = await taken({ format: 'jsonl', personalData: 'include' });
    for (const word of [...ofCitizens, ...ofStaff]) expect(jsonl).toContain(word);

    await at.audit.export({ format: 'csv', out: at.path('a.csv'), personalData: 'include', purpose: '  Expediente 7  ' });
    const last = (await collect(at.stores.audit.read())).at(-1)!;
    expect(last.entry).toMatchObject({ kind: 'audit.exported', body: { personalData: 'include' } });
    expect(last.values['purpose']).toBe('Expediente 7');
  });

  it.each(['', '   ', undefined])('are not included without a purpose (%j)', async (purpose) => {
    const { count } = await at.audit.head();
    await expect(at.audit.export({ format: 'csv', out: at.path('a.csv'), personalData: 'include', purpose })).rejects.toMatchObject({ code: 'export.purposeMissing' });
    expect(await readdir(at.desk.dir)).not.toContain('a.csv');
    expect((await at.audit.head()).count).toBe(count);
  });

  it('stand as one pseudonym a citizen: the same within an export, another in the next', async () => {
    await at.stores.audit.append(conversationDrafts(3));
    const authors = async (options: Partial<ExportOptions>): Promise<(string | undefined)[]> => (await at.rows({ personalData: 'pseudonymise', ...options })).map((row) => row['author_id']);
    const [one, other] = await authors({});
    expect(one).toMatch(/^citizen-[0-9a-f]{16}$/u);
    expect(other).toBe(one);
    expect((await authors({}))[0]).not.toBe(one);
    const pseudonymKey = Buffer.alloc(32, 1);
    expect(await authors({ pseudonymKey })).toEqual(await authors({ pseudonymKey, per: 'conversation' }).then(([first, , third]) => [first, third]));
  });

  it('leave the figures, the templates, the case and who of the staff acted', async () => {
    const [row] = await at.rows({ personalData: 'pseudonymise' });
    expect(row).toMatchObject({ case_number: '2026-00123', operator_name: 'Ana Pérez', operator_known_by: 'flag', template_id: 'delay', template_approved_by: 'ana@isc.example', sentiment: 'negative', latency_ms: '480000', target_met: 'true', mention_text: '', reply_url: '' });
    const [bare] = await at.rows({ personalData: 'omit' });
    expect(bare).toMatchObject({ case_number: '', author_id: '', operator_id: 'p-ana', operator_name: '', operator_known_by: 'flag', template_approved_by: 'p-luz', latency_ms: '480000' });
  });
});

describe('the proof of an export that withholds', () => {
  it.each(['pseudonymise', 'omit'] as const)('still holds for the chain and for what is told: %s', async (personalData: PersonalDataMode) => {
    const lines = (await at.text('jsonl', { personalData })).trimEnd().split('\n');
    let prev = '0'.repeat(64);
    for (const line of lines) {
      const { entry, values, salts, withheld = [] } = JSON.parse(line) as { entry: AuditEntry; values: Record<string, unknown>; salts: Record<string, string>; withheld?: string[] };
      // The line of the chain as it stands: its hash can be taken of the bytes.
      const bytes = line.slice('{"entry":'.length, line.indexOf(`"hash":"${entry.hash}"`) - 1);
      expect(createHash('sha256').update(`${bytes}}`).digest('hex')).toBe(entry.hash);
      expect(entry.prev).toBe(prev);
      prev = entry.hash;
      const commitments = (entry.body['values'] ?? {}) as Record<string, string>;
      expect([...Object.keys(values), ...withheld].sort()).toEqual(Object.keys(commitments).sort());
      expect(Object.keys(salts).sort()).toEqual(Object.keys(values).sort());
      for (const field of Object.keys(values)) expect(createHash('sha256').update(Buffer.from(salts[field]!, 'hex')).update(canonicalize(values[field])!).digest('hex')).toBe(commitments[field]);
    }
    expect(prev).toBe((await at.audit.head()).hash);
    expect(JSON.parse(await at.text('json', { personalData }))).toMatchObject({ personalData });
  });
});

describe('what was erased', () => {
  it('stands in a file beside the CSV, without the words of the request', async () => {
    const { redactionsPath } = await at.audit.export({ format: 'csv', out: at.path('registro.csv') });
    expect(redactionsPath).toBe(at.path('registro.redactions.csv'));
    const rows = (await readFile(redactionsPath!, 'utf8')).split('\r\n');
    expect(rows[0]).toBe('\uFEFFredaction_id,at,scope,basis,rule,authority,by_id,by_name,by_known_by,proposed_by_id,mentions,values,first_seq,last_seq,last_hash');
    expect(rows[1]).toMatch(/^x-1,2026-05-20T17:00:00\.001Z,mention,erasureRequest,,,p-ana,Ana Pérez,flag,p-luz,1,1,/u);
    expect(rows).toHaveLength(3);
  });

  it('before the range is not told of, as it can have erased nothing in it; what was erased after it is', async () => {
    const path = async (range: Partial<ExportOptions>): Promise<string | undefined> => (await at.audit.export({ format: 'csv', out: at.path('a.csv'), overwrite: true, ...range })).redactionsPath;
    expect(await path({ to: noon })).toBeDefined();
    expect(await path({ from: later + 2 })).toBeUndefined();
  });
});
