import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { gunzipStrictly, GzipError } from './gunzip-strictly';

const text = Buffer.from('java.lang.OutOfMemoryError: Java heap space\n'.repeat(4000));
const packed = gzipSync(text);

/** The bytes in pieces of `size`, as a network may hand them over. */
async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function unpack(bytes: Uint8Array, { size = 1000, allowZeroPadding = false } = {}): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of gunzipStrictly(inPieces(bytes, size), { allowZeroPadding })) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function reasonFor(bytes: Uint8Array, options?: { size?: number; allowZeroPadding?: boolean }): Promise<string> {
  return unpack(bytes, options).then(() => 'accepted', (error: unknown) => (error instanceof GzipError ? error.reason : `another error: ${String(error)}`));
}

/** A member of stored blocks, as a client writes it for content that does not compress. */
function storedMember(content: Buffer): Buffer {
  const blocks: Buffer[] = [];
  for (let at = 0; at === 0 || at < content.length; at += 65_535) {
    const block = content.subarray(at, at + 65_535);
    const head = Buffer.alloc(5);
    head.writeUInt8(at + 65_535 >= content.length ? 1 : 0, 0);
    head.writeUInt16LE(block.length, 1);
    head.writeUInt16LE(~block.length & 0xffff, 3);
    blocks.push(head, block);
  }
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(content), 0);
  trailer.writeUInt32LE(content.length, 4);
  return Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]), ...blocks, trailer]);
}

describe.each([1, 7, 1000, 1_000_000])('a gzip stream that comes in pieces of %i bytes', (size) => {
  const small = gzipSync('small');

  it('is unpacked, whatever its members', async () => {
    const bytes = size === 1 ? small : packed;
    const content = size === 1 ? Buffer.from('small') : text;
    expect((await unpack(bytes, { size })).equals(content)).toBe(true);
    expect((await unpack(Buffer.concat([bytes, gzipSync(''), bytes]), { size })).equals(Buffer.concat([content, content]))).toBe(true);
  });

  it('may hold nothing', async () => {
    expect(await unpack(gzipSync(''), { size })).toHaveLength(0);
  });

  it('may hold stored blocks', async () => {
    const content = Buffer.from(Array.from({ length: size === 1 ? 100 : 200_000 }, (_, at) => (at * 7919) % 251));
    expect((await unpack(storedMember(content), { size })).equals(content)).toBe(true);
  });

  it('is refused where it ends too early', async () => {
    for (const cut of [1, 4, 8, 9, small.length - 11, small.length - 1]) expect(await reasonFor(small.subarray(0, small.length - cut), { size })).toBe('truncated');
    expect(await reasonFor(Buffer.concat([small, small.subarray(0, 1)]), { size })).toBe('truncated');
    expect(await reasonFor(Buffer.concat([small, small.subarray(0, 12)]), { size })).toBe('truncated');
    expect(await reasonFor(Buffer.alloc(0), { size })).toBe('truncated');
  });

  it('is refused where something follows it', async () => {
    expect(await reasonFor(Buffer.concat([small, Buffer.from('rm -rf')]), { size })).toBe('trailing_bytes');
    expect(await reasonFor(Buffer.concat([small, Buffer.from('\0rm -rf')]), { size, allowZeroPadding: true })).toBe('trailing_bytes');
    expect(await reasonFor(Buffer.concat([small, Buffer.alloc(3), small]), { size, allowZeroPadding: true })).toBe('trailing_bytes');
  });

  it('may be padded with zeros only where that is allowed', async () => {
    const padded = Buffer.concat([small, Buffer.alloc(2000)]);
    expect(await reasonFor(padded, { size })).toBe('trailing_bytes');
    expect(await unpack(padded, { size, allowZeroPadding: true })).toEqual(Buffer.from('small'));
  });

  it('is refused where its check value, its length or its content is wrong', async () => {
    for (const at of [small.length - 1, small.length - 5, 12]) {
      const broken = Buffer.from(small);
      broken[at] = (broken[at] ?? 0) ^ 0xff;
      expect(['not_gzip', 'truncated']).toContain(await reasonFor(broken, { size }));
    }
    const wrongCrc = Buffer.from(small);
    wrongCrc.writeUInt32LE(1, small.length - 8);
    expect(await reasonFor(wrongCrc, { size })).toBe('not_gzip');
  });

  it('is refused where it is something else', async () => {
    for (const other of [Buffer.from('JAVA PROFILE 1.0.2\0'), Buffer.from('PK\u0003\u0004 zip'), deflateRawSync(text).subarray(0, 200), Buffer.alloc(50)]) {
      expect(await reasonFor(other, { size })).toBe('not_gzip');
    }
  });
});

it('hands on what the source fails with', async () => {
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield packed.subarray(0, 100);
    throw new Error('connection lost');
  }
  const run = async () => {
    for await (const _ of gunzipStrictly(failing(), { allowZeroPadding: false }));
  };
  await expect(run()).rejects.toThrow('connection lost');
});

it('ends the source when its reader has seen enough, so that a bomb costs nothing more', async () => {
  let given = 0;
  async function* bomb(): AsyncGenerator<Uint8Array> {
    try {
      const bytes = gzipSync(Buffer.alloc(64 * 1024 * 1024));
      for (let at = 0; ; at = (at + 1000) % bytes.length) {
        given += 1;
        yield bytes.subarray(at, at + 1000);
      }
    } finally {
      given = -given;
    }
  }
  let seen = 0;
  for await (const chunk of gunzipStrictly(bomb(), { allowZeroPadding: false })) {
    seen += chunk.length;
    if (seen > 1_000_000) break;
  }
  expect(given).toBeLessThan(0);
  expect(seen).toBeLessThan(3_000_000);
});
