import { expect, test } from 'vitest';
import { InboxNodes } from '../../../src/extension/tree/inboxNodes';
import { nextMention } from '../../../src/extension/tree/nextMention';
import { mentionWith } from './mentions';

const mentions = Array.from({ length: 120 }, (_, index) => mentionWith({ id: `m-${String(index).padStart(4, '0')}` }));
const group = (key: string, from: number, to: number) => ({ key, label: key, mentions: mentions.slice(from, to) });
const shown = (): number => 50;
const revision = (mention: { readonly revision: number }): string => String(mention.revision);

test('a large group shows a page and a row for more', () => {
  const nodes = new InboxNodes();
  nodes.take([group('open', 0, 120)], shown, revision);
  const rows = nodes.children(nodes.roots[0]!, 50);
  expect(rows).toHaveLength(51);
  expect(rows.at(-1)!.kind).toBe('more');
  expect(nodes.children(nodes.roots[0]!, 150)).toHaveLength(120);
});

test('only the groups that changed are drawn anew, as the same objects', () => {
  const nodes = new InboxNodes();
  nodes.take([group('overdue', 0, 2), group('open', 2, 5)], shown, revision);
  const [, open] = nodes.roots;
  expect(nodes.take([group('overdue', 0, 2), group('open', 2, 5)], shown, revision)).toEqual([]);
  const changed = nodes.take([group('overdue', 0, 2), { ...group('open', 2, 5), mentions: [mentionWith({ id: 'm-0002', revision: 2 }), ...mentions.slice(3, 5)] }], shown, revision);
  expect(changed).toEqual([open]);
  expect((changed as readonly unknown[])[0]).toBe(open);
});

test('everything is drawn anew when a group comes or goes', () => {
  const nodes = new InboxNodes();
  nodes.take([group('open', 0, 2)], shown, revision);
  expect(nodes.take([group('overdue', 0, 1), group('open', 1, 2)], shown, revision)).toBe('all');
});

test('the next mention is the one below that waits for us, from the top again at the end', () => {
  const theirs = { actor: 'p-2', name: 'Luis', at: 0 };
  const all = [mentionWith({ id: 'a' }), mentionWith({ id: 'b', status: 'claimed', claim: theirs }), mentionWith({ id: 'c', status: 'snoozed' }), mentionWith({ id: 'd' })];
  const desk = { operator: { id: 'p-1' }, inbox: { get: (id: string) => all.find((mention) => mention.id === id)!, list: () => all } } as unknown as Parameters<typeof nextMention>[1];
  expect(nextMention(['a', 'b', 'c', 'd'], desk, 'a')).toBe('d');
  expect(nextMention(['a', 'b', 'c', 'd'], desk, 'd')).toBe('a');
  expect(nextMention(['b', 'c'], { ...desk, inbox: { ...desk.inbox, list: () => all.slice(1, 3) } }, 'b')).toBeUndefined();
});
