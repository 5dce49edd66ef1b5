import { expect } from 'vitest';
import type { FileSnapshot } from '../snapshot';
import type { FlyingPut } from './fake-storage';
import { fakeFile, type FakeWorld } from './fake-world';

/** The first `times` PUTs meet `fault`, the others arrive. */
export function faultyPuts(world: FakeWorld, times: number, fault: (put: FlyingPut) => void): void {
  world.storage.onPut = (put) => (world.storage.puts <= times ? fault(put) : put.arrive());
}

/** Sends one file to its end, whatever that is; a stored one holds what was sent. */
export async function sendThrough(world: FakeWorld, sizeBytes = 35): Promise<FileSnapshot> {
  const source = fakeFile('heap.hprof', sizeBytes);
  const file = await world.untilOver(world.queue.add({ source, kind: 'heap_dump' }));
  if (file.phase === 'stored') expect(world.portal.content(file.fileId ?? '')).toEqual(source.content);
  return file;
}
