import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventually, PageHarness } from './support/pageHarness';
import { openReply, panelState, refuse, type OpenedReply } from './support/replyFixture';
import { choose, fillDays, hostileText, ownPost, ready } from './support/replyStates';

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

describe('drafts', () => {
  it('are saved after a pause, once', async () => {
    opened = await openReply(harness);
    await opened.page.locator('#answer').pressSequentially('Hola');
    await opened.page.locator('.saved', { hasText: 'Borrador guardado' }).waitFor();
    expect(opened.fake.saved().at(-1)).toMatchObject({ mentionId: panelState.mention.id, text: 'Hola' });
  });

  it('are saved at once when the page loses the focus', async () => {
    opened = await openReply(harness);
    await opened.page.locator('#answer').fill('Hola');
    await opened.page.evaluate(() => window.dispatchEvent(new Event('blur')));
    await eventually(() => opened.fake.saved().map((draft) => draft.text)).toContain('Hola');
  });

  it('are saved before another mention is asked for', async () => {
    opened = await openReply(harness);
    await opened.page.locator('#answer').fill('Hola');
    await opened.page.locator('.deeds button', { hasText: 'Siguiente' }).click();
    const methods = () => opened.fake.asked.map(({ method }) => method);
    await eventually(methods).toContain('mention/next');
    expect(methods().indexOf('draft/save')).toBeGreaterThanOrEqual(0);
    expect(methods().indexOf('draft/save')).toBeLessThan(methods().indexOf('mention/next'));
  });

  it('and what is being typed stay when the host tells news, with the caret where it was', async () => {
    opened = await openReply(harness);
    await opened.page.locator('#answer').fill('Hola, Ana');
    await opened.page.locator('#answer').press('ArrowLeft');
    opened.fake.push({ mention: { ...panelState.mention, claimedByMe: true, dueWords: 'responder en 11 min' } });
    await opened.page.locator('.due-words', { hasText: '11 min' }).waitFor();
    await opened.page.keyboard.type('X');
    expect(await text()).toBe('Hola, AnXa');
  });

  it('are replaced when the host says so, and with another mention', async () => {
    opened = await openReply(harness);
    await opened.page.locator('#answer').fill('Hola');
    opened.fake.push({ draft: { ...panelState.draft, text: 'De otra ventana' } }, true);
    await eventually(text).toBe('De otra ventana');
    opened.fake.push({ mention: { ...panelState.mention, id: 'm-0000000009', author: 'Pedro' }, draft: { ...panelState.draft, text: 'Para Pedro' } });
    await eventually(text).toBe('Para Pedro');
    await said('Ahora se muestra: Pedro');
    await eventually(() => opened.kept()).toMatchObject({ id: 'm-0000000009' });
  });

  it('come back with their template and values', async () => {
    opened = await openReply(harness, { draft: { text: 'Hola, Ana. A medias', template: { id: 'delay', version: 3, language: 'es' }, values: { days: '7' }, private: true, again: { reason: 'Faltó algo' } } });
    expect(await text()).toBe('Hola, Ana. A medias');
    expect(await opened.page.locator('#value-days').inputValue()).toBe('7');
    expect(await opened.page.locator('.audience').textContent()).toBe('Solo Ana Ramírez verá esta respuesta.');
    expect(await opened.page.locator('.option[aria-selected=true]').textContent()).toContain('Demora');
    await opened.page.locator('vscode-text-field', { hasText: 'Por qué otra respuesta' }).waitFor();
  });

  it('whose template is gone say so and stay', async () => {
    opened = await openReply(harness, { draft: { ...panelState.draft, text: 'Texto viejo', template: { id: 'delay', version: 2, language: 'es' } } });
    expect(await opened.page.locator('#answer-note').textContent()).toContain('versión 2');
    expect(await text()).toBe('Texto viejo');
  });
});

describe('words of the person’s own', () => {
  it('are not overwritten by a template unasked; Escape keeps them', async () => {
    opened = await openReply(harness);
    await opened.page.locator('#answer').fill('Mi propio texto');
    await choose(opened);
    await opened.page.locator('.question').waitFor();
    expect(await focusedKey()).toBe('keep');
    await opened.page.keyboard.press('Escape');
    expect(await text()).toBe('Mi propio texto');
    await choose(opened);
    await opened.page.locator('vscode-button', { hasText: 'Reemplazar' }).click();
    expect(await text()).toContain('Lamentamos la demora');
  });

  it('show as changes to the approved text, and both ways back are open', async () => {
    opened = await openReply(harness);
    await ready(opened);
    const approved = await text();
    await opened.page.locator('#answer').fill(`${approved} Gracias.`);
    expect(await opened.page.locator('.changes ins').textContent()).toContain('Gracias.');
    await opened.page.locator('.changes button').click();
    expect(await text()).toBe(approved);
    await opened.page.locator('.changes button').click();
    expect(await text()).toBe(`${approved} Gracias.`);
  });

  it('cannot be written where only approved text is sent', async () => {
    opened = await openReply(harness, { freeText: 'forbid' });
    await choose(opened);
    expect(await opened.page.locator('#answer').getAttribute('readonly')).not.toBeNull();
    expect(await opened.page.locator('#answer-note').textContent()).toContain('Aquí solo se envía texto aprobado');
    await fillDays(opened);
    expect(await text()).toContain('es de 5 días');
  });
});

describe('text from outside', () => {
  it('is shown as text: no element, no request, no script comes of it', async () => {
    opened = await openReply(harness, {
      mention: { ...panelState.mention, author: '<img src=x onerror=alert(1)>', sentiment: { ...panelState.mention.sentiment, evidence: [] } },
      conversation: [{ ...panelState.conversation[0]!, text: hostileText, media: [{ kind: 'image', alt: '<u>alt</u>', show: undefined, url: undefined }] }],
      templates: [{ ...panelState.templates[0]!, title: '<s>título</s>' }],
    });
    expect(await opened.page.locator('h1').textContent()).toContain('<img src=x onerror=alert(1)>');
    expect(await opened.page.locator('img, b, u, s, iframe, script:not([src])').count()).toBe(0);
    expect(await opened.page.title()).toBe('Momentos');
  });

  it('loads no picture by itself; one that is asked for comes from the host into the memory of the page', async () => {
    const bytes = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    opened = await openReply(harness, { conversation: [{ ...panelState.conversation[0]!, media: [{ kind: 'image', alt: 'Una fila', show: { mentionId: 'm-1', index: 0 }, url: undefined }, { kind: 'video', alt: '', show: undefined, url: 'https://ejemplo.do/v.mp4' }] }] });
    expect(await opened.page.locator('img').count()).toBe(0);
    opened.host.handle('media/show', (value) => value, () => ({ type: 'image/png', base64: bytes }));
    await opened.page.getByRole('button', { name: 'Mostrar la imagen' }).press('Enter');
    const picture = opened.page.locator('img.picture');
    await picture.waitFor();
    expect(await picture.getAttribute('src')).toMatch(/^blob:/u);
    expect(await picture.getAttribute('alt')).toBe('Una fila');
    await expect.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(1);
    await opened.page.getByRole('button', { name: 'Ocultar la imagen' }).click();
    expect(await opened.page.locator('img').count()).toBe(0);
    expect(await opened.page.locator('.media').textContent()).toContain('Video sin descripción de su autor');
  });

  it('shows marks that would turn the direction instead of obeying them', async () => {
    opened = await openReply(harness, { mention: { ...panelState.mention, sentiment: { ...panelState.mention.sentiment, evidence: [] } }, conversation: [{ ...panelState.conversation[0]!, text: hostileText }] });
    expect(await opened.page.locator('.post .text .direction-mark').allTextContents()).toEqual(['RLO', 'PDF']);
    expect(await opened.page.locator('.post .text').textContent()).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/u);
  });

  it('opens a link only through the host, and only https', async () => {
    opened = await openReply(harness, { mention: { ...panelState.mention, sentiment: { ...panelState.mention.sentiment, evidence: [] } }, conversation: [{ ...panelState.conversation[0]!, text: 'javascript:alert(1) http://example.com https://example.com/a.' }] });
    const links = opened.page.locator('.post .text button');
    expect(await links.allTextContents()).toEqual(['https://example.com/a']);
    await links.first().click();
    await eventually(() => opened.fake.asked).toContainEqual({ method: 'link/open', params: { url: 'https://example.com/a' } });
  });

  it('marks the words that drove the sentiment by their sign', async () => {
    opened = await openReply(harness);
    const marks = opened.page.locator('mark.evidence.negative');
    expect(await marks.count()).toBe(3);
    expect(await marks.first().getAttribute('title')).toBe('Se lee como negativo, −1,9');
  });

  it('leaves out evidence that lies outside the text, overlaps or is not what stands there', async () => {
    const evidence = [{ text: 'x', weight: -1, start: 5_000, length: 3 }, { text: 'otra', weight: -1, start: 12, length: 4 }, { text: 'Llevo', weight: 1, start: 0, length: 5 }, { text: 'evo t', weight: 1, start: 2, length: 5 }];
    opened = await openReply(harness, { mention: { ...panelState.mention, sentiment: { ...panelState.mention.sentiment, evidence } } });
    expect(await opened.page.locator('mark').allTextContents()).toEqual(['Llevo (positivo)']);
    expect(await opened.page.locator('.post.focused .text').textContent()).toContain('tres meses esperando');
  });
});

describe('deeds', () => {
  it.each([
    ['Tomar', 'mention/claim'],
    ['Consultar a un área…', 'mention/refer'],
    ['Nota…', 'mention/note'],
    ['Número de caso…', 'mention/case'],
    ['Posponer…', 'mention/snooze'],
    ['Cerrar…', 'mention/close'],
    ['positivo', 'sentiment/correct'],
    ['¿Por qué?', 'mention/why'],
  ])('%s asks the host for %s', async (label, method) => {
    opened = await openReply(harness);
    await opened.page.getByRole('button', { name: label, exact: true }).first().click();
    await eventually(() => opened.fake.asked.map((one) => one.method)).toContain(method);
  });

  it('that fail say why at the top, until it was read', async () => {
    opened = await openReply(harness);
    opened.host.handle('mention/claim', (value) => value, () => refuse('network.offline'));
    await opened.page.getByRole('button', { name: 'Tomar' }).click();
    await opened.page.locator('.notice [role=alert]', { hasText: 'Sentence for network.offline.' }).waitFor();
    await opened.shot('notice-dark');
    await opened.expectAccessible();
    await opened.page.getByRole('button', { name: 'Entendido' }).click();
    await opened.page.locator('.notice').waitFor({ state: 'hidden' });
  });

  it('an earlier contact opens', async () => {
    opened = await openReply(harness);
    await opened.page.locator('.contact').first().click();
    await eventually(() => opened.fake.asked).toContainEqual({ method: 'mention/show', params: { mentionId: 'm-0000000002' } });
  });

  it('an answer is withdrawn with a reason, never without', async () => {
    opened = await openReply(harness, { canSend: false, answered: true, conversation: [...panelState.conversation, ownPost] });
    await opened.page.locator('[data-key="withdraw r-1"]').click();
    await eventually(focusedKey).toBe('withdrawal reason');
    await opened.page.keyboard.press('Enter');
    await opened.page.locator('.withdrawal [role=alert]', { hasText: 'hace falta un motivo' }).waitFor();
    await opened.page.keyboard.type('Dato equivocado');
    opened.fake.push({ mention: { ...panelState.mention, dueWords: 'otra cosa' } });
    await opened.page.locator('.due-words', { hasText: 'otra cosa' }).waitFor();
    await opened.page.keyboard.press('Enter');
    await eventually(() => opened.fake.asked).toContainEqual({ method: 'reply/withdraw', params: { replyId: 'r-1', reason: 'Dato equivocado' } });
    await opened.page.locator('.withdrawal').waitFor({ state: 'detached' });
  });
});

describe('the page itself', () => {
  it('goes where writing goes on when the host asks for it', async () => {
    opened = await openReply(harness);
    opened.host.notify('panel/focus', {});
    await eventually(focusedKey).toBe('search');
    await opened.page.locator('#answer').fill('Hola');
    await opened.page.locator('.deeds button').first().focus();
    opened.host.notify('panel/focus', {});
    await eventually(focusedKey).toBe('answer');
  });

  it('does not save again because a field was merely visited', async () => {
    opened = await openReply(harness);
    await ready(opened);
    await opened.page.locator('.saved', { hasText: 'Borrador guardado' }).waitFor();
    const saves = opened.fake.saved().length;
    await opened.page.locator('#value-days').focus();
    await opened.page.locator('#answer').focus();
    await opened.page.evaluate(() => window.dispatchEvent(new Event('blur')));
    opened.fake.push({ answered: true });
    await opened.page.locator('.saved', { hasText: 'Borrador guardado' }).waitFor();
    expect(opened.fake.saved()).toHaveLength(saves);
  });

  it('says what went wrong when the host does not let it open, and tries again', async () => {
    opened = await openReply(harness, {}, { refuseOnce: true });
    expect(await opened.page.locator('h1').textContent()).toContain('Ana Ramírez');
    expect(opened.fake.asked.filter(({ method }) => method === 'panel/ready')).toHaveLength(2);
  });

  it('keeps only an id and a position', async () => {
    opened = await openReply(harness, {}, { height: 400 });
    await opened.page.locator('#answer').fill('Un secreto');
    await opened.page.evaluate(() => {
      window.scrollTo({ top: 120 });
    });
    await eventually(() => opened.kept()).toEqual({ id: panelState.mention.id, scroll: 120 });
  });

  it('comes back to where the reader stood', async () => {
    opened = await openReply(harness, {}, { height: 400, kept: { id: panelState.mention.id, scroll: 90 } });
    await eventually(() => opened.page.evaluate(() => window.scrollY)).toBe(90);
  });

  it('shows the due words with a sign, not by colour alone', async () => {
    opened = await openReply(harness);
    expect(await opened.page.locator('.due-words svg').count()).toBe(1);
  });

  it('does not move for those who asked for less motion', async () => {
    opened = await openReply(harness, { phase: { name: 'sending' } }, { reducedMotion: true });
    expect(await opened.page.locator('vscode-progress-ring').first().isVisible()).toBe(false);
    expect(await opened.page.locator('.bar.sending').textContent()).toContain('Enviando…');
  });
});
