import * as v from 'valibot';
import { MomentosError } from '../core/errors';
import { closeReasons, type CloseReason, type Priority, type MentionStatus, type ReplyState, type Visibility } from '../core/mention';
import { sentimentLabels, type SentimentLabel } from '../core/sentiment';
import { type LengthRule } from '../core/text/countText';
import { type LocalText, type PlaceholderDefinition } from '../core/text/placeholders';
import { type Guard } from './rpc';

// ---- What the page is shown ------------------------------------------------------------------------------------------------

export interface EvidenceView {
  readonly text: string;
  readonly weight: number;
  readonly start: number;
  readonly length: number;
}

export interface MediaView {
  readonly kind: 'image' | 'video' | 'audio' | 'other';
  /** '' = its author described nothing. */
  readonly alt: string;
  /** The mention and its place there, for `media/show`; undefined = it cannot be shown here. */
  readonly show: { readonly mentionId: string; readonly index: number } | undefined;
  /** To be opened in the browser instead; undefined = there is none that is safe. */
  readonly url: string | undefined;
}

/** A post of the conversation. All text is hostile: show with `textContent`. */
export interface PostView {
  readonly id: string;
  readonly author: string;
  readonly handle: string;
  readonly own: boolean;
  readonly text: string;
  /** UTC milliseconds; words for it beside, in the institution's time zone. */
  readonly at: number;
  readonly atWords: string;
  readonly language: string | undefined;
  readonly focused: boolean;
  readonly deleted: boolean;
  readonly edited: boolean;
  /** The page loads none of them by itself. */
  readonly media: readonly MediaView[];
  readonly url: string | undefined;
  /** Set on our own answers. */
  readonly reply?: ReplyView | undefined;
}

export interface ReplyView {
  readonly id: string;
  readonly state: ReplyState;
  readonly stateWords: string;
  readonly canWithdraw: boolean;
}

export interface ContactView {
  readonly mentionId: string;
  readonly at: number;
  readonly atWords: string;
  readonly text: string;
  readonly statusWords: string;
  readonly channel: string;
}

export interface MentionView {
  readonly id: string;
  readonly author: string;
  readonly handle: string;
  /** Up to two letters for the round badge. */
  readonly initials: string;
  readonly channel: string;
  /** e.g. "Mastodon, public · posted today 10:02, seen 10:03". */
  readonly subtitle: string;
  readonly status: MentionStatus;
  readonly statusWords: string;
  readonly priority: Priority;
  /** e.g. "answer in 12 min" or "overdue by 42 min". */
  readonly dueWords: string;
  readonly dueState: 'overdue' | 'soon' | 'later' | 'none';
  /** e.g. "target: 1 h, high". */
  readonly targetWords: string;
  readonly claimedBy: string | undefined;
  readonly claimedByMe: boolean;
  readonly sentiment: { readonly label: SentimentLabel; /** As it is shown: the label, or that the desk is not sure. */ readonly words: string; /** Whole per cent. */ readonly confidence: number; /** What speaks for each side is shown in place of the label. */ readonly unsure?: boolean | undefined; /** Why nothing speaks for a side, where nothing does. */ readonly silence?: string | undefined; readonly corrected: boolean; readonly evidence: readonly EvidenceView[] };
  /** "URGENT" and the like; undefined = nothing to be seen at once. */
  readonly alert?: string | undefined;
  /** What the rules found, a line each. */
  readonly findings?: readonly string[] | undefined;
  readonly caseNumber: string | undefined;
  readonly referral: { readonly unit: string; readonly note: string; readonly atWords: string; readonly answer: string | undefined } | undefined;
  readonly notes: readonly { readonly text: string; readonly by: string; readonly atWords: string }[];
  readonly url: string | undefined;
  readonly visibility: Visibility;
}

export interface TemplateOption {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  /** Why it stands here, in words. */
  readonly reason: string;
  readonly languages: readonly string[];
  readonly bodies: LocalText;
  readonly placeholders: readonly PlaceholderDefinition[];
  /** Official domains, for links; undefined = not judged in the page. */
  readonly domains?: readonly string[] | undefined;
}

export interface DraftView {
  readonly text: string;
  readonly template: { readonly id: string; readonly version: number; readonly language: string } | undefined;
  readonly values: Readonly<Record<string, string>>;
  readonly private: boolean;
  readonly again: { readonly reason: string; readonly corrects?: string | undefined } | undefined;
}

export type SendPhase =
  | { readonly name: 'idle' }
  /** Nothing has been sent; ends at `until` (UTC ms by the host's clock), `totalMs` long. */
  | { readonly name: 'undo'; readonly until: number; readonly totalMs: number }
  | { readonly name: 'sending' }
  | { readonly name: 'sent'; readonly words: string }
  | { readonly name: 'failed'; readonly message: string }
  /** Copied, to be given by a person who then says whether it was. */
  | { readonly name: 'giving'; readonly replyId: string; readonly text: string; readonly message: string }
  /** Outcome unknown: a person must look. */
  | { readonly name: 'unsettled'; readonly message: string; /** The reply to settle; undefined = the unsettled one of the conversation. */ readonly replyId?: string | undefined };

export interface ReplyPanelState {
  readonly mention: MentionView;
  readonly conversation: readonly PostView[];
  /** False while the thread is being read from the network; what is stored is shown meanwhile. */
  readonly conversationComplete: boolean;
  readonly earlierContacts: readonly ContactView[];
  readonly templates: readonly TemplateOption[];
  /** Values filled from what is known, by placeholder name and language. */
  readonly known: Readonly<Record<string, LocalText>>;
  readonly draft: DraftView;
  readonly lengthRule: LengthRule;
  /** Stands in front of the answer, '' = none needed. */
  readonly greeting: string;
  /** Language to answer in, guessed from the mention. */
  readonly language: string;
  readonly freeText: 'allow' | 'forbid';
  readonly canReplyPrivately: boolean;
  /** No network takes the answer: it is copied, given by a person and noted as given. */
  readonly byHand?: boolean | undefined;
  /** e.g. "It will stand under the message on Mastodon (isc), where everyone sees it." for public and private reply. */
  readonly audience: { readonly normal: string; readonly private: string };
  readonly phase: SendPhase;
  /** Reply that can still be sent: false when closed or our last answer stands and nobody asked for another. */
  readonly canSend: boolean;
  readonly answered: boolean;
  /** The answer that waits for a second person. `reviewer`: this person may let it go, so that `draft` holds it; `author`: may take it back. */
  readonly waiting?: { readonly mode: 'author' | 'reviewer' | 'other'; readonly words: string; readonly text: string; readonly whyNot: string | undefined } | undefined;
  /** Why the last one came back. */
  readonly returned?: { readonly words: string; readonly reason: string } | undefined;
  /** What holds answers back, who set it and why, in words. */
  readonly hold?: string | undefined;
  readonly now: number;
}

export interface CheckView {
  readonly code: string;
  /** `refuse` cannot be sent; `confirm` needs one tick, logged; `hint` is advice; `ok` is said for calm. */
  readonly severity: 'refuse' | 'confirm' | 'hint' | 'ok';
  readonly message: string;
}

export interface CheckResult {
  readonly checks: readonly CheckView[];
  /** Send hands it in to a second person. */
  readonly forApproval?: boolean;
}

export interface PictureView {
  readonly type: string;
  readonly base64: string;
}

// ---- Messages --------------------------------------------------------------------------------------------------------------

const short = v.pipe(v.string(), v.maxLength(200));
const long = v.pipe(v.string(), v.maxLength(100_000));
const templateRef = v.object({ id: short, version: v.pipe(v.number(), v.integer()), language: short });
const again = v.object({ reason: v.pipe(v.string(), v.maxLength(2_000)), corrects: v.optional(short) });

export const draftSchema = v.object({
  /** The mention that it answers; a panel that shows another one by now must not take the draft for its own. */
  mentionId: v.optional(short),
  text: long,
  template: v.optional(templateRef),
  values: v.record(short, v.pipe(v.string(), v.maxLength(5_000))),
  private: v.optional(v.boolean(), false),
  again: v.optional(again),
});
export type DraftMessage = v.InferOutput<typeof draftSchema>;

export const sendSchema = v.object({ draft: draftSchema, confirmed: v.array(short) });
export type SendMessage = v.InferOutput<typeof sendSchema>;

export const pageRequestSchemas = {
  'panel/ready': v.object({}),
  'draft/save': draftSchema,
  'reply/check': draftSchema,
  'reply/send': sendSchema,
  'reply/undo': v.object({}),
  'reply/withdraw': v.object({ replyId: short, reason: long }),
  /** Asks the host (native input box) for the reason, withdraws or not, and opens the composer for another answer. */
  'reply/correct': v.object({ replyId: short }),
  'reply/followUp': v.object({}),
  'reply/settle': v.object({ replyId: short, sent: v.boolean() }),
  /** Puts the words of an answer that is to be given on the clipboard again. */
  'reply/copy': v.object({ replyId: short }),
  'approval/takeBack': v.object({}),
  /** Asks the host (native input box) for the reason. */
  'approval/return': v.object({}),
  'mention/claim': v.object({}),
  'mention/release': v.object({}),
  'mention/next': v.object({}),
  'mention/show': v.object({ mentionId: short }),
  'mention/refer': v.object({}),
  'mention/unitAnswer': v.object({}),
  'mention/note': v.object({}),
  'mention/case': v.object({}),
  'mention/snooze': v.object({}),
  'mention/close': v.object({ reason: v.optional(v.picklist(closeReasons)) }),
  'mention/why': v.object({}),
  'sentiment/correct': v.object({ label: v.optional(v.picklist(sentimentLabels)) }),
  'media/show': v.object({ mentionId: short, index: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100)) }),
  'link/open': v.object({ url: v.pipe(v.string(), v.maxLength(4_000)) }),
} as const;

type Params<Method extends keyof typeof pageRequestSchemas> = v.InferOutput<(typeof pageRequestSchemas)[Method]>;

/** What the page asks of the host. `mention/*` deeds without params ask the rest by VS Code's own inputs. */
export type PageRequests = {
  readonly [Method in Exclude<keyof typeof pageRequestSchemas, 'panel/ready' | 'reply/check' | 'draft/save' | 'media/show'>]: { readonly params: Params<Method>; readonly result: null };
} & {
  readonly 'panel/ready': { readonly params: Params<'panel/ready'>; readonly result: { readonly language: string; readonly bundle: LocalText; readonly state: ReplyPanelState } };
  readonly 'draft/save': { readonly params: DraftMessage; readonly result: { readonly savedAt: number } };
  readonly 'reply/check': { readonly params: DraftMessage; readonly result: CheckResult };
  readonly 'media/show': { readonly params: Params<'media/show'>; readonly result: PictureView };
};

/** What the host tells the page. */
export interface HostNotifications {
  readonly [method: string]: unknown;
  /** The whole state; the page keeps what is being typed unless `draft` was changed by the host (`replaceDraft`). */
  readonly 'panel/state': { readonly state: ReplyPanelState; readonly replaceDraft: boolean };
  /** Focus the composer. */
  readonly 'panel/focus': Record<never, never>;
}

/** The guard of a request of the page. */
export function pageGuard<Method extends keyof typeof pageRequestSchemas>(method: Method): Guard<Params<Method>> {
  return (value) => {
    const parsed = v.safeParse(pageRequestSchemas[method], value);
    if (!parsed.success) throw new MomentosError('rpc.invalid', { method });
    return parsed.output as Params<Method>;
  };
}

export type { CloseReason };
