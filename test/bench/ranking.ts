import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scoredLanguages, type SentimentLabel } from '../../src/core/sentiment';
import { type Template } from '../../src/core/template';
import { parseTemplateFile } from '../../src/core/templateFile';
import { rankTemplates } from '../../src/core/templateRank';
import { type MentionKind } from '../../src/core/textReading';
import { loadReader } from '../../src/desk/loadReader';
import { createSentimentModel, type LexiconData } from '../../src/sentiment/sentimentModel';
import { allTexts } from '../../src/toolkit/practice/texts/allTexts';
import { rounded, type Emit } from './support/measure';

export const area = 'ranking';

const media = join(process.cwd(), 'media');
/** Issue "Templates under four eyes", point 9: the right one among the first three. */
const goal = 85;

/** How often the template that a careful person chose stands among the first of the sixteen that come with a desk. Our words were chosen with these texts in view. */
export async function run(emit: Emit): Promise<void> {
  const templates = readdirSync(join(media, 'templates')).flatMap((name): readonly Template[] => {
    const { template } = parseTemplateFile(readFileSync(join(media, 'templates', name), 'utf8'), name.slice(0, -'.md'.length));
    return template === undefined ? [] : [template];
  });
  const data: LexiconData = Object.fromEntries(scoredLanguages.map((language) => [language, readFileSync(join(media, 'lexicons', `${language}.txt`), 'utf8')]));
  const model = createSentimentModel(data);
  const reader = loadReader(media);
  const judged = allTexts.filter((text) => templates.some(({ id }) => id === text.template));
  const share = (first: number, asSeen: boolean): number => {
    const hits = judged.filter((text) => {
      const scored = model.score(text.text, { language: text.language });
      const read = (): MentionKind | undefined => reader.read(text.text, { language: scored.language, sentiment: scored.label, topics: [], country: 'DO' }).kind;
      const seen: { readonly language: string; readonly label: SentimentLabel; readonly kind: MentionKind | undefined } = asSeen ? { ...scored, kind: read() } : { language: text.language, label: text.sentiment, kind: text.kind };
      const ranked = rankTemplates(templates, { text: text.text, language: seen.language, sentiment: seen.label, kind: seen.kind, network: undefined, topics: [], uses: new Map() });
      return ranked.slice(0, first).some(({ template }) => template.id === text.template);
    });
    return rounded((100 * hits.length) / judged.length);
  };
  const against = `the choice of a person, ${String(judged.length)} practice texts, ${String(templates.length)} templates`;
  const three = share(3, true);
  emit({ name: 'ranking.first', value: share(1, true), unit: '%', against });
  emit({ name: 'ranking.firstThree', value: three, unit: '%', against, target: goal, met: three >= goal });
  emit({ name: 'ranking.firstThree.labelled', value: share(3, false), unit: '%', against: `${against}, language and sentiment given` });
  await Promise.resolve();
}
