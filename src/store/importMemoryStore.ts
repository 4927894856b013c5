import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { type ImportMemory, type RememberedImport } from '../core/ports';
import { JsonDocument, type DocumentOptions } from './jsonDocument';

/** Sets of headings that are remembered; the oldest is forgotten. */
const kept = 50;

const documentSchema = v.object({ schemaVersion: v.literal(1), imports: v.array(v.object({ headings: v.string(), mapping: v.record(v.string(), v.string()), dates: v.optional(v.picklist(['dmy', 'mdy'])) })) });
type ImportsDocument = v.InferOutput<typeof documentSchema>;

/** What people said that the columns of files mean, by their headings, in `.momentos/imports.json`. */
export class FileImportMemory implements ImportMemory {
  private readonly document: JsonDocument<ImportsDocument>;

  constructor(options: Omit<DocumentOptions<ImportsDocument>, 'name' | 'schema' | 'empty'>) {
    this.document = new JsonDocument({ ...options, name: 'imports.json', schema: documentSchema, empty: { schemaVersion: 1, imports: [] } });
  }

  async recall(headings: readonly string[]): Promise<RememberedImport | undefined> {
    const key = keyOf(headings);
    const found = (await this.document.read()).imports.find((entry) => entry.headings === key);
    return found === undefined ? undefined : { mapping: found.mapping, ...(found.dates === undefined ? {} : { dates: found.dates }) };
  }

  async remember(headings: readonly string[], known: RememberedImport): Promise<void> {
    const key = keyOf(headings);
    const mapping = Object.fromEntries(Object.entries(known.mapping).flatMap(([field, column]) => (column === undefined ? [] : [[field, column] as const])));
    const entry = { headings: key, mapping, ...(known.dates === undefined ? {} : { dates: known.dates }) };
    await this.document.update(({ imports }) => ({ schemaVersion: 1, imports: [entry, ...imports.filter(({ headings: other }) => other !== key)].slice(0, kept) }));
  }
}

function keyOf(headings: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify([...headings].sort())).digest('hex');
}
