import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Desk } from '../../../src/desk/deskApi';
import { type RedactionTarget } from '../../../src/core/redaction';
import { makeDesk, type DeskWorld } from '../../support/openDesk';

const reviewer = 'Revisora de práctica';
const words = 'Mi cédula es 001-1234567-8 y nadie responde';

let world: DeskWorld;
let ana: Desk;
let revisora: Desk;

beforeEach(async () => {
  world = await makeDesk({ server: { count: 0 } });
  world.server.control.addMention({ text: `@isc ${words}`, author: 'pedronavaja', name: 'Pedro Navaja' });
  world.server.control.addMention({ text: '@isc ¿A qué hora abren?', author: 'maria', name: 'María Luz' });
  ana = await world.open();
  await ana.pulling.pull();
  revisora = await world.open(reviewer);
});
afterEach(() => world.close());

const mentionOf = (desk: Desk, author: string) => desk.inbox.list({ all: true }).find(({ post }) => post.author.handle.startsWith(author));
const idOf = (desk: Desk, author: string): string => mentionOf(desk, author)!.id;

/** Every file of the desk that holds the text. */
function filesWith(text: string, dir = join(world.dir, '.momentos')): readonly string[] {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    if (statSync(path).isDirectory()) return filesWith(text, path);
    return readFileSync(path).includes(Buffer.from(text)) ? [path] : [];
  });
}

async function erase(target: RedactionTarget): Promise<string> {
  const { id } = await ana.redactions.propose({ target, basis: 'erasureRequest', reason: 'Lo pidió por carta' });
  await revisora.redactions.approve(id);
  return id;
}

describe('a message that was erased', () => {
  test('stands nowhere in the folder, does not come back with the next pull, and the log verifies', async () => {
    const mention = mentionOf(ana, 'pedronavaja')!;
    await ana.triage.note(mention.id, 'Llamó su hermana Eulalia');
    await ana.replies.send(mention.id, { text: 'Don Pedro, le atendemos.', values: {} }, { confirm: [] });
    await ana.replies.saveDraft(mention.id, { text: 'Otra cosa para Pedro', values: {} });
    const { post } = ana.inbox.get(mention.id);
    const traces = [words, 'pedronavaja', 'Pedro Navaja', post.author.id, `"${post.externalId}"`, post.url!, 'Eulalia', 'Don Pedro', 'Otra cosa'];
    for (const trace of traces) expect(filesWith(trace), trace).not.toEqual([]);
    expect((await ana.audit.verify()).ok).toBe(true);

    await erase({ kind: 'mention', id: mention.id });

    for (const trace of traces) expect(filesWith(trace), trace).toEqual([]);
    expect(filesWith('¿A qué hora abren?')).not.toEqual([]);
    const [pulled] = await ana.pulling.pull();
    expect(pulled).toMatchObject({ error: null, new: 0 });
    for (const desk of [ana, revisora]) {
      await desk.inbox.refresh();
      expect(desk.inbox.list({ all: true }).map(({ post: other }) => other.author.name)).toEqual(['María Luz']);
    }
    const fresh = await world.open();
    await fresh.pulling.pull();
    expect(fresh.inbox.list({ all: true })).toHaveLength(1);
    for (const trace of traces) expect(filesWith(trace), trace).toEqual([]);
    expect(await fresh.audit.verify()).toMatchObject({ ok: true, problems: [] });
    expect(await fresh.redactions.list()).toEqual([]);
    expect(await fresh.redactions.done()).toMatchObject([{ scope: 'mention', basis: 'erasureRequest', by: reviewer, mentions: 1 }]);
  });

  test('leaves a writer in another window who can go on', async () => {
    await erase({ kind: 'mention', id: idOf(ana, 'pedronavaja') });
    const id = idOf(ana, 'maria');
    await ana.triage.note(id, 'sigue');
    await revisora.triage.note(id, 'también');
    expect(ana.inbox.get(id).notes).toHaveLength(1);
    expect(await ana.audit.verify()).toMatchObject({ ok: true, problems: [] });
  });
});
