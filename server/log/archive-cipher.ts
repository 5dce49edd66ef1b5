import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { EnvironmentError } from '../env';

/**
 * Encrypted archives: 8 bytes `ALOGENC1`, a salt of 16 bytes, then AES-256-GCM in chunks of 64 KiB, each followed by its tag of 16 bytes
 * (the STREAM construction, as the age format uses it). The key of a file is HKDF-SHA-256 of the given key and the salt; a nonce is the number
 * of the chunk (11 bytes) and whether it is the last (1 byte), so that what is cut off, changed or put elsewhere is refused.
 */
const MAGIC = Buffer.from('ALOGENC1', 'ascii');
const SALT_BYTES = 16;
const CHUNK_BYTES = 65_536;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** Thrown for an archive that this key does not open, or that is not whole. */
export class ArchiveError extends Error {
  readonly code = 'EARCHIVE';
}

/** The 32 bytes of LOG_ARCHIVE_KEY_FILE: base64 or hex, as `openssl rand -base64 32` prints. Throws EnvironmentError. */
export function readArchiveKey(file: string): Buffer {
  const key = decodeKey(readText(file));
  if (key?.length !== KEY_BYTES) throw new EnvironmentError(['LOG_ARCHIVE_KEY_FILE cannot be used: it has to hold 32 random bytes, such as `openssl rand -base64 32` makes.']);
  return key;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}

function decodeKey(text: string): Buffer | null {
  if (/^[0-9a-fA-F]{64}$/.test(text)) return Buffer.from(text, 'hex');
  return /^[A-Za-z0-9+/_-]{43}=?$/.test(text) ? Buffer.from(text, 'base64') : null;
}

function nonceOf(chunk: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(chunk, 5, 6);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

const fileKey = (key: Buffer, salt: Buffer) => Buffer.from(hkdfSync('sha256', key, salt, 'airlock log archive 1', KEY_BYTES));

/** Cuts a stream into pieces of `bytes`; the last one, which may be shorter or empty, is marked. */
async function* pieces(source: AsyncIterable<Buffer>, bytes: number): AsyncGenerator<{ piece: Buffer; isLast: boolean }> {
  let held: Buffer = Buffer.alloc(0);
  for await (const part of source) {
    held = held.length === 0 ? part : Buffer.concat([held, part]);
    // One that ends exactly here might be the last.
    for (; held.length > bytes; held = held.subarray(bytes)) yield { piece: held.subarray(0, bytes), isLast: false };
  }
  yield { piece: held, isLast: true };
}

/** Encrypts a stream. A step of `pipeline`. */
export async function* sealArchive(source: AsyncIterable<Buffer>, key: Buffer): AsyncGenerator<Buffer> {
  const salt = randomBytes(SALT_BYTES);
  const own = fileKey(key, salt);
  yield Buffer.concat([MAGIC, salt]);
  let chunk = 0;
  for await (const { piece, isLast } of pieces(source, CHUNK_BYTES)) {
    const cipher = createCipheriv('aes-256-gcm', own, nonceOf(chunk++, isLast));
    yield Buffer.concat([cipher.update(piece), cipher.final(), cipher.getAuthTag()]);
  }
}

/** Decrypts what `sealArchive` made; nothing of a chunk comes out before it was checked. Throws ArchiveError. */
export async function* openArchive(source: AsyncIterable<Buffer>, key: Buffer): AsyncGenerator<Buffer> {
  const { header, rest } = await takeHeader(source);
  if (!header.subarray(0, MAGIC.length).equals(MAGIC)) throw new ArchiveError('This is no encrypted log.');
  const own = fileKey(key, header.subarray(MAGIC.length));
  let chunk = 0;
  for await (const { piece, isLast } of pieces(rest, CHUNK_BYTES + TAG_BYTES)) {
    if (piece.length < TAG_BYTES) throw new ArchiveError('The archive is cut off.');
    const decipher = createDecipheriv('aes-256-gcm', own, nonceOf(chunk++, isLast));
    decipher.setAuthTag(piece.subarray(piece.length - TAG_BYTES));
    yield finish(decipher.update(piece.subarray(0, piece.length - TAG_BYTES)), () => decipher.final());
  }
}

function finish(first: Buffer, final: () => Buffer): Buffer {
  try {
    return Buffer.concat([first, final()]);
  } catch {
    throw new ArchiveError('The archive was changed or cut off, or the key is another one.');
  }
}

async function takeHeader(source: AsyncIterable<Buffer>): Promise<{ header: Buffer; rest: AsyncIterable<Buffer> }> {
  const iterator = source[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  while (held.length < MAGIC.length + SALT_BYTES) {
    const next = await iterator.next();
    if (next.done) throw new ArchiveError('The archive is cut off.');
    held = Buffer.concat([held, next.value]);
  }
  const beyond = held.subarray(MAGIC.length + SALT_BYTES);
  async function* rest(): AsyncGenerator<Buffer> {
    yield beyond;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  }
  return { header: held.subarray(0, MAGIC.length + SALT_BYTES), rest: rest() };
}
