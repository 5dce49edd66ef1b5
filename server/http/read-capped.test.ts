import { describe, expect, it } from 'vitest';
import { MAX_PAPER_COPY_BYTES } from '@/domain/nda-agreement';
import { readCapped } from './read-json-body';

const MEGABYTE = 1024 * 1024;

/** A request of 200 MB that is made as it is read, and how much of it was. */
function hugeRequest(headers: Record<string, string> = {}) {
  let [made, isCancelled] = [0, false];
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      made += MEGABYTE;
      controller.enqueue(new Uint8Array(MEGABYTE));
      if (made >= 200 * MEGABYTE) controller.close();
    },
    cancel: () => void (isCancelled = true),
  });
  const request = new Request('https://portal.example/', { method: 'POST', body, headers, duplex: 'half' } as RequestInit);
  return { request, made: () => made, isCancelled: () => isCancelled };
}

describe('a body of 200 MB', () => {
  it('is refused by what it says of itself, before anything is read', async () => {
    const { request, made } = hugeRequest({ 'content-length': String(200 * MEGABYTE) });
    await expect(readCapped(request, MAX_PAPER_COPY_BYTES)).rejects.toMatchObject({ code: 'body_too_large' });
    expect(made()).toBeLessThanOrEqual(2 * MEGABYTE);
  });

  it('is read no further than it may be long where it says nothing, and ends there', async () => {
    const { request, made, isCancelled } = hugeRequest();
    await expect(readCapped(request, MAX_PAPER_COPY_BYTES)).rejects.toMatchObject({ code: 'body_too_large' });
    expect(made()).toBeLessThanOrEqual(MAX_PAPER_COPY_BYTES + 3 * MEGABYTE);
    expect(isCancelled()).toBe(true);
  });
});
