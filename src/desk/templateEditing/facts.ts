/** What the desk knows and a writer of templates may use. */
export interface EditingFacts {
  /** The file's name without `.md`. */
  readonly id: string;
  /** Languages of the institution. */
  readonly languages: readonly string[];
  readonly topics: readonly { readonly id: string; readonly name: string }[];
  readonly networks: readonly string[];
  /** The version that a new text would get. */
  readonly nextVersion: number;
  /** ISO date in the institution's time zone. */
  readonly today: string;
  /** Language of the interface. */
  readonly language: string;
}
