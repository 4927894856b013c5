import { createHash } from 'node:crypto';

const digits = '234567abcdefghijklmnopqrstuvwxyz';

/**
 * The key of a record as apps make it (atproto.com/specs/tid: 53 bits of microseconds, 10 bits of a clock's id, sortable base 32), but made from the time of
 * the intent and the key of the answer: at each try it is the same, and so is the post. `intendedAt` in UTC ms.
 */
export function recordKey(intendedAt: number, idempotencyKey: string): string {
  const hash = createHash('sha256').update(idempotencyKey).digest();
  const micros = BigInt(Math.floor(intendedAt)) * 1000n + BigInt(hash.readUInt32BE(0) % 1000);
  let value = ((micros & ((1n << 53n) - 1n)) << 10n) | BigInt(hash.readUInt16BE(4) & 0x3ff);
  let key = '';
  for (let place = 0; place < 13; place += 1) {
    key = (digits[Number(value & 31n)] ?? '') + key;
    value >>= 5n;
  }
  return key;
}
