import { type PostView, type ReplyPanelState } from '../../../src/protocol/replyPanel';
import { calm, now, panelState, type OpenedReply } from './replyFixture';

/** A state of the reply page worth a look and a check of its own. */
export interface ReplyState {
  readonly name: string;
  readonly change?: Partial<ReplyPanelState>;
  readonly act?: (opened: OpenedReply) => Promise<void>;
}

const { mention, conversation } = panelState;

export const ownPost: PostView = {
  id: 'p3', author: 'Instituto de Servicios', handle: '@isc', own: true, text: 'Hola, Ana. Lamentamos la demora. Más información: https://isc.example/cedula', at: now, atWords: '10:14', language: 'es', focused: false, deleted: false, edited: false, media: [], url: undefined,
  reply: { id: 'r-1', state: 'sent', stateWords: 'enviada por Luisa a las 10:14', canWithdraw: true },
};

export const hostileText = 'Mire <img src=x onerror="document.title=\'broken\'"> y <b>esto</b>: \u202Egpj.exe\u202C https://example.com/a?b=1. Fin';

const longWord = 'Instituto-Interprovincial-de-Servicios-Extraordinariamente-Descentralizados';

export async function choose(opened: OpenedReply, title = 'Demora en un trámite'): Promise<void> {
  await opened.page.locator('.option', { hasText: title }).click();
}

export async function fillDays(opened: OpenedReply, days = '5'): Promise<void> {
  await opened.page.locator('#value-days').fill(days);
}

/** Chosen, filled in and without a word of the person's own. */
export async function ready(opened: OpenedReply): Promise<void> {
  await choose(opened);
  await fillDays(opened);
  await opened.page.locator('vscode-button.send:not(.not-yet)').waitFor();
}

export const replyStates: readonly ReplyState[] = [
  { name: 'opened' },
  {
    name: 'hole',
    act: async (opened) => {
      await choose(opened);
      await opened.page.locator('.saved', { hasText: /guardado|saved/u }).waitFor();
    },
  },
  {
    name: 'misfit',
    act: async (opened) => {
      await choose(opened);
      await fillDays(opened, 'muchos');
      await opened.page.locator('#answer').focus();
    },
  },
  {
    name: 'typed',
    act: async (opened) => {
      await choose(opened, 'Cita');
      await opened.page.locator('#value-day').fill('2026-12-03');
      await opened.page.locator('#value-time').selectOption('tarde');
      await opened.page.locator('#value-days').fill('40');
      await opened.page.locator('#value-page').fill('https://otra.example/cita');
      await opened.page.locator('#answer').focus();
      await opened.page.locator('.is-misfit').nth(1).waitFor();
    },
  },
  {
    name: 'edited',
    act: async (opened) => {
      await ready(opened);
      const text = await opened.page.locator('#answer').inputValue();
      await opened.page.locator('#answer').fill(`${text.replace('y entendemos su molestia', 'y comprendemos bien su molestia')} Hoy atendemos hasta las 4:00 p. m.`);
      await opened.page.locator('.changes ins').first().waitFor();
    },
  },
  {
    name: 'question',
    act: async (opened) => {
      await ready(opened);
      await opened.page.locator('#answer').fill('Un texto escrito a mano.');
      await choose(opened, 'Disculpa');
      await opened.page.locator('.question').waitFor();
    },
  },
  {
    name: 'over',
    act: async (opened) => {
      await ready(opened);
      await opened.page.locator('#answer').fill('palabras '.repeat(60));
      await opened.page.locator('.over', { hasText: /Sobra|too many/u }).waitFor();
    },
  },
  {
    name: 'confirm',
    act: async (opened) => {
      opened.fake.checks = () => [
        { code: 'personal-data', severity: 'confirm', message: 'El texto contiene lo que parece una cédula (001-…-3) y todos lo verán.' },
        { code: 'link', severity: 'confirm', message: 'El enlace www.otro-sitio-muy-largo.example/con/una/ruta/larga lleva fuera de los dominios de la institución.' },
        ...calm.slice(1),
      ];
      await choose(opened);
      await fillDays(opened);
      await opened.page.locator('.confirmations vscode-checkbox').nth(1).waitFor();
      await opened.page.locator('.confirmations vscode-checkbox').first().click();
    },
  },
  {
    name: 'advice',
    act: async (opened) => {
      opened.fake.checks = () => [
        { code: 'norm.firstPerson', severity: 'hint', message: 'Habla la institución, en primera persona del plural: Lamento → Lamentamos.' },
        { code: 'norm.plainWords', severity: 'hint', message: 'Hay palabras más sencillas: a la mayor brevedad posible → lo antes posible, o mejor una fecha.' },
        ...calm,
      ];
      await ready(opened);
      await opened.page.locator('#answer').fill('Lamento la demora. Le respondo a la mayor brevedad posible.');
      await opened.page.locator('.check.hint').nth(1).waitFor();
    },
  },
  { name: 'undo', change: { phase: { name: 'undo', until: now + 8_900, totalMs: 10_000 }, draft: { ...panelState.draft, text: 'Hola, Ana. Ya vamos.' } } },
  { name: 'sending', change: { phase: { name: 'sending' }, draft: { ...panelState.draft, text: 'Hola, Ana. Ya vamos.' } } },
  { name: 'sent', change: { phase: { name: 'sent', words: 'Enviada. Respuesta 14 minutos después de publicada; meta cumplida.' }, canSend: false, answered: true, conversation: [...conversation, ownPost], mention: { ...mention, status: 'answered', statusWords: 'respondida', dueState: 'none', dueWords: 'respondida en 14 min', targetWords: 'meta cumplida' } } },
  { name: 'failed', change: { phase: { name: 'failed', message: 'No hay conexión con ejemplo.do. No se envió nada. Cuando vuelva la red, presione Enviar.' }, draft: { ...panelState.draft, text: 'Hola, Ana. Ya vamos.' } } },
  { name: 'unsettled', change: { phase: { name: 'unsettled', message: 'No se sabe si la respuesta llegó. Mírelo en la red y diga aquí qué encontró.', replyId: 'r-9' }, canSend: false } },
  { name: 'giving', change: { byHand: true, phase: { name: 'giving', replyId: 'r-9', text: 'Hola, Ana. Su acta estará lista el viernes; puede recogerla en nuestras oficinas.', message: 'Dé esta respuesta al ciudadano y diga aquí si se dio.' }, canSend: false } },
  { name: 'by-hand', change: { byHand: true, canReplyPrivately: false, audience: { normal: 'Usted da esta respuesta; la mesa no envía nada.', private: '' }, lengthRule: { max: 50_000, method: 'codePoints' }, greeting: '', draft: { ...panelState.draft, text: 'Hola, Ana. Su acta estará lista el viernes.' } } },
  { name: 'answered', change: { canSend: false, answered: true, conversation: [...conversation, ownPost, { ...ownPost, id: 'p4', text: 'Otra respuesta que no llegó.', reply: { id: 'r-2', state: 'failed', stateWords: 'no se envió: sin conexión', canWithdraw: false } }], mention: { ...mention, status: 'answered', statusWords: 'respondida', claimedBy: 'Luisa', claimedByMe: false } } },
  { name: 'closed', change: { canSend: false, mention: { ...mention, status: 'closed', statusWords: 'cerrada: sin necesidad de respuesta', dueState: 'none', dueWords: '', targetWords: '' } } },
  {
    name: 'withdrawing',
    change: { canSend: false, answered: true, conversation: [...conversation, ownPost] },
    act: async (opened) => {
      await opened.page.locator('[data-key="withdraw r-1"]').click();
      await opened.page.locator('.withdrawal').waitFor();
    },
  },
  { name: 'no-templates', change: { templates: [], canReplyPrivately: false, greeting: '', earlierContacts: [], mention: { ...mention, caseNumber: undefined, sentiment: { label: 'neutral', words: 'Neutro', confidence: 0, corrected: false, evidence: [] } } } },
  { name: 'uncertain', change: { mention: { ...mention, sentiment: { ...mention.sentiment, label: 'positive', words: 'Incierto', unsure: true, confidence: 40 } } } },
  { name: 'uncertain-other-language', change: { mention: { ...mention, sentiment: { label: 'neutral', words: 'Incierto', unsure: true, silence: 'El idioma del texto no es ninguno de los que la mesa lee.', confidence: 0, corrected: false, evidence: [] } } } },
  {
    name: 'nothing-found',
    act: async (opened) => {
      await opened.page.locator('.search').fill('xyzzy');
    },
  },
  {
    name: 'for-approval',
    act: async (opened) => {
      opened.fake.forApproval = true;
      await opened.page.locator('#answer').fill('Un texto escrito a mano, sin plantilla.');
      await opened.page.locator('vscode-button.send', { hasText: /Enviar a aprobación|Send for approval/u }).waitFor();
    },
  },
  { name: 'waiting-author', change: { canSend: false, waiting: { mode: 'author', words: 'Su respuesta espera por una segunda persona (hoy 10:05). No se ha enviado nada.', text: 'Hola, Ana. Ya vamos.\nLe escribimos hoy.', whyNot: undefined }, mention: { ...mention, statusWords: 'en espera de aprobación' } } },
  { name: 'waiting-other', change: { canSend: false, waiting: { mode: 'other', words: 'Una respuesta de Luisa espera aprobación (hoy 10:05). No se ha enviado nada.', text: 'Hola, Ana. Ya vamos.', whyNot: 'Ana Pérez no figura como revisor en momentos.json.' } } },
  {
    name: 'waiting-reviewer',
    change: { waiting: { mode: 'reviewer', words: 'Luisa quiere responder esto; espera su aprobación (hoy 10:05).', text: 'Hola, Ana. Ya vamos a verlo.', whyNot: undefined }, draft: { ...panelState.draft, text: 'Hola, Ana. Ya vamos a verlo.' } },
    act: async (opened) => {
      await opened.page.locator('vscode-button.send', { hasText: /Aprobar y enviar|Approve and send/u }).waitFor();
      await opened.page.locator('#answer').fill('Hola, Ana. Lo vemos hoy mismo.');
      await opened.page.locator('vscode-button.send', { hasText: /Corregir y enviar|Mend and send/u }).waitFor();
    },
  },
  { name: 'returned', change: { returned: { words: 'Luisa devolvió la respuesta, hoy 10:09:', reason: 'Falta el horario del sábado <b>aquí</b>.' }, draft: { ...panelState.draft, text: 'Hola, Ana. Abrimos a las ocho.' } } },
  { name: 'hold', change: { hold: 'En pausa por Luisa Fernández: huracán. Solo puede enviarse el comunicado. Termina hoy 18:00.' } },
  { name: 'fixed-text', change: { freeText: 'forbid' }, act: (opened) => choose(opened) },
  {
    name: 'hostile',
    change: {
      mention: { ...mention, author: 'Eva \u202Elive', handle: '@<script>alert(1)</script>', sentiment: { ...mention.sentiment, evidence: [] }, notes: [{ text: '<i>nota</i> \u2066aislada\u2069', by: 'Luisa', atWords: 'hoy 9:00' }] },
      conversation: [{ ...conversation[0]!, author: 'Eva \u202Elive', text: hostileText, media: [{ kind: 'image', alt: '<u>foto</u>', show: { mentionId: 'm-1', index: 0 }, url: undefined }, { kind: 'image', alt: '', show: { mentionId: 'm-1', index: 1 }, url: undefined }, { kind: 'video', alt: '', show: undefined, url: 'https://ejemplo.do/v.mp4' }], edited: true }, { ...conversation[1]!, text: 'מחכה כבר שלושה חודשים לתעודה שלי', language: 'he' }],
      earlierContacts: [{ ...panelState.earlierContacts[0]!, text: '<b>antes</b>' }],
    },
  },
  {
    name: 'long-words',
    change: {
      mention: { ...mention, author: longWord, handle: `@${longWord}@servidor-de-nombre-interminable.ejemplo.do`, claimedBy: 'Departamento de Relaciones con la Ciudadanía', status: 'claimed', statusWords: 'tomada', dueState: 'overdue', dueWords: 'vencida hace 2 días y 4 horas laborables', targetWords: 'meta: 4 horas laborables, prioridad normal', caseNumber: 'G-2231-2026-ADMINISTRATIVO-INTERPROVINCIAL', notes: [{ text: 'Llamó también por teléfono; espera desde agosto.', by: 'Luisa Fernández', atWords: 'hoy 9:00' }], referral: { unit: 'Departamento de Cédulas', note: '¿Hay turno esta semana?', atWords: 'hoy 9:40', answer: 'Sí, el jueves a las 9:00.' } },
      conversation: [...Array.from({ length: 7 }, (_, index) => ({ ...conversation[1]!, id: `before ${String(index)}`, text: `Mensaje anterior número ${String(index + 1)}`, atWords: '3 nov 16:20', deleted: index === 6 })), { ...conversation[0]!, text: `${conversation[0]!.text} ${longWord.repeat(2)} https://ejemplo.do/${'ruta/'.repeat(20)}`, media: [{ kind: 'image', alt: 'Foto de una fila muy larga frente a la oficina', show: undefined, url: undefined }] }],
      conversationComplete: false,
      draft: { ...panelState.draft, again: { reason: 'Faltó la dirección' } },
    },
    act: (opened) => choose(opened),
  },
  {
    name: 'asked-unit',
    change: { mention: { ...mention, status: 'referred', statusWords: 'en espera de un área', claimedByMe: true, claimedBy: 'Yo', referral: { unit: 'Departamento de Cédulas', note: '¿Hay turno esta semana?', atWords: 'hoy 9:40', answer: undefined }, sentiment: { ...mention.sentiment, label: 'positive', words: 'Positivo', corrected: true } } },
  },
];
