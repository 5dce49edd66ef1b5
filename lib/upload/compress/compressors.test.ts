import { createHash, randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '@/tests/fixtures/random';
import { sampleWords } from '@/tests/fixtures/sample-words';
import { LEVELS } from '../levels';
import type { Encoding, SourceFile } from '../ports';
import { FileUnreadableError } from '../upload-errors';
import { compressSegment } from './compress-segment';
import type { Compressor } from './compressor';
import { crc32 } from './crc32';
import { createCompressor } from './create-compressor';
import { sniffEncoding } from './gzip-sniff';
import { createLibdeflateCompressor } from './libdeflate-compressor';
import { createNativeCompressor } from './native-compressor';
import { hashSlice, prepareSegment } from './prepare-segment';
import { storedGzip, storedGzipBytes } from './stored-gzip';

const text = (bytes: number) => Uint8Array.from(Buffer.from('2026-11-03T04:12:09Z INFO order 4711 moved to PAID\n'.repeat(Math.ceil(bytes / 50))).subarray(0, bytes));
const noise = (bytes: number) => Uint8Array.from(randomBytes(bytes));
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function sourceOf(bytes: Uint8Array<ArrayBuffer>): SourceFile {
  return { name: 'a.log', sizeBytes: bytes.byteLength, lastModifiedMs: 0, read: async (start, end) => bytes.slice(start, end) };
}

describe.each<[string, () => Promise<Compressor>]>([
  ['libdeflate', createLibdeflateCompressor],
  ['native', async () => createNativeCompressor()],
])('the %s compressor', (_name, create) => {
  it.each([0, 1, 4096, 1_000_003])('makes one gzip member of %i bytes, which zlib unpacks to the same', async (size) => {
    const raw = text(size);
    const made = await (await create()).gzip(raw, 1);
    expect(sniffEncoding(made)).toBe('gzip');
    expect(gunzipSync(made).equals(raw)).toBe(true);
  });

  it('compresses what lies in its own input buffer, and again with the next one, larger and smaller', async () => {
    const compressor = await create();
    for (const size of [10_000, 3_000_000, 500, 0]) {
      const raw = text(size);
      for (const level of LEVELS) {
        const input = compressor.input(size, level);
        expect(input.byteLength).toBe(size);
        input.set(raw);
        expect(gunzipSync(await compressor.gzip(input, level)).equals(raw)).toBe(true);
      }
    }
  });

  it('gives the same bytes for the same content and level', async () => {
    const raw = text(300_000);
    const [one, other] = [await (await create()).gzip(raw, 5), await (await create()).gzip(raw, 5)];
    expect(sha256(one)).toBe(sha256(other));
  });
});

describe('libdeflate', () => {
  it('makes less of the same content with each tighter level', async () => {
    const compressor = await createLibdeflateCompressor();
    const raw = Uint8Array.from(sampleWords(new SeededRandom(3), 2_000_000));
    const sizes: number[] = [];
    for (const level of LEVELS) sizes.push((await compressor.gzip(raw, level)).byteLength);
    expect(sizes).toEqual([...sizes].sort((one, other) => other - one));
  });

  it('gives way to the native compressor where WebAssembly may not run', async () => {
    const refused = () => Promise.reject(new WebAssembly.CompileError("'wasm-unsafe-eval' is not allowed"));
    expect((await createCompressor(refused)).name).toBe('native');
    expect((await createCompressor()).name).toBe('libdeflate');
  });
});

describe('stored blocks', () => {
  it.each([0, 1, 65_535, 65_536, 200_001])('carry %i bytes as they are in a valid member of the foretold size', (size) => {
    const raw = noise(size);
    const member = storedGzip(raw);
    expect(member.byteLength).toBe(storedGzipBytes(size));
    expect(gunzipSync(member).equals(raw)).toBe(true);
  });

  it('rest on a CRC-32 that gives the check value of the standard', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
    expect(crc32(new Uint8Array())).toBe(0);
  });
});

describe('a segment', () => {
  it('is stored where a sample does not compress, and deflated where it does', async () => {
    const compressor = await createLibdeflateCompressor();
    expect((await compressSegment(compressor, noise(1_000_000), 1)).method).toBe('stored');
    expect((await compressSegment(compressor, text(1_000_000), 1)).method).toBe('deflated');
  });

  it('is stored where compressing made more of it', async () => {
    const lame: Compressor = { name: 'native', input: (size) => new Uint8Array(size), gzip: async (raw) => new Uint8Array(raw.byteLength + 1000) };
    expect((await compressSegment(lame, text(1000), 1)).method).toBe('stored');
  });

  it('concatenated with its neighbours is one gzip stream of the whole file', async () => {
    const compressor = await createLibdeflateCompressor();
    const whole = Uint8Array.from(Buffer.concat([text(5_000_000), noise(2_000_000), text(100)]));
    const source = sourceOf(whole);
    const members: Buffer[] = [];
    for (let start = 0; start < whole.byteLength; start += 1_500_000) {
      const end = Math.min(whole.byteLength, start + 1_500_000);
      const segment = await prepareSegment(compressor, { source, start, end, encoding: 'raw', level: 1 }, () => 0);
      expect(segment).toMatchObject({ rawSizeBytes: end - start, rawSha256: sha256(whole.subarray(start, end)), sizeBytes: segment.body.byteLength });
      expect(segment.sha256).toBe(sha256(new Uint8Array(segment.body)));
      expect(await hashSlice(compressor, { source, start, end })).toBe(segment.rawSha256);
      members.push(Buffer.from(segment.body));
    }
    expect(gunzipSync(Buffer.concat(members)).equals(whole)).toBe(true);
  });

  it.each<[Encoding, number]>([['raw', 0], ['gzip', 5000]])('of the encoding %s and %i bytes is what it has to be', async (encoding, size) => {
    const raw = text(size);
    const segment = await prepareSegment(await createLibdeflateCompressor(), { source: sourceOf(raw), start: 0, end: size, encoding, level: 1 }, () => 0);
    if (encoding === 'gzip') expect(segment).toMatchObject({ method: 'as-is', sha256: segment.rawSha256, sizeBytes: size });
    else expect(gunzipSync(new Uint8Array(segment.body)).byteLength).toBe(0);
  });

  it('of a file that became shorter is refused', async () => {
    const source = { ...sourceOf(text(100)), sizeBytes: 200 };
    await expect(prepareSegment(createNativeCompressor(), { source, start: 0, end: 200, encoding: 'raw', level: 1 }, () => 0)).rejects.toThrow(FileUnreadableError);
  });
});

describe('sniffing', () => {
  it('takes only a gzip head with the method deflate for gzip', () => {
    expect(sniffEncoding(Uint8Array.of(0x1f, 0x8b, 8))).toBe('gzip');
    for (const head of [[0x1f, 0x8b, 7], [0x1f, 0x8b], [], [0x4a, 0x41, 0x56]]) expect(sniffEncoding(Uint8Array.from(head))).toBe('raw');
  });
});
