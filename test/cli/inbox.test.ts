import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CliDesk, finished, firstLine, json, jsonLines, type Json, type Outcome } from './support/cliWorld';

const fields = ['id', 'channel', 'author', 'text', 'language', 'postedAt', 'receivedAt', 'sentiment', 'priority', 'status', 'dueAt', 'conversation', 'case', 'url'];

let desk: CliDesk;
let firstPull: Outcome;
beforeAll(async () => {
  desk = await CliDesk.make();
  desk.server.control.addMention({ text: '@isc Pésimo servicio, llevo tres horas esperando en la oficina de San Carlos', author: 'rosa@otra.ejemplo', name: 'Rosa Núñez' });
  desk.server.control.addMention({ text: '@isc ¿Cuál es el horario de la oficina?', author: 'luis' });
  firstPull = await desk.in('pull', '--json');
});
afterAll(() => {
  desk.close();
});

describe('momentos pull and inbox', () => {
  test('pull says for each channel what came, and nothing when nothing did', async () => {
    expect(firstPull.status).toBe(0);
    expect(json(firstPull.stdout)).toEqual({ channels: [{ id: 'mastodon-main', received: 2, new: 2, updated: 0, error: null }] });
    expect(firstPull.stderr).toBe('');
    expect(await desk.one('pull', '--channel', 'mastodon-main')).toEqual({ channels: [{ id: 'mastodon-main', received: 0, new: 0, updated: 0, error: null }] });
    const words = await desk.in('pull');
    expect(words.stdout).toBe('mastodon-main: 0 new, 0 changed\n');
    expect(words.stderr).toBe('');
  });

  test('inbox gives every open mention with the fields of its contract', async () => {
    const mentions = await desk.lines<Json>('inbox');
    expect(mentions).toHaveLength(2);
    for (const mention of mentions) {
      expect(Object.keys(mention).slice(0, fields.length)).toEqual(fields);
      expect(mention['channel']).toBe('mastodon-main');
      expect(mention['language']).toBe('es');
      expect(mention['status']).toBe('open');
      expect(['urgent', 'high', 'normal', 'low']).toContain(mention['priority']);
      for (const time of ['postedAt', 'receivedAt', 'dueAt']) expect(new Date(mention[time] as string).toISOString()).toBe(mention[time]);
      expect(mention['case']).toBeNull();
      expect(mention['url']).toMatch(/^http:/u);
    }
    const rosa = mentions.find(({ author }) => (author as Json)['name'] === 'Rosa Núñez')!;
    expect(Object.keys(rosa['author'] as Json)).toEqual(['id', 'handle', 'name']);
    expect((rosa['author'] as Json)['handle']).toBe('rosa@otra.ejemplo');
    expect(Object.keys(rosa['sentiment'] as Json)).toEqual(['label', 'score']);
    expect((rosa['sentiment'] as Json)['label']).toBe('negative');
    expect(rosa['text']).toContain('llevo tres horas esperando');
  });

  test('closed ones are there with --all only; --search finds without accents; --mine what the operator claimed', async () => {
    const [id = ''] = await desk.receive({ text: '@isc Gracias por todo, ya se resolvió', author: 'marta' });
    await desk.one('close', id, '--reason', 'noAnswerNeeded');
    expect((await desk.lines('inbox')).map((mention) => mention['id'])).not.toContain(id);
    const closed = (await desk.lines('inbox', '--all')).find((mention) => mention['id'] === id);
    expect(closed).toMatchObject({ status: 'closed', closeReason: 'noAnswerNeeded' });
    expect((await desk.lines('inbox', '--search', 'nunez')).map((mention) => (mention['author'] as Json)['name'])).toEqual(['Rosa Núñez']);
    expect(await desk.lines('inbox', '--mine')).toEqual([]);
    const [rosa] = await desk.lines<{ id: string }>('inbox', '--search', 'San Carlos');
    await desk.one('claim', rosa!.id);
    expect((await desk.lines('inbox', '--mine')).map((mention) => mention['status'])).toEqual(['claimed']);
    await desk.one('claim', rosa!.id, '--release');
  });

  test('shows a line for each on a screen, without colours off a terminal and without our own mention in front', async () => {
    const { status, stdout, stderr } = await desk.in('inbox');
    expect(status).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toContain('Rosa Núñez');
    expect(stdout).toContain('Pésimo servicio');
    expect(stdout).not.toContain('@isc Pésimo');
    expect(stdout).not.toContain('\u001b');
    expect(stdout.trimEnd().split('\n')).toHaveLength(2);
  });

  test('what a citizen writes can steer no terminal and cannot turn the reading direction unseen', async () => {
    const [id = ''] = await desk.receive({ text: '@isc hola \u001b[2J\u001b]0;dueño\u0007 fin \u202Edlrow', author: 'raro', name: 'Raro\u001b[31m' });
    for (const { stdout } of [await desk.in('inbox'), await desk.in('show', id)]) {
      expect(stdout).toContain('fin');
      expect(stdout).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
    }
    await desk.one('close', id, '--reason', 'spam');
  });

  test('show gives one mention with its evidence, by the beginning of its id too', async () => {
    const [rosa] = await desk.lines<{ id: string; text: string }>('inbox', '--search', 'San Carlos');
    const shown = await desk.one('show', rosa!.id.slice(0, 9));
    expect(shown).toMatchObject({ id: rosa!.id, text: rosa!.text, notes: [], conversationMentions: [{ id: rosa!.id }] });
    expect(shown['evidence']).toContainEqual({ text: expect.any(String) as string, weight: expect.any(Number) as number });
    expect(shown['templates']).toContainEqual({ id: expect.any(String) as string, version: 1, reasons: expect.any(Array) as string[] });
    const words = await desk.in('show', rosa!.id);
    expect(words.stdout).toContain('Pésimo servicio');
    expect(words.stdout).toContain('@rosa@otra.ejemplo');
  });

  test('finds the desk from a folder below it, and by --desk from anywhere', async () => {
    const below = await desk.run(['inbox', '--json'], { cwd: `${desk.dir}/templates` });
    const named = await desk.run(['inbox', '--json', '--desk', desk.dir]);
    const relative = await desk.run(['inbox', '--json', '--desk=desk']);
    expect(below.status).toBe(0);
    expect(jsonLines(below.stdout).length).toBeGreaterThan(0);
    expect(named.stdout).toBe(below.stdout);
    expect(relative.stdout).toBe(below.stdout);
  });

  test('watch shows what comes in while it runs, and ends with status 0', async () => {
    const child = desk.start(['watch', '--json', '--interval', '5'], { cwd: desk.dir });
    const whole = finished(child);
    desk.server.control.addMention({ text: '@isc Necesito ayuda con mi solicitud 4471', author: 'nuevo' });
    const line = json<{ text: string; status: string }>(await firstLine(child));
    expect(line.text).toContain('4471');
    child.kill('SIGTERM');
    const { status, stdout, stderr } = await whole;
    expect(status).toBe(0);
    expect(jsonLines(stdout)).toHaveLength(1);
    expect(stderr).toBe('');
    expect((await desk.in('watch', '--interval', '1')).status).toBe(2);
  });
});

describe('momentos templates list', () => {
  test('gives every template with the fields of its contract', async () => {
    const templates = await desk.lines<Json>('templates', 'list');
    expect(templates.length).toBeGreaterThanOrEqual(15);
    for (const template of templates) {
      expect(Object.keys(template).slice(0, 8)).toEqual(['id', 'version', 'state', 'title', 'languages', 'topics', 'placeholders', 'expires']);
      expect(template).toMatchObject({ version: 1, state: 'approved', languages: ['es', 'en'] });
      expect(template['title']).not.toBe('');
    }
    const requirements = templates.find(({ id }) => id === 'requirements')!;
    expect(requirements['placeholders']).toContainEqual({ name: 'procedure', required: true });
    expect(requirements['expires']).toBe('2027-12-31');
    const { status, stdout } = await desk.in('templates', 'list');
    expect(status).toBe(0);
    expect(stdout.split('\n').find((line) => line.startsWith('requirements'))).toMatch(/v1 +approved +Requirements/iu);
  });

  test('check finds nothing in the starters, and names file, line and reason of what is wrong', async () => {
    const whole = await desk.in('templates', 'check', '--json');
    expect(whole.status).toBe(0);
    for (const line of jsonLines(whole.stdout)) expect(line).toMatchObject({ ok: true, problems: [] });
  });
});
