// Run by the build: compiles lexicons, rules and common words into `dist/tables`, so that nothing of it is computed when a desk is opened.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scoredLanguages } from '../core/sentiment';
import { compileLexicon } from '../sentiment/compile';
import { packLanguageVotes, packLexicon } from '../sentiment/compiledTables';
import { compileLanguageVotes } from '../sentiment/languageVotes';
import { parseLexicon } from '../sentiment/lexicon';
import { compileRules, packRules } from '../sentiment/rules/compiledRules';
import { rulesHash } from '../sentiment/rules/textReader';
import { lexiconHash } from '../sentiment/sentimentModel';

const folder = join('dist', 'tables');
const textOf = (kind: string, language: string): string => readFileSync(join('media', kind, `${language}.txt`), 'utf8');

mkdirSync(folder, { recursive: true });
for (const language of scoredLanguages) {
  const text = textOf('lexicons', language);
  writeFileSync(join(folder, `${language}.bin`), packLexicon(compileLexicon(language, parseLexicon(text)), lexiconHash(text)));
}
writeFileSync(join(folder, 'languages.bin'), packLanguageVotes(compileLanguageVotes()));
const rules = Object.fromEntries(scoredLanguages.map((language) => [language, textOf('rules', language)]));
writeFileSync(join(folder, 'rules.bin'), packRules(compileRules(rules), rulesHash(rules)));
