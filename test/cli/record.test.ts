import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CliDesk, json, type Json } from './support/cliWorld';

type Failure = { readonly error: { readonly code: string; readonly message: string; readonly details: Json } };

let desk: CliDesk;
beforeAll(async () => {
  desk = await CliDesk.make();
});
afterAll(() => {
  desk.close();
});

const record = (...args: readonly string[]): Promise<Json> => desk.one('record', '--medium', 'phone', '--text', 'Llevo dos horas en la fila', ...args);

describe('momentos record', () => {
  test('notes a contact that then stands in the inbox like any other', async () => {
    const noted = await record('--at', '20m', '--citizen', 'María Pérez <809 555 0101>', '--case', 'RC-7');
    expect(noted).toMatchObject({ channel: 'phone', author: { handle: '809 555 0101', name: 'María Pérez' }, case: 'RC-7', status: 'open', backlog: false });
    expect(Date.parse(String(noted['receivedAt'])) - Date.parse(String(noted['postedAt']))).toBeGreaterThanOrEqual(19 * 60_000);
    expect((await desk.lines('inbox')).map(({ id }) => id)).toContain(noted['id']);
    const letter = await desk.one('record', '--medium', 'letter', '--text', 'Sigo esperando', '--case', 'rc-7');
    expect(letter['conversation']).toBe(noted['conversation']);
  });

  test('notes the answer that was given on the spot, with its own time', async () => {
    const noted = await record('--at', '2h', '--answer', 'Abrimos a las ocho.', '--answered-at', '90m');
    const [reply] = noted['replies'] as readonly { readonly state: string; readonly latencyMs: number }[];
    expect(noted['status']).toBe('answered');
    expect(reply).toMatchObject({ state: 'sent', text: 'Abrimos a las ocho.' });
    expect(Math.abs(reply!.latencyMs - 30 * 60_000)).toBeLessThan(3 * 60_000);
  });

  test.each([
    [['record', '--text', 'x'], 'usage.invalid', 2],
    [['record', '--medium', 'pigeon', '--text', 'x'], 'usage.invalid', 2],
    [['record', '--channel', 'mastodon-main', '--text', 'x'], 'channel.notByHand', 2],
    [['record', '--medium', 'phone', '--text', ' '], 'contact.invalid', 2],
    [['record', '--medium', 'phone', '--text', 'x', '--at', '2099-01-01 08:00'], 'contact.invalid', 2],
    [['record', '--medium', 'phone', '--text', 'x', '--at', 'ayer por la tarde'], 'contact.invalid', 2],
    [['record', '--medium', 'phone', '--text', 'x', '--answered-at', '1m'], 'usage.invalid', 2],
  ])('says what is wrong: %j', async (args, code, status) => {
    const refused = await desk.in(...args, '--json');
    expect(refused.status).toBe(status);
    expect(json<Failure>(refused.stdout).error.code).toBe(code);
  });
});

describe('momentos reply, where no network takes the answer', () => {
  test('shows the text and notes nothing, until it was given', async () => {
    const id = String((await record('--at', '30m'))['id']);
    const args = ['reply', id, '--text', 'Venga mañana con su acta.'];

    const shown = await desk.in(...args);
    expect(shown).toMatchObject({ status: 5, stdout: 'Venga mañana con su acta.\n' });
    expect(shown.stderr).toContain('--given');
    const asJson = await desk.in(...args, '--json');
    expect(json<Failure>(asJson.stdout).error).toMatchObject({ code: 'reply.toGive', details: { text: 'Venga mañana con su acta.' } });
    expect((await desk.one('show', id))['replies']).toEqual([]);

    const given = await desk.one(...args, '--given', '10m');
    expect(given).toMatchObject({ status: 'given', text: 'Venga mañana con su acta.' });
    expect(Math.abs(Number(given['latencyMs']) - 20 * 60_000)).toBeLessThan(3 * 60_000);
    expect(await desk.one('show', id)).toMatchObject({ status: 'answered', replies: [{ state: 'sent' }] });
    expect((await desk.in('reply', id, '--given', '--json')).status).toBe(2);
    expect((await desk.in('audit', 'verify')).status).toBe(0);
  });

  test('takes --given for those contacts only', async () => {
    const [id] = await desk.receive({ text: '@isc ¿Abren el sábado?', author: 'olga' });
    const refused = await desk.in('reply', id!, '--text', 'Sí.', '--given', '--json');
    expect(json<Failure>(refused.stdout).error.code).toBe('usage.invalid');
    expect(desk.server.control.posted()).toEqual([]);
  });
});
