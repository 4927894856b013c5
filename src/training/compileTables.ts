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
import { parseRatings } from '../sentiment/ratings';
import { lexiconHash } from '../sentiment/sentimentModel';
import { readWordLists } from './examples';

const folder = join('dist', 'tables');

mkdirSync(folder, { recursive: true });
for (const language of scoredLanguages) {
  const { lexicon, ratings } = readWordLists('media', language);
  writeFileSync(join(folder, `${language}.bin`), packLexicon(compileLexicon(language, parseLexicon(lexicon), parseRatings(ratings)), lexiconHash(lexicon, ratings)));
}
writeFileSync(join(folder, 'languages.bin'), packLanguageVotes(compileLanguageVotes()));
const rules = Object.fromEntries(scoredLanguages.map((language) => [language, readFileSync(join('media', 'rules', `${language}.txt`), 'utf8')]));
writeFileSync(join(folder, 'rules.bin'), packRules(compileRules(rules), rulesHash(rules)));
