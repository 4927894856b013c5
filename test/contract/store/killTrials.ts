import { type Mention } from '../../../src/core/mention';
import { mentionOf, noon } from './testDesk';

const day = 86_400_000;

/** Every third index is a week later, so that months are rolled again and again. */
export function secretAt(index: number): number {
  return noon + Math.floor((index % 10_000) / 3) * 7 * day;
}

/** What stands in the words of a mention and nowhere else. */
export function secretOf(index: number): string {
  return `secreto-${String(index)}-fin`;
}

export function secretMention(index: number): Mention {
  const plain = mentionOf(index);
  return mentionOf(index, {
    receivedAt: secretAt(index),
    authorId: `a-${String(index).padStart(10, '0')}`,
    post: { ...plain.post, externalId: `extern-${secretOf(index)}`, author: { id: `net-${secretOf(index)}`, handle: `${secretOf(index)}@social.example`, name: secretOf(index) }, text: `¿Dónde? ${secretOf(index)}` },
  });
}
