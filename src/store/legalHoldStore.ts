import * as v from 'valibot';
import { type AuditDraft } from '../core/audit';
import { type LegalHold } from '../core/legalHold';
import { type AuditLog, type LegalHoldStore } from '../core/ports';
import { type DeskLock } from './lock';
import { JsonDocument, type DocumentOptions } from './jsonDocument';

const holdSchema = v.object({
  id: v.string(),
  scope: v.variant('kind', [
    v.object({ kind: v.literal('case'), number: v.string() }),
    v.object({ kind: v.literal('author'), id: v.string() }),
    v.object({ kind: v.literal('period'), from: v.number(), to: v.optional(v.number()) }),
  ]),
  reason: v.string(),
  by: v.object({ id: v.string(), name: v.string(), email: v.optional(v.string()), osAccount: v.string(), key: v.optional(v.string()) }),
  at: v.number(),
});
const documentSchema = v.object({ schemaVersion: v.literal(1), holds: v.array(holdSchema) });
type LegalHoldsDocument = v.InferOutput<typeof documentSchema>;

/** What may not be erased, in `.momentos/legalHolds.json`. While the file cannot be read it is not known that anything may, so nothing is. */
export class FileLegalHoldStore implements LegalHoldStore {
  private readonly document: JsonDocument<LegalHoldsDocument>;
  private readonly lock: DeskLock;
  private readonly log: AuditLog;

  constructor(options: Omit<DocumentOptions<LegalHoldsDocument>, 'name' | 'schema' | 'empty' | 'unreadable'> & { readonly audit: AuditLog }) {
    const { audit, ...shared } = options;
    this.log = audit;
    this.lock = shared.lock;
    this.document = new JsonDocument({ ...shared, name: 'legalHolds.json', unreadable: 'refuse', schema: documentSchema, empty: { schemaVersion: 1, holds: [] } });
  }

  async read(): Promise<readonly LegalHold[]> {
    return (await this.document.read()).holds;
  }

  update(change: (holds: readonly LegalHold[]) => Promise<{ readonly holds: readonly LegalHold[]; readonly entries: readonly AuditDraft[] }>): Promise<readonly LegalHold[]> {
    return this.lock.run(async () => {
      const { holds, entries } = await change(await this.read());
      // Log first: what stands there and not in the file counts as held.
      await this.log.append(entries);
      await this.document.update((document) => ({ ...document, holds: [...holds] }));
      return holds;
    });
  }
}
