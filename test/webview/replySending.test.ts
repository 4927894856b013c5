import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type CheckView } from '../../src/protocol/replyPanel';
import { eventually, PageHarness } from './support/pageHarness';
import { calm, now, openReply, panelState, refuse, type OpenedReply } from './support/replyFixture';
import { choose, fillDays, ready } from './support/replyStates';

let harness: PageHarness;
let opened: OpenedReply;

beforeAll(async () => {
  harness = await PageHarness.start('reply');
});
afterEach(async () => {
  expect(opened.complaints).toEqual([]);
  expect(opened.strangers).toEqual([]);
  await opened.close();
});
afterAll(() => harness.stop());

const text = (): Promise<string> => opened.page.locator('#answer').inputValue();
const focusedKey = (): Promise<string | undefined> => opened.page.evaluate(() => document.activeElement?.getAttribute('data-key') ?? undefined);
const said = (words: string) => opened.page.locator('.unseen[role=status]', { hasText: words }).waitFor({ state: 'attached' });
const sendKeys = () => opened.page.keyboard.press('Control+Enter');
const undoPhase = { name: 'undo', until: now + 600_000, totalMs: 10_000 } as const;

describe('answering with a template', () => {
  it('is done by keyboard alone', async () => {
    opened = await openReply(harness);
    const { keyboard } = opened.page;
    await opened.page.locator('.search').focus();
    await keyboard.press('ArrowDown');
    expect(await focusedKey()).toBe('delay 3');
    await keyboard.press('ArrowUp');
    expect(await focusedKey()).toBe('search');
    await keyboard.press('ArrowDown');
    await keyboard.press('End');
    expect(await focusedKey()).toBe('thanks 1');
    await keyboard.press('Home');
    await keyboard.press('Enter');
    await opened.page.locator('#value-days:focus').waitFor();
    await keyboard.type('5');
    expect(await text()).toContain('es de 5 días');
    await opened.page.locator('vscode-button.send:not(.not-yet)').waitFor();
    await sendKeys();
    await eventually(() => opened.fake.sent().length).toBe(1);
    expect(opened.fake.sent()[0]).toMatchObject({ confirmed: [], draft: { mentionId: panelState.mention.id, template: { id: 'delay', version: 3, language: 'es' }, values: { author: 'Ana', procedure: 'cédula', days: '5' } } });
  });

  it('finds templates by any of their words, accents or not', async () => {
    opened = await openReply(harness);
    await opened.page.locator('.search').fill('telefonos horarios');
    expect(await opened.page.locator('.option').count()).toBe(1);
    await said('1 plantilla');
    await opened.page.keyboard.press('Enter');
    expect(await text()).toContain('Atendemos de lunes a viernes');
  });

  it('changes the language with the values known in it', async () => {
    opened = await openReply(harness);
    await ready(opened);
    await opened.page.locator('.choice', { hasText: 'Inglés' }).click();
    expect(await text()).toContain('your identity card request');
    expect(await opened.page.locator('.choice[aria-pressed=true]').textContent()).toBe('Inglés');
  });
});

describe('what is refused', () => {
  it('a hole: nothing is sent, the empty field is shown, and it is said', async () => {
    opened = await openReply(harness);
    await choose(opened);
    await opened.page.locator('#answer').focus();
    await sendKeys();
    await said('No se envió. Falta: Plazo en días');
    expect(await opened.page.evaluate(() => document.activeElement?.id)).toBe('value-days');
    expect(opened.fake.sent()).toEqual([]);
  });

  it('a value that does not fit its blank, once the field is left', async () => {
    opened = await openReply(harness);
    await choose(opened);
    await fillDays(opened, '1');
    expect(await opened.page.locator('#value-days').getAttribute('aria-invalid')).toBeNull();
    await opened.page.locator('#answer').focus();
    await opened.page.locator('#value-days[aria-invalid=true]').waitFor();
    expect(await opened.page.locator('#value-days-problem').textContent()).toBe('Este dato no es válido. Debe ser como: 5');
    await sendKeys();
    await said('No se envió. No es válido: Plazo en días');
    expect(opened.fake.sent()).toEqual([]);
  });

  it('a text over the limit, greeting counted as the network counts it', async () => {
    opened = await openReply(harness);
    await opened.page.locator('#answer').fill('a'.repeat(495));
    expect(await opened.page.locator('.counter').textContent()).toBe('500 / 500');
    await opened.page.locator('#answer').press('End');
    await opened.page.keyboard.type('ab');
    expect(await opened.page.locator('.counter').textContent()).toBe('502 / 500');
    expect(await opened.page.locator('.over').textContent()).toBe('Sobran 2 caracteres.');
    await said('Sobran 2 caracteres.');
    await sendKeys();
    await said('No se envió. Sobran 2 caracteres.');
    expect(opened.fake.sent()).toEqual([]);
  });

  it('what the host refuses, also when it is sent before the pause is over', async () => {
    opened = await openReply(harness);
    opened.fake.checks = (draft) => (draft.text.includes('gratis') ? [{ code: 'reply.notApproved', severity: 'refuse', message: 'Eso no está aprobado.' }] : calm);
    await opened.page.locator('#answer').fill('Es gratis.');
    await sendKeys();
    await said('No se envió. Eso no está aprobado.');
    expect(opened.fake.sent()).toEqual([]);
  });
});

describe('confirmations', () => {
  const private_: CheckView = { code: 'personal-data', severity: 'confirm', message: 'Parece una cédula.' };

  it('are ticked once each before it is sent, and told to the host', async () => {
    opened = await openReply(harness);
    opened.fake.checks = () => [private_];
    await opened.page.locator('#answer').fill('Su cédula es 001-0000000-1.');
    await opened.page.locator('.confirmations vscode-checkbox').waitFor();
    await sendKeys();
    await said('Aún no se envía. Confirme, por favor: Parece una cédula.');
    expect(await focusedKey()).toBe('personal-data\nParece una cédula.');
    await opened.page.keyboard.press('Space');
    await sendKeys();
    await eventually(() => opened.fake.sent().map(({ confirmed }) => confirmed)).toEqual([['personal-data']]);
  });

  it('are asked anew when they are about something else', async () => {
    opened = await openReply(harness);
    opened.fake.checks = (draft) => [{ ...private_, message: draft.text.includes('otra') ? 'Parece otra cédula.' : private_.message }];
    await opened.page.locator('#answer').fill('una');
    await opened.page.locator('.confirmations vscode-checkbox').click();
    await opened.page.locator('vscode-button.send:not(.not-yet)').waitFor();
    await opened.page.locator('#answer').fill('otra');
    await opened.page.locator('.confirmations vscode-checkbox', { hasText: 'otra' }).waitFor();
    expect(await opened.page.locator('.confirmations vscode-checkbox').getAttribute('aria-checked')).toBe('false');
    expect(await opened.page.locator('vscode-button.send').getAttribute('aria-disabled')).toBe('true');
  });
});

describe('checks', () => {
  it('about an older text are dropped', async () => {
    opened = await openReply(harness);
    let letGo: (checks: readonly CheckView[]) => void = () => undefined;
    opened.fake.checks = (draft) => (draft.text === 'uno' ? new Promise((resolve) => (letGo = resolve)) : [{ code: 'answered', severity: 'ok', message: 'Sobre dos' }]);
    await opened.page.locator('#answer').fill('uno');
    await eventually(() => opened.fake.asked.some(({ method, params }) => method === 'reply/check' && (params as { text: string }).text === 'uno')).toBe(true);
    await opened.page.locator('#answer').fill('dos');
    await opened.page.locator('.checks', { hasText: 'Sobre dos' }).waitFor();
    letGo([{ code: 'answered', severity: 'refuse', message: 'Sobre uno' }]);
    opened.fake.push({ answered: true });
    await opened.page.locator('.checks', { hasText: 'Sobre dos' }).waitFor();
    expect(await opened.page.locator('.checks').textContent()).not.toContain('Sobre uno');
  });
});

describe('the undo window', () => {
  it('counts down and is ended by Escape, the text as it was', async () => {
    opened = await openReply(harness);
    await ready(opened);
    const before = await text();
    opened.fake.onSend = () => {
      opened.fake.push({ phase: undoPhase });
    };
    await sendKeys();
    await opened.page.locator('.bar.undo').waitFor();
    expect(await opened.page.locator('.seconds').textContent()).toMatch(/Sale en \d+ segundos?/u);
    await said('La respuesta sale en 10 segundos.');
    expect(await opened.page.locator('#answer').getAttribute('readonly')).not.toBeNull();
    await sendKeys();
    await opened.page.keyboard.press('Escape');
    await eventually(() => opened.fake.asked.map((one) => one.method)).toContain('reply/undo');
    opened.fake.push({ phase: { name: 'idle' } });
    await said('Deshecho. No se envió nada.');
    expect(await text()).toBe(before);
    expect(await focusedKey()).toBe('answer');
    expect(opened.fake.sent()).toHaveLength(1);
  });

  it('is ended by its button', async () => {
    opened = await openReply(harness, { phase: undoPhase });
    await opened.page.locator('vscode-button', { hasText: 'Deshacer' }).click();
    await eventually(() => opened.fake.asked.some(({ method }) => method === 'reply/undo')).toBe(true);
  });

  it('runs on to "sent" and the next mention under the same hand', async () => {
    opened = await openReply(harness);
    await ready(opened);
    await opened.page.locator('#answer').focus();
    opened.fake.push({ phase: undoPhase });
    await opened.page.locator('.bar.undo').waitFor();
    opened.fake.push({ phase: { name: 'sent', words: 'Enviada.' }, canSend: false, answered: true }, true);
    await opened.page.locator('.bar.done').waitFor();
    expect(await focusedKey()).toBe('next');
    await opened.page.keyboard.press('Enter');
    await eventually(() => opened.fake.asked.map((one) => one.method)).toContain('mention/next');
    expect(opened.fake.saved().every((draft) => draft.text !== '')).toBe(true);
  });
});

describe('when it fails', () => {
  it('the reason is shown, the text stays, and it can be sent again', async () => {
    opened = await openReply(harness);
    await opened.page.locator('#answer').fill('Ya vamos.');
    opened.fake.onSend = () => refuse('network.offline');
    await sendKeys();
    await opened.page.locator('[role=alert]', { hasText: 'Sentence for network.offline.' }).waitFor();
    expect(await text()).toBe('Ya vamos.');
    opened.fake.onSend = () => undefined;
    await sendKeys();
    await eventually(() => opened.fake.sent().length).toBe(2);
  });

  it('a draft that cannot be saved is not passed over', async () => {
    opened = await openReply(harness);
    opened.host.handle('draft/save', (value) => value, () => refuse('network.offline'));
    await opened.page.locator('#answer').fill('Ya vamos.');
    await opened.page.locator('.saved', { hasText: 'No se pudo guardar' }).waitFor();
    expect(await text()).toBe('Ya vamos.');
  });

  it('an answer that is given by hand is copied again, and noted as given or not', async () => {
    opened = await openReply(harness, { byHand: true, phase: { name: 'giving', replyId: 'r-7', text: 'Su acta está lista.', message: 'Dé esta respuesta.' }, canSend: false });
    await opened.page.locator('.giving-text', { hasText: 'Su acta está lista.' }).waitFor();
    await opened.page.locator('[data-key="copyAgain"]').click();
    await eventually(() => opened.fake.asked).toContainEqual({ method: 'reply/copy', params: { replyId: 'r-7' } });
    await opened.page.locator('[data-key="given"]').click();
    await eventually(() => opened.fake.asked).toContainEqual({ method: 'reply/settle', params: { replyId: 'r-7', sent: true } });
    await opened.page.locator('[data-key="notGiven"]').click();
    await eventually(() => opened.fake.asked).toContainEqual({ method: 'reply/settle', params: { replyId: 'r-7', sent: false } });
  });

  it('says what pressing the button does where a person gives the answer', async () => {
    opened = await openReply(harness, { byHand: true, draft: { ...panelState.draft, text: 'Su acta está lista.' }, greeting: '', lengthRule: { max: 50_000, method: 'codePoints' } });
    await opened.page.locator('vscode-button.send', { hasText: 'Copiar y anotar como dada' }).waitFor();
    expect(await opened.page.locator('.counter').textContent()).toBe('19 caracteres');
  });

  it('an unknown outcome is settled by a person', async () => {
    opened = await openReply(harness, { phase: { name: 'unsettled', message: 'No se sabe.', replyId: 'r-7' }, canSend: false });
    await opened.page.locator('vscode-button', { hasText: 'No se envió' }).click();
    await eventually(() => opened.fake.asked).toContainEqual({ method: 'reply/settle', params: { replyId: 'r-7', sent: false } });
  });
});
