import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rename, rm, truncate, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AuditVerdict } from '../../../src/core/audit';
import { openDeskStores } from '../../../src/store/deskStores';
import { draftOf, FixedClock, LogBook, systemRandom, TestDesk } from './testDesk';

const june = Date.UTC(2026, 5, 3);
let desk: TestDesk;
let head: string;
let second: string;

beforeAll(async () => {
  desk = await TestDesk.make();
  const stores = await desk.open();
  for (let index = 0; index < 6; index += 1) await stores.audit.append([draftOf(index)]);
  await stores.audit.append([{ ...draftOf(6), values: { note: 'Ñandú 🇩🇴 "comillas" \u0001 \\ \u2028 fin', deep: { b: [1, null, true], a: { z: '', y: -5 } } } }]);
  for (let index = 7; index < 10; index += 1) await stores.audit.append([draftOf(index, { at: june + index })]);
  head = (await stores.audit.head()).hash;
  second = await readFile(desk.path('audit', '2026-05.jsonl'), 'utf8');
  await stores.dispose();
});
afterAll(async () => {
  await desk.remove();
});

interface PythonVerdict {
  readonly status: number;
  readonly verdict: AuditVerdict;
}

function python(folder: string, expected?: string): Promise<PythonVerdict> {
  const args = [join(__dirname, '..', 'verify_audit.py'), folder, ...(expected === undefined ? [] : ['--expect', expected])];
  return new Promise((resolve, reject) => {
    execFile('python3', args, (error, stdout, stderr) => {
      if (stdout === '') reject(new Error(stderr));
      else resolve({ status: typeof error?.code === 'number' ? error.code : 0, verdict: JSON.parse(stdout) as AuditVerdict });
    });
  });
}

type Damage = (path: (...parts: readonly string[]) => string) => Promise<void>;
const may = ['audit', '2026-05.jsonl'] as const;
const values = ['audit', '2026-05.values.jsonl'] as const;
const edit = (parts: readonly string[], change: (text: string) => string): Damage => async (path) => {
  const before = await readFile(path(...parts), 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  await writeFile(path(...parts), after);
};
const lines = (change: (list: string[]) => string[]) => (text: string): string => `${change(text.trimEnd().split('\n')).join('\n')}\n`;

const damages: Readonly<Record<string, Damage>> = {
  'left alone': async () => undefined,
  'a letter of an entry changed': edit(may, (text) => text.replace('"kind":"mention', '"kind":"xention')),
  'a hash changed': edit(may, (text) => text.replace(/"hash":"./u, (found) => `${found.slice(0, -1)}${found.endsWith('0') ? '1' : '0'}`)),
  'an entry gone': edit(may, lines((list) => [...list.slice(0, 2), ...list.slice(3)])),
  'two entries swapped': edit(may, lines(([first = '', next = '', ...rest]) => [next, first, ...rest])),
  'an entry twice': edit(may, lines(([first = '', ...rest]) => [first, first, ...rest])),
  'a space in a line': edit(may, (text) => text.replace('"at":', '"at": ')),
  'a line that is none': edit(may, (text) => `nonsense\n${text}`),
  'a month gone': (path) => unlink(path(...may)),
  'a torn tail': async (path) => truncate(path('audit', '2026-06.jsonl'), (await readFile(path('audit', '2026-06.jsonl'))).length - 10),
  'a torn tail in an old month': async (path) => truncate(path(...may), (await readFile(path(...may))).length - 10),
  'a tail cut whole': edit(['audit', '2026-06.jsonl'], lines((list) => list.slice(0, -1))),
  'a value changed': edit(values, (text) => text.replace('Ñandú', 'Nandú')),
  'a value gone': edit(values, lines((list) => list.slice(0, -1))),
  'a value of nothing': edit(values, (text) => `${text}{"field":"note","salt":"${'00'.repeat(16)}","seq":999,"value":"x"}\n`),
  'a value line that is none': edit(values, (text) => `${text}{"field":1}\n`),
  'the values gone': (path) => unlink(path(...values)),
  'months under each other\'s name': async (path) => {
    await rename(path(...may), path('audit', 'x'));
    await rename(path('audit', '2026-06.jsonl'), path(...may));
    await rename(path('audit', 'x'), path('audit', '2026-06.jsonl'));
  },
  'the memory of the head gone': (path) => unlink(path('audit', 'head.json')),
};

it.each(Object.keys(damages))('both verifiers say the same of a log with: %s', async (name) => {
  const dir = await mkdtemp(join(tmpdir(), 'momentos-second-'));
  try {
    await cp(desk.dir, dir, { recursive: true });
    await damages[name]!((...parts) => join(dir, '.momentos', ...parts));
    const stores = await openDeskStores({ dir, sharing: 'private', clock: new FixedClock(june + 30), random: systemRandom, logger: new LogBook(), readOnly: true });
    const ours = await stores.audit.verify({ expect: head });
    await stores.dispose();
    const { status, verdict } = await python(join(dir, '.momentos', 'audit'), head);
    // Which kinds there are is no part of the format: only the program that wrote them knows its own.
    const found = ({ problems }: AuditVerdict): readonly string[] => problems.filter(({ code }) => code !== 'kind.unknown').map(({ severity, code, seq }) => `${severity} ${code} ${String(seq ?? '')}`).sort();
    expect({ ...verdict, problems: found(verdict) }).toEqual({ ...ours, problems: found(ours) });
    expect(status).toBe(ours.ok ? 0 : 6);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
});

it('the second one is short, and the log that they read holds more than ASCII', async () => {
  expect((await readFile(join(__dirname, '..', 'verify_audit.py'), 'utf8')).trimEnd().split('\n').length).toBeLessThan(150);
  expect(second).toContain('"values"');
});
