import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AuditRecord } from '../../../src/core/audit';
import { generateSigningKey } from '../../../src/core/signing';
import { createDesk } from '../../../src/desk/desk';
import { type Desk } from '../../../src/desk/deskApi';
import { systemRandomness } from '../../../src/desk/systemClock';
import { makeDesk, mediaDir, quietLogger, type DeskWorld } from '../../support/openDesk';

const reviewer = 'Revisora de práctica';
const free = { text: 'Buenos días. Abrimos a las ocho.', values: {} };

let world: DeskWorld;
let ana: Desk;
let revisora: Desk;
let id: string;

beforeEach(async () => {
  world = await makeDesk({ server: { count: 0 } });
  change({ replies: { freeText: 'second-person' }, staff: [{ name: 'Beto Draft', email: 'beto@isc.example', may: 'draft' }] });
  world.server.control.addMention({ text: '@isc ¿A qué hora abren?', author: 'pedro', name: 'Pedro' });
  ana = await world.open();
  revisora = await world.open(reviewer);
  await ana.pulling.pull();
  id = ana.inbox.list()[0]!.id;
  await revisora.inbox.refresh();
});
afterEach(() => world.close());

function change(part: Record<string, unknown>): void {
  const path = join(world.dir, 'momentos.json');
  const [comment, ...rest] = readFileSync(path, 'utf8').split('\n');
  writeFileSync(path, `${comment!}\n${JSON.stringify({ ...(JSON.parse(rest.join('\n')) as object), ...part }, undefined, 2)}\n`);
}

const posted = (): readonly string[] => world.server.control.posted().map(({ text }) => text);

async function records(desk: Desk, file = 'log.json'): Promise<readonly AuditRecord[]> {
  const out = join(world.home, file);
  await desk.audit.export({ format: 'json', out, overwrite: true, personalData: 'include', purpose: 'Prueba' });
  return (JSON.parse(readFileSync(out, 'utf8')) as { entries: AuditRecord[] }).entries;
}

describe('an answer that nobody approved', () => {
  test('is not sent on one person\'s word; a reviewer sends it, and both stand in the log with the time it waited', async () => {
    await expect(ana.replies.send(id, free, { confirm: [] })).rejects.toMatchObject({ code: 'reply.needsSecondPerson', details: { why: 'freeText' } });
    expect((await ana.replies.check(id, free)).secondPerson).toBe('freeText');
    await ana.replies.saveDraft(id, free);
    const { submission } = await ana.approvals.submit(id, free, { confirm: [] });
    expect(await ana.replies.draft(id)).toBeUndefined();
    expect(ana.inbox.groupOf(ana.inbox.get(id))).toBe('waitingApproval');
    expect(posted()).toEqual([]);

    expect(await ana.approvals.may(ana.inbox.get(id))).toMatchObject({ approve: false, takeBack: true, whyNot: { code: 'reply.ownAnswer' } });
    await expect(ana.approvals.send(id, { confirm: [] })).rejects.toMatchObject({ code: 'reply.ownAnswer' });
    await expect(ana.replies.send(id, await ana.replies.render(id, 'hours-location', 'es', {}), { confirm: [] })).rejects.toMatchObject({ code: 'reply.waitsForApproval' });
    await expect(ana.triage.close([id], 'spam')).rejects.toMatchObject({ code: 'reply.waitsForApproval' });

    world.clock.forward(10 * 60_000);
    await revisora.inbox.refresh();
    expect(revisora.approvals.list()).toMatchObject([{ mention: { id }, submission: { id: submission.id, text: free.text, by: { name: 'Ana Pérez' } } }]);
    const { reply, mention } = await revisora.approvals.send(id, { confirm: [] });
    expect(posted()).toEqual([`@pedro ${free.text}`]);
    expect(mention).toMatchObject({ status: 'answered' });
    expect(mention.submission).toBeUndefined();
    expect(reply.approved?.approvalMs).toBeGreaterThanOrEqual(10 * 60_000);

    const log = (await records(revisora)).filter(({ entry }) => entry.kind.startsWith('reply.'));
    expect(log.map(({ entry }) => entry.kind)).toEqual(['reply.submitted', 'reply.approved', 'reply.intended', 'reply.sent']);
    expect(log.map(({ values }) => values['actor.name'])).toEqual(['Ana Pérez', reviewer, reviewer, reviewer]);
    expect(log[1]!.entry.body).toMatchObject({ mended: false, kept: 1000, author: submission.by.id });
    const latency = log[3]!.entry.body['latency'] as Record<string, number>;
    expect(latency['submittedAt']).toBe(submission.at);
    expect(latency['approvalMs']).toBe(latency['secondApprovedAt']! - submission.at);
    expect(latency['calendarMs']).toBeGreaterThanOrEqual(latency['approvalMs']!);

    const csv = join(world.home, 'replies.csv');
    await revisora.audit.export({ format: 'csv', out: csv, personalData: 'include', purpose: 'Prueba' });
    const [head, row] = readFileSync(csv, 'utf8').replace('\uFEFF', '').split('\r\n').map((line) => line.split(','));
    const cell = (name: string): string | undefined => row![head!.indexOf(name)];
    expect(cell('author_name')).toBe('Pedro');
    expect([cell('written_by_name'), cell('written_by_id'), cell('operator_name')]).toEqual(['Ana Pérez', submission.by.id, reviewer]);
    expect(cell('approval_ms')).toBe(String(latency['approvalMs']));
    expect(cell('submitted_at')).toBe(new Date(submission.at).toISOString());
    expect((await revisora.audit.report({ from: 0, to: world.clock.now() + 1 })).approval).toMatchObject({ n: 1, medianMs: latency['approvalMs'] });
    expect((await revisora.audit.verify()).ok).toBe(true);
  });

  test('is mended by the reviewer: what was sent and how much was kept is logged; the author\'s confirmations do not cover new words', async () => {
    const draft = { text: 'Mire https://otra.example/pagina para el horario.', values: {} };
    await expect(ana.approvals.submit(id, draft, { confirm: [] })).rejects.toMatchObject({ code: 'reply.toConfirm' });
    await ana.approvals.submit(id, draft, { confirm: ['link'] });
    await revisora.inbox.refresh();
    const other = { ...revisora.approvals.draft(id), text: 'Mire https://peor.example/pagina para el horario.' };
    await expect(revisora.approvals.send(id, { draft: other, confirm: [] })).rejects.toMatchObject({ code: 'reply.toConfirm', details: { confirm: ['link'] } });
    await revisora.approvals.send(id, { draft: { ...other, text: 'Mire el horario en la puerta.' }, confirm: [] });
    expect(posted()).toEqual(['@pedro Mire el horario en la puerta.']);
    const approved = (await records(revisora)).find(({ entry }) => entry.kind === 'reply.approved')!;
    expect(approved.values['text']).toBe('Mire el horario en la puerta.');
    expect(approved.entry.body['mended']).toBe(true);
    expect(approved.entry.body['kept']).toBeGreaterThan(0);
    expect(approved.entry.body['kept']).toBeLessThan(1000);
  });

  test('comes back with a reason and is the author\'s draft again; handed in once more, all its waiting counts', async () => {
    await ana.approvals.submit(id, free, { confirm: [] });
    world.clock.forward(60_000);
    await revisora.inbox.refresh();
    await expect(revisora.approvals.giveBack(id, '  ')).rejects.toMatchObject({ code: 'review.reasonMissing' });
    await revisora.approvals.giveBack(id, 'Falta el sábado');
    await ana.inbox.refresh();
    expect(ana.inbox.get(id)).toMatchObject({ returned: { reason: 'Falta el sábado', by: reviewer } });
    expect(await ana.replies.draft(id)).toMatchObject({ text: free.text });
    await ana.approvals.submit(id, { ...free, text: 'Abrimos a las ocho; el sábado, a las nueve.' }, { confirm: [] });
    expect(ana.inbox.get(id).returned).toBeUndefined();
    world.clock.forward(60_000);
    await revisora.inbox.refresh();
    const { reply } = await revisora.approvals.send(id, { confirm: [] });
    expect(reply.approved?.approvalMs).toBeGreaterThanOrEqual(120_000);
    const returned = (await records(revisora)).find(({ entry }) => entry.kind === 'reply.returned')!;
    expect(returned.values).toMatchObject({ reason: 'Falta el sábado', text: free.text });
  });

  test('its author takes it back; nobody else does', async () => {
    await ana.approvals.submit(id, free, { confirm: [] });
    await revisora.inbox.refresh();
    await expect(revisora.approvals.takeBack(id)).rejects.toMatchObject({ code: 'reply.waitsForApproval' });
    await ana.approvals.takeBack(id);
    await expect(revisora.approvals.send(id, { confirm: [] })).rejects.toMatchObject({ code: 'reply.notWaiting' });
    expect(await ana.replies.draft(id)).toMatchObject({ text: free.text });
    expect(posted()).toEqual([]);
  });

  test('two reviewers at once: one sends, the other is told', async () => {
    await ana.approvals.submit(id, free, { confirm: [] });
    const other = await world.open(reviewer);
    await revisora.inbox.refresh();
    const outcomes = await Promise.allSettled([revisora.approvals.send(id, { confirm: [] }), other.approvals.send(id, { confirm: [] })]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(posted()).toHaveLength(1);
  });

  test('waits again when the network refuses it, and survives a restart', async () => {
    await ana.approvals.submit(id, free, { confirm: [] });
    await revisora.inbox.refresh();
    world.server.control.fault({ kind: '403', path: '^/api/v1/statuses$', method: 'POST' });
    await expect(revisora.approvals.send(id, { confirm: [] })).rejects.toBeDefined();
    const again = await world.open(reviewer);
    expect(again.approvals.list()).toMatchObject([{ submission: { text: free.text, by: { name: 'Ana Pérez' } } }]);
    await again.approvals.send(id, { confirm: [] });
    expect(posted()).toHaveLength(1);
  });
});

test('an approved text goes out as before; one of somebody who only drafts waits all the same', async () => {
  const beto = await world.open('Beto Draft <beto@isc.example>');
  const draft = await beto.replies.render(id, 'hours-location', 'es', { hours: 'de lunes a viernes, de ocho a cuatro', place: 'la sede', phone: '809-555-0100', link: 'https://isc.example/horarios', address: 'Av. 1' }).catch(() => beto.replies.render(id, 'thanks', 'es', {}));
  await expect(beto.replies.send(id, draft, { confirm: [] })).rejects.toMatchObject({ code: 'reply.needsSecondPerson', details: { why: 'draftOnly' } });
  await ana.replies.send(id, draft, { confirm: ['personal-data', 'link'] });
  expect(posted()).toHaveLength(1);
});

test('a person who is no reviewer is not the second person', async () => {
  await ana.approvals.submit(id, free, { confirm: [] });
  const carla = await world.open('Carla Ruiz <carla@isc.example>');
  await expect(carla.approvals.send(id, { confirm: [] })).rejects.toMatchObject({ code: 'review.notReviewer' });
  await expect(carla.approvals.giveBack(id, 'no')).rejects.toMatchObject({ code: 'review.notReviewer' });
});

describe('answers on hold', () => {
  const scope = { kind: 'topic', id: 'flood' } as const;
  let flood: string;

  beforeEach(async () => {
    change({ topics: [{ id: 'flood', name: 'Inundación', words: ['inundacion'] }], replies: { freeText: 'allow' } });
    world.server.control.addMention({ text: '@isc Con la Inundación no llego a mi cita', author: 'hugo', name: 'Hugo' });
    ana = await world.open();
    revisora = await world.open(reviewer);
    await ana.pulling.pull();
    await revisora.inbox.refresh();
    flood = ana.inbox.list().find(({ post }) => post.author.name === 'Hugo')!.id;
  });

  test('are not forgotten when their file cannot be read: nothing goes out until a person has looked', async () => {
    await ana.holds.set({ scope: { kind: 'all' }, reason: 'Huracán' });
    const file = join(world.dir, '.momentos', 'holds.json');
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, before.slice(0, -10));
    await expect(revisora.replies.send(flood, { text: 'Hola', values: {} }, { confirm: [] })).rejects.toMatchObject({ code: 'store.unreadable' });
    await expect(ana.holds.set({ scope: { kind: 'all' }, reason: 'Otra' })).rejects.toMatchObject({ code: 'store.unreadable' });
    expect(readFileSync(file, 'utf8')).toBe(before.slice(0, -10));
    writeFileSync(file, before);
    await expect(revisora.replies.send(flood, { text: 'Hola', values: {} }, { confirm: [] })).rejects.toMatchObject({ code: 'reply.onHold' });
    expect(posted()).toEqual([]);
  });

  test('outside practice are not lifted from the same account under another name, nor with a key made for it', async () => {
    change({ reviewers: [] });
    const withKey = (as: string): Promise<Desk> => {
      const { key } = generateSigningKey();
      return createDesk({ dir: world.dir, environment: world.environment, clock: world.clock, random: systemRandomness, logger: quietLogger, version: '0.0.0', mediaDir, as, signer: () => ({ key: () => Promise.resolve(key) }) });
    };
    const [setter, other] = [await withKey('Ana Pérez <ana@isc.example>'), await withKey('Carla Ruiz <carla@isc.example>')];
    try {
      expect(other.practice).toBe(false);
      const hold = await setter.holds.set({ scope: { kind: 'all' }, reason: 'Huracán' });
      await expect(other.holds.lift(hold.id)).rejects.toMatchObject({ code: 'hold.own' });
    } finally {
      await Promise.all([setter.dispose(), other.dispose()]);
    }
  });

  test('let only the statement out for what they cover, say who and why, and are lifted by a second person', async () => {
    const hold = await ana.holds.set({ scope, reason: 'Huracán', statement: 'acknowledge-receipt' }).catch(() => ana.holds.set({ scope, reason: 'Huracán', statement: 'thanks' }));
    expect((await revisora.holds.covering(revisora.inbox.get(flood))).map((each) => each.id)).toEqual([hold.id]);
    expect(await revisora.holds.covering(revisora.inbox.get(id))).toEqual([]);
    await expect(revisora.replies.send(flood, { text: 'Hola', values: {} }, { confirm: [] })).rejects.toMatchObject({ code: 'reply.onHold', details: { hold: hold.id, reason: 'Huracán', by: 'Ana Pérez', statement: hold.statement } });
    await expect(revisora.approvals.submit(flood, { text: 'Hola', values: {} }, { confirm: [] })).rejects.toMatchObject({ code: 'reply.onHold' });
    const statement = await revisora.replies.render(flood, hold.statement!, 'es', {});
    await expect(revisora.replies.send(flood, { ...statement, text: `${statement.text} Y más.` }, { confirm: [] })).rejects.toMatchObject({ code: 'reply.onHold' });
    await revisora.replies.send(id, { text: 'Abrimos a las ocho.', values: {} }, { confirm: [] });
    await revisora.replies.send(flood, statement, { confirm: [] });
    expect(posted()).toHaveLength(2);

    await expect(ana.holds.lift(hold.id)).rejects.toMatchObject({ code: 'hold.own' });
    await revisora.holds.lift(hold.id, 'Ya pasó');
    await expect(revisora.holds.lift(hold.id)).rejects.toMatchObject({ code: 'hold.notFound' });
    expect(await ana.holds.list()).toEqual([]);
    const kinds = (await records(ana)).filter(({ entry }) => entry.kind.startsWith('hold.')).map(({ entry, values }) => [entry.kind, values['actor.name'], values['reason']]);
    expect(kinds).toEqual([['hold.set', 'Ana Pérez', 'Huracán'], ['hold.lifted', reviewer, 'Ya pasó']]);
    expect((await ana.audit.verify()).ok).toBe(true);
  });

  test('without a statement nothing goes out; they end by themselves at their end, and the log says so', async () => {
    await ana.holds.set({ scope: { kind: 'all' }, reason: 'Ataque', until: world.clock.now() + 60_000 });
    await expect(revisora.replies.send(id, await revisora.replies.render(id, 'thanks', 'es', {}), { confirm: [] })).rejects.toMatchObject({ code: 'reply.onHold' });
    world.clock.forward(61_000);
    await revisora.replies.send(id, { text: 'Abrimos a las ocho.', values: {} }, { confirm: [] });
    expect(await ana.holds.list()).toEqual([]);
    expect((await records(ana)).filter(({ entry }) => entry.kind === 'hold.ended')).toHaveLength(1);
  });

  test('are not set on what does not exist', async () => {
    await expect(ana.holds.set({ scope, reason: '  ' })).rejects.toMatchObject({ code: 'reply.reasonMissing' });
    await expect(ana.holds.set({ scope: { kind: 'topic', id: 'nada' }, reason: 'x' })).rejects.toMatchObject({ code: 'hold.invalid' });
    await expect(ana.holds.set({ scope, reason: 'x', statement: 'nada' })).rejects.toMatchObject({ code: 'reply.notApproved' });
    await expect(ana.holds.set({ scope, reason: 'x', until: 5 })).rejects.toMatchObject({ code: 'snooze.inPast' });
  });
});
