/** An answer being written; lives in `.momentos/drafts`, survives closing, reload and crash. */
export interface Draft {
  readonly mentionId: string;
  readonly text: string;
  readonly template?: { readonly id: string; readonly version: number; readonly language: string } | undefined;
  readonly values: Readonly<Record<string, string>>;
  readonly savedAt: number;
  readonly by: string;
  /** Reply privately. */
  readonly private?: boolean | undefined;
  /** Set while the undo window runs: nothing has been sent. A draft found with it at start was not sent. */
  readonly sendingAt?: number | undefined;
  /** Why a second answer: follow-up or correction. */
  readonly again?: { readonly reason: string; readonly corrects?: string | undefined } | undefined;
  readonly failure?: string | undefined;
}
