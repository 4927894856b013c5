import { type Mention } from '../../../src/core/mention';

export const noon = Date.UTC(2026, 2, 10, 16, 0, 0);

/** A mention as the desk keeps it; what a test is about is given. */
export function mentionWith(change: Partial<Omit<Mention, 'post' | 'sentiment'>> & { readonly post?: Partial<Mention['post']>; readonly sentiment?: Partial<Mention['sentiment']> } = {}): Mention {
  const { post, sentiment, ...rest } = change;
  return {
    id: 'm-aaaaaaaaaa',
    channel: 'mastodon-main',
    post: {
      externalId: '1', author: { id: '7', handle: 'ana@ejemplo.do', name: 'Ana Ramírez' }, text: '@isc Llevo tres meses esperando mi cédula', postedAt: noon - 600_000,
      visibility: 'public', media: [], mentions: ['isc'], own: false, ...post,
    },
    authorId: 'a-1', conversation: 'c-1', receivedAt: noon - 540_000, language: 'es',
    sentiment: { label: 'negative', score: -0.6, confidence: 0.9, evidence: [{ text: 'tres meses esperando', weight: -1.9, start: 11, length: 20 }], ...sentiment },
    priority: 'high', priorityReasons: ['negative'], target: { priority: 'high', allowedMs: 3_600_000, officeHours: false, dueAt: noon + 720_000 },
    backlog: false, status: 'open', notes: [], replies: [], revision: 1, ...rest,
  };
}
