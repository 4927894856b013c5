import * as v from 'valibot';
import { type AuditDraft } from '../core/audit';
import { type RedactionStore } from '../core/erasurePorts';
import { type AuditLog } from '../core/ports';
import { redactionBases, type RedactionProposal } from '../core/redaction';
import { type DeskLock } from './lock';
import { JsonDocument, type DocumentOptions } from './jsonDocument';

const proposalSchema = v.object({
  id: v.string(),
  target: v.union([v.object({ kind: v.picklist(['mention', 'author']), id: v.string() }), v.object({ kind: v.literal('entry'), seq: v.number(), withActor: v.boolean() })]),
  basis: v.picklist(redactionBases),
  by: v.object({ id: v.string(), name: v.string(), email: v.optional(v.string()), osAccount: v.string(), key: v.optional(v.string()) }),
  at: v.number(),
});
const documentSchema = v.object({ schemaVersion: v.literal(1), proposals: v.array(proposalSchema) });
type RedactionsDocument = v.InferOutput<typeof documentSchema>;

/** Redactions that wait for a second person, in `.momentos/redactions.json`: local ids and codes, no word of a citizen. */
export class FileRedactionStore implements RedactionStore {
  private readonly document: JsonDocument<RedactionsDocument>;
  private readonly lock: DeskLock;
  private readonly log: AuditLog;

  constructor(options: Omit<DocumentOptions<RedactionsDocument>, 'name' | 'schema' | 'empty' | 'unreadable'> & { readonly audit: AuditLog }) {
    const { audit, ...shared } = options;
    this.log = audit;
    this.lock = shared.lock;
    this.document = new JsonDocument({ ...shared, name: 'redactions.json', unreadable: 'refuse', schema: documentSchema, empty: { schemaVersion: 1, proposals: [] } });
  }

  async read(): Promise<readonly RedactionProposal[]> {
    return (await this.document.read()).proposals;
  }

  update(change: (proposals: readonly RedactionProposal[]) => { readonly proposals: readonly RedactionProposal[]; readonly entries: readonly AuditDraft[] }): Promise<void> {
    return this.lock.run(async () => {
      const { proposals, entries } = change(await this.read());
      await this.log.append(entries);
      await this.document.update((document) => ({ ...document, proposals: [...proposals] }));
    });
  }

  /** It was carried out. Under the lock. */
  async remove(id: string): Promise<void> {
    const { proposals } = await this.document.read();
    if (proposals.some((proposal) => proposal.id === id)) await this.document.update((document) => ({ ...document, proposals: document.proposals.filter((proposal) => proposal.id !== id) }));
  }
}
