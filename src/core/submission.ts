import { type Actor } from './audit';
import { type Confirmation } from './confirmations';

/** Why an answer does not go out on one person's word: its words are nobody's approved ones, or its author only drafts. */
export type SecondPersonReason = 'freeText' | 'draftOnly';

/** An answer that waits for a second person, as its author handed it in. */
export interface Submission {
  /** Local id, `s-` and 10 characters. */
  readonly id: string;
  /** Without greeting. */
  readonly text: string;
  readonly template?: { readonly id: string; readonly version: number; readonly language: string } | undefined;
  readonly values: Readonly<Record<string, string>>;
  readonly language?: string | undefined;
  readonly private?: boolean | undefined;
  readonly again?: { readonly reason: string; readonly corrects?: string | undefined } | undefined;
  /** What the author confirmed for this very text. */
  readonly confirmed: readonly Confirmation[];
  readonly why: SecondPersonReason;
  readonly by: Pick<Actor, 'id' | 'name' | 'email' | 'osAccount'>;
  /** UTC ms. */
  readonly at: number;
  /** The author's reviewer key, where he has one: what tells two people at one account apart. */
  readonly key?: { readonly fingerprint: string; readonly signature: string } | undefined;
}

/** The last answer that came back to its author. */
export interface ReturnedSubmission {
  readonly reason: string;
  readonly by: string;
  /** UTC ms. */
  readonly at: number;
  /** Local id of the author. */
  readonly author: string;
}
