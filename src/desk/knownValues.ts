import { type DeskConfig } from '../core/config';
import { type Mention } from '../core/mention';
import { greetableName } from '../core/replyRules';
import { type LocalText } from '../core/text/placeholders';
import { officeHoursWords } from './words';

/** What the desk can fill in by itself: built-in placeholder to language to value. What is not known is left out, and asked for. */
export function knownValues(config: DeskConfig, mention: Mention, languages: readonly string[]): Readonly<Record<string, LocalText>> {
  const same = (value: string): LocalText => Object.fromEntries(languages.map((language) => [language, value]));
  const { author } = mention.post;
  const name = greetableName(author.name) || greetableName(author.handle.split('@')[0] ?? '');
  const hours = Object.fromEntries(languages.flatMap((language) => {
    const words = officeHoursWords(config, language);
    return words === undefined ? [] : [[language, words]];
  }));
  return {
    ...(name === '' ? {} : { author: same(name) }),
    institution: same(config.institution.name),
    ...(Object.keys(hours).length === 0 ? {} : { hours }),
    ...(mention.caseNumber === undefined ? {} : { case: same(mention.caseNumber) }),
  };
}

/** Language to answer in: the citizen's if the institution speaks it, else the institution's first. */
export function answerLanguage(config: DeskConfig, mention: Mention): string {
  const { languages } = config.institution;
  const candidates = [mention.language, mention.post.language?.slice(0, 2).toLowerCase()];
  return candidates.find((language) => language !== undefined && languages.includes(language)) ?? languages[0] ?? 'es';
}
