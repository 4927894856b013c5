import { type AuditEntry } from './audit';

/** How often people who looked at the messages of a week left their sentiment as it was scored; where the desk was not sure there is nothing to agree with. */
export interface AgreementFigures {
  /** Of the text: `es`, `en`, ..., `other`. */
  readonly language: string;
  /** ISO week in which they arrived, e.g. `2026-W47`. */
  readonly week: string;
  /** Opened by a person, or corrected. */
  readonly seen: number;
  readonly corrected: number;
}

interface Seen {
  language: string;
  readonly week: string;
  /** undefined = the desk did not say: it was not sure, or could not read the text yet. */
  scored: string | undefined;
  seen: boolean;
  corrected: boolean;
}

/** Gathers the agreement from the log alone. What nobody looked at says nothing; a correction that was taken back is none. */
export class AgreementReading {
  private readonly mentions = new Map<string, Seen>();

  constructor(private readonly weekOf: (at: number) => string) {}

  /** `inRange`: whether the entry stands in the range that is reported; only what arrived in it counts. */
  read({ kind, subject, body, at }: Pick<AuditEntry, 'kind' | 'subject' | 'body' | 'at'>, inRange: boolean): void {
    if (kind === 'mention.received') {
      if (inRange) this.mentions.set(subject, { language: textOf(body['language']) ?? 'other', week: this.weekOf(at), scored: labelOf(body), seen: false, corrected: false });
      return;
    }
    const mention = this.mentions.get(subject);
    if (mention === undefined) return;
    // What people looked at stays what they judged, even if the desk reads it otherwise later.
    if (kind === 'mention.scored' && !mention.seen) {
      mention.scored = labelOf(body);
      mention.language = textOf(body['language']) ?? mention.language;
    }
    if (kind === 'mention.opened') mention.seen = true;
    if (kind !== 'sentiment.corrected') return;
    mention.seen = true;
    mention.corrected = body['to'] !== mention.scored;
  }

  /** By week, then by language. */
  figures(): readonly AgreementFigures[] {
    const found = new Map<string, { readonly language: string; readonly week: string; seen: number; corrected: number }>();
    for (const { language, week, scored, seen, corrected } of this.mentions.values()) {
      if (!seen || scored === undefined) continue;
      const key = `${week} ${language}`;
      const known = found.get(key) ?? { language, week, seen: 0, corrected: 0 };
      known.seen += 1;
      if (corrected) known.corrected += 1;
      found.set(key, known);
    }
    return [...found].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, figures]) => figures);
  }
}

/** Of a language that it does not read, the desk says nothing; entries from before `unsure` tell it by the language alone. */
function labelOf(body: AuditEntry['body']): string | undefined {
  return body['unsure'] === true || body['language'] === 'other' ? undefined : textOf(body['sentiment']);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
