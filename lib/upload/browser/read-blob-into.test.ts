import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { FileUnreadableError } from '../upload-errors';
import { readBlobInto } from './read-blob-into';

const content = Uint8Array.from({ length: 9 * 1024 * 1024 + 17 }, (_, at) => (at * 31 + (at >> 11)) & 0xff);

/** A blob of a browser whose streams cannot fill a given buffer. */
class OlderBlob extends Blob {
  override slice(start?: number, end?: number): Blob {
    return new OlderBlob([super.slice(start, end)]);
  }
  override stream(): ReturnType<Blob['stream']> {
    throw new TypeError('The stream is no byte stream.');
  }
}

describe.each([['fills a given buffer', Blob], ['makes a buffer for each piece', OlderBlob]] as const)('a blob that %s', (_what, Kind) => {
  it.each([[0, 0], [0, 10], [5, content.length], [4 * 1024 * 1024 - 1, 4 * 1024 * 1024 + 1]])('is read from %i to %i into the memory that is given', async (start, end) => {
    const memory = new Uint8Array(content.length + 8).fill(7);
    await readBlobInto(new Kind([content]), start, end, memory.subarray(3, 3 + end - start));
    expect(Buffer.compare(memory.subarray(3, 3 + end - start), content.subarray(start, end))).toBe(0);
    expect([...memory.subarray(0, 3), ...memory.subarray(3 + end - start, 8 + end - start)]).toEqual([7, 7, 7, 7, 7, 7, 7, 7]);
  });
});

it('a blob that ends early, or cannot be read any more, is told of as such', async () => {
  await expect(readBlobInto(new Blob(['short']), 0, 10, new Uint8Array(10))).rejects.toThrow(FileUnreadableError);
  const gone = { slice: () => ({ stream: () => new ReadableStream({ type: 'bytes', pull: () => Promise.reject(new DOMException('changed', 'NotReadableError')) }) }) };
  await expect(readBlobInto(gone as unknown as Blob, 0, 10, new Uint8Array(10))).rejects.toThrow(FileUnreadableError);
});

it('a reader that nobody else holds outlives a collection while the browser reads', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  let seen: WeakRef<object> | undefined;
  const getReader = () => {
    const reader = { read: () => new Promise(() => undefined) };
    seen = new WeakRef(reader);
    return reader;
  };
  void readBlobInto({ slice: () => ({ stream: () => ({ getReader }) }) } as unknown as Blob, 0, 1, new Uint8Array(1));
  // What a WeakRef was made of lives at least until the turn is over.
  await new Promise((resolve) => setImmediate(resolve));
  collect();
  expect(seen?.deref()).toBeDefined();
});
