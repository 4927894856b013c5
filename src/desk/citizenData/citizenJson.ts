import { type AuditHead } from '../../core/audit';
import { type CitizenLogEntry, type CitizenMention } from './citizenRecord';

/** What stands at the head of both forms. */
export interface CitizenDataHead {
  readonly institution: string;
  readonly purpose: string;
  /** ISO 8601. */
  readonly madeAt: string;
  readonly withStaff: boolean;
  readonly authors: readonly string[];
  readonly log: AuditHead;
}

export interface CitizenDataSource {
  readonly head: CitizenDataHead;
  readonly mentions: readonly CitizenMention[];
  /** Read once for each form, from the first entry on. */
  readonly entries: () => AsyncIterable<CitizenLogEntry>;
}

/** One JSON document; the return value is the number of entries of the log. */
export async function* citizenJson({ head, mentions, entries }: CitizenDataSource): AsyncGenerator<string, number> {
  const { log, ...rest } = head;
  yield `{\n"schemaVersion":1,\n"about":${JSON.stringify({ ...rest, logHead: log.hash, logEntries: log.count })},\n"mentions":[`;
  for (const [index, mention] of mentions.entries()) yield `${index === 0 ? '' : ','}\n${JSON.stringify(mention)}`;
  yield '\n],\n"log":[';
  let count = 0;
  for await (const entry of entries()) {
    yield `${count === 0 ? '' : ','}\n${JSON.stringify(entry)}`;
    count += 1;
  }
  yield '\n]\n}\n';
  return count;
}
