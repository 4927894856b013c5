import { expect, it } from 'vitest';
import { peekEntry } from '../../../src/store/auditPeek';

const hash = 'a'.repeat(64);
const line = (body: string, subject = 'r-1', kind = 'reply.sent'): Uint8Array => Buffer.from(`{"actor":{"id":"p-1","source":"key"},"at":5,"body":${body},"kind":"${kind}","prev":"${hash}","seq":41,"subject":"${subject}","hash":"${hash}"}`);

it('sees number, kind and subject of an entry, however long its body is and whatever stands in it', () => {
  for (const body of ['{}', '{"note":"\\"seq\\":7,\\"kind\\":\\"x\\""}', `{"note":"${'x'.repeat(3000)}"}`]) expect(peekEntry(line(body))).toMatchObject({ seq: 41, kind: 'reply.sent', subject: 'r-1' });
  expect(peekEntry(line('{}', 'r-\\u0031'))).toBeUndefined();
  expect(peekEntry(line('{}', 'ré'))).toBeUndefined();
  expect(peekEntry(Buffer.from('{"no":"entry"}'))).toBeUndefined();
});

it('sees a text and an empty list of the entry where they stand there once', () => {
  const seen = peekEntry(line('{"covers":[],"mention":"m-7"}'))!;
  expect([seen.textOf('mention'), seen.isEmptyList('covers'), seen.textOf('conversation'), seen.isEmptyList('mention')]).toEqual(['m-7', true, undefined, false]);
  expect(peekEntry(line('{"covers":["m-1"],"mention":"m\\u0037"}'))!.textOf('mention')).toBeUndefined();
  expect(peekEntry(line('{"covers":["m-1"]}'))!.isEmptyList('covers')).toBe(false);
  expect(peekEntry(line('{"latency":{"mention":"m-1"},"mention":"m-2"}'))!.textOf('mention')).toBeUndefined();
  expect(peekEntry(line('{"note":"\\"mention\\":\\"m-1\\"","mention":"m-2"}'))!.textOf('mention')).toBe('m-2');
});
