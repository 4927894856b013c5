import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DeskWorld, makeDesk } from '../../support/openDesk';

let world: DeskWorld;

beforeEach(async () => {
  world = await makeDesk({ server: { count: 0 } });
});
afterEach(async () => {
  await world.close();
});

it('who took a head for a memo stands in the log, and the head is found later', async () => {
  const desk = await world.open();
  const head = await desk.audit.head();
  await desk.audit.noteHeadCopied(head);
  expect((await desk.audit.head()).count).toBe(head.count + 1);
  expect(await desk.audit.verify({ expect: head.hash })).toMatchObject({ ok: true, entries: head.count + 1 });
});
