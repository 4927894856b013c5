import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sentiment from 'sentiment';
import { type ScoredLanguage, scoredLanguages, sentimentLabels, type SentimentModel } from '../../src/core/sentiment';
import { findStatedPersonalData } from '../../src/core/text/statedPersonalData';
import { type TextReader } from '../../src/core/textReading';
import { findTopics } from '../../src/core/topics';
import { loadModel } from '../../src/desk/loadModel';
import { loadReader } from '../../src/desk/loadReader';
import { LanguageFinder } from '../../src/sentiment/language';
import { compileLanguageVotes } from '../../src/sentiment/languageVotes';
import { createTextReader } from '../../src/sentiment/rules/textReader';
import { TextScan } from '../../src/sentiment/scan';
import { type PracticeText } from '../../src/toolkit/practice/practiceText';
import { allTexts } from '../../src/toolkit/practice/texts/allTexts';
import { readCorpus } from '../../src/training/examples';
import { runTask } from './support/childTask';
import { busy, median, rounded, type Emit } from './support/measure';
import { type LoadCost } from './support/sentimentTasks';

export const area = 'sentiment';

const plainName = 'plain `sentiment` on the same texts';
const texts = allTexts.map(({ text }) => text);

const media = join(process.cwd(), 'media');
/** Rounds over all texts before the first that is measured: a desk scores all day. */
const warmUps = 20;

export async function run(emit: Emit): Promise<void> {
  const model = loadModel(media);
  speed(emit, model);
  manyHands(emit, model);
  parts(emit);
  await loading(emit);
  hostile(emit, model);
  for (const language of ['es', 'en'] as const) agreement(emit, model, language);
}

function speed(emit: Emit, model: SentimentModel): void {
  const plain = new Sentiment();
  const long = texts.join('\n').repeat(20);
  const times = { plain: [] as number[], scored: [] as number[], bare: [] as number[], forced: [] as number[], plainLong: [] as number[], long: [] as number[] };
  for (let round = 0; round < warmUps; round += 1) {
    texts.forEach((text) => {
      plain.analyze(text);
      model.score(text);
      model.score(text, { evidence: false });
      model.score(text, { force: 'es', evidence: false });
    });
  }
  for (let round = 0; round < 40; round += 1) {
    times.plain.push(busy(() => texts.forEach((text) => plain.analyze(text))));
    times.scored.push(busy(() => texts.forEach((text) => model.score(text))));
    times.bare.push(busy(() => texts.forEach((text) => model.score(text, { evidence: false }))));
    times.forced.push(busy(() => texts.forEach((text) => model.score(text, { force: 'es', evidence: false }))));
  }
  for (let round = 0; round < 5; round += 1) {
    times.plainLong.push(busy(() => plain.analyze(long)));
    times.long.push(busy(() => model.score(long, { force: 'es' })));
  }
  const bare = rounded(median(times.plain) / median(times.bare));
  const full = rounded(median(times.plain) / median(times.scored));
  emit({ name: 'sentiment.score.label', value: bare, unit: 'x', against: `${plainName}: language found, label and score only`, target: 1, met: bare >= 1 });
  emit({ name: 'sentiment.score', value: full, unit: 'x', against: `${plainName}: language found, evidence listed`, target: 0.5, met: full >= 0.5 });
  emit({ name: 'sentiment.score.known', value: rounded(median(times.plain) / median(times.forced)), unit: 'x', against: `${plainName}: language given, label and score only` });
  emit({ name: 'sentiment.score.long', value: rounded(median(times.plainLong) / median(times.long)), unit: 'x', against: `${plainName}, as one text of ${String(Math.round(long.length / 1000))} kB` });
}

/** The scorer remembers the words it read last: here a text comes again only after some thousands of others, and nearly all the words that are remembered stand in them. */
function manyHands(emit: Emit, model: SentimentModel): void {
  const plain = new Sentiment();
  const corpus = (['es', 'en'] as const).flatMap((language) => readCorpus(join(media, 'corpus'), language)).map(({ text }) => text);
  const times = { plain: [] as number[], bare: [] as number[], scored: [] as number[] };
  for (let round = 0; round < 9; round += 1) {
    times.plain.push(busy(() => corpus.forEach((text) => plain.analyze(text))));
    times.bare.push(busy(() => corpus.forEach((text) => model.score(text, { evidence: false }))));
    times.scored.push(busy(() => corpus.forEach((text) => model.score(text))));
  }
  const against = `plain \`sentiment\` on the ${String(corpus.length)} texts of the corpus, each once a round`;
  emit({ name: 'sentiment.many.label', value: rounded(median(times.plain) / median(times.bare)), unit: 'x', against: `${against}: language found, label and score only` });
  emit({ name: 'sentiment.many', value: rounded(median(times.plain) / median(times.scored)), unit: 'x', against: `${against}: language found, evidence listed` });
}

/** The reader with the rules of one group alone. */
function readerOf(group: 'urgency' | 'kind'): TextReader {
  const rulesOf = (language: ScoredLanguage): string => readFileSync(join(media, 'rules', `${language}.txt`), 'utf8').split(/^(?=\[)/mu).filter((section) => !section.startsWith('[') || section.startsWith(`[${group} `)).join('');
  return createTextReader(Object.fromEntries(scoredLanguages.map((language) => [language, rulesOf(language)])));
}

/** What else is told of a text, each by itself. */
function parts(emit: Emit): void {
  const plain = new Sentiment();
  const scan = new TextScan({ remembers: true });
  const finder = new LanguageFinder(scan, compileLanguageVotes());
  const reader = loadReader(media);
  const [urgency, kind] = [readerOf('urgency'), readerOf('kind')];
  const bare = { language: 'es', sentiment: 'neutral', topics: [], country: 'DO' } as const;
  const topics = [{ id: 'water', words: ['agua', 'water', 'tubería', 'avería'] }, { id: 'id', words: ['cédula', 'pasaporte', 'acta'] }];
  const works: readonly (readonly [name: string, what: string, read: (text: string) => unknown])[] = [
    ['plain', '', (text) => plain.analyze(text)],
    ['language', 'split into words, language', (text) => {
      scan.read(text);
      return finder.find();
    }],
    ['topics', 'topics', (text) => findTopics(text, topics)],
    ['personalData', 'personal data', (text) => findStatedPersonalData(text, 'DO')],
    ['urgency', 'urgency, and personal data', (text) => urgency.read(text, bare)],
    ['kind', 'kind, and personal data', (text) => kind.read(text, bare)],
    ['reading', 'urgency, kind, topics and personal data together', (text) => reader.read(text, { language: 'es', sentiment: 'neutral', topics, country: 'DO' })],
  ];
  const times = works.map(() => [] as number[]);
  for (let round = 0; round < 7; round += 1) for (const [index, [, , read]] of works.entries()) times[index]?.push(busy(() => texts.forEach((text) => read(text))));
  const [base = 0, ...others] = times.map((each) => median(each));
  others.forEach((time, index) => {
    emit({ name: `sentiment.${works[index + 1]?.[0] ?? ''}`, value: rounded(base / time), unit: 'x', against: `${plainName}: ${works[index + 1]?.[1] ?? ''}` });
  });
}

/** In a process that has just begun: nothing is warm. */
async function loading(emit: Emit): Promise<void> {
  const costs: LoadCost[] = [];
  for (let round = 0; round < 5; round += 1) costs.push((await runTask('sentimentLoad')) as LoadCost);
  const load = rounded(median(costs.map((cost) => cost.load)));
  const bytes = rounded(median(costs.map((cost) => cost.bytes)) / 2 ** 20);
  emit({ name: 'sentiment.load', value: load, unit: 'ms', against: 'the limit for loading all languages, in a new process', target: 30, met: load < 30 });
  emit({ name: 'sentiment.first', value: rounded(median(costs.map((cost) => cost.first))), unit: 'ms', against: 'nothing: the first text of each of four languages after that' });
  emit({ name: 'sentiment.memory', value: bytes, unit: 'MB', against: 'the limit for all languages, heap and buffers', target: 15, met: bytes < 15 });
}

/** A megabyte against an eighth of it: the work for a character must not grow. */
function hostile(emit: Emit, model: SentimentModel): void {
  const reader = loadReader(media);
  const setting = { language: 'es', sentiment: 'negative', topics: [], country: 'DO' } as const;
  const kinds: Readonly<Record<string, string>> = {
    words: 'Llevo tres meses esperando y nadie contesta. ', emoji: '😡👍🏾👩\u200D👩\u200D👧', zeroWidth: 'm\u200B', marks: '\u0301\u0316', surrogates: '\uDC4D\uD83D ', letters: 'o', handles: '@a.b@', laughter: 'ja',
  };
  let worst = 0;
  let kind = '';
  for (const [name, piece] of Object.entries(kinds)) {
    const small = piece.repeat(Math.ceil(2 ** 17 / piece.length));
    const large = small.repeat(8);
    const times = { small: [] as number[], large: [] as number[] };
    for (let round = 0; round < 3; round += 1) {
      for (const [size, text] of [['small', small], ['large', large]] as const) {
        times[size].push(busy(() => {
          model.score(text, { force: 'es' });
          reader.read(text, setting);
        }));
      }
    }
    const growth = Math.min(...times.large) / Math.min(...times.small) / 8;
    if (growth > worst) [worst, kind] = [growth, name];
  }
  emit({ name: 'sentiment.hostile', value: rounded(worst), unit: 'x', against: `the work for a character at an eighth of a megabyte, at a megabyte (worst: ${kind})`, target: 2, met: worst <= 2 });
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
