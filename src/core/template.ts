import { type PlaceholderDefinition, type LocalText } from './text/placeholders';
import { type NormProblemCode } from './norm/normRule';
import { type MentionKind } from './textReading';
import { type SentimentLabel } from './sentiment';

export const templateStates = ['draft', 'inReview', 'approved', 'rejected', 'withdrawn', 'expired'] as const;
export type TemplateState = (typeof templateStates)[number];

/** A text that stands in place of the full one of its language on some networks. */
export interface ShortForm {
  readonly language: string;
  /** At least one. */
  readonly networks: readonly string[];
  readonly text: string;
}

/** One parsed version of a template: front matter and a body per language. */
export interface Template {
  readonly id: string;
  readonly version: number;
  readonly title: LocalText;
  readonly topics: readonly string[];
  /** Networks it is for; empty = every one. */
  readonly channels: readonly string[];
  /** Words and stems, per language, that make it fit a mention. */
  readonly words: Readonly<Record<string, readonly string[]>>;
  readonly sentiment?: SentimentLabel | undefined;
  /** What it answers: questions, requests, complaints, praise; empty or undefined = any. */
  readonly kinds?: readonly MentionKind[] | undefined;
  readonly placeholders: readonly PlaceholderDefinition[];
  /** ISO date, last day on which it may be sent; undefined = no end. */
  readonly expires?: string | undefined;
  /** Language code to body with `{{name}}` holes. */
  readonly bodies: Readonly<Record<string, string>>;
  /** Shorter texts for networks that do not take the full one. */
  readonly shortForms?: readonly ShortForm[] | undefined;
  /** SHA-256 of the normalised file, lower-case hex. */
  readonly contentHash: string;
}

/** A line of `templates/approvals.jsonl`: signed by its reviewer's key over all but `schemaVersion` and `practice`. Without `signature` it is from before reviewers had keys. */
export interface TemplateApproval {
  readonly schemaVersion: 1;
  readonly template: string;
  readonly version: number;
  readonly contentHash: string;
  readonly scope: string;
  readonly expires: string | null;
  /** Address or name as listed in `reviewers`. */
  readonly reviewer: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Counts only while every channel is on loopback. */
  readonly practice?: boolean | undefined;
  readonly signature?: string | undefined;
}

/** Takes a version out of use: a line of `templates/approvals.jsonl` too. It only ever forbids, so it counts with or without a signature. */
export interface TemplateWithdrawal {
  readonly schemaVersion: 1;
  readonly withdrawn: true;
  readonly template: string;
  readonly version: number;
  readonly contentHash: string;
  readonly scope: string;
  readonly reviewer: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly signature?: string | undefined;
}

/** What the desk knows of one template id. */
export interface TemplateStatus {
  readonly id: string;
  readonly state: TemplateState;
  /** The working file; undefined when it was deleted or cannot be read. */
  readonly working?: Template | undefined;
  /** Why the working file cannot be used or the approved copy is not in use, by check code. */
  readonly problems: readonly TemplateProblem[];
  /** The version that may be sent now. */
  readonly approved?: Template | undefined;
  readonly approval?: TemplateApproval | undefined;
  /** Approved before reviewers had keys: it is shown as approved and not sent until a reviewer signs it. */
  readonly unsigned?: boolean | undefined;
  /** Where its topic asks for two signatures: how many of how many there are for the working text. */
  readonly signatures?: { readonly given: number; readonly needed: number } | undefined;
  readonly proposedBy?: { readonly id: string; readonly name: string; readonly at: number } | undefined;
  readonly reason?: string | undefined;
  readonly path?: string | undefined;
}

export interface TemplateProblem {
  readonly code:
    | 'frontMatter.missing' | 'frontMatter.invalid' | 'frontMatter.unknownKey' | 'id.mismatch' | 'id.invalid' | 'version.invalid'
    | 'body.missing' | 'body.empty' | 'body.outside' | 'body.duplicate' | 'body.shortAlone' | 'text.hiddenCharacter'
    | 'placeholder.unknown' | 'placeholder.unused' | 'pattern.invalid' | 'pattern.exampleMismatch' | 'text.unbounded' | 'expires.invalid' | 'expires.past'
    | 'tooLarge' | 'tooLong' | 'version.alreadyApproved' | 'file.unreadable' | 'copy.changed' | 'copy.missing'
    | 'approval.reviewerUnlisted' | 'approval.practiceOnly' | 'approval.unsigned' | 'approval.badSignature' | 'approval.reviewerUnsigned'
    | 'approval.notTrusted' | 'approval.keyRevoked' | 'approval.otherScope' | 'approval.moreNeeded'
    | NormProblemCode;
  /** Of a norm: as the desk takes it; undefined = as the code alone says (`isRefusing`). */
  readonly level?: 'hint' | 'refuse' | undefined;
  readonly detail?: string | undefined;
  /** 1-based, where known. */
  readonly line?: number | undefined;
  /** 1-based column and length in UTF-16 units on that line, where one place is meant. */
  readonly column?: number | undefined;
  readonly length?: number | undefined;
  /** Of `tooLong`: where the text with its examples does not fit; `short` = what does not fit is the short form. */
  readonly fit?: { readonly language: string; readonly network: string; readonly count: number; readonly limit: number; readonly unit: 'characters' | 'bytes'; readonly short: boolean } | undefined;
  /** What could stand there instead, in words. */
  readonly suggestion?: string | undefined;
}
