import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CliDesk, json, type Json } from './support/cliWorld';

let desk: CliDesk;
beforeAll(async () => {
  desk = await CliDesk.make();
});
afterAll(() => {
  desk.close();
});

function file(name: string, content: string): string {
  writeFileSync(join(desk.dir, name), content);
  return name;
}

test('imports what it can, keeps the rest aside, and adds nothing the second time', async () => {
  const path = file('llamadas.csv', 'Fecha;Nombre;Mensaje\n14/03/2026 10:00;María;Llevo dos horas en la fila\n;José;Sin fecha\n');
  expect(await desk.one('import', path, '--medium', 'phone', '--dry-run')).toMatchObject({ status: 'checked', imported: 1, rejected: 1, mapping: { at: 'Fecha', name: 'Nombre', text: 'Mensaje' } });
  expect(await desk.lines('inbox', '--all')).toEqual([]);

  const done = await desk.in('import', path, '--medium', 'phone');
  expect(done.status).toBe(0);
  expect(done.stdout).toContain('Imported: 1; known already: 0; rejected: 1');
  expect(done.stdout).toContain('line 3: The date is empty.');
  expect(done.stderr).toContain('María');
  expect(existsSync(join(desk.dir, `${path}.rejected.csv`))).toBe(true);
  expect(await desk.one('import', path, '--medium', 'phone')).toMatchObject({ status: 'imported', imported: 0, known: 1 });
  expect(await desk.lines('inbox', '--all')).toMatchObject([{ channel: 'phone', author: { name: 'María' }, backlog: true }]);
});

test('takes the word of the person for what a column means', async () => {
  const path = file('raro.csv', 'a,b,c\n03/04/2026,Se fue la luz en mi calle,X\n');
  const refused = await desk.in('import', path, '--medium', 'letter', '--map', 'a=at', '--json');
  expect(refused.status).toBe(2);
  expect(json<{ error: Json }>(refused.stdout).error).toMatchObject({ code: 'import.datesUnclear' });
  expect(await desk.one('import', path, '--medium', 'letter', '--map', 'a=at', '--map', 'b=text', '--map', 'c=name', '--dates', 'mdy')).toMatchObject({ imported: 1, mapping: { at: 'a', text: 'b', name: 'c' } });
  expect((await desk.lines('inbox', '--all')).find(({ channel }) => channel === 'letter')).toMatchObject({ postedAt: '2026-03-04T04:00:00.000Z' });
});

test.each([
  [['import', 'nada.csv', '--medium', 'phone'], 'import.unreadable'],
  [['import', 'nada.csv'], 'usage.invalid'],
  [['import', 'nada.csv', '--medium', 'phone', '--dates', 'ymd'], 'usage.invalid'],
])('says what is wrong: %j', async (args, code) => {
  const refused = await desk.in(...args, '--json');
  expect(refused.status).toBe(2);
  expect(json<{ error: Json }>(refused.stdout).error['code']).toBe(code);
});
