import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sentiment from 'sentiment';
import { type ScoredLanguage, scoredLanguages, sentimentLabels, type SentimentModel } from '../../src/core/sentiment';
import { createSentimentModel, type LexiconData } from '../../src/sentiment/sentimentModel';
import { type PracticeText } from '../../src/toolkit/practice/practiceText';
import { allTexts } from '../../src/toolkit/practice/texts/allTexts';
import { median, rounded, timed, type Emit } from './support/measure';

export const area = 'sentiment';

const plainName = 'plain `sentiment` on the same texts';

export async function run(emit: Emit): Promise<void> {
  const data: LexiconData = Object.fromEntries(scoredLanguages.map((language) => [language, readFileSync(join(process.cwd(), 'media', 'lexicons', `${language}.txt`), 'utf8')]));
  const models = Object.fromEntries(scoredLanguages.map((language) => [language, readFileSync(join(process.cwd(), 'media', 'models', `${language}.bin`))]));
  const model = createSentimentModel(data, { models });
  await speed(emit, () => createSentimentModel(data, { models }), model);
  for (const language of ['es', 'en'] as const) agreement(emit, model, language);
}

async function speed(emit: Emit, load: () => SentimentModel, model: SentimentModel): Promise<void> {
  const plain = new Sentiment();
  const texts = allTexts.map((each) => each.text);
  const long = texts.join('\n').repeat(20);
  const times = { plain: [] as number[], scored: [] as number[], bare: [] as number[], forced: [] as number[], plainLong: [] as number[], long: [] as number[], load: [] as number[] };
  for (let round = 0; round < 9; round += 1) {
    times.plain.push(await timed(() => texts.forEach((text) => plain.analyze(text))));
    times.scored.push(await timed(() => texts.forEach((text) => model.score(text))));
    times.bare.push(await timed(() => texts.forEach((text) => model.score(text, { evidence: false }))));
    times.forced.push(await timed(() => texts.forEach((text) => model.score(text, { force: 'es' }))));
    times.plainLong.push(await timed(() => plain.analyze(long)));
    times.long.push(await timed(() => model.score(long, { force: 'es' })));
    times.load.push(await timed(load));
  }
  const bare = rounded(median(times.plain) / median(times.bare));
  const full = rounded(median(times.plain) / median(times.scored));
  emit({ name: 'sentiment.score.label', value: bare, unit: 'x', against: `${plainName}: language found, label and score only`, target: 1, met: bare >= 1 });
  emit({ name: 'sentiment.score', value: full, unit: 'x', against: `${plainName}: language found, evidence listed`, target: 0.5, met: full >= 0.5 });
  emit({ name: 'sentiment.score.known', value: rounded(median(times.plain) / median(times.forced)), unit: 'x', against: `${plainName}: language given, evidence listed` });
  emit({ name: 'sentiment.score.long', value: rounded(median(times.plainLong) / median(times.long)), unit: 'x', against: `${plainName}, as one text of ${String(Math.round(long.length / 1000))} kB` });
  const loading = rounded(median(times.load));
  emit({ name: 'sentiment.load', value: loading, unit: 'ms', against: 'the limit for loading all languages', target: 30, met: loading < 30 });
}

/** Macro-F1 over the three labels, in percent. The lexicons were corrected with these texts in view: it shows that nothing broke, not how well unseen texts are read. */
function agreement(emit: Emit, model: SentimentModel, language: ScoredLanguage): void {
  const texts = allTexts.filter((text) => text.language === language);
  const labels = texts.map((text) => model.score(text.text, { language }).label);
  emit({ name: `sentiment.f1.practice.${language}`, value: rounded(macroF1(texts, labels) * 100), unit: '%', against: `the labels of ${String(texts.length)} practice texts` });
}

function macroF1(texts: readonly PracticeText[], labels: readonly string[]): number {
  const scores = sentimentLabels.map((label) => {
    const right = texts.filter((text, index) => text.sentiment === label && labels[index] === label).length;
    const meant = texts.filter((text) => text.sentiment === label).length;
    const said = labels.filter((each) => each === label).length;
    return meant + said === 0 ? 0 : (2 * right) / (meant + said);
  });
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}
