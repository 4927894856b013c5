import * as v from 'valibot';
import { MomentosError } from '../core/errors';
import { type TemplateState } from '../core/template';
import { type LocalText } from '../core/text/placeholders';
import { type Guard } from './rpc';

/** What a citizen would read on one network in one language, examples filled in, with its length as the network counts it. */
export interface TemplateRendering {
  readonly language: string;
  readonly languageName: string;
  readonly text: string;
  /** The same with its blanks. */
  readonly raw: string;
  readonly length: number;
  readonly max: number;
}

export interface TemplateText {
  /** The same for the same language and networks in two versions. */
  readonly key: string;
  /** Of the language, with the networks of a short form. */
  readonly languageName: string;
  readonly raw: string;
}

export interface TemplateStep {
  readonly kind: 'proposed' | 'approved' | 'rejected' | 'withdrawn' | 'commented';
  /** What happened, by whom. */
  readonly words: string;
  readonly atWords: string;
  /** Why, or what a comment says. */
  readonly text: string | undefined;
}

/** The template as a reviewer sees it: on each network in each language, what is wrong, what happened, and what may be done. */
export interface TemplatePreviewState {
  readonly id: string;
  readonly title: string;
  readonly version: number;
  readonly state: TemplateState;
  readonly stateWords: string;
  /** The texts themselves, their blanks unfilled: one a language, then short forms for some networks. */
  readonly bodies: readonly TemplateText[];
  readonly networks: readonly { readonly id: string; readonly name: string; readonly fits: boolean; readonly renderings: readonly TemplateRendering[] }[];
  /** The approved texts that are in use now; undefined = none yet. */
  readonly inUse: readonly TemplateText[] | undefined;
  /** `refusing`: keeps the text from being proposed and approved; the others are advice. */
  readonly problems: readonly { readonly message: string; readonly line: number | undefined; readonly refusing: boolean }[];
  /** Newest first. */
  readonly history: readonly TemplateStep[];
  readonly placeholders: readonly { readonly name: string; readonly label: string; readonly example: string; readonly rule: string; readonly required: boolean }[];
  readonly may: { readonly propose: boolean; readonly approve: boolean; readonly reject: boolean; readonly withdraw: boolean; readonly compare: boolean; readonly edit: boolean };
  /** Why approve or reject is not offered to this person, in words. */
  readonly whyNot: string | undefined;
  readonly contentHash: string;
}

/** Longest comment, in UTF-16 units. */
export const longestComment = 4_000;
const comment = v.pipe(v.string(), v.maxLength(longestComment));

export const previewRequestSchemas = {
  'preview/ready': v.object({}),
  'template/propose': v.object({}),
  /** The hash of what the reviewer saw; another text is refused with `template.changed`. */
  'template/approve': v.object({ contentHash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/u)) }),
  'template/reject': v.object({}),
  'template/withdraw': v.object({}),
  'template/edit': v.object({}),
  /** Opens the comparison with the approved copy. */
  'template/compare': v.object({}),
  /** Shows a line of the working file, 1-based. */
  'template/goTo': v.object({ line: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000)) }),
  'template/comment': v.object({ text: comment }),
  /** A comment that is still being written; the host holds it while the page is hidden. */
  'template/keepComment': v.object({ text: comment }),
} as const;

type Params<Method extends keyof typeof previewRequestSchemas> = v.InferOutput<(typeof previewRequestSchemas)[Method]>;

export type PreviewRequests = {
  readonly [Method in Exclude<keyof typeof previewRequestSchemas, 'preview/ready'>]: { readonly params: Params<Method>; readonly result: null };
} & {
  readonly 'preview/ready': { readonly params: Record<never, never>; readonly result: { readonly language: string; readonly bundle: LocalText; readonly state: TemplatePreviewState; readonly comment: string } };
};

export interface PreviewNotifications {
  readonly [method: string]: unknown;
  readonly 'preview/state': { readonly state: TemplatePreviewState };
}

export function previewGuard<Method extends keyof typeof previewRequestSchemas>(method: Method): Guard<Params<Method>> {
  return (value) => {
    const parsed = v.safeParse(previewRequestSchemas[method], value);
    if (!parsed.success) throw new MomentosError('rpc.invalid', { method });
    return parsed.output as Params<Method>;
  };
}
