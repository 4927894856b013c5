const magic = 0x424d4f4d;
const fixedBytes = 8;
const alignment = 8;

export type StoredArray = Uint8Array | Uint16Array | Int32Array | Float64Array;
const types = ['u8', 'u16', 'i32', 'f64'] as const;
type StoredType = (typeof types)[number];
const widths: Readonly<Record<StoredType, number>> = { u8: 1, u16: 2, i32: 4, f64: 8 };

interface StoredPlace {
  readonly type: StoredType;
  /** From the end of the head, in bytes. */
  readonly at: number;
  readonly length: number;
}

interface StoredHead {
  readonly about: unknown;
  readonly places: Readonly<Record<string, StoredPlace>>;
}

/** Typed arrays by name in one run of bytes, in the byte order of this machine; `about` is whatever else there is to say, as JSON. */
export function encodeArrays(about: unknown, arrays: Readonly<Record<string, StoredArray>>): Uint8Array {
  const places: Record<string, StoredPlace> = {};
  let size = 0;
  for (const [name, array] of Object.entries(arrays)) {
    places[name] = { type: typeOf(array), at: size, length: array.length };
    size = aligned(size + array.byteLength);
  }
  const head = new TextEncoder().encode(JSON.stringify({ about, places }));
  const start = aligned(fixedBytes + head.length);
  const bytes = new Uint8Array(start + size);
  new Uint32Array(bytes.buffer, 0, 2).set([magic, head.length]);
  bytes.set(head, fixedBytes);
  for (const [name, array] of Object.entries(arrays)) bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), start + (places[name]?.at ?? 0));
  return bytes;
}

/** Arrays as `encodeArrays` wrote them, as views on the bytes. */
export class ArrayFile {
  private constructor(private readonly bytes: Uint8Array, private readonly start: number, private readonly head: StoredHead) {}

  /** undefined: these bytes are something else, cut off, or of a machine of the other byte order. */
  static of(given: Uint8Array): ArrayFile | undefined {
    // A view of several bytes must begin at a multiple of them.
    const bytes = given.byteOffset % alignment === 0 ? given : given.slice();
    if (bytes.length < fixedBytes) return undefined;
    const [mark, headLength = 0] = new Uint32Array(bytes.buffer, bytes.byteOffset, 2);
    const start = aligned(fixedBytes + headLength);
    if (mark !== magic || bytes.length < start) return undefined;
    const head = parsed(new TextDecoder().decode(bytes.subarray(fixedBytes, fixedBytes + headLength)));
    if (head === undefined) return undefined;
    const ends = Object.values(head.places).map(({ type, at, length }) => at + length * widths[type]);
    return aligned(Math.max(0, ...ends)) === bytes.length - start ? new ArrayFile(bytes, start, head) : undefined;
  }

  get about(): unknown {
    return this.head.about;
  }

  bytesOf(name: string): Uint8Array {
    const [buffer, at, length] = this.find(name, 'u8');
    return new Uint8Array(buffer, at, length);
  }

  shortsOf(name: string): Uint16Array {
    const [buffer, at, length] = this.find(name, 'u16');
    return new Uint16Array(buffer, at, length);
  }

  integersOf(name: string): Int32Array {
    const [buffer, at, length] = this.find(name, 'i32');
    return new Int32Array(buffer, at, length);
  }

  doublesOf(name: string): Float64Array {
    const [buffer, at, length] = this.find(name, 'f64');
    return new Float64Array(buffer, at, length);
  }

  /** An array that is not there is empty. */
  private find(name: string, type: StoredType): [ArrayBufferLike, number, number] {
    const place = this.head.places[name];
    return place?.type === type ? [this.bytes.buffer, this.bytes.byteOffset + this.start + place.at, place.length] : [this.bytes.buffer, 0, 0];
  }
}

function parsed(head: string): StoredHead | undefined {
  try {
    return JSON.parse(head) as StoredHead;
  } catch {
    return undefined;
  }
}

function typeOf(array: StoredArray): StoredType {
  return types[[Uint8Array, Uint16Array, Int32Array, Float64Array].findIndex((type) => array instanceof type)] ?? 'u8';
}

function aligned(size: number): number {
  return Math.ceil(size / alignment) * alignment;
}
