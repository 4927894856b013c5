import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { MomentosError } from '../../core/errors';

const pieceBytes = 256 * 1024;

export type SourceEncoding = 'utf-8' | 'utf-16le' | 'windows-1252';

/** 0x80 to 0x9F of Windows-1252 (WHATWG Encoding, index-windows-1252); the rest of it is Latin-1. */
const windowsSigns = '\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178';

/** The size in bytes. Errors: `import.unreadable`. */
export async function sourceSize(path: string): Promise<number> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new MomentosError('import.unreadable', { path, reason: 'EISDIR' });
    return found.size;
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** By its mark, else UTF-8 where every byte of it is, else Windows-1252 (what older spreadsheets write). Errors: `import.unreadable`. */
export async function sourceEncoding(path: string): Promise<SourceEncoding> {
  const mark = await firstBytes(path, 2);
  if (mark[0] === 0xff && mark[1] === 0xfe) return 'utf-16le';
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const piece of bytesOf(path)) decoder.decode(piece, { stream: true });
    decoder.decode();
    return 'utf-8';
  } catch (error) {
    if (error instanceof MomentosError) throw error;
    return 'windows-1252';
  }
}

/** The text, piece by piece, without its mark; `read` is told how many bytes were read. Errors: `import.unreadable`. */
export async function* sourceText(path: string, encoding: SourceEncoding, read: (bytes: number) => void = () => undefined): AsyncGenerator<string> {
  const decode = decoderOf(encoding);
  let first = true;
  for await (const bytes of bytesOf(path)) {
    read(bytes.length);
    const text = decode(bytes);
    yield first ? text.replace(/^\uFEFF/u, '') : text;
    if (text !== '') first = false;
  }
}

function decoderOf(encoding: SourceEncoding): (bytes: Buffer) => string {
  if (encoding === 'windows-1252') return (bytes) => bytes.toString('latin1').replace(/[\u0080-\u009F]/gu, (sign) => windowsSigns[sign.charCodeAt(0) - 0x80] ?? sign);
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  return (bytes) => decoder.decode(bytes, { stream: true });
}

async function* bytesOf(path: string): AsyncGenerator<Buffer> {
  const stream = createReadStream(path, { highWaterMark: pieceBytes });
  try {
    for await (const piece of stream) yield piece as Buffer;
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    stream.destroy();
  }
}

async function firstBytes(path: string, count: number): Promise<Buffer> {
  try {
    const handle = await open(path, 'r');
    try {
      const buffer = Buffer.alloc(count);
      const { bytesRead } = await handle.read(buffer, 0, count, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): MomentosError {
  if (error instanceof MomentosError) return error;
  return new MomentosError('import.unreadable', { path, reason: (error as NodeJS.ErrnoException).code ?? 'unknown' }, { cause: error });
}
