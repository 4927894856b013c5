import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ScoredLanguage, sentimentLabels } from '../core/sentiment';
import { type MentionKind, mentionKinds } from '../core/textReading';

/** `post`: general posts of our own, which are trained on and never measured. */
export type Domain = 'tweet' | 'corpus' | 'post';

export interface Example {
  readonly text: string;
  /** Place of the label in `sentimentLabels`. */
  readonly label: number;
  readonly domain: Domain;
  /** Of a tweet its split, of a mention the file it stands in: one writer's hand. */
  readonly hand: string;
  /** Of a mention: what the writer wants; undefined of a tweet, and of what is none of the kinds. */
  readonly kind?: MentionKind | undefined;
  /** Of a mention: danger to life or health, or a breakdown that cannot wait. */
  readonly urgent?: boolean | undefined;
  /** Of a mention: ISO 3166 of its writer. */
  readonly country?: string | undefined;
}

const folders: Readonly<Record<ScoredLanguage, string>> = { es: 'spanish', en: 'english', pt: 'portuguese', fr: 'french' };

/** Labelled tweets, one a line, of `<dir>/<language>/<split>_text.txt` with their labels (0, 1, 2) in `_labels.txt`. None if there is no such file. */
export function readTweets(dir: string, language: ScoredLanguage, split: 'train' | 'val'): Example[] {
  const path = join(dir, folders[language], `${split}_text.txt`);
  if (!existsSync(path)) return [];
  const labels = linesOf(join(dir, folders[language], `${split}_labels.txt`));
  return linesOf(path).flatMap((text, index) => {
    const label = Number(labels[index]);
    return sentimentLabels[label] === undefined || labels[index] === '' ? [] : [{ text, label, domain: 'tweet' as const, hand: split }];
  });
}

/** Our own labelled mentions: `<dir>/<language>/*.tsv` with the columns id, label, kind, urgent, country, text. */
export function readCorpus(dir: string, language: ScoredLanguage): Example[] {
  const folder = join(dir, language);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => name.endsWith('.tsv')).sort().flatMap((name) => readMentions(join(folder, name), name.slice(0, -4)));
}

/** The tenth that was set aside before any work on lexicons or model: only ever measured, never trained on. */
export function readHeld(dir: string, language: ScoredLanguage): Example[] {
  const path = join(dir, 'held', `${language}.tsv`);
  return existsSync(path) ? readMentions(path, 'held') : [];
}

/** What the scorer of a language is made of, as its files in `<media>/lexicons` and `<media>/ratings` have it. */
export interface WordLists {
  readonly lexicon: string;
  /** '': no word of the language is rated. */
  readonly ratings: string;
}

export function readWordLists(media: string, language: ScoredLanguage): WordLists {
  const ratings = join(media, 'ratings', `${language}.txt`);
  return { lexicon: readFileSync(join(media, 'lexicons', `${language}.txt`), 'utf8'), ratings: existsSync(ratings) ? readFileSync(ratings, 'utf8') : '' };
}

/** How far whoever wrote the rules had seen a text: it was before their eyes; the other half by the same hands was not; nor was any text of the last hand. */
export const urgencyParts = ['seen', 'unseen', 'later'] as const;

export interface UrgencyExample {
  readonly text: string;
  readonly part: (typeof urgencyParts)[number];
  readonly urgent: boolean;
  readonly country: string;
}

/** Texts that are urgent and texts that look alike, to measure the rules with: `<dir>/urgency/<language>.tsv` with the columns id, part, urgent, country, text. None if there is no such file. */
export function readUrgency(dir: string, language: ScoredLanguage): UrgencyExample[] {
  const path = join(dir, 'urgency', `${language}.tsv`);
  if (!existsSync(path)) return [];
  return linesOf(path).flatMap((line) => {
    const [, name, urgent, country = '', text] = line.split('\t');
    const part = urgencyParts.find((each) => each === name);
    return part === undefined || text === undefined ? [] : [{ text, part, urgent: urgent === '1', country }];
  });
}

/** General posts of our own: `<dir>/posts/<language>.tsv` with the columns id, label, text. */
export function readPosts(dir: string, language: ScoredLanguage): Example[] {
  const path = join(dir, 'posts', `${language}.tsv`);
  if (!existsSync(path)) return [];
  return linesOf(path).flatMap((line) => {
    const [, name, text] = line.split('\t');
    const label = sentimentLabels.findIndex((each) => each === name);
    return label === -1 || text === undefined ? [] : [{ text, label, domain: 'post' as const, hand: 'posts' }];
  });
}

function readMentions(path: string, hand: string): Example[] {
  return linesOf(path).flatMap((line) => {
    const columns = line.split('\t');
    const label = sentimentLabels.findIndex((name) => name === columns[1]);
    const text = columns[5];
    return label === -1 || text === undefined ? [] : [{ text, label, domain: 'corpus' as const, hand, kind: kindOf(columns[2]), urgent: columns[3] === '1', country: columns[4] }];
  });
}

function kindOf(column: string | undefined): MentionKind | undefined {
  return column === 'infoRequest' ? 'informationRequest' : mentionKinds.find((kind) => kind === column);
}

function linesOf(path: string): string[] {
  const lines = readFileSync(path, 'utf8').split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
