import { type CheckView, type ReplyPanelState, type TemplateOption } from '../../src/protocol/replyPanel';
import { type Composing } from './composing';

/** Something that would overwrite words of the person's own, waiting for their answer. */
export type Question = { readonly name: 'template'; readonly option: TemplateOption } | { readonly name: 'language'; readonly language: string };

/** A picture that the person asked to see; `url` is of the page's own memory. */
export type PictureState = { readonly name: 'loading' } | { readonly name: 'shown'; readonly url: string } | { readonly name: 'failed'; readonly words: string };

export function pictureKey({ mentionId, index }: { readonly mentionId: string; readonly index: number }): string {
  return `picture ${mentionId} ${String(index)}`;
}

/** All that the reply page shows. */
export interface PageState {
  readonly language: string;
  readonly panel: ReplyPanelState;
  /** The host's clock minus the page's, in ms. */
  readonly clockOffset: number;
  readonly composing: Composing;
  readonly question: Question | undefined;
  /** The edited text put aside by "Back to the approved text". */
  readonly setAside: string | undefined;
  /** Placeholder whose value could not be carried into the edited text. */
  readonly notFollowed: string | undefined;
  readonly saved: 'untouched' | 'waiting' | 'saved' | 'failed';
  readonly checks: readonly CheckView[];
  /** `checks` are about the text as it stands. */
  readonly checksFresh: boolean;
  /** Send hands the text in to a second person. */
  readonly forApproval: boolean;
  /** Why the host could not check, in words. */
  readonly checkFailure: string | undefined;
  /** Confirmations ticked, by code and message: another address or another number asks again. */
  readonly confirmed: readonly string[];
  /** Methods whose answer is awaited. */
  readonly busy: readonly string[];
  /** Why the last deed failed, in words; shown at the answer if it was about the answer, else at the top. */
  readonly failure: { readonly words: string; readonly aboutAnswer: boolean } | undefined;
  /** The reply whose withdrawal is being reasoned. */
  readonly withdrawing: string | undefined;
  /** By `pictureKey`. */
  readonly pictures: Readonly<Record<string, PictureState>>;
}

/** What a tick stands for. */
export function confirmationKey(check: CheckView): string {
  return `${check.code}\n${check.message}`;
}

/** The text can be changed and sent. */
export function canCompose(state: PageState): boolean {
  const { name } = state.panel.phase;
  return state.panel.canSend && (name === 'idle' || name === 'failed') && !state.busy.includes('reply/send');
}
