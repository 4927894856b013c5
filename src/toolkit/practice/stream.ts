import { CitizenRota } from './citizenRota';
import { citizens } from './citizens';
import { institutionalAnswer } from './institutionalAnswers';
import { type PracticeConversation, type PracticeText, type PracticeTurn, type PracticeVisibility } from './practiceText';
import { SeededRandom } from './seededRandom';
import { allConversations, allTexts } from './texts/allTexts';
import { TextDeck } from './textDeck';

export interface StreamOptions {
  readonly seed: number;
  /** How many mentions by citizens lie on the server at the start. */
  readonly count: number;
  /** How far back the oldest go. */
  readonly historyDays: number;
  /** The moment the times count back from, ms since 1970. */
  readonly startedAt: number;
}

export interface PlannedStatus {
  readonly type: 'status';
  readonly key: string;
  /** Index of the citizen, or the institution itself. */
  readonly by: number | 'isc';
  readonly text: PracticeText;
  readonly at: number;
  /** When it reached this server; a few come late from elsewhere. */
  readonly arrivesAt: number;
  readonly answers?: string;
  /** The language the author's program declared; now and then none, or the wrong one. */
  readonly language: string | null;
  readonly visibility: PracticeVisibility;
  /** Held back by the account's notification policy: shown only with `include_filtered=true`. */
  readonly filtered: boolean;
}

export interface PlannedSocial {
  readonly type: 'favourite' | 'follow';
  readonly by: number;
  readonly arrivesAt: number;
  readonly at: number;
}

export interface PracticeStream {
  /** Ascending by arrival. */
  readonly planned: readonly (PlannedStatus | PlannedSocial)[];
  /** What changes while people work: an edit to this text, or a deletion. */
  readonly later: readonly { readonly key: string; readonly edit: string | undefined }[];
  /** The next mention that drips in. */
  next(at: number): PlannedStatus;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** The part of the mentions that lies further back than the fresh inbox. */
const historyShare = 0.4;
const freshHours = 36;
/** Fewer than this is a stream for a test: nothing in it changes by itself. */
const changingFrom = 60;

interface StatusParts {
  readonly answers?: string;
  readonly visibility?: PracticeVisibility;
  /** Part of a thread: reaches the server at once, so that no answer is there before what it answers. */
  readonly prompt?: boolean;
}

/** Lays out the mentions of one seed: the same options give the same stream, and another moment of the start the same words by the same people. */
export function planStream(options: StreamOptions): PracticeStream {
  return new StreamPlan(options).stream();
}

class StreamPlan {
  private readonly random: SeededRandom;
  private readonly deck: TextDeck;
  private readonly rota: CitizenRota;
  private readonly items: (PlannedStatus | PlannedSocial)[] = [];
  private readonly later: { key: string; edit: string | undefined }[] = [];
  private mentions = 0;
  private dripped = 0;

  constructor(private readonly options: StreamOptions) {
    this.random = new SeededRandom(options.seed);
    this.rota = new CitizenRota(this.random);
    this.deck = new TextDeck(allTexts, this.random, options.count >= changingFrom);
  }

  stream(): PracticeStream {
    const { count } = this.options;
    const conversations = this.random.shuffled(allConversations).slice(0, Math.min(5, Math.floor(count / 12)));
    conversations.forEach((conversation, index) => this.addConversation(conversation, index));
    const rest = count - this.mentions;
    const history = Math.min(rest, Math.round(count * historyShare));
    const { old, fresh } = this.dealt(rest, history);
    for (const text of old) this.addSingle(text, this.historyTime(), 0.75);
    fresh.forEach((text, index) => {
      const at = this.freshTime((index + 0.5) / fresh.length);
      this.addSingle(text, at, this.options.startedAt - at > 10 * hour ? 0.4 : 0);
    });
    this.addSocial(Math.floor(count / 8));
    this.items.sort((a, b) => a.arrivesAt - b.arrivesAt);
    return { planned: this.items, later: this.later, next: (at) => this.drip(at) };
  }

  private drip(at: number): PlannedStatus {
    this.dripped += 1;
    const text = this.deck.next();
    return this.status(`drip-${String(this.dripped)}`, this.rota.author(text), text, at, {});
  }

  /** Texts for the days before and, oldest first, for the fresh inbox: what is urgent or will change belongs to the latter. */
  private dealt(count: number, history: number): { readonly old: readonly PracticeText[]; readonly fresh: readonly PracticeText[] } {
    const texts = Array.from({ length: count }, () => this.deck.next());
    const calm = texts.filter((text) => text.urgency !== 'urgent' && text.later === undefined);
    const pressing = texts.filter((text) => text.urgency === 'urgent' || text.later !== undefined);
    const old = calm.slice(0, history);
    const fresh = calm.slice(history);
    pressing.forEach((text, index) => {
      fresh.splice(this.random.between(Math.floor(fresh.length * (index < 2 ? 0.96 : 0.5)), fresh.length), 0, text);
    });
    return { old, fresh };
  }

  private addConversation(conversation: PracticeConversation, index: number): void {
    const length = conversation.turns.reduce((sum, turn) => sum + turn.after * minute, 0);
    const end = index % 2 === 0 ? this.random.between(5, 240) * minute : this.random.between(8, 60) * hour;
    const people = new Map<string, number>();
    let at = Math.max(this.options.startedAt - end - length, this.options.startedAt - this.options.historyDays * day);
    conversation.turns.forEach((turn, position) => {
      at = Math.min(at + turn.after * minute, this.options.startedAt - 1000);
      const person = turn.who === 'isc' ? 'isc' : people.get(turn.who) ?? this.named(turn);
      if (person !== 'isc') people.set(turn.who, person);
      const answers = position === 0 ? undefined : `${conversation.id}-${String((turn.answers ?? position - 1) + 1)}`;
      this.items.push(this.status(turn.text.id, person, turn.text, at, { ...(answers === undefined ? {} : { answers }), visibility: 'public', prompt: true }));
      if (person !== 'isc') this.mentions += 1;
    });
  }

  /** The citizen of that username, else anybody whom the text fits. */
  private named(turn: PracticeTurn): number {
    const index = citizens.findIndex((citizen) => citizen.username === turn.who);
    return index === -1 ? this.rota.author(turn.text) : index;
  }

  private addSingle(text: PracticeText, at: number, answered: number): void {
    const key = `m${String(this.items.length)}`;
    const mention = this.status(key, this.rota.author(text), text, at, {});
    this.items.push(mention);
    if (text.later !== undefined) this.later.push({ key, edit: text.later === 'deleted' ? undefined : text.later.edit });
    if (text.template === null || !this.random.chance(answered)) return;
    const answerAt = Math.min(at + this.random.between(9, 400) * minute, this.options.startedAt - hour);
    const answer = institutionalAnswer(text.template, text.language, this.random);
    this.items.push(this.status(`${key}-answer`, 'isc', { ...text, id: `${text.id}-answer`, text: answer }, Math.max(answerAt, mention.arrivesAt + 5 * minute), { answers: key, visibility: mention.visibility }));
  }

  private status(key: string, by: number | 'isc', text: PracticeText, at: number, parts: StatusParts): PlannedStatus {
    const own = by === 'isc';
    const remote = !own && citizens[by]?.domain !== undefined;
    const lateness = own || parts.prompt ? 0 : remote && this.random.chance(0.06) ? this.random.between(3, 25) * minute : this.random.between(400, 9000);
    const { answers } = parts;
    const base = own ? withoutExtras(text) : text;
    return {
      type: 'status', key, by, text: base, at, arrivesAt: Math.max(at, Math.min(at + lateness, Math.max(at, this.options.startedAt))),
      ...(answers === undefined ? {} : { answers }), language: own ? text.language : this.declaredLanguage(text.language),
      visibility: parts.visibility ?? text.visibility ?? this.visibility(), filtered: !own && text.later === undefined && text.urgency !== 'urgent' && this.random.chance(0.06),
    };
  }

  private declaredLanguage(language: string): string | null {
    if (this.random.chance(0.08)) return null;
    return this.random.chance(0.04) ? 'en' : language;
  }

  private visibility(): PracticeVisibility {
    const roll = this.random.next();
    return roll < 0.82 ? 'public' : roll < 0.94 ? 'unlisted' : roll < 0.97 ? 'private' : 'direct';
  }

  /**
   * Few write between ten at night and seven in the morning, in Santo Domingo's time (UTC-4, all year). How often that is drawn again depends on the hour
   * of the start, so it is drawn from a source of its own: what is said, and by whom, is the same at every hour.
   */
  private historyTime(): number {
    const random = new SeededRandom(this.random.between(0, 0xffff_ffff));
    const newest = Math.min(freshHours * hour, this.options.historyDays * day * historyShare);
    const oldest = Math.max(newest, this.options.historyDays * day - hour);
    for (;;) {
      const at = this.options.startedAt - Math.round(newest + random.next() * (oldest - newest));
      const localHour = new Date(at - 4 * hour).getUTCHours();
      if ((localHour >= 7 && localHour < 22) || random.chance(0.2)) return at;
    }
  }

  /** `position` runs from 0, the oldest, to 1; nearly half fall in the last four hours. */
  private freshTime(position: number): number {
    const longest = Math.min(freshHours, this.options.historyDays * 24);
    const hours = position < 0.25 ? 14 + (1 - position / 0.25) * (longest - 14) : position < 0.55 ? 4 + ((0.55 - position) / 0.3) * 10 : ((1 - position) / 0.45) * 4;
    const jitter = this.random.next() * 0.04 * Math.max(hours, 0.2);
    return this.options.startedAt - Math.round(Math.max(hours - jitter, 0.01) * hour);
  }

  private addSocial(count: number): void {
    for (let index = 0; index < count; index += 1) {
      const at = this.historyTime() + Math.round(this.random.next() * 30 * hour);
      this.items.push({ type: index % 3 === 0 ? 'follow' : 'favourite', by: this.rota.anybody(), at: Math.min(at, this.options.startedAt), arrivesAt: Math.min(at, this.options.startedAt) });
    }
  }
}

/** An answer of the institution borrows the labels, but not the images, edits and warnings of what it answers. */
function withoutExtras(text: PracticeText): PracticeText {
  const { id, language, sentiment, kind, urgency, topic, template } = text;
  return { id, text: text.text, language, sentiment, kind, urgency, topic, template };
}
