import { type AuditEntry } from './audit';
import { commitmentsOf } from './auditChain';

/** Picks from the log, read from its start, what is about some citizens: their mentions, and all that was done with these. */
export class CitizenEntries {
  private readonly mentions: Set<string>;
  private readonly authors: ReadonlySet<string>;

  /** `mentions`: those known from the inbox; what the log alone knows of the authors is found on the way. */
  constructor(authors: Iterable<string>, mentions: Iterable<string>) {
    this.authors = new Set(authors);
    this.mentions = new Set(mentions);
  }

  takes({ kind, subject, body }: AuditEntry): boolean {
    const { mention, author } = body;
    if (kind === 'mention.received' && typeof author === 'string' && this.authors.has(author)) this.mentions.add(subject);
    return this.mentions.has(subject) || (typeof mention === 'string' && this.mentions.has(mention)) || (kind !== 'legalHold.set' && this.authors.has(subject));
  }
}

/** True for a value that names somebody of the staff, not the citizen. */
export function isStaffField(field: string): boolean {
  return field.startsWith('actor.') || field === 'authorName' || field === 'authorEmail' || field === 'reviewer';
}

/** Fields to which the entry commits and whose values are gone. */
export function erasedFields(entry: AuditEntry, values: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(commitmentsOf(entry)).filter((field) => !(field in values));
}
