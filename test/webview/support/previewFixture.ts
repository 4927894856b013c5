import { previewGuard, type PreviewNotifications, type TemplatePreviewState } from '../../../src/protocol/templatePreview';
import { type Rpc } from '../../../src/protocol/rpc';
import { type OpenedPage, type PageHarness, type PageOptions } from './pageHarness';
import { spanish } from './replyFixture';

const raw = {
  es: 'Hola, {{author}}. Lamentamos la demora de su trámite de {{procedure}} y comprendemos su molestia. El plazo normal es de {{days}} días laborables.',
  en: 'Hello, {{author}}. We are sorry about the delay with your {{procedure}} request. The usual time is {{days}} working days.',
};

const texts = {
  es: 'Hola, María Altagracia Rodríguez. Lamentamos la demora de su trámite de cédula y comprendemos su molestia. El plazo normal es de 5 días laborables.',
  en: 'Hello, María Altagracia Rodríguez. We are sorry about the delay with your identity card request. The usual time is 5 working days.',
};

function network(id: string, name: string, max: number, lengths: readonly [number, number]): TemplatePreviewState['networks'][number] {
  return {
    id,
    name,
    fits: Math.max(...lengths) <= max,
    renderings: [
      { language: 'es', languageName: 'español', text: id === 'x' ? `${texts.es} (X)` : texts.es, raw: raw.es, length: lengths[0], max },
      { language: 'en', languageName: 'inglés', text: texts.en, raw: raw.en, length: lengths[1], max },
    ],
  };
}

export const previewState: TemplatePreviewState = {
  id: 'delay',
  title: 'Demora en un trámite',
  version: 4,
  state: 'inReview',
  stateWords: 'en revisión',
  bodies: [
    { key: 'es', languageName: 'español', raw: raw.es },
    { key: 'en', languageName: 'inglés', raw: raw.en },
    { key: 'es x', languageName: 'español · X', raw: 'Hola, {{author}}. Lamentamos la demora de su trámite de {{procedure}}.' },
  ],
  networks: [
    network('mastodon', 'Mastodon', 500, [148, 131]),
    network('bluesky', 'Bluesky', 300, [148, 131]),
    network('x', 'X', 140, [148, 131]),
  ],
  inUse: [
    { key: 'es', languageName: 'español', raw: raw.es.replace('comprendemos', 'entendemos') },
    { key: 'en', languageName: 'inglés', raw: raw.en },
  ],
  problems: [],
  history: [
    { kind: 'commented', words: 'Ana Pérez sobre la versión 4', atWords: 'hoy 10:02', text: '¿Seguro que el plazo es de 5 días?' },
    { kind: 'proposed', words: 'Versión 4 propuesta por Luis Peña', atWords: 'hoy 9:12', text: undefined },
    { kind: 'approved', words: 'Versión 3 aprobada por Ana Pérez', atWords: '2 sep 15:40', text: undefined },
    { kind: 'rejected', words: 'Versión 2 rechazada por Ana Pérez', atWords: '30 ago 11:05', text: 'Falta decir el plazo.' },
  ],
  placeholders: [
    { name: 'author', label: 'Nombre del ciudadano', example: 'María Altagracia Rodríguez', rule: 'lo llena la mesa', required: true },
    { name: 'procedure', label: 'Trámite', example: 'cédula', rule: 'hasta 60 caracteres', required: true },
    { name: 'days', label: 'Plazo normal en días laborables', example: '5', rule: 'debe coincidir con (?:[2-9]|[1-9][0-9]{1,2})', required: false },
  ],
  may: { propose: false, approve: true, reject: true, withdraw: false, compare: true, edit: true },
  whyNot: undefined,
  contentHash: '0123456789abcdef'.repeat(4),
};

const deeds = ['template/propose', 'template/approve', 'template/reject', 'template/withdraw', 'template/edit', 'template/compare', 'template/goTo', 'template/comment', 'template/keepComment'] as const;

export type OpenedPreview = OpenedPage<Record<never, never>, PreviewNotifications> & {
  readonly asked: readonly { readonly method: string; readonly params: unknown }[];
  /** What the deeds do; a throw is the host's refusal. */
  answer: (method: string) => void | Promise<void>;
  push(change: Partial<TemplatePreviewState>): void;
};

export async function openPreview(harness: PageHarness, change: Partial<TemplatePreviewState> = {}, options: PageOptions & { readonly comment?: string } = {}): Promise<OpenedPreview> {
  const asked: { method: string; params: unknown }[] = [];
  let state = { ...previewState, ...change };
  let host: Rpc<Record<never, never>, PreviewNotifications> | undefined;
  const behaviour: { answer: (method: string) => void | Promise<void> } = { answer: () => undefined };
  const opened = await harness.open<Record<never, never>, PreviewNotifications>((made) => {
    host = made;
    made.handle('preview/ready', previewGuard('preview/ready'), () => ({ language: 'es', bundle: spanish, state, comment: options.comment ?? '' }));
    for (const method of deeds) {
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
