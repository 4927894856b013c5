import * as l10n from '@vscode/l10n';
import spanish from '../../l10n/bundle.l10n.es.json';

export type InterfaceLanguage = 'es' | 'en';

/** The Spanish wordings, keyed by the English ones; a page gets them with its first message. */
export function bundleFor(language: InterfaceLanguage): Readonly<Record<string, string>> {
  return language === 'es' ? spanish : {};
}

/** From here on `l10n.t` speaks this language. The language is one for the whole process. */
export function configureLanguage(language: InterfaceLanguage): void {
  l10n.config({ contents: bundleFor(language) });
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
