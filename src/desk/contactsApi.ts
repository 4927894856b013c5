import { type ContactMedium } from '../core/handChannels';
import { type Mention } from '../core/mention';

/** Who spoke, as far as somebody asked. */
export interface Citizen {
  /** Telephone number, address, account: whatever tells this person from others; without a leading `@`. */
  readonly handle?: string | undefined;
  readonly name?: string | undefined;
}

/** What was answered on the spot. */
export interface GivenAnswer {
  readonly text: string;
  /** UTC ms; not before the contact, not in the future. */
  readonly at: number;
  readonly template?: { readonly id: string; readonly language: string } | undefined;
  readonly values?: Readonly<Record<string, string>> | undefined;
  readonly language?: string | undefined;
}

export interface NewContact {
  /** A built-in channel by how the citizen came, or `channel`: a channel of momentos.json with the network `by-hand`. One of the two. */
  readonly medium?: ContactMedium | undefined;
  readonly channel?: string | undefined;
  /** When the citizen spoke, UTC ms; not in the future. */
  readonly at: number;
  readonly citizen?: Citizen | undefined;
  /** What the citizen said or wrote. */
  readonly text: string;
  /** BCP 47; undefined = found in the text. */
  readonly language?: string | undefined;
  /** Local id of a mention (or of a conversation) that it goes on with. */
  readonly conversation?: string | undefined;
  /** Joins the conversation that has this number, or gives it to the new one. */
  readonly case?: string | undefined;
  readonly answer?: GivenAnswer | undefined;
}

/** Contacts by phone, at the counter, by letter: what no network brings. */
export interface DeskContacts {
  /**
   * Notes a contact; from then on it is a mention like any other. Errors: `contact.invalid`, `channel.notFound`, `channel.notByHand`, `case.invalid`,
   * `mention.notFound`, `reply.notApproved`, `template.noLanguage`.
   */
  record(contact: NewContact): Promise<Mention>;
}
