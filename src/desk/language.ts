import * as l10n from '@vscode/l10n';
import spanish from '../../l10n/bundle.l10n.es.json';

export type InterfaceLanguage = 'es' | 'en';

/** The Spanish wordings, keyed by the English ones; a page gets them with its first message. */
export function bundleFor(language: InterfaceLanguage): Readonly<Record<string, string>> {
  return language === 'es' ? spanish : {};
}

let spoken: InterfaceLanguage = 'en';

/** From here on `l10n.t` speaks this language. The language is one for the whole process. */
export function configureLanguage(language: InterfaceLanguage): void {
  spoken = language;
  l10n.config({ contents: bundleFor(language) });
}

/** What `words` says in another language than that of the interface; it must say it at once, without waiting for anything. */
export function inLanguage<T>(language: InterfaceLanguage, words: () => T): T {
  const before = spoken;
  configureLanguage(language);
  try {
    return words();
  } finally {
    configureLanguage(before);
  }
}

/**
 * `auto` = the desk's first language; without a desk what the environment says (LC_ALL, LC_MESSAGES, LANG); Spanish where both are silent
 * or name another language that we do not speak would be a guess, so then English.
 */
export function chooseLanguage(setting: string | undefined, deskLanguages: readonly string[] | undefined, environment: Readonly<Record<string, string | undefined>>): InterfaceLanguage {
  if (setting === 'es' || setting === 'en') return setting;
  const wanted = environment['MOMENTOS_LANGUAGE'] ?? deskLanguages?.[0] ?? environment['LC_ALL'] ?? environment['LC_MESSAGES'] ?? environment['LANG'] ?? 'es';
  return wanted.startsWith('es') ? 'es' : 'en';
}
