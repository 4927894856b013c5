import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type TemplatePreviewState } from '../../src/protocol/templatePreview';
import { eventually, PageHarness, type Look } from './support/pageHarness';
import { openPreview, previewState, type OpenedPreview } from './support/previewFixture';
import { refuse } from './support/replyFixture';

let harness: PageHarness;
let opened: OpenedPreview;

beforeAll(async () => {
  harness = await PageHarness.start('template');
});
afterEach(async () => {
  expect(opened.complaints).toEqual([]);
  expect(opened.strangers).toEqual([]);
  await opened.close();
});
afterAll(() => harness.stop());

const button = (name: string) => opened.page.getByRole('button', { name, exact: true });

const nothing = { propose: false, approve: false, reject: false, withdraw: false, compare: true, edit: true };
const mastodon = previewState.networks[0]!;
const firstText = mastodon.renderings[0]!;

const states: readonly { readonly name: string; readonly change: Partial<TemplatePreviewState> }[] = [
  { name: 'to-approve', change: {} },
  { name: 'own-proposal', change: { may: nothing, whyNot: 'Usted propuso esta versión; la aprueba otra persona de la lista de revisores.' } },
  {
    name: 'draft-with-problems',
    change: {
      state: 'draft', stateWords: 'borrador', inUse: undefined, history: [], may: { ...nothing, propose: true },
      problems: [{ message: 'El espacio {{plazo}} del texto no está entre los datos declarados.', line: 24, refusing: true }, { message: 'El texto en inglés es demasiado largo.', line: undefined, refusing: false }],
      networks: [{ ...mastodon, fits: false, renderings: [{ ...firstText, length: 523, text: `${firstText.text} `.repeat(4) }] }],
    },
  },
  { name: 'hostile', change: { title: '<img src=x onerror=alert(1)> \u202Eoirartnoc', networks: [{ ...mastodon, renderings: [{ ...firstText, text: '<script>alert(1)</script> \u202Egpj' }] }], inUse: [{ key: 'es', languageName: 'español', raw: '<b>viejo</b>' }, { key: 'fr', languageName: 'francés', raw: 'Ancien texte' }] } },
];
const looks: readonly Look[] = [
  { name: 'dark', theme: 'dark', width: 980 },
  { name: 'light', theme: 'light', width: 980 },
  { name: 'hc', theme: 'hc', width: 980 },
  { name: '400', theme: 'dark', width: 400 },
];

describe('the template preview', () => {
  it.each(states)('$name: accessible, nothing cut off, in every look', async ({ name, change }) => {
    opened = await openPreview(harness, change);
    for (const summary of await opened.page.locator('summary').all()) await summary.click();
    for (const look of looks) {
      await opened.wear(look);
      await opened.shot(`${name}-${look.name}`);
      await opened.expectAccessible();
      expect(await opened.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), `cut off in ${look.name}`).toBe(0);
    }
  }, 240_000);
});

describe('a reviewer', () => {
  it('sees each language as a citizen does, with its length', async () => {
    opened = await openPreview(harness);
    expect(await opened.page.locator('.bubble').allTextContents()).toEqual(mastodon.renderings.map(({ text }) => text));
    expect(await opened.page.locator('.counter').allTextContents()).toEqual(['148 / 500', '131 / 500']);
  });

  it('goes from network to network by the arrow keys, and is told where the text is too long', async () => {
    opened = await openPreview(harness);
    const tab = (name: string | RegExp) => opened.page.getByRole('tab', { name });
    await tab('Mastodon').focus();
    await opened.page.keyboard.press('ArrowLeft');
    expect(await tab(/^X/u).getAttribute('aria-selected')).toBe('true');
    expect(await opened.page.evaluate(() => document.activeElement?.id)).toBe('network-x');
    expect(await tab(/^X/u).textContent()).toBe('X (demasiado largo)');
    expect(await opened.page.locator('.counter').allTextContents()).toEqual(['148 / 140 demasiado largo', '131 / 140']);
    expect(await opened.page.locator('.bubble').first().textContent()).toContain('(X)');
    await opened.page.keyboard.press('Home');
    expect(await tab('Mastodon').getAttribute('aria-selected')).toBe('true');
  });

  it('finds the network again that was shown', async () => {
    opened = await openPreview(harness, {}, { kept: { id: 'delay', scroll: 0, network: 'bluesky' } });
    expect(await opened.page.getByRole('tab', { selected: true }).textContent()).toBe('Bluesky');
  });

  it('sees no tabs where there is one network', async () => {
    opened = await openPreview(harness, { networks: [mastodon] });
    expect(await opened.page.getByRole('tab').count()).toBe(0);
    expect(await opened.page.locator('.bubble').count()).toBe(2);
  });

  it('goes to the line of a problem', async () => {
    opened = await openPreview(harness, { problems: [{ message: 'No se usa.', line: 24, refusing: false }] });
    await opened.page.getByRole('button', { name: 'línea 24' }).click();
    await eventually(() => opened.asked).toEqual([{ method: 'template/goTo', params: { line: 24 } }]);
  });

  it('reads that the checks found nothing', async () => {
    opened = await openPreview(harness);
    expect(await opened.page.locator('.checks').textContent()).toBe('Las comprobaciones no encontraron nada.');
  });

  it('says something about the version, and what was typed is kept while the page is hidden', async () => {
    opened = await openPreview(harness, {}, { comment: 'A medio' });
    const field = opened.page.getByLabel('Su comentario');
    expect(await field.inputValue()).toBe('A medio');
    await field.fill('A medio escribir');
    await eventually(() => opened.asked).toEqual([{ method: 'template/keepComment', params: { text: 'A medio escribir' } }]);
    await opened.page.keyboard.press('Control+Enter');
    await eventually(() => opened.asked.at(-1)).toEqual({ method: 'template/comment', params: { text: 'A medio escribir' } });
    await eventually(() => field.inputValue()).toBe('');
  });

  it('keeps a comment that could not be stored, and what is typed when the page is told something', async () => {
    opened = await openPreview(harness);
    opened.answer = (method) => (method === 'template/comment' ? refuse('network.offline') : undefined);
    const field = opened.page.getByLabel('Su comentario');
    await field.fill('No se pierda');
    await button('Comentar').click();
    await opened.page.locator('[role=alert]', { hasText: 'Sentence for network.offline.' }).waitFor();
    opened.push({ version: 5 });
    await opened.page.locator('h1', { hasText: 'versión 5' }).waitFor();
    expect(await field.inputValue()).toBe('No se pierda');
  });

  it('sends no empty comment', async () => {
    opened = await openPreview(harness);
    await button('Comentar').click();
    await eventually(() => opened.page.evaluate(() => document.activeElement?.id)).toBe('comment');
    expect(opened.asked).toEqual([]);
  });

  it('sees what changed against the text in use', async () => {
    opened = await openPreview(harness);
    expect(await opened.page.locator('.comparison del').allTextContents()).toEqual(['quitado: entendemos; ']);
    expect(await opened.page.locator('.comparison ins').allTextContents()).toEqual(['agregado: comprendemos; ']);
    expect(await opened.page.locator('.comparison').nth(1).textContent()).toContain('Sin cambios.');
  });

  it('is told when nothing changed', async () => {
    opened = await openPreview(harness, { inUse: previewState.bodies });
    expect(await opened.page.locator('.in-use').textContent()).toContain('Ninguno: este es el texto en uso.');
  });

  it('approves exactly what was seen', async () => {
    opened = await openPreview(harness);
    await button('Aprobar').click();
    await eventually(() => opened.asked).toEqual([{ method: 'template/approve', params: { contentHash: previewState.contentHash } }]);
  });

  it('approves the new text once the page shows it', async () => {
    opened = await openPreview(harness);
    opened.push({ contentHash: 'f'.repeat(64), version: 5 });
    await opened.page.locator('h1', { hasText: 'versión 5' }).waitFor();
    await button('Aprobar').click();
    await eventually(() => opened.asked.at(-1)?.params).toEqual({ contentHash: 'f'.repeat(64) });
  });

  it.each([
    ['Rechazar…', 'template/reject', {}],
    ['Editar', 'template/edit', {}],
    ['Comparar', 'template/compare', {}],
    ['Retirar…', 'template/withdraw', { state: 'approved', stateWords: 'aprobada', may: { ...nothing, withdraw: true } }],
    ['Proponer', 'template/propose', { may: { ...nothing, propose: true, reject: true } }],
  ] as const)('%s asks the host for %s', async (label, method, change) => {
    opened = await openPreview(harness, change);
    await button(label).click();
    await eventually(() => opened.asked.map((each) => each.method)).toEqual([method]);
  });

  it('is told why it failed', async () => {
    opened = await openPreview(harness);
    opened.answer = () => refuse('network.offline');
    await button('Aprobar').click();
    await opened.page.locator('[role=alert]', { hasText: 'Sentence for network.offline.' }).waitFor();
  });

  it('does not ask twice while the first is under way', async () => {
    opened = await openPreview(harness);
    let letGo: () => void = () => undefined;
    opened.answer = () => new Promise<void>((resolve) => (letGo = resolve));
    await button('Aprobar').dblclick();
    await eventually(() => opened.asked.length).toBe(1);
    expect(await opened.page.locator('[data-key=reject]').getAttribute('disabled')).not.toBeNull();
    letGo();
    await eventually(() => opened.page.locator('[data-key=reject]').getAttribute('disabled')).toBeNull();
    expect(opened.asked).toHaveLength(1);
  });

  it('who may not approve sees why, and no button', async () => {
    opened = await openPreview(harness, { may: nothing, whyNot: 'Usted propuso esta versión.' });
    await opened.page.locator('.bar', { hasText: 'Usted propuso esta versión.' }).waitFor();
    expect(await button('Aprobar').count()).toBe(0);
    expect(await button('Editar').count()).toBe(1);
  });

  it('hears of a new state', async () => {
    opened = await openPreview(harness);
    opened.push({ state: 'approved', stateWords: 'aprobada', may: nothing });
    await opened.page.locator('.unseen[role=status]', { hasText: 'aprobada' }).waitFor({ state: 'attached' });
    expect(await button('Aprobar').count()).toBe(0);
  });

  it('sees hostile words as words', async () => {
    opened = await openPreview(harness, states.find(({ name }) => name === 'hostile')!.change);
    expect(await opened.page.locator('img, b, script:not([src])').count()).toBe(0);
    expect(await opened.page.locator('h1').textContent()).toContain('<img src=x onerror=alert(1)>');
  });
});
