import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RedactionTarget } from '../../../src/core/redaction';
import { signEntry } from '../../../src/core/reviewers';
import { generateSigningKey, type SigningKey } from '../../../src/core/signing';
import { createDesk } from '../../../src/desk/desk';
import { type Desk } from '../../../src/desk/deskApi';
import { systemRandomness } from '../../../src/desk/systemClock';
import { makeDesk, mediaDir, quietLogger, type DeskWorld } from '../../support/openDesk';

const reviewer = 'Revisora de práctica';

let world: DeskWorld;
let ana: Desk;
let revisora: Desk;

beforeEach(async () => {
  world = await makeDesk({ server: { count: 0 } });
  world.server.control.addMention({ text: '@isc Perdí mi cédula', author: 'pedro', name: 'Pedro Navaja' });
  world.server.control.addMention({ text: '@isc ¿A qué hora abren?', author: 'maria', name: 'María Luz' });
  ana = await world.open();
  await ana.pulling.pull();
  revisora = await world.open(reviewer);
});
afterEach(() => world.close());

const all = (desk: Desk = ana) => desk.inbox.list({ all: true });
const of = (author: string) => all().find(({ post }) => post.author.handle.startsWith(author))!;
const local = (...parts: readonly string[]): string => join(world.dir, '.momentos', ...parts);
const propose = (target: RedactionTarget) => ana.redactions.propose({ target, basis: 'erasureRequest', reason: 'Lo pidió por carta' });
const mention = (author: string): RedactionTarget => ({ kind: 'mention', id: of(author).id });

function filesWith(text: string, dir = local()): readonly string[] {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    if (statSync(path).isDirectory()) return filesWith(text, path);
    return readFileSync(path).includes(Buffer.from(text)) ? [name] : [];
  });
}

function valuesFile(): string {
  const name = readdirSync(local('audit')).find((each) => each.endsWith('.values.jsonl'));
  return local('audit', name ?? '');
}

/** Entries of the log as an export with everything tells them. */
async function entries(): Promise<readonly { readonly entry: { readonly seq: number; readonly kind: string; readonly subject: string; readonly body: Record<string, unknown> }; readonly values: Record<string, unknown> }[]> {
  const out = join(world.home, 'log.json');
  await ana.audit.export({ format: 'json', out, overwrite: true, personalData: 'include', purpose: 'Prueba' });
  return (JSON.parse(readFileSync(out, 'utf8')) as { entries: never[] }).entries;
}

describe('erasing', () => {
  test('everything of a person takes all messages and the person; a later message is somebody new', async () => {
    world.server.control.addMention({ text: '@isc Sigo esperando', author: 'pedro', name: 'Pedro Navaja' });
    await ana.pulling.pull();
    const { authorId } = of('pedro');
    const { id } = await propose({ kind: 'author', id: authorId });
    await revisora.inbox.refresh();
    const preview = await revisora.redactions.preview(id);
    expect(preview.mentions).toHaveLength(2);
    expect(preview.proposal.reason).toBe('Lo pidió por carta');
    const { outcome } = await revisora.redactions.approve(id, preview);
    expect(outcome).toMatchObject({ mentions: 2, authors: 1, values: preview.values });
    for (const trace of ['Navaja', '@pedro', 'Sigo esperando', authorId]) expect(filesWith(trace).filter((name) => !/^\d{4}-\d\d\.jsonl$/u.test(name)), trace).toEqual([]);
    world.server.control.addMention({ text: '@isc He vuelto', author: 'pedro', name: 'Pedro Navaja' });
    await ana.pulling.pull();
    expect(of('pedro').authorId).not.toBe(authorId);
    expect(await ana.audit.verify()).toMatchObject({ ok: true, problems: [] });
  });

  test('one entry takes its words from the log and the inbox, and who acted only where that was asked for', async () => {
    const { id } = of('maria');
    await ana.triage.note(id, 'Vive en la calle 3');
    await ana.triage.note(id, 'Quiere una cita');
    const noted = (await entries()).find(({ values }) => values['text'] === 'Vive en la calle 3')!;
    await expect(propose({ kind: 'entry', seq: (await entries()).find(({ entry }) => entry.kind === 'mention.received')!.entry.seq, withActor: false })).rejects.toMatchObject({ code: 'redaction.wholeMention' });
    await revisora.redactions.approve((await propose({ kind: 'entry', seq: noted.entry.seq, withActor: false })).id);
    await ana.inbox.refresh();
    expect(filesWith('calle 3')).toEqual([]);
    expect(ana.inbox.get(id).notes.map(({ text }) => text)).toEqual(['Quiere una cita']);
    const after = (await entries())[noted.entry.seq]!;
    expect(after.values).toEqual({ 'actor.name': 'Ana Pérez', 'actor.email': 'ana@isc.example', 'actor.osAccount': noted.values['actor.osAccount'] });
    await revisora.redactions.approve((await propose({ kind: 'entry', seq: noted.entry.seq, withActor: true })).id);
    expect((await entries())[noted.entry.seq]!.values).toEqual({});
    await expect(propose({ kind: 'entry', seq: noted.entry.seq, withActor: true })).rejects.toMatchObject({ code: 'redaction.nothing' });
    await expect(propose({ kind: 'entry', seq: 9_999, withActor: true })).rejects.toMatchObject({ code: 'redaction.nothing' });
    expect(await ana.audit.verify()).toMatchObject({ ok: true, problems: [] });
  });

  test('the first message of a conversation leaves what answers it where it was, without its id', async () => {
    const first = of('pedro');
    await ana.replies.send(first.id, { text: 'Le ayudamos.', values: {} }, { confirm: [] });
    const ours = ana.inbox.get(first.id).replies[0]!.externalId!;
    world.server.control.addMention({ text: '@isc gracias', author: 'carla', inReplyTo: first.post.externalId });
    await ana.pulling.pull();
    await revisora.redactions.approve((await propose({ kind: 'mention', id: first.id })).id);
    world.server.control.addMention({ text: '@isc otra cosa', author: 'carla', inReplyTo: first.post.externalId });
    world.server.control.addMention({ text: '@isc y otra más', author: 'carla', inReplyTo: ours });
    await ana.pulling.pull();
    const later = all().filter(({ post }) => post.author.handle.startsWith('carla'));
    expect(later.map(({ conversation }) => conversation)).toEqual([first.conversation, first.conversation, first.conversation]);
    expect(filesWith(`"${first.post.externalId}"`)).toEqual([]);
    expect(filesWith(`"${ours}"`)).toEqual([]);
    await ana.replies.send(later[0]!.id, { text: 'A la orden.', values: {} }, { confirm: ['answered'] });
    expect(await ana.audit.verify()).toMatchObject({ ok: true, problems: [] });
  });

  test('takes files with it that a crash or damage had left, and lines that cannot be read', async () => {
    writeFileSync(local('inbox.jsonl.torn-5-aa'), `{"id":"${of('pedro').id}","text":"Perdí mi`);
    writeFileSync(local('audit', `${valuesFile().split('/').at(-1)!}.torn-9-bb`), '{"field":"text","salt":"00","seq":99,"value":"Perd');
    writeFileSync(local('drafts', `${of('pedro').id}.json.unreadable-7`), 'nada');
    writeFileSync(local('inbox.jsonl.torn-6-cc'), 'de otra persona');
    appendFileSync(local('inbox.jsonl'), '{"half":"@isc Perdí mi cédula"\n{"half":"otra"\n');
    await ana.inbox.refresh();
    const { outcome } = await revisora.redactions.approve((await propose(mention('pedro'))).id);
    expect(outcome.setAside).toBe(3);
    for (const trace of ['"Perd', 'Perdí']) expect(filesWith(trace), trace).toEqual([]);
    expect(filesWith('{"half":"otra"')).toHaveLength(1);
    expect(existsSync(local('inbox.jsonl.torn-6-cc'))).toBe(true);
  });

  test('of a single note takes the files left behind in which it stands by itself, not those in which it is part of other words', async () => {
    await ana.triage.note(of('pedro').id, 'Resuelto');
    const { count } = await ana.audit.head();
    writeFileSync(local('inbox.jsonl.torn-5-aa'), `{"id":"${of('pedro').id}","notes":[{"text":"Resuelto"`);
    writeFileSync(local('inbox.jsonl.torn-6-bb'), '{"text":"Resuelto a medias');
    appendFileSync(local('inbox.jsonl'), '{"half":"Resuelto"\n{"half":"No está Resuelto"\n');
    await ana.inbox.refresh();
    const { outcome } = await revisora.redactions.approve((await propose({ kind: 'entry', seq: count - 1, withActor: false })).id);
    expect(outcome.setAside).toBe(1);
    await ana.inbox.refresh();
    expect(filesWith('"Resuelto"')).toEqual([]);
    expect(existsSync(local('inbox.jsonl.torn-6-bb'))).toBe(true);
    expect(filesWith('No está Resuelto')).toHaveLength(1);
    expect(of('pedro').notes).toEqual([]);
  });

  test('counts no message as unanswered for ever, and names the files that had left before', async () => {
    const out = join(world.home, 'before.json');
    await ana.audit.export({ format: 'json', out, personalData: 'include', purpose: 'Prueba' });
    await ana.audit.export({ format: 'jsonl', out: join(world.home, 'plain.jsonl') });
    const { id } = await propose(mention('pedro'));
    expect((await revisora.redactions.preview(id)).exports).toMatchObject([{ by: 'Ana Pérez', format: 'json' }]);
    const result = await revisora.redactions.approve(id);
    expect(result.exports).toMatchObject([{ by: 'Ana Pérez', format: 'json' }]);
    expect(await ana.audit.report({ from: world.clock.now() - 86_400_000, to: world.clock.now() + 86_400_000 })).toMatchObject({ open: 1, closedByReason: { erased: 1 } });
    const kinds = (await entries()).filter(({ entry }) => entry.subject === id);
    expect(kinds.map(({ entry }) => entry.kind)).toEqual(['redaction.proposed', 'redacted']);
    expect(kinds[0]!.values['reason']).toBe('Lo pidió por carta');
    expect(kinds[1]!.entry.body).toMatchObject({ scope: 'mention', basis: 'erasureRequest', part: 1, parts: 1, mentions: 1, proposedBy: ana.operator.id });
  });

  test('in one window is seen in another one at work, and more is written from both', async () => {
    const { id } = await propose(mention('pedro'));
    const [kept] = [of('maria').id];
    await Promise.all([
      revisora.redactions.approve(id),
      ...Array.from({ length: 20 }, (_unused, index) => (index % 2 === 0 ? ana : revisora).triage.note(kept, `nota ${String(index)}`)),
    ]);
    await ana.inbox.refresh();
    expect(all().map((each) => each.id)).toEqual([kept]);
    expect(ana.inbox.get(kept).notes).toHaveLength(20);
    expect(await ana.audit.verify()).toMatchObject({ ok: true, problems: [] });
  });
});

describe('is refused', () => {
  test('to whoever proposed it, to who is no reviewer, and to a reviewer without the role', async () => {
    const { id } = await propose(mention('pedro'));
    await expect(ana.redactions.approve(id)).rejects.toMatchObject({ code: 'redaction.own' });
    const beto = await world.open('Beto <beto@isc.example>');
    await expect(beto.redactions.approve(id)).rejects.toMatchObject({ code: 'review.notReviewer' });
    await expect(beto.redactions.reject(id, 'No')).rejects.toMatchObject({ code: 'review.notReviewer' });
    const templatesOnly = await withRoles('Solo Plantillas', ['templates']);
    await expect(templatesOnly.redactions.approve(id)).rejects.toMatchObject({ code: 'reviewer.roleMissing' });
    const decides = await withRoles('Decide Borrados', ['redactions']);
    await decides.redactions.reject(id, 'No procede');
    expect(await ana.redactions.list()).toEqual([]);
    await expect(decides.redactions.approve(id)).rejects.toMatchObject({ code: 'redaction.notFound' });
    expect(filesWith('Perdí mi cédula')).not.toEqual([]);
    await Promise.all([templatesOnly.dispose(), decides.dispose()]);
  });

  test('while a legal hold, a crisis or an unfinished answer stands on it', async () => {
    const { id } = await propose(mention('pedro'));
    const legal = await ana.legalHolds.set({ scope: { kind: 'author', id: of('pedro').authorId }, reason: 'Oficio 12' });
    await expect(revisora.redactions.preview(id)).rejects.toMatchObject({ code: 'redaction.held', details: { hold: legal.id } });
    await expect(revisora.redactions.approve(id)).rejects.toMatchObject({ code: 'redaction.held' });
    await revisora.legalHolds.lift(legal.id, 'Ya');
    const crisis = await ana.holds.set({ scope: { kind: 'all' }, reason: 'Huracán' });
    await expect(revisora.redactions.approve(id)).rejects.toMatchObject({ code: 'redaction.onHold', details: { hold: crisis.id } });
    await revisora.holds.lift(crisis.id);
    await ana.approvals.submit(of('pedro').id, { text: 'Espere', values: {} }, { confirm: [] });
    await expect(revisora.redactions.approve(id)).rejects.toMatchObject({ code: 'redaction.underWay' });
    await ana.approvals.takeBack(of('pedro').id);
    await revisora.redactions.approve(id);
    expect(all(revisora)).toHaveLength(1);
  });

  test('when it is proposed twice, without a reason, or when more would go than was shown', async () => {
    await expect(ana.redactions.propose({ target: mention('pedro'), basis: 'unlawful', reason: ' ' })).rejects.toMatchObject({ code: 'redaction.reasonMissing' });
    const { id } = await propose(mention('pedro'));
    await expect(propose(mention('pedro'))).rejects.toMatchObject({ code: 'redaction.proposedAlready', details: { id } });
    const seen = await revisora.redactions.preview(id);
    await ana.triage.note(of('pedro').id, 'Algo nuevo');
    await expect(revisora.redactions.approve(id, seen)).rejects.toMatchObject({ code: 'redaction.changed' });
    await revisora.inbox.refresh();
    await revisora.redactions.approve(id, await revisora.redactions.preview(id));
  });

  test.each(['edited', 'cut out', 'unreadable'])('when a text beside the log was %s: nothing is guessed, nothing is touched', async (damage) => {
    const { id } = await propose(mention('pedro'));
    const path = valuesFile();
    const before = readFileSync(path, 'utf8');
    const lines = before.split('\n');
    const at = lines.findIndex((line) => line.includes('Perdí mi cédula'));
    if (damage === 'cut out') lines.splice(at, 1);
    else lines[at] = damage === 'edited' ? lines[at]!.replace('Perdí', 'Perdi') : lines[at]!.slice(3);
    writeFileSync(path, lines.join('\n'));
    await expect(revisora.redactions.approve(id)).rejects.toMatchObject({ code: 'redaction.damaged' });
    expect(readFileSync(path, 'utf8')).toBe(lines.join('\n'));
    expect(existsSync(local('redaction.json'))).toBe(false);
    expect(await revisora.redactions.done()).toEqual([]);
    await revisora.dispose();
    writeFileSync(path, before);
    await (await world.open(reviewer)).redactions.approve(id);
    expect(await ana.audit.verify()).toMatchObject({ ok: true });
  });

  test('on a desk opened for reading', async () => {
    const { id } = await propose(mention('pedro'));
    const reading = await createDesk({ dir: world.dir, environment: world.environment, clock: world.clock, random: systemRandomness, logger: quietLogger, version: '0.0.0', mediaDir, as: reviewer, readOnly: true });
    expect(await reading.redactions.list()).toHaveLength(1);
    expect((await reading.redactions.preview(id)).mentions).toHaveLength(1);
    await expect(reading.redactions.approve(id)).rejects.toMatchObject({ code: 'store.notWritable' });
    await reading.dispose();
  });
});

/** A reviewer of the practice desk with a key of his own and these roles. */
async function withRoles(name: string, roles: readonly ('templates' | 'redactions')[]): Promise<Desk> {
  const { key }: { readonly key: SigningKey } = generateSigningKey();
  const path = join(world.dir, 'momentos.json');
  const [comment = '', ...rest] = readFileSync(path, 'utf8').split('\n');
  const config = JSON.parse(rest.join('\n')) as { reviewers: object[] };
  const entry = signEntry('isc', { name, practice: true, roles: [...roles] }, key.publicKey, key, world.clock.now());
  writeFileSync(path, `${comment}\n${JSON.stringify({ ...config, reviewers: [...config.reviewers, entry] }, undefined, 2)}\n`);
  return createDesk({ dir: world.dir, environment: world.environment, clock: world.clock, random: systemRandomness, logger: quietLogger, version: '0.0.0', mediaDir, as: name, signer: () => ({ key: () => Promise.resolve(key) }) });
}
