/** Bits of `TextScan.flags`; an enum, as its names become plain numbers where every word is looked at. */
export const enum wordFlags {
  /** Letters repeated three times or more. */
  elongated = 1,
  /** Three letters or more, all of them capitals. */
  capitals = 2,
  number = 4,
  /** Stands in a sentence that ends in a question mark without an exclamation mark beside it. */
  asked = 8,
  /** A comma or the like stands before it. */
  afterComma = 16,
  /** The first word of a sentence; an emoji ends one too. */
  afterSentence = 32,
  tag = 64,
  laugh = 128,
  /** `afterComma` and `afterSentence`: either pause. */
  anyPause = 48,
}
