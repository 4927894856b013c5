import { cp, mkdir, mkdtemp, readFile, rename, rm, truncate, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sha256Hex } from '../../../src/core/auditChain';
import { openDeskStores } from '../../../src/store/deskStores';
import { comparable, pythonVerdict, redactedDraft, takeOutValues } from './verifiers';
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
  await stores.audit.append([redactedDraft([[2, 'note', 'actor.name'], [4, 'note']], { at: june + 10 })]);
  erasedLine = (await readFile(desk.path('audit', '2026-05.values.jsonl'), 'utf8')).split('\n').find((line) => line.includes('"field":"note"') && line.includes('"seq":2,'))!;
  await takeOutValues(desk.path('audit'), [[2, 'note', 'actor.name'], [4, 'note']]);
  head = (await stores.audit.head()).hash;
  second = await readFile(desk.path('audit', '2026-05.jsonl'), 'utf8');
  await stores.dispose();
});
afterAll(async () => {
  await desk.remove();
});

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

let erasedLine: string;
const juneChain = ['audit', '2026-06.jsonl'] as const;
/** One more entry of kind `redacted`, by somebody who can make hashes. */
const appended = (erased: (seq: number) => unknown): Damage => async (path) => {
  const before = await readFile(path(...juneChain), 'utf8');
  const last = JSON.parse(before.trimEnd().split('\n').at(-1)!) as { readonly seq: number; readonly at: number; readonly hash: string };
  const seq = last.seq + 1;
  const canonical = `{"actor":{"id":"p-0","source":"flag"},"at":${String(last.at)},"body":{"erased":${JSON.stringify(erased(seq))}},"kind":"redacted","prev":"${last.hash}","seq":${String(seq)},"subject":"x-1"}`;
  await writeFile(path(...juneChain), `${before}${canonical.slice(0, -1)},"hash":"${sha256Hex(canonical)}"}\n`);
};

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
  'what was erased put back': edit(values, (text) => `${erasedLine}\n${text}`),
  'something else where a text was erased': edit(values, (text) => `${erasedLine.replace('número 2', 'número 9')}\n${text}`),
  'the entry of the erasure taken out': edit(juneChain, lines((list) => list.slice(0, -1))),
  'the entry of the erasure changed': edit(juneChain, (text) => text.replace('[[2,"note","actor.name"],', '[[2,"note","actor.namf"],')),
  'more gone than was erased': edit(values, lines((list) => list.filter((line) => !line.includes('"field":"note"')))),
  'an erasure of an entry that never was': appended((seq) => [[1, 'note'], [seq + 5, 'note']]),
  'an erasure of a text that never was': appended(() => [[1, 'nothing']]),
  'an erasure of itself': appended((seq) => [[seq, 'reason']]),
  'an erasure whose list is none': appended(() => 'everything'),
  'an erasure whose list is half one': appended(() => [[1, 'note'], [2]]),
  'an erasure before what it names, and the text gone': async (path) => {
    await appended((seq) => [[seq + 1, 'note']])(path);
    await appended(() => [])(path);
  },
  'an erasure under a strange form': edit(juneChain, (text) => text.replace('"kind":"redacted"', '"kind": "redacted"')),
  'a month in the archive': async (path) => {
    await mkdir(path('audit', 'archive'));
    await rename(path(...may), path('audit', 'archive', '2026-05.jsonl'));
  },
  'a value with a fraction': edit(values, (text) => `${text}{"field":"note","salt":"${'00'.repeat(16)}","seq":1,"value":1.5}\n`),
  'a value without measure': edit(values, (text) => `${text}{"field":"note","salt":"${'00'.repeat(16)}","seq":1,"value":1e400}\n`),
  'a value nested past the stack': edit(values, (text) => `${text}{"field":"note","salt":"${'00'.repeat(16)}","seq":1,"value":${'['.repeat(50_000)}${']'.repeat(50_000)}}\n`),
  'a value line with spaces': edit(values, (text) => text.replace('"salt":', '"salt" : ')),
  'a value line in another order, with escapes': edit(values, (text) => text.replace(/\{"field":"note","salt":"([0-9a-f]+)","seq":0,"value":"N/u, '{"seq":0,"value":"\\u004e","salt":"$1","field":"note","x":"')),
  'a value line with a byte order mark': edit(values, (text) => `\ufeff${text}`),
  'lost blocks at the end': async (path) => {
    const whole = await readFile(path(...juneChain));
    whole.fill(0, whole.length - 40, whole.length - 10);
    await writeFile(path(...juneChain), whole);
  },
  'a memory of the head that says nothing': (path) => writeFile(path('audit', 'head.json'), '{"schemaVersion":2,"count":99}'),
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
    const { status, verdict } = await pythonVerdict(join(dir, '.momentos', 'audit'), head);
    expect(comparable(verdict)).toEqual(comparable(ours));
    expect(status).toBe(ours.ok ? 0 : 6);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
});

it('the second one is short, and the log that they read holds more than ASCII', async () => {
  expect((await readFile(join(__dirname, '..', 'verify_audit.py'), 'utf8')).trimEnd().split('\n').length).toBeLessThan(150);
  expect(second).toContain('"values"');
});
