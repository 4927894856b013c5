/** What a labelled practice text says about itself; the labels are what a careful person at the desk would choose. */
export type PracticeSentiment = 'negative' | 'neutral' | 'positive';
export type PracticeKind = 'question' | 'complaint' | 'request' | 'praise' | 'informationRequest' | 'spam' | 'abuse';
export type PracticeUrgency = 'urgent' | 'high' | 'normal' | 'low';
export type PracticeVisibility = 'public' | 'unlisted' | 'private' | 'direct';

/** The templates that `momentos init` brings; a text names the one that fits it best. */
export const practiceTemplateIds = [
  'acknowledgement', 'delay', 'requirements', 'hours-location', 'wrong-institution', 'outage', 'apology', 'thanks', 'private-details',
  'information-request', 'emergency-line', 'appointment', 'case-status', 'payment-problem', 'complaint-registered', 'wait-channel',
] as const;
export type PracticeTemplateId = (typeof practiceTemplateIds)[number];

/** What is unusual about a text. */
export interface PracticeTextExtra {
  /** Descriptions of attached images; null is an image without one. */
  readonly images?: readonly (string | null)[];
  /** A content warning over the text. */
  readonly spoiler?: string;
  readonly visibility?: PracticeVisibility;
  /** What the citizen changed the text to before the desk saw it. */
  readonly edited?: string;
  /** What happens to it while people work: edited to this text, or deleted. */
  readonly later?: { readonly edit: string } | 'deleted';
  /** The content exactly as another server's software sent it, in place of what is made from the text. */
  readonly html?: string;
  /** The default stream always holds it. */
  readonly always?: boolean;
}

export interface PracticeText extends PracticeTextExtra {
  readonly id: string;
  readonly text: string;
  /** ISO 639-1. */
  readonly language: string;
  readonly sentiment: PracticeSentiment;
  readonly kind: PracticeKind;
  readonly urgency: PracticeUrgency;
  readonly topic: string;
  readonly template: PracticeTemplateId | null;
}

/** One line of a text file: id, sentiment, kind, urgency, fitting template, text, what is unusual about it. */
export type PracticeRow = readonly [
  id: string, sentiment: PracticeSentiment, kind: PracticeKind, urgency: PracticeUrgency, template: PracticeTemplateId | null,
  text: string, extra?: PracticeTextExtra,
];

export function practiceTexts(language: string, topic: string, rows: readonly PracticeRow[]): readonly PracticeText[] {
  return rows.map(([id, sentiment, kind, urgency, template, text, extra]) => ({
    id, text, language, sentiment, kind, urgency, topic, template, ...extra,
  }));
}

/** A turn of a conversation: `isc` is the institution's own answer, any other name one citizen, of that username if there is one. */
export interface PracticeTurn {
  readonly who: string;
  /** Minutes after the turn before. */
  readonly after: number;
  /** Index of the turn that it answers; the one before when absent. */
  readonly answers?: number;
  readonly text: PracticeText;
}

export interface PracticeConversation {
  readonly id: string;
  readonly turns: readonly PracticeTurn[];
}

/** One turn as it is written down; the labels of the institution's own turns mean nothing and are left out. */
export type PracticeTurnRow = OwnTurnRow | CitizenTurnRow;
type OwnTurnRow = readonly [who: 'isc', after: number, text: string, answers?: number];
type CitizenTurnRow = readonly [
  who: string, after: number, sentiment: PracticeSentiment, kind: PracticeKind, urgency: PracticeUrgency, template: PracticeTemplateId | null,
  text: string, extra?: PracticeTextExtra & { readonly answers?: number },
];
const isOwn = (row: PracticeTurnRow): row is OwnTurnRow => row[0] === 'isc';

export function practiceConversation(id: string, language: string, topic: string, rows: readonly PracticeTurnRow[]): PracticeConversation {
  const turns = rows.map((row, index): PracticeTurn => {
    const base = { id: `${id}-${String(index + 1)}`, language, topic };
    if (isOwn(row)) {
      const [who, after, text, answers] = row;
      return { who, after, ...answering(answers), text: { ...base, text, sentiment: 'neutral', kind: 'request', urgency: 'low', template: null } };
    }
    const [who, after, sentiment, kind, urgency, template, text, extra] = row;
    const { answers, ...rest } = extra ?? {};
    return { who, after, ...answering(answers), text: { ...base, text, sentiment, kind, urgency, template, ...rest } };
  });
  return { id, turns };
}

const answering = (answers: number | undefined): { readonly answers?: number } => (answers === undefined ? {} : { answers });
