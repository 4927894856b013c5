import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import Sentiment from 'sentiment';
import { loadModel } from '../../src/desk/loadModel';
import { allTexts } from '../../src/toolkit/practice/texts/allTexts';
import { median, rounded, timed, type Emit } from './support/measure';

export const area = 'sentimentPeers';

const list = join(process.cwd(), 'test', 'bench', 'peers');
const folder = join(process.cwd(), 'build', 'peers');
/** Milliseconds that the installation may take. */
const patience = 240_000;
const rounds = 9;
/** Rounds before the first that counts. */
const warmUps = 5;

type Reads = (text: string) => unknown;

/** The parts of other packages that are used here. */
interface Natural {
  readonly SentimentAnalyzer: new (language: string, stemmer: unknown, vocabulary: string) => { getSentiment(words: readonly string[]): number };
  readonly PorterStemmerEs: unknown;
  readonly AggressiveTokenizerEs: new () => { tokenize(text: string): readonly string[] };
}
interface Vader {
  readonly SentimentIntensityAnalyzer: { polarity_scores(text: string): unknown };
}
interface NlpJsContainer {
  use(plugin: unknown): void;
}

/** Other scorers on the same texts, as ratios to plain `sentiment` like ours. Each in the language that it knows best of Spanish and English. */
export async function run(emit: Emit): Promise<void> {
  if (!isInstalled()) {
    console.error('sentimentPeers: not run: the other scorers in test/bench/peers could not be installed.');
    return;
  }
  const peers = await loadPeers(createRequire(join(folder, 'package.json')));
  const plain = new Sentiment();
  const model = loadModel(join(process.cwd(), 'media'));
  const texts = allTexts.map(({ text }) => text);
  const works: readonly (readonly [name: string, read: Reads])[] = [['plain', (text) => plain.analyze(text)], ['momentos', (text) => model.score(text, { evidence: false })], ...peers];
  const times = works.map(() => [] as number[]);
  // Taken in turns, so that a busy moment of the machine falls on all of them.
  for (let round = 0; round < warmUps + rounds; round += 1) {
    for (const [index, [, read]] of works.entries()) {
      const time = await timed(async () => {
        for (const text of texts) await read(text);
      });
      if (round >= warmUps) times[index]?.push(time);
    }
  }
  const [base = 0, ...others] = times.map((each) => median(each));
  others.forEach((time, index) => {
    const name = works[index + 1]?.[0] ?? '';
    emit({ name: `sentimentPeers.${name}`, value: rounded(base / time), unit: 'x', against: 'plain `sentiment` on the same texts: label and score' });
  });
}

function isInstalled(): boolean {
  if (existsSync(join(folder, 'node_modules', 'natural'))) return true;
  mkdirSync(folder, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(list, name), join(folder, name));
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder, timeout: patience, stdio: 'ignore', shell: process.platform === 'win32' });
  return status === 0;
}

async function loadPeers(load: NodeJS.Require): Promise<readonly (readonly [name: string, read: Reads])[]> {
  const natural = load('natural') as Natural;
  const analyzer = new natural.SentimentAnalyzer('Spanish', natural.PorterStemmerEs, 'afinn');
  const tokenizer = new natural.AggressiveTokenizerEs();
  const vader = load('vader-sentiment') as Vader;
  const wink = load('wink-sentiment') as Reads;
  const { containerBootstrap } = load('@nlpjs/core') as { containerBootstrap(): Promise<NlpJsContainer> };
  const { LangEs } = load('@nlpjs/lang-es') as { readonly LangEs: unknown };
  const { SentimentAnalyzer } = load('@nlpjs/sentiment') as { readonly SentimentAnalyzer: new (options: { readonly container: NlpJsContainer }) => { process(input: object): Promise<unknown> } };
  const container = await containerBootstrap();
  container.use(LangEs);
  const nlp = new SentimentAnalyzer({ container });
  return [
    ['natural', (text) => analyzer.getSentiment(tokenizer.tokenize(text))],
    ['vader', (text) => vader.SentimentIntensityAnalyzer.polarity_scores(text)],
    ['wink', wink],
    ['nlpjs', (text) => nlp.process({ locale: 'es', text })],
  ];
}
