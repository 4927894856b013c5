import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noon } from '../store/testDesk';
import { ana, delayText, luz, ReviewDesk } from './reviewDesk';

let at: ReviewDesk;

beforeEach(async () => {
  at = await ReviewDesk.make();
});
afterEach(async () => {
  await at.remove();
});

const kinds = async (): Promise<string[]> => {
  const found: string[] = [];
  for await (const { entry } of at.stores.audit.read()) found.push(entry.kind);
  return found;
};

describe('what people say about a version', () => {
  it('stands in its history, in order, and changes nothing of its state', async () => {
    await at.as(ana).propose('delay');
    at.desk.clock.time += 1000;
    await at.as(luz).comment('delay', '  ¿Seguro que es el plazo?  ');
    at.desk.clock.time += 1000;
    await at.as(ana).comment('delay', 'Sí, lo dice la norma.');
    expect((await at.as(luz).get('delay')).state).toBe('inReview');
    expect(await at.as(luz).history('delay')).toEqual([
      { kind: 'template.proposed', version: 1, by: 'Ana Pérez', at: noon, reason: undefined },
      { kind: 'template.commented', version: 1, by: 'Luz Marte', at: noon + 1000, reason: '¿Seguro que es el plazo?' },
      { kind: 'template.commented', version: 1, by: 'Ana Pérez', at: noon + 2000, reason: 'Sí, lo dice la norma.' },
    ]);
    expect((await at.as(luz).approve('delay')).state).toBe('approved');
  });

  it('is refused when it is empty, or about nothing', async () => {
    await expect(at.as(luz).comment('delay', ' \n ')).rejects.toMatchObject({ code: 'note.empty' });
    await expect(at.as(luz).comment('nothing', 'Hola')).rejects.toMatchObject({ code: 'template.notFound' });
    expect(await kinds()).toEqual([]);
  });

  it('is not readable in the chain', async () => {
    await at.as(luz).comment('delay', 'Llamar al 809-555-0199');
    expect(await readFile(at.desk.path('audit', '2026-05.jsonl'), 'utf8')).not.toContain('809-555-0199');
  });

  it('is told to another window, which only reads the log', async () => {
    const other = await at.desk.open();
    const desk = at.as(luz, { store: other.templates, audit: other.audit });
    await desk.list();
    let told = 0;
    const stop = desk.onDidChange(() => (told += 1));
    await at.as(ana).propose('delay');
    await expect.poll(() => told, { timeout: 20_000 }).toBeGreaterThan(0);
    expect((await desk.get('delay')).state).toBe('inReview');
    stop();
    await other.dispose();
  });

  it('tells who listens', async () => {
    const desk = at.as(luz);
    let told = 0;
    const stop = desk.onDidChange(() => (told += 1));
    await desk.comment('delay', 'Hola');
    stop();
    expect(told).toBeGreaterThan(0);
  });
});

describe('a text that is not saved yet', () => {
  it('is checked as if it were the working file, and nothing changes', async () => {
    await at.approve();
    const desk = at.as(ana);
    expect(await desk.check('delay', delayText())).toEqual([]);
    expect(await desk.check('delay', delayText({ words: 'Otro texto' }))).toEqual([{ code: 'version.alreadyApproved', detail: '1', refusing: true }]);
    expect(await desk.check('delay', delayText({ version: 2 }).replace('{{days}}.\n\n', '{{dias}}.\n\n'))).toEqual([
      expect.objectContaining({ code: 'placeholder.unknown', detail: 'dias', refusing: true }),
    ]);
    expect(await desk.check('delay', delayText({ version: 2 }).replaceAll('{{days}}', 'dos días'))).toEqual([expect.objectContaining({ code: 'placeholder.unused', refusing: false })]);
    expect(await desk.check('new', delayText())).toEqual([expect.objectContaining({ code: 'id.mismatch', detail: 'delay', refusing: true })]);
    expect((await desk.get('delay')).state).toBe('approved');
    expect(await readFile(at.path('delay.md'), 'utf8')).toBe(delayText());
  });
});

describe('the approved copy, to compare with', () => {
  it('is none at first, then the one in use, whatever is written since', async () => {
    expect(await at.as(ana).approvedText('delay')).toBeUndefined();
    await at.approve();
    await at.write(delayText({ version: 2, words: 'Otro texto' }));
    expect(await at.as(ana).approvedText('delay')).toEqual({ version: 1, text: delayText(), inUse: true });
    expect(await at.as(ana).approvedText('delay', 7)).toBeUndefined();
  });

  it('is the newest one where none is in use', async () => {
    await at.approve(delayText({ expires: '2026-05-31' }));
    at.desk.clock.time += 30 * 86_400_000;
    expect(await at.as(ana).approvedText('delay')).toMatchObject({ version: 1, inUse: false });
  });
});
