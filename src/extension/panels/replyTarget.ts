import { type Clock, type Logger } from '../../core/clock';
import { type ReplyDraft } from '../../desk/deskApi';
import { type DraftMessage, type ReplyPanelState } from '../../protocol/replyPanel';
import { type DeskSession } from '../deskSession';
import { type HoldsState } from '../holdsState';
import { type ReplySending } from './replySending';

/** A reply page as its requests see it. */
export interface ReplyTarget {
  /** The mention that it shows. */
  readonly mentionId: string;
  /** What the page asks first, and again each time that it was hidden. */
  ready(): Promise<{ readonly language: string; readonly bundle: Readonly<Record<string, string>>; readonly state: ReplyPanelState }>;
  /** Keeps what is being written; when it was saved, UTC ms. Errors: `rpc.invalid` for a draft of another mention. */
  save(message: DraftMessage): Promise<number>;
  /** The draft of a message, for the mention that is shown. Errors: `rpc.invalid`. */
  draftOf(message: DraftMessage): ReplyDraft;
  /** Tells the page what is so now. `replaceDraft`: the host changed the draft. */
  push(replaceDraft: boolean): Promise<void>;
  focus(): void;
}

export interface ReplyTargetParts {
  readonly session: DeskSession;
  readonly sending: ReplySending;
  readonly holds: HoldsState;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Shows the next mention that waits. */
  readonly next: (page: ReplyTarget) => Promise<void>;
}
