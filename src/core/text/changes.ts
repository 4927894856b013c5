import { diffArrays } from 'diff';

export interface TextChange {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** Beyond this many added and removed words two texts have too little in common to be worth a comparison word by word. */
const mostEdits = 600;

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
  return inBlocks(found.filter((change) => change.text !== ''));
}

/** Blanks and punctuation alone between two changes are no common ground: they go to both, so that a rewritten sentence reads as one change. */
function inBlocks(parts: readonly TextChange[]): readonly TextChange[] {
  const blocks: TextChange[] = [];
  let removed = '';
  let added = '';
  const close = (): void => {
    if (removed !== '') blocks.push({ kind: 'removed', text: removed });
    if (added !== '') blocks.push({ kind: 'added', text: added });
    removed = added = '';
  };
  parts.forEach((part, index) => {
    const between = index > 0 && index < parts.length - 1 && countWords(part.text) === 0 && (removed !== '' && added !== '');
    if (part.kind === 'removed') removed += part.text;
    else if (part.kind === 'added') added += part.text;
    else if (between) {
      removed += part.text;
      added += part.text;
    } else {
      close();
      blocks.push(part);
    }
  });
  close();
  return blocks;
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
