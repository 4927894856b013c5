import { diffArrays } from 'diff';

export interface TextChange {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** Beyond this many added and removed words two texts have too little in common to be worth a comparison word by word. */
const mostEdits = 1_500;

/**
 * Word by word what was done to the approved text. The parts `same` and `removed` joined are the approved text, `same` and `added` the
 * edited one, character for character.
 */
export function changes(approved: string, edited: string): readonly TextChange[] {
  if (approved === edited) return approved === '' ? [] : [{ kind: 'same', text: approved }];
  const parts = diffArrays(pieces(approved), pieces(edited), { maxEditLength: mostEdits });
  const found: TextChange[] =
    parts === undefined
      ? [{ kind: 'removed', text: approved }, { kind: 'added', text: edited }]
      : parts.map((part) => ({ kind: part.added ? 'added' : part.removed ? 'removed' : 'same', text: part.value.join('') }));
  return found.filter((change) => change.text !== '');
}

/** Share of the approved words that still stand, 0 to 1; 1 when the approved text has no words. */
export function keptShare(approved: string, edited: string): number {
  const all = countWords(approved);
  if (all === 0) return 1;
  const kept = changes(approved, edited).reduce((sum, change) => sum + (change.kind === 'same' ? countWords(change.text) : 0), 0);
  return Math.min(1, kept / all);
}

/** Words, runs of white space, and every other character by itself. */
function pieces(text: string): string[] {
  return text.match(/[\p{L}\p{N}\p{M}_]+|\s+|[^\p{L}\p{N}\p{M}_\s]/gu) ?? [];
}

function countWords(text: string): number {
  return text.match(/[\p{L}\p{N}\p{M}_]+/gu)?.length ?? 0;
}
