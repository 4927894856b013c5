import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MomentosError } from '../../../src/core/errors';
import { pageGuard, type CheckView, type DraftMessage, type HostNotifications, type PageRequests, type ReplyPanelState, type SendMessage } from '../../../src/protocol/replyPanel';
import { type Rpc } from '../../../src/protocol/rpc';
import { type OpenedPage, type PageHarness, type PageOptions } from './pageHarness';

/** A quarter past ten on a day of the year, UTC ms. */
export const now = Date.UTC(2026, 10, 4, 14, 15);
const minute = 60_000;
const day = 24 * 60 * minute;

const text = 'Llevo tres meses esperando mi cédula y nadie contesta el teléfono. ¿Qué hago?';

function evidence(words: string, weight: number): { text: string; weight: number; start: number; length: number } {
  return { text: words, weight, start: text.indexOf(words), length: words.length };
}

const delay = {
  id: 'delay',
  version: 3,
  title: 'Demora en un trámite',
  reason: 'por el tema y el tono',
  languages: ['es', 'en'],
  bodies: {
    es: 'Hola, {{author}}. Lamentamos la demora de su trámite de {{procedure}} y entendemos su molestia. El plazo normal es de {{days}} días laborables. Si ya pasó, escríbanos por mensaje privado su número de solicitud y le daremos respuesta.',
    en: 'Hello, {{author}}. We are sorry about the delay with your {{procedure}} request. The usual time is {{days}} working days. If it has passed, send us your request number in a private message and we will answer you.',
  },
  placeholders: [
    { name: 'procedure', label: { es: 'Trámite', en: 'Procedure' }, example: { es: 'cédula', en: 'identity card' }, required: true, maxLength: 60 },
    { name: 'days', label: { es: 'Plazo en días', en: 'Days' }, example: { es: '5', en: '5' }, required: true, pattern: '(?:[2-9]|[1-9][0-9]{1,2})' },
  ],
};

export const panelState: ReplyPanelState = {
  mention: {
    id: 'm-0000000001',
    author: 'Ana Ramírez',
    handle: '@ana@ejemplo.do',
    initials: 'AR',
    channel: 'Mastodon',
    subtitle: 'Mastodon, público · publicado hoy 10:02, visto 10:03',
    status: 'open',
    statusWords: 'abierta',
    priority: 'high',
    dueWords: 'responder en 12 min',
    dueState: 'soon',
    targetWords: 'meta: 1 h, alta',
    claimedBy: undefined,
    claimedByMe: false,
    sentiment: { label: 'negative', words: 'Negativo', confidence: 91, corrected: false, evidence: [evidence('tres meses esperando', -1.9), evidence('nadie contesta', -1.4), evidence('¿Qué hago?', -0.2)] },
    caseNumber: 'G-2231 cédula',
    referral: undefined,
    notes: [],
    url: 'https://ejemplo.do/@ana/1',
    visibility: 'public',
  },
  conversation: [
    { id: 'p1', author: 'Ana Ramírez', handle: '@ana@ejemplo.do', own: false, text, at: now - 13 * minute, atWords: '10:02', language: 'es', focused: true, deleted: false, edited: false, media: [], url: undefined },
    { id: 'p2', author: 'Luis P.', handle: '@luis', own: false, text: 'A mí me pasa igual', at: now - 10 * minute, atWords: '10:05', language: 'es', focused: false, deleted: false, edited: false, media: [], url: undefined },
  ],
  conversationComplete: true,
  earlierContacts: [
    { mentionId: 'm-0000000002', at: now - 10 * day, atWords: '25 oct 09:10', text: '¿Ya está lista mi cédula? Me dijeron que en un mes.', statusWords: 'respondida', channel: 'X' },
    { mentionId: 'm-0000000003', at: now - 63 * day, atWords: '2 sep 15:40', text: '¿Qué papeles necesito para la cédula?', statusWords: 'respondida', channel: 'Mastodon' },
  ],
  templates: [
    delay,
    { id: 'private-details', version: 1, title: 'Pedir datos por privado', reason: 'usada con demoras', languages: ['es'], bodies: { es: 'Hola, {{author}}. Escríbanos por mensaje privado para ver su caso, sin poner aquí sus datos.' }, placeholders: [] },
    { id: 'hours-location', version: 5, title: 'Teléfonos y horarios', reason: 'por las palabras', languages: ['es', 'en'], bodies: { es: 'Hola, {{author}}. Atendemos {{hours}}.', en: 'Hello, {{author}}. We are open {{hours}}.' }, placeholders: [] },
    { id: 'apology', version: 2, title: 'Disculpa', reason: 'por el tono', languages: ['es'], bodies: { es: 'Hola, {{author}}. Le pedimos disculpas por {{issue}}.' }, placeholders: [{ name: 'issue', label: { es: 'Motivo' }, example: { es: 'la espera' }, required: true, maxLength: 60 }] },
    {
      id: 'visit', version: 1, title: 'Cita', reason: 'por el idioma', languages: ['es', 'en'], domains: ['isc.example'],
      bodies: { es: 'Le esperamos el {{day}} en la {{time}}. Caso {{request}}: {{days}} días. {{page}}', en: 'We see you on {{day}} in the {{time}}.' },
      placeholders: [
        { name: 'day', type: 'date', label: { es: 'Día de la cita', en: 'Day' }, example: { es: '2026-12-03', en: '2026-12-03' }, required: true },
        { name: 'time', type: 'choice', label: { es: 'Hora', en: 'Time' }, example: { es: 'mañana' }, choices: [{ es: 'mañana', en: 'morning' }, { es: 'tarde', en: 'afternoon' }], required: true },
        { name: 'days', type: 'number', min: 2, max: 30, label: { es: 'Plazo en días' }, example: { es: '3' }, required: true },
        { name: 'page', type: 'link', label: { es: 'Enlace' }, example: { es: 'https://isc.example/cita' }, required: true },
        { name: 'request', type: 'case', label: { es: 'Número de solicitud' }, example: { es: 'G-1' }, required: true },
      ],
    },
    { id: 'thanks', version: 1, title: 'Agradecimiento', reason: 'por el idioma', languages: ['es'], bodies: { es: 'Gracias por escribirnos, {{author}}.' }, placeholders: [] },
  ],
  known: { author: { es: 'Ana', en: 'Ana' }, hours: { es: 'de lunes a viernes, de 8:00 a. m. a 4:00 p. m.', en: 'Monday to Friday, 8:00 am to 4:00 pm' }, procedure: { es: 'cédula', en: 'identity card' } },
  draft: { text: '', template: undefined, values: {}, private: false, again: undefined },
  lengthRule: { max: 500, method: 'mastodon', urlLength: 23 },
  greeting: '@ana@ejemplo.do ',
  language: 'es',
  freeText: 'allow',
  canReplyPrivately: true,
  audience: { normal: 'Todos verán esta respuesta.', private: 'Solo Ana Ramírez verá esta respuesta.' },
  phase: { name: 'idle' },
  canSend: true,
  answered: false,
  now,
};

export type ReplyHost = Rpc<Record<never, never>, HostNotifications>;

/** The host's side of the panel: keeps what was asked of it, answers as told. */
export interface FakeHost {
  state: ReplyPanelState;
  checks: (draft: DraftMessage) => readonly CheckView[] | Promise<readonly CheckView[]>;
  forApproval: boolean;
  onSend: (message: SendMessage) => void | Promise<void>;
  /** Method and params of each request, in order. */
  readonly asked: { readonly method: string; readonly params: unknown }[];
  push(change: Partial<ReplyPanelState>, replaceDraft?: boolean): void;
  saved(): readonly DraftMessage[];
  sent(): readonly SendMessage[];
}

export const calm: readonly CheckView[] = [
  { code: 'personal-data', severity: 'ok', message: 'Sin datos personales' },
  { code: 'answered', severity: 'ok', message: 'Nadie ha respondido aún' },
];

export type OpenedReply = OpenedPage<Record<never, never>, HostNotifications> & { readonly fake: FakeHost };

export const spanish = JSON.parse(readFileSync(fileURLToPath(new URL('../../../l10n/bundle.l10n.es.json', import.meta.url)), 'utf8')) as Record<string, string>;

export async function openReply(harness: PageHarness, change: Partial<ReplyPanelState> = {}, options: PageOptions & { readonly language?: 'es' | 'en'; /** The host fails at the first try to open. */ readonly refuseOnce?: boolean } = {}): Promise<OpenedReply> {
  const asked: { method: string; params: unknown }[] = [];
  let notify: ReplyHost['notify'] = () => undefined;
  const of = <Params>(method: string): readonly Params[] => asked.filter((each) => each.method === method).map((each) => each.params as Params);
  const fake: FakeHost = {
    state: { ...panelState, ...change },
    checks: () => calm,
    forApproval: false,
    onSend: () => undefined,
    asked,
    push(next, replaceDraft = false) {
      this.state = { ...this.state, ...next };
      notify('panel/state', { state: this.state, replaceDraft });
    },
    saved: () => of<DraftMessage>('draft/save'),
    sent: () => of<SendMessage>('reply/send'),
  };
  const opened = await harness.open<Record<never, never>, HostNotifications>((host) => {
    notify = host.notify.bind(host);
    const handle = <Method extends keyof PageRequests & Parameters<typeof pageGuard>[0]>(method: Method, answer: (params: never) => unknown): void => {
      host.handle(method, pageGuard(method), (params) => {
        asked.push({ method, params });
        return answer(params as never);
      });
    };
    const language = options.language ?? 'es';
    let refusals = options.refuseOnce === true ? 1 : 0;
    handle('panel/ready', () => {
      if (refusals-- > 0) throw new MomentosError('mention.notFound');
      return { language, bundle: language === 'es' ? spanish : {}, state: fake.state };
    });
    handle('draft/save', () => ({ savedAt: fake.state.now }));
    handle('reply/check', async (params: DraftMessage) => ({ checks: await fake.checks(params), forApproval: fake.forApproval }));
    handle('reply/send', (params: SendMessage) => fake.onSend(params));
    for (const method of ['reply/undo', 'reply/withdraw', 'reply/correct', 'reply/followUp', 'reply/settle', 'reply/copy', 'approval/takeBack', 'approval/return', 'mention/claim', 'mention/release', 'mention/next', 'mention/show', 'mention/refer', 'mention/unitAnswer', 'mention/note', 'mention/case', 'mention/snooze', 'mention/close', 'mention/why', 'sentiment/correct', 'link/open'] as const) {
      handle(method, () => null);
    }
  }, options);
  if (options.refuseOnce === true) {
    await opened.page.locator('[role=alert]', { hasText: 'Sentence for mention.notFound.' }).waitFor();
    await opened.page.getByRole('button', { name: 'Try again' }).click();
  }
  await opened.page.waitForSelector('.header');
  return { ...opened, fake };
}

export function refuse(code: 'network.offline'): never {
  throw new MomentosError(code);
}
