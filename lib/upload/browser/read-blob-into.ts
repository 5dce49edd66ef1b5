import { FileUnreadableError } from '../upload-errors';
import { freeBuffer } from '../compress/free-buffer';
import { readBlob } from './browser-file';

/** Read at a time: with a reader that fills the buffer it is given, and where a new buffer has to be made for each. */
const REUSED_BYTES = 1024 * 1024;
const PIECE_BYTES = 4 * 1024 * 1024;

/**
 * The readers at work. While the browser reads, the promise, the reader, its stream and whoever awaits them hold one another and nothing
 * else holds them: Chromium (156) collects them all, and the read never ends. One that is held from here goes on.
 */
const reading = new Set<ReadableStreamBYOBReader>();

/**
 * Reads a slice into `target`, which is exactly as large, by way of one small buffer that is used again and again (File API, section 3.3.1:
 * a blob's stream reads into a given buffer, "BYOB"). Buffers made for each piece are many megabytes that no collection
 * comes for while a worker compresses; browsers whose blobs cannot do otherwise get those.
 * @param onPiece told after each piece, which says that reading goes on
 * @throws FileUnreadableError where the file is gone, has changed, or is shorter
 */
export async function readBlobInto(blob: Blob, start: number, end: number, target: Uint8Array<ArrayBuffer>, onPiece: () => void = () => undefined): Promise<void> {
  const reader = givenBufferReader(blob.slice(start, end));
  const read = reader === null ? await byPieces(blob, start, end, target, onPiece) : await byReader(reader, target, onPiece);
  if (read !== end - start) throw new FileUnreadableError('The file is shorter than it was.');
}

function givenBufferReader(slice: Blob): ReadableStreamBYOBReader | null {
  try {
    return slice.stream().getReader({ mode: 'byob' });
  } catch {
    return null;
  }
}

async function byReader(reader: ReadableStreamBYOBReader, target: Uint8Array<ArrayBuffer>, onPiece: () => void): Promise<number> {
  let buffer = new ArrayBuffer(REUSED_BYTES);
  reading.add(reader);
  try {
    for (let at = 0; ; ) {
      const { done, value } = await reader.read(new Uint8Array(buffer));
      if (done) return at;
      target.set(value, at);
      at += value.byteLength;
      buffer = value.buffer;
      onPiece();
    }
  } catch (cause) {
    throw new FileUnreadableError('The browser refused to read the file.', { cause });
  } finally {
    reading.delete(reader);
  }
}

async function byPieces(blob: Blob, start: number, end: number, target: Uint8Array<ArrayBuffer>, onPiece: () => void): Promise<number> {
  for (let at = start; at < end; at += PIECE_BYTES) {
    const piece = await readBlob(blob, at, Math.min(end, at + PIECE_BYTES));
    target.set(piece, at - start);
    freeBuffer(piece.buffer);
    onPiece();
  }
  return end - start;
}
