import * as v from 'valibot';
import { MomentosError } from '../core/errors';
import { type TemplateState } from '../core/template';
import { type LocalText } from '../core/text/placeholders';
import { type Guard } from './rpc';

/** The template as a reviewer sees it: each language with its examples filled in, and what may be done. */
export interface TemplatePreviewState {
  readonly id: string;
  readonly title: string;
  readonly version: number;
  readonly state: TemplateState;
  readonly stateWords: string;
  readonly renderings: readonly { readonly language: string; readonly languageName: string; readonly text: string; readonly raw: string; readonly length: number; readonly max: number }[];
  /** The approved text that is in use now, by language; undefined = none yet. */
  readonly inUse: LocalText | undefined;
  readonly problems: readonly { readonly message: string; readonly line: number | undefined }[];
  readonly history: readonly { readonly words: string; readonly atWords: string; readonly reason: string | undefined }[];
  readonly placeholders: readonly { readonly name: string; readonly label: string; readonly example: string; readonly rule: string; readonly required: boolean }[];
  readonly may: { readonly propose: boolean; readonly approve: boolean; readonly reject: boolean };
  /** Why approve or reject is not offered to this person, in words. */
  readonly whyNot: string | undefined;
  readonly contentHash: string;
}

export const previewRequestSchemas = {
  'preview/ready': v.object({}),
  'template/propose': v.object({}),
  /** The hash of what the reviewer saw; another text is refused with `template.changed`. */
  'template/approve': v.object({ contentHash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/u)) }),
  'template/reject': v.object({}),
  'template/edit': v.object({}),
} as const;

type Params<Method extends keyof typeof previewRequestSchemas> = v.InferOutput<(typeof previewRequestSchemas)[Method]>;

export type PreviewRequests = {
  readonly [Method in Exclude<keyof typeof previewRequestSchemas, 'preview/ready'>]: { readonly params: Params<Method>; readonly result: null };
} & {
  readonly 'preview/ready': { readonly params: Record<never, never>; readonly result: { readonly language: string; readonly bundle: LocalText; readonly state: TemplatePreviewState } };
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
