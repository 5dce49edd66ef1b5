import { describe, expect, it, vi } from 'vitest';
import { sweepAll } from './sweep-all';

vi.mock('../logger', () => ({ log: () => undefined }));

const ids = (count: number) => Array.from({ length: count }, (_, at) => `id-${at}`);
const nextOf = (all: readonly string[]) => (except: readonly string[]) => Promise.resolve(all.filter((id) => !except.includes(id)).slice(0, 100));

describe('a sweep', () => {
  it('takes each id once, until nothing is left or its limit is reached', async () => {
    const seen: string[] = [];
    const work = (id: string) => Promise.resolve(seen.push(id) > 0);
    expect(await sweepAll({ next: nextOf(ids(250)), work, limit: 5000 })).toEqual({ done: 250, failed: 0 });
    expect(new Set(seen).size).toBe(250);
    expect(await sweepAll({ next: nextOf(ids(250)), work, limit: 100 })).toMatchObject({ done: 100 });
  });

  it('does the others where some fail, and counts only what it did itself', async () => {
    const work = (id: string) => (id.endsWith('7') ? Promise.reject(new Error('broken')) : Promise.resolve(!id.endsWith('3')));
    expect(await sweepAll({ next: nextOf(ids(40)), work, limit: 5000 })).toEqual({ done: 32, failed: 4 });
  });

  it('ends where nothing works at all, and when it is told to stop', async () => {
    const broken = vi.fn(() => Promise.reject(new Error('down')));
    const { failed } = await sweepAll({ next: nextOf(ids(1000)), work: broken, limit: 5000 });
    expect(failed).toBeLessThan(20);
    const stop = new AbortController();
    const work = vi.fn(() => {
      stop.abort();
      return Promise.resolve(true);
    });
    await sweepAll({ next: nextOf(ids(1000)), work, limit: 5000, signal: stop.signal });
    expect(work.mock.calls.length).toBeLessThan(20);
  });
});
