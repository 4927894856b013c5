import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CliDesk, json } from './support/cliWorld';

type Failure = { readonly error: { readonly code: string } };
const reviewer = ['--as', 'Revisora de práctica'] as const;
const why = ['--basis', 'erasureRequest', '--reason', 'Carta del 3 de marzo'] as const;

let desk: CliDesk;
let ids: readonly string[];
/** Values files of before the erasure, by name. */
let old: ReadonlyMap<string, string>;
beforeAll(async () => {
  desk = await CliDesk.make();
  ids = await desk.receive({ text: '@isc Mi cédula es 001-1234567-8', author: 'pedro' }, { text: '@isc ¿Dónde queda la oficina?', author: 'iris' });
});
afterAll(() => {
  desk.close();
});

const failing = async (status: number, ...args: readonly string[]): Promise<string> => {
  const result = await desk.in(...args, '--json');
  expect({ args, status: result.status }).toEqual({ args, status });
  return json<Failure>(result.stdout).error.code;
};
const redact = (...args: readonly string[]): readonly string[] => ['audit', 'redact', ...args];

test('one proposes, another looks and erases; the log verifies and tells of it, and nothing of it is found any more', async () => {
  const id = ids[0]!;
  const proposal = await desk.one<{ id: string }>(...redact('propose', '--mention', id, ...why));
  expect(proposal).toMatchObject({ scope: 'mention', of: id, basis: 'erasureRequest', reason: 'Carta del 3 de marzo', proposedBy: 'Ana Pérez' });
  expect(await desk.lines(...redact('list'))).toMatchObject([{ id: proposal.id }]);
  expect(await desk.one(...redact('show', proposal.id))).toMatchObject({ mentions: [{ id, text: '@isc Mi cédula es 001-1234567-8' }], drafts: 0, exports: [] });
  expect((await desk.in(...redact('show', proposal.id))).stdout).toMatch(/No se puede deshacer|cannot be undone/u);
  expect(await failing(5, ...redact('approve', proposal.id))).toBe('redaction.own');
  const audit = join(desk.dir, '.momentos', 'audit');
  old = new Map(readdirSync(audit).filter((name) => name.endsWith('.values.jsonl')).map((name) => [name, readFileSync(join(audit, name), 'utf8')] as const));
  expect(await desk.one(...redact('approve', proposal.id, ...reviewer))).toMatchObject({ status: 'erased', id: proposal.id, mentions: 1, authors: 1, drafts: 0, setAside: 0 });
  expect(await desk.one('audit', 'verify')).toMatchObject({ ok: true, problems: [] });
  expect(await failing(2, 'show', id)).toBe('mention.notFound');
  expect(await desk.lines(...redact('list', '--done'))).toMatchObject([{ id: proposal.id, scope: 'mention', mentions: 1 }]);
  await desk.in('pull');
  expect((await desk.lines('inbox', '--all')).map((mention) => mention['id'])).toEqual([ids[1]]);
});

test('what a backup brought back is told by verify, and erased again by one person with the role', async () => {
  expect(await desk.one(...redact('again', ...reviewer))).toEqual({ status: 'nothing' });
  const audit = join(desk.dir, '.momentos', 'audit');
  for (const [name, text] of old) {
    const lines = text.split('\n').slice(0, -1);
    const since = readFileSync(join(audit, name), 'utf8').split('\n').filter((line) => line !== '' && !lines.includes(line));
    writeFileSync(join(audit, name), `${[...lines, ...since].join('\n')}\n`);
  }
  const { problems } = await desk.one<{ problems: readonly { code: string }[] }>('audit', 'verify');
  expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['value.notErased']));
  expect(await desk.one(...redact('again', '--dry-run'))).toEqual({ values: problems.length, mentions: [], drafts: 0 });
  expect(await failing(5, ...redact('again'))).toBe('review.notReviewer');
  expect(await desk.one(...redact('again', ...reviewer))).toMatchObject({ status: 'erased', values: problems.length, mentions: 0 });
  expect(await desk.one('audit', 'verify')).toMatchObject({ ok: true, problems: [] });
});

test('what is refused says so by its exit status', async () => {
  const id = ids[1]!;
  expect(await failing(2, ...redact('propose', '--mention', id, '--entry', '3', ...why))).toBe('usage.invalid');
  expect(await failing(2, ...redact('propose', '--mention', id, '--basis', 'because', '--reason', 'x'))).toBe('usage.invalid');
  expect(await failing(2, ...redact('propose', '--author', 'a-nobody', ...why))).toBe('redaction.nothing');
  expect(await failing(2, ...redact('approve', 'x-nada', ...reviewer))).toBe('redaction.notFound');
  const { id: rejected } = await desk.one<{ id: string }>(...redact('propose', '--mention', id, ...why));
  expect(await failing(5, ...redact('propose', '--mention', id, ...why))).toBe('redaction.proposedAlready');
  expect(await desk.one(...redact('reject', rejected, '--reason', 'No procede', ...reviewer))).toMatchObject({ status: 'rejected' });
  await desk.one('hold', 'set', '--all', '--reason', 'Huracán');
  expect(await failing(5, ...redact('propose', '--mention', id, ...why))).toBe('redaction.onHold');
});
