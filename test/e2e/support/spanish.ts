import bundle from '../../../l10n/bundle.l10n.es.json';

const spanishOf: Readonly<Record<string, string>> = bundle;

/** The Spanish that the extension shows for an English text of the sources; `{0}` and so on are filled in. Throws when there is none. */
export function spanish(english: string, ...values: readonly (string | number)[]): string {
  const text = spanishOf[english];
  if (text === undefined) throw new Error(`l10n/bundle.l10n.es.json has no Spanish for "${english}".`);
  return text.replace(/\{(\d+)\}/gu, (_, index: string) => String(values[Number(index)] ?? ''));
}
