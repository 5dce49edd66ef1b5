import { createHash } from 'node:crypto';
import { gzip as packageGzip } from 'libdeflate';
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '@/tests/fixtures/random';
import { sampleWords } from '@/tests/fixtures/sample-words';
import { LEVELS } from '../levels';
import { createLibdeflateCompressor, OutOfCompressorMemoryError } from './libdeflate-compressor';
import { LIBDEFLATE_WASM_BASE64 } from './libdeflate-wasm';

const MIB = 1024 * 1024;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Words with stretches of noise, of one byte and of what was before, so that all kinds of blocks and distances come up. */
function mixed(seed: number, bytes: number): Uint8Array<ArrayBuffer> {
  const random = new SeededRandom(seed);
  const made = Uint8Array.from(sampleWords(random, bytes));
  for (let at = 0; at < bytes; at += 1 + random.below(60_000)) {
    const part = made.subarray(at, at + random.below(9000));
    const kind = random.below(3);
    if (kind === 0) for (let i = 0; i < part.length; i++) part[i] = random.next();
    else if (kind === 1) part.fill(random.next());
    else part.set(made.slice(0, at).subarray(-32_768).subarray(0, part.length));
  }
  return made;
}

/** The module by itself. */
async function openModule() {
  const { instance } = await WebAssembly.instantiate(Buffer.from(LIBDEFLATE_WASM_BASE64, 'base64'));
  return instance.exports as unknown as { memory: WebAssembly.Memory; allocate: (bytes: number) => number; release: (pointer: number) => void; makeCompressor: (level: number) => number };
}

describe('our build of libdeflate', () => {
  it.each(LEVELS)('makes the same bytes at level %i as the npm package that somebody else built', async (level) => {
    const compressor = await createLibdeflateCompressor();
    for (const [seed, size] of [0, 1, 63, 4096, 65_536, 300_001, 3 * MIB + 7].entries()) {
      const raw = mixed(seed, size);
      expect(sha256(await compressor.gzip(raw, level)), `${size} bytes`).toBe(sha256(packageGzip(raw, level)));
    }
  });

  it('imports nothing', async () => {
    const compiled = await WebAssembly.compile(Buffer.from(LIBDEFLATE_WASM_BASE64, 'base64'));
    expect(WebAssembly.Module.imports(compiled)).toEqual([]);
  });

  it('uses again what it gave back when a larger segment came', async () => {
    const compressor = await createLibdeflateCompressor();
    let memoryBytes = 0;
    for (let size = MIB; size <= 12 * MIB; size += MIB) {
      for (const level of LEVELS) memoryBytes = compressor.input(size, level).buffer.byteLength;
    }
    // Twice the largest segment, before and after, and what fits into none of its gaps; the compressors of all levels are 12 MiB.
    expect(memoryBytes).toBeLessThan(2 * 2 * 12 * MIB + 16 * MIB);
  });

  it('loses nothing where the memory grows between reading and compressing', async () => {
    const compressor = await createLibdeflateCompressor();
    const raw = mixed(5, 200_000);
    for (const level of LEVELS) {
      const input = compressor.input(raw.byteLength);
      input.set(raw);
      expect(sha256(await compressor.gzip(input, level))).toBe(sha256(packageGzip(raw, level)));
    }
  });

  it('goes on with smaller segments after one for which there is no memory', async () => {
    const compressor = await createLibdeflateCompressor();
    for (const size of [1.2 * 1024 * MIB, 3 * 1024 * MIB]) expect(() => compressor.input(size, 1)).toThrow(OutOfCompressorMemoryError);
    const raw = mixed(6, 70_000);
    expect(sha256(await compressor.gzip(raw, 1))).toBe(sha256(packageGzip(raw, 1)));
  });

  it('never gives the same memory to two who ask, and has no end of it', async () => {
    const { memory, allocate, release } = await openModule();
    const random = new SeededRandom(11);
    const held: { pointer: number; bytes: number; mark: number }[] = [];
    for (let step = 0; step < 4000; step++) {
      if (held.length < 40 && random.below(5) < 3) {
        const bytes = random.below(random.pick([1, 50, 5000, 300_000]));
        const pointer = allocate(bytes);
        expect(pointer % 16).toBe(0);
        expect(pointer).toBeGreaterThan(0);
        const mark = random.below(256);
        new Uint8Array(memory.buffer, pointer, bytes).fill(mark);
        held.push({ pointer, bytes, mark });
      } else if (held.length > 0) {
        const [{ pointer, bytes, mark } = { pointer: 0, bytes: 0, mark: 0 }] = held.splice(random.below(held.length), 1);
        expect(new Uint8Array(memory.buffer, pointer, bytes).every((byte) => byte === mark), 'somebody else wrote there').toBe(true);
        release(pointer);
      }
    }
    expect(memory.buffer.byteLength).toBeLessThan(20 * MIB);
  });

  it('says so where there is no memory, and goes on with what there is', async () => {
    const { allocate, release, makeCompressor } = await openModule();
    for (const bytes of [0x7fff_ffff, 0xffff_fff0, 0xffff_ffff]) expect(allocate(bytes)).toBe(0);
    expect(makeCompressor(13)).toBe(0);
    release(0);
    const small = allocate(1000);
    expect(small).toBeGreaterThan(0);
    release(small);
    expect(allocate(900), 'the same place').toBe(small);
  });
});
