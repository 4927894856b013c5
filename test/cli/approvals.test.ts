import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CliDesk, json, type Json } from './support/cliWorld';

type Failure = { readonly error: { readonly code: string; readonly message: string } };
const reviewer = ['--as', 'Revisora de práctica'] as const;

let desk: CliDesk;
let ids: readonly string[];
beforeAll(async () => {
  desk = await CliDesk.make();
  const path = join(desk.dir, 'momentos.json');
  writeFileSync(path, readFileSync(path, 'utf8').replace('"freeText": "allow"', '"freeText": "second-person"'));
  ids = await desk.receive({ text: '@isc ¿A qué hora abren?', author: 'pedro' }, { text: '@isc ¿Dónde queda la oficina?', author: 'iris' });
});
afterAll(() => {
  desk.close();
});

const refused = async (...args: readonly string[]): Promise<string> => {
  const { status, stdout } = await desk.in(...args, '--json');
  expect(status).toBe(5);
  return json<Failure>(stdout).error.code;
};

test('words that nobody approved wait: handed in, listed, returned, handed in again, sent by a second person', async () => {
  const id = ids[0]!;
  const reply = ['reply', id, '--text', 'Abrimos a las ocho.'];
  expect(await refused(...reply)).toBe('reply.needsSecondPerson');
  expect(await refused(...reply, '--dry-run')).toBe('reply.needsSecondPerson');
  expect(await desk.one(...reply, '--submit')).toMatchObject({ status: 'submitted', id, why: 'freeText', text: 'Abrimos a las ocho.' });
  expect(await desk.lines('approvals')).toMatchObject([{ id, author: 'Ana Pérez', mine: false }]);
  expect(await desk.lines('approvals', ...reviewer)).toMatchObject([{ id, mine: true }]);
  expect(await refused('approvals', 'send', id)).toBe('reply.ownAnswer');
  expect(await desk.one('approvals', 'return', id, '--reason', 'Falta el sábado', ...reviewer)).toMatchObject({ status: 'returned', reason: 'Falta el sábado' });
  expect(await refused('approvals', 'send', id, ...reviewer)).toBe('reply.notWaiting');
  await desk.one(...reply, '--submit');
  expect(await desk.one('approvals', 'take-back', id)).toMatchObject({ status: 'takenBack' });
  await desk.one(...reply, '--submit');
  expect(await desk.one('approvals', 'send', id, '--text', 'Abrimos a las ocho; el sábado, a las nueve.', ...reviewer)).toMatchObject({ status: 'sent', text: '@pedro Abrimos a las ocho; el sábado, a las nueve.', approvalMs: expect.any(Number) as number });
  expect(desk.server.control.posted()).toHaveLength(1);
});

test('a hold lets nothing out but its statement, and is lifted by a second person', async () => {
  const hold = await desk.one<Json & { id: string }>('hold', 'set', '--all', '--reason', 'Huracán', '--statement', 'thanks', '--until', '2h');
  expect(hold).toMatchObject({ scope: 'all', of: null, reason: 'Huracán', statement: 'thanks', setBy: 'Ana Pérez' });
  expect(await refused('reply', ids[1]!, '--template', 'acknowledgement')).toMatch(/^(reply\.onHold|reply\.hole)$/u);
  expect(await refused('reply', ids[1]!, '--text', 'Hola', '--submit')).toBe('reply.onHold');
  expect(await desk.lines('hold', 'list')).toHaveLength(1);
  expect(await refused('hold', 'lift', hold.id)).toBe('hold.own');
  expect(await desk.one('reply', ids[1]!, '--template', 'thanks')).toMatchObject({ status: 'sent' });
  expect(await desk.one('hold', 'lift', hold.id, ...reviewer)).toMatchObject({ status: 'lifted' });
  expect(await desk.lines('hold')).toEqual([]);
});
