import { HttpRefusal } from '../httpParts';
import { type InboxWorld } from './inboxWorld';

/** What the server says that it can do. */
export interface DeclaredCapabilities {
  readonly reply: boolean;
  readonly thread: boolean;
  readonly privateReply: boolean;
  readonly delete: boolean;
  readonly media: boolean;
}

export interface InboxApiSite {
  readonly baseUrl: string;
  readonly world: InboxWorld;
  readonly capabilities: DeclaredCapabilities;
  /** Graphemes. */
  readonly maxLength: number;
}

export const externalIdOf = (statusId: string): string => `msg-${statusId}`;
export const statusIdOf = (externalId: string): string => externalId.replace(/^msg-/u, '');

/** A refusal in the shape of the contract. */
export const refused = (status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}): HttpRefusal =>
  new HttpRefusal(status, { error: { code, message } }, headers);
