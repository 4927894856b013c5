import { type SentimentLabel, type TextLanguage } from './sentiment';
import { type PersonalDataRule } from './text/statedPersonalData';

export const mentionKinds = ['question', 'request', 'complaint', 'praise', 'informationRequest', 'spam', 'abuse'] as const;
/** What a text is: what a citizen wants with it, or what nobody answers. `informationRequest` = for public information, under a law of access. */
export type MentionKind = (typeof mentionKinds)[number];

/** Words of a text for which a rule spoke: UTF-16 offset and length in the text that was read. The words themselves are not kept twice. */
export interface RulePlace {
  readonly start: number;
  readonly length: number;
}

/** A rule of urgency that spoke. */
export interface UrgencyFinding {
  /** Its name in `media/rules`, e.g. `fire`. */
  readonly rule: string;
  readonly level: 'urgent' | 'high';
  /** In the order of the text. */
  readonly places: readonly RulePlace[];
}

export interface TopicFinding {
  /** Of `momentos.json`. */
  readonly topic: string;
  readonly places: readonly RulePlace[];
}

export interface PersonalDataPlace extends RulePlace {
  readonly rule: PersonalDataRule;
}

/** What the rules found in one text; sentiment apart. Holds places, never words. */
export interface TextReading {
  /** Version of the rules. */
  readonly version: string;
  /** undefined = no rule spoke. */
  readonly kind: MentionKind | undefined;
  /** For which words; empty where a mark (`?`) or the sentiment alone decided. */
  readonly kindPlaces: readonly RulePlace[];
  /** Most urgent first. */
  readonly urgency: readonly UrgencyFinding[];
  readonly topics: readonly TopicFinding[];
  readonly personalData: readonly PersonalDataPlace[];
  /** A person said what it is. */
  readonly correctedKind?: MentionKind | undefined;
}

export interface ReadingSetting {
  readonly language: TextLanguage;
  readonly sentiment: SentimentLabel;
  /** Of `momentos.json`. */
  readonly topics: readonly { readonly id: string; readonly words: readonly string[] }[];
  /** ISO 3166 of the institution: how telephone numbers without a country code are read. */
  readonly country: string;
}

/** Reads a text by rules that a person can read (`media/rules`). Pure: the same text gives the same reading; linear in the length of the text; never throws. */
export interface TextReader {
  /** Name of the form of the rules and hash of their words. */
  readonly version: string;
  read(text: string, setting: ReadingSetting): TextReading;
}

/** What a person said that it is, else what the rules found; undefined = neither. */
export function kindOfReading(reading: TextReading | undefined): MentionKind | undefined {
  return reading?.correctedKind ?? reading?.kind;
}

/** A rule of danger spoke. */
export function isUrgentReading(reading: TextReading | undefined): boolean {
  return reading?.urgency.some(({ level }) => level === 'urgent') === true;
}

/** What may stay of a reading when the words of its text are erased. */
export function withoutPlaces(reading: TextReading): TextReading {
  return {
    ...reading,
    kindPlaces: [],
    urgency: reading.urgency.map((finding) => ({ ...finding, places: [] })),
    topics: reading.topics.map((finding) => ({ ...finding, places: [] })),
    personalData: [],
  };
}
