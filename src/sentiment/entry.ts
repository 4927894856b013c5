/** What an entry does to a text. */
export type Effect =
  /** -5 to 5; 0 says "this word says nothing here" and shields it from a stem or from the base. */
  | { readonly kind: 'weight'; readonly weight: number }
  /** Praise that turns into its opposite when the text complains elsewhere ("qué bonito, cinco horas de fila"). */
  | { readonly kind: 'irony'; readonly weight: number }
  /** Thanks that are mere courtesy, and count half, where the text asks something. */
  | { readonly kind: 'courtesy'; readonly weight: number }
  /** Turns what follows. */
  | { readonly kind: 'negator' }
  /** Multiplies what follows; under 1 it softens. */
  | { readonly kind: 'degree'; readonly factor: number }
  /** What follows counts more than what came before ("pero"). */
  | { readonly kind: 'contrast' };

export type PhraseItem =
  | { readonly kind: 'words'; readonly exact: ReadonlySet<string>; readonly stems: readonly string[] }
  | { readonly kind: 'number' }
  /** No word to five words within a sentence. */
  | { readonly kind: 'gap' };

/** Kinds of effects as numbers; 0: none. */
export const effectKinds = { none: 0, weight: 1, irony: 2, courtesy: 3, negator: 4, degree: 5, contrast: 6 } as const;

/** The effect's weight or factor; 0 where it has neither. */
export function amountOf(effect: Effect): number {
  return effect.kind === 'degree' ? effect.factor : effect.kind === 'negator' || effect.kind === 'contrast' ? 0 : effect.weight;
}
