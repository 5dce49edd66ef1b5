import { describe, expect, it } from 'vitest';
import type { Level } from '../levels';
import type { Compressor } from './compressor';
import { WarmCompressor } from './warm-compressor';

/** One buffer for whoever comes, as the real one has. */
function oneBuffer(name: Compressor['name'] = 'libdeflate') {
  const buffer = new Uint8Array(1024 * 1024);
  const calls: Level[] = [];
  const compressor: Compressor = {
    name,
    input: (sizeBytes) => buffer.subarray(0, sizeBytes),
    gzip: async (raw, level) => {
      calls.push(level);
      buffer.set(raw);
      await Promise.resolve();
      return raw.slice(0, 1);
    },
  };
  return { compressor, calls };
}

/** Reads into the compressor's buffer in many small steps, as a file is read, and says whether it is still there at the end. */
async function readsUndisturbed(compressor: Compressor): Promise<boolean> {
  const target = compressor.input(1000);
  for (let at = 0; at < 1000; at += 10) {
    target.fill(7, at, at + 10);
    await Promise.resolve();
  }
  return target.every((byte) => byte === 7);
}

describe('a warm compressor', () => {
  it('never warms up while somebody uses the buffer', async () => {
    const { compressor } = oneBuffer();
    const warm = new WarmCompressor(Promise.resolve(compressor));
    const all = [warm.warm(1), warm.use(null, readsUndisturbed), warm.warm(6), warm.use(7, readsUndisturbed), warm.warm(10), warm.use(1, readsUndisturbed)];
    expect((await Promise.all(all)).filter((one) => one !== undefined)).toEqual([true, true, true]);
  });

  it('warms up once for levels that use the same code', async () => {
    const { compressor, calls } = oneBuffer();
    const warm = new WarmCompressor(Promise.resolve(compressor));
    for (const level of [1, 3, 5, 6, 7, 10, 10] as const) await warm.use(level, async () => undefined);
    expect(calls).toEqual([1, 3, 6, 10].flatMap((level) => Array.from({ length: 8 }, () => level)));
  });

  it('does not warm up what is compiled already', async () => {
    const { compressor, calls } = oneBuffer('native');
    await new WarmCompressor(Promise.resolve(compressor)).warm(6);
    expect(calls).toEqual([]);
  });

  it('goes on after work that failed, and says when there is no compressor', async () => {
    const { compressor } = oneBuffer();
    const warm = new WarmCompressor(Promise.resolve(compressor));
    const failed = warm.use(1, () => Promise.reject(new Error('unreadable')));
    const next = warm.use(1, async () => 'done');
    await expect(failed).rejects.toThrow('unreadable');
    expect(await next).toBe('done');
    await expect(new WarmCompressor(Promise.reject(new Error('none'))).use(1, async () => 'done')).rejects.toThrow('none');
  });
});
