import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collect, mentionOf, receivedDraft, TestDesk } from './testDesk';

let desk: TestDesk;
beforeEach(async () => {
  desk = await TestDesk.make();
});
afterEach(async () => {
  await desk.remove();
});

describe('inbox', () => {
  it('finds a stored mention by every way, also when opened again', async () => {
    const stores = await desk.open();
    const plain = mentionOf(3);
    const mention = { ...plain, post: { ...plain.post, conversationId: 'case-7' } };
    await stores.inbox.update((transaction) => {
      transaction.putAuthor('mastodon-main', 'net-3', mention.authorId);
      transaction.put(mention);
      transaction.audit(receivedDraft(mention));
      expect(transaction.byExternalId('mastodon-main', 'ext-3')).toEqual(mention);
      expect(transaction.conversationNamed('mastodon-main', 'case-7')).toBe(mention.conversation);
    });
    await stores.dispose();
    const { inbox, audit } = await desk.open();
    expect(inbox.get(mention.id)).toEqual(mention);
    expect(inbox.byExternalId('mastodon-main', 'ext-3')).toEqual(mention);
    expect(inbox.conversation(mention.conversation)).toEqual([mention]);
    expect(inbox.byAuthor(mention.authorId)).toEqual([mention]);
    expect(inbox.conversationOf('mastodon-main', 'ext-3')).toBe(mention.conversation);
    expect(inbox.conversationNamed('mastodon-main', 'case-7')).toBe(mention.conversation);
    expect(inbox.conversationNamed('mastodon-main', 'ext-3')).toBeUndefined();
    expect(inbox.conversationOf('mastodon-main', 'case-7')).toBeUndefined();
    expect(inbox.authorId('mastodon-main', 'net-3')).toBe(mention.authorId);
    expect((await collect(audit.read())).map((record) => record.entry.subject)).toEqual([mention.id]);
  });

  it('writes nothing when the change throws', async () => {
    const { inbox, audit } = await desk.open();
    await expect(
      inbox.update((transaction) => {
        transaction.put(mentionOf(1));
        transaction.audit(receivedDraft(mentionOf(1)));
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(inbox.size()).toBe(0);
    expect((await audit.head()).count).toBe(0);
  });

  it('shows another window what this one stored', async () => {
    const here = await desk.open();
    const there = await desk.open();
    const told = new Promise<void>((resolve) => {
      there.inbox.onDidChange(resolve);
    });
    await here.inbox.update((transaction) => {
      transaction.put(mentionOf(1));
      transaction.audit(receivedDraft(mentionOf(1)));
    });
    await told;
    expect(there.inbox.get(mentionOf(1).id)).toEqual(mentionOf(1));
    await there.inbox.update((transaction) => {
      transaction.put({ ...mentionOf(1), status: 'claimed', revision: 2 });
    });
    await here.inbox.refresh();
    expect(here.inbox.get(mentionOf(1).id)?.status).toBe('claimed');
  });
});
