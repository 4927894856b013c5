import * as v from 'valibot';
import { type AuditDraft } from '../core/audit';
import { type Hold } from '../core/hold';
import { type AuditLog, type HoldStore } from '../core/ports';
import { type DeskLock } from './lock';
import { JsonDocument, type DocumentOptions } from './jsonDocument';

const holdSchema = v.object({
  id: v.string(),
  scope: v.union([v.object({ kind: v.literal('all') }), v.object({ kind: v.picklist(['topic', 'channel']), id: v.string() })]),
  reason: v.string(),
  statement: v.optional(v.string()),
  until: v.optional(v.number()),
  by: v.object({ id: v.string(), name: v.string(), email: v.optional(v.string()), osAccount: v.string(), key: v.optional(v.string()) }),
  at: v.number(),
});
const documentSchema = v.object({ schemaVersion: v.literal(1), holds: v.array(holdSchema) });
type HoldsDocument = v.InferOutput<typeof documentSchema>;

/** What holds answers back, in `.momentos/holds.json`. While the file cannot be read it is not known that nothing is on hold, so no answer goes out. */
export class FileHoldStore implements HoldStore {
  private readonly document: JsonDocument<HoldsDocument>;
  private readonly lock: DeskLock;
  private readonly log: AuditLog;

  constructor(options: Omit<DocumentOptions<HoldsDocument>, 'name' | 'schema' | 'empty' | 'unreadable'> & { readonly audit: AuditLog }) {
    const { audit, ...shared } = options;
    this.log = audit;
    this.lock = shared.lock;
    this.document = new JsonDocument({ ...shared, name: 'holds.json', unreadable: 'refuse', schema: documentSchema, empty: { schemaVersion: 1, holds: [] } });
  }

  async read(): Promise<readonly Hold[]> {
    return (await this.document.read()).holds;
  }

  update(change: (holds: readonly Hold[]) => { readonly holds: readonly Hold[]; readonly entries: readonly AuditDraft[] }): Promise<readonly Hold[]> {
    return this.lock.run(async () => {
      const { holds, entries } = change(await this.read());
      // Log first: a hold that is in force always stands there.
      await this.log.append(entries);
      await this.document.update((document) => ({ ...document, holds: [...holds] }));
      return holds;
    });
  }
}
