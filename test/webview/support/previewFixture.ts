import { previewGuard, type PreviewNotifications, type TemplatePreviewState } from '../../../src/protocol/templatePreview';
import { type Rpc } from '../../../src/protocol/rpc';
import { type OpenedPage, type PageHarness, type PageOptions } from './pageHarness';
import { spanish } from './replyFixture';

const raw = {
  es: 'Hola, {{author}}. Lamentamos la demora de su trámite de {{procedure}} y comprendemos su molestia. El plazo normal es de {{days}} días laborables.',
  en: 'Hello, {{author}}. We are sorry about the delay with your {{procedure}} request. The usual time is {{days}} working days.',
};

export const previewState: TemplatePreviewState = {
  id: 'delay',
  title: 'Demora en un trámite',
  version: 4,
  state: 'inReview',
  stateWords: 'en revisión',
  renderings: [
    { language: 'es', languageName: 'español', text: 'Hola, María Altagracia Rodríguez. Lamentamos la demora de su trámite de cédula y comprendemos su molestia. El plazo normal es de 5 días laborables.', raw: raw.es, length: 148, max: 500 },
    { language: 'en', languageName: 'inglés', text: 'Hello, María Altagracia Rodríguez. We are sorry about the delay with your identity card request. The usual time is 5 working days.', raw: raw.en, length: 131, max: 500 },
  ],
  inUse: { es: raw.es.replace('comprendemos', 'entendemos'), en: raw.en },
  problems: [],
  history: [
    { words: 'Versión 4 propuesta por Luis Peña', atWords: 'hoy 9:12', reason: undefined },
    { words: 'Versión 3 aprobada por Ana Pérez', atWords: '2 sep 15:40', reason: undefined },
    { words: 'Versión 2 rechazada por Ana Pérez', atWords: '30 ago 11:05', reason: 'Falta decir el plazo.' },
  ],
  placeholders: [
    { name: 'author', label: 'Nombre del ciudadano', example: 'María Altagracia Rodríguez', rule: 'lo llena la mesa', required: true },
    { name: 'procedure', label: 'Trámite', example: 'cédula', rule: 'hasta 60 caracteres', required: true },
    { name: 'days', label: 'Plazo normal en días laborables', example: '5', rule: 'debe coincidir con (?:[2-9]|[1-9][0-9]{1,2})', required: false },
  ],
  may: { propose: false, approve: true, reject: true },
  whyNot: undefined,
  contentHash: '0123456789abcdef'.repeat(4),
};

export type OpenedPreview = OpenedPage<Record<never, never>, PreviewNotifications> & {
  readonly asked: readonly { readonly method: string; readonly params: unknown }[];
  /** What the deeds do; a throw is the host's refusal. */
  answer: (method: string) => void | Promise<void>;
  push(change: Partial<TemplatePreviewState>): void;
};

export async function openPreview(harness: PageHarness, change: Partial<TemplatePreviewState> = {}, options: PageOptions = {}): Promise<OpenedPreview> {
  const asked: { method: string; params: unknown }[] = [];
  let state = { ...previewState, ...change };
  let host: Rpc<Record<never, never>, PreviewNotifications> | undefined;
  const behaviour: { answer: (method: string) => void | Promise<void> } = { answer: () => undefined };
  const opened = await harness.open<Record<never, never>, PreviewNotifications>((made) => {
    host = made;
    made.handle('preview/ready', previewGuard('preview/ready'), () => ({ language: 'es', bundle: spanish, state }));
    for (const method of ['template/propose', 'template/approve', 'template/reject', 'template/edit'] as const) {
      made.handle(method, previewGuard(method), async (params: unknown) => {
        asked.push({ method, params });
        await behaviour.answer(method);
        return null;
      });
    }
  }, options);
  await opened.page.waitForSelector('.preview-header');
  return Object.assign(behaviour, opened, {
    asked,
    push(next: Partial<TemplatePreviewState>) {
      state = { ...state, ...next };
      host?.notify('preview/state', { state });
    },
  });
}
