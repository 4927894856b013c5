// `npm run eval:sentiment -- --data DIR`: how well texts are read that the model was not trained on, and how well it knows when it does not know.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ScoredLanguage, scoredLanguages, sentimentLabels, type SentimentModel } from '../core/sentiment';
import { createSentimentModel } from '../sentiment/sentimentModel';
import { isUrgentReading } from '../core/textReading';
import { createTextReader } from '../sentiment/rules/textReader';
import { readArguments } from './arguments';
import { evidenceMatters } from './evidenceMatters';
import { type Example, readCorpus, readHeld, readPosts, readTweets, readUrgency, readWordLists, urgencyParts } from './examples';
import { calibrationError, confusion, f1ByLabel, macroF1, type Prediction } from './measures';
import { measureReadings } from './readingMeasures';
import { recipes } from './recipes';
import { calibrationsOf, drawFolds, outOfFold, predict, rowsOf, train, type Unseen, unseenOf } from './train';

const corpusDir = join('media', 'corpus');

function evaluate(language: ScoredLanguage, data: string, seed: number, shipped: SentimentModel): void {
  const recipe = recipes[language];
  const training = readTweets(data, language, 'train');
  const validation = readTweets(data, language, 'val');
  const corpus = readCorpus(corpusDir, language);
  const examples = [...training, ...validation, ...corpus];
  // Posts of our own come last: they are trained on and never measured.
  const rows = rowsOf(language, readWordLists('media', language), recipe, [...examples, ...readPosts(corpusDir, language)]);

  // Drawn for tweets and mentions apart, so that neither's folds depend on how many there are of the other.
  const foldsOf = (draw: number): number[] => [...drawFolds(examples.length - corpus.length, 5, draw), ...drawFolds(corpus.length, 5, draw)];
  const folds = foldsOf(seed);
  const unseen = outOfFold(rows, folds, recipe);
  const calibrations = calibrationsOf(unseen);
  const predictions = calibrated(unseen, calibrations);
  const of = (domain: 'tweet' | 'corpus'): Prediction[] => predictions.filter((_each, index) => examples[index]?.domain === domain);
  const tweets = of('tweet');
  const means = [0, 1, 2, 3, 4].map((fold) => macroF1(predictions.filter((_each, index) => folds[index] === fold && examples[index]?.domain === 'tweet')));
  if (tweets.length > 0) show(`${language} tweets, 5-fold cross-validation (mean of folds ${(means.reduce((sum, each) => sum + each, 0) / 5).toFixed(1)})`, tweets);
  if (corpus.length > 0) show(`${language} corpus, 5-fold cross-validation`, of('corpus'));
  const draws = [predictions, ...[seed + 1, seed + 2].map((draw) => calibrated(outOfFold(rows, foldsOf(draw), recipe)))];
  const meanOf = (domain: 'tweet' | 'corpus'): string => (draws.reduce((sum, drawn) => sum + macroF1(drawn.filter((_each, index) => examples[index]?.domain === domain)), 0) / draws.length).toFixed(1);
  console.log(`${language} mean of ${String(draws.length)} draws of the folds: tweets ${meanOf('tweet')}, corpus ${meanOf('corpus')}`);
  if (corpus.length > 0) {
    const domains = unseen.filter(({ domain, civicShare }) => (civicShare > 0.5) === (domain === 'corpus')).length;
    console.log(`${language} told apart, tweets from mentions to institutions: ${((100 * domains) / unseen.length).toFixed(1)} %`);
    byHand(language, rows, examples, calibrations);
    showReadings(language, corpus, predictions.slice(-corpus.length).map(({ said }) => said));
  }
  showUrgency(language, shipped);
  const small = train(rows.filter((_row, index) => examples[index]?.hand !== 'val'), recipe);
  if (validation.length > 0) show(`${language} validation tweets, trained without them`, rows.filter((_row, index) => examples[index]?.hand === 'val').map((row) => predict(unseenOf(small, row), calibrations)));

  const held = readHeld(corpusDir, language);
  if (held.length > 0) show(`${language} held tenth of the corpus, by the model that ships`, scored(shipped, language, held));
  const matters = evidenceMatters(shipped, language, [...validation, ...corpus]);
  console.log(`${language} evidence: taking out the strongest lowers the magnitude of the score in ${(100 * matters.share).toFixed(1)} % of ${String(matters.texts)} texts with a label`);
  const found = [...training, ...validation, ...corpus].filter(({ text }) => shipped.score(text, { evidence: false }).language === language).length;
  console.log(`${language} language found from the text alone: ${((100 * found) / examples.length).toFixed(1)} %\n`);
}

function calibrated(unseen: readonly Unseen[], calibrations = calibrationsOf(unseen)): Prediction[] {
  return unseen.map((each) => predict(each, calibrations));
}

/** Whoever wrote a mention is either trained on or measured. */
function byHand(language: ScoredLanguage, rows: ReturnType<typeof rowsOf>, examples: readonly Example[], calibrations: ReturnType<typeof calibrationsOf>): void {
  const all: Prediction[] = [];
  for (const hand of new Set(examples.filter(({ domain }) => domain === 'corpus').map((example) => example.hand))) {
    const trained = train(rows.filter((_row, index) => examples[index]?.hand !== hand), recipes[language]);
    const own = rows.filter((_row, index) => examples[index]?.hand === hand).map((row) => predict(unseenOf(trained, row), calibrations));
    console.log(`${language} corpus, hand ${hand} left out: macro-F1 ${macroF1(own).toFixed(1)}`);
    all.push(...own);
  }
  show(`${language} corpus, each hand by a model that never saw it`, all);
}

function showReadings(language: ScoredLanguage, corpus: readonly Example[], labels: readonly number[]): void {
  console.log(`${language} corpus, urgency and kinds by the rules: texts, recall, precision`);
  const percent = (part: number, of: number): string => (of === 0 ? '-' : ((100 * part) / of).toFixed(1)).padStart(8);
  for (const { name, meant, said, right } of measureReadings(reader, language, corpus, labels)) console.log(`    ${name.padEnd(19)}${String(meant).padStart(6)}${percent(right, meant)}${percent(right, said)}`);
}

/** Of texts that were made for it; the first part was in view when the rules were written. */
function showUrgency(language: ScoredLanguage, model: SentimentModel): void {
  const all = readUrgency(corpusDir, language);
  for (const part of urgencyParts) {
    const own = all.filter((each) => each.part === part);
    if (own.length === 0) continue;
    const found = own.map(({ text, country, urgent }) => {
      const { label } = model.score(text, { force: language, evidence: false });
      return { urgent, said: isUrgentReading(reader.read(text, { language, sentiment: label, topics: [], country })) };
    });
    const of = (urgent: boolean): typeof found => found.filter((each) => each.urgent === urgent);
    const said = (urgent: boolean): number => of(urgent).filter((each) => each.said).length;
    console.log(`${language} texts made for urgency, ${part}: ${String(said(true))} of ${String(of(true).length)} urgent ones found, ${String(said(false))} of ${String(of(false).length)} others called urgent`);
  }
}

function scored(model: SentimentModel, language: ScoredLanguage, examples: readonly Example[]): Prediction[] {
  return examples.map(({ text, label }) => {
    const score = model.score(text, { force: language, evidence: false });
    return { label, said: sentimentLabels.indexOf(score.label), confidence: score.confidence };
  });
}

function show(title: string, predictions: readonly Prediction[]): void {
  const f1 = f1ByLabel(predictions).map((each, label) => `${sentimentLabels[label] ?? ''} ${each.toFixed(1)}`).join(', ');
  console.log(`${title}: ${String(predictions.length)} texts, macro-F1 ${macroF1(predictions).toFixed(1)} (${f1}), calibration error ${calibrationError(predictions).toFixed(3)}`);
  console.log(confusion(predictions).map((row, label) => `    ${(sentimentLabels[label] ?? '').padEnd(9)}${row.map((each) => String(each).padStart(6)).join('')}`).join('\n'));
}

const { data, languages, seed } = readArguments(process.argv.slice(2));
const models = Object.fromEntries(scoredLanguages.flatMap((language) => {
  const path = join('media', 'models', `${language}.bin`);
  return existsSync(path) ? [[language, readFileSync(path)]] : [];
}));
const reader = createTextReader(Object.fromEntries(scoredLanguages.map((language) => [language, readFileSync(join('media', 'rules', `${language}.txt`), 'utf8')])));
const lists = scoredLanguages.map((language) => ({ language, ...readWordLists('media', language) }));
const shipped = createSentimentModel(Object.fromEntries(lists.map(({ language, lexicon }) => [language, lexicon])), { ratings: Object.fromEntries(lists.map(({ language, ratings }) => [language, ratings])), models });
for (const language of languages) evaluate(language, data, seed, shipped);
