import { describe, expect, it } from 'vitest';
import { type FileSnapshot } from '@/lib/upload/snapshot';
import { announcement, formatSecondsLeft, percentDone, progressParts, saidOf } from './upload-words';

const MIB = 1024 * 1024;
const file = (changes: Partial<FileSnapshot> = {}): FileSnapshot => ({
  localId: 'l', fileId: 'f', name: 'heap.hprof', kind: 'heap_dump', sizeBytes: 100 * MIB, phase: 'sending', needs: null, segmentsStored: 0, segmentCount: 4, receiptUrl: null, error: null,
  rawBytesDone: 0, sentBytes: 0, expectedBytes: null, bytesPerSecond: null, secondsLeft: null, savedRatio: null, ...changes,
});

describe('the words about an upload', () => {
  it('never say 100 percent before the file is stored', () => {
    expect(percentDone(file({ rawBytesDone: 100 * MIB }))).toBe(99);
    expect(percentDone(file({ phase: 'stored' }))).toBe(100);
    expect(percentDone(file({ sizeBytes: 0 }))).toBe(0);
  });

  it('say bytes, speed, time left and what was saved, each only where it is known', () => {
    expect(progressParts(file())).toEqual([]);
    expect(progressParts(file({ sentBytes: 10 * MIB, expectedBytes: 33 * MIB, bytesPerSecond: 2 * MIB, secondsLeft: 12, savedRatio: 0.67 }))).toEqual(['10 MiB of about 33 MiB sent', '2 MiB/s', 'about 12 s left', '67 % saved by compression']);
    expect(progressParts(file({ phase: 'paused', sentBytes: 10 * MIB, expectedBytes: 33 * MIB, bytesPerSecond: 5, secondsLeft: 1 }))).toEqual(['10 MiB of about 33 MiB sent']);
  });

  it.each([[0, 'about 1 s'], [59, 'about 59 s'], [61, 'about 2 min'], [3600, 'about 1 h 0 min'], [7800, 'about 2 h 10 min']])('say %d seconds as %s', (seconds, text) => expect(formatSecondsLeft(seconds)).toBe(text));

  it('are spoken every ten percent, and once', () => {
    const at = (percent: number) => file({ rawBytesDone: percent * MIB });
    expect(announcement(at(12), saidOf(at(9)))).toBe('heap.hprof: 10 percent.');
    expect(announcement(at(19), saidOf(at(12)))).toBeNull();
    expect(announcement(at(45), saidOf(at(19)))).toBe('heap.hprof: 40 percent.');
  });

  it('are spoken when a file begins, and when it goes on', () => {
    expect(announcement(file({ phase: 'waiting' }), undefined)).toBe('heap.hprof is being sent.');
    expect(announcement(file(), saidOf(file({ phase: 'waiting' })))).toBeNull();
    for (const phase of ['paused', 'offline', 'signed-out', 'failed'] as const) expect(announcement(file({ phase: 'waiting' }), saidOf(file({ phase })))).toBe('heap.hprof goes on.');
  });

  it('are spoken when something asks for attention, and not for what was so from the start', () => {
    const error = { code: 'x', title: 'The connection failed too often', detail: '', lost: '', action: '' };
    expect(announcement(file({ phase: 'stored' }), saidOf(file({ rawBytesDone: 90 * MIB })))).toBe('heap.hprof is stored.');
    expect(announcement(file({ phase: 'failed', error }), saidOf(file()))).toBe('heap.hprof stopped: The connection failed too often.');
    expect(announcement(file({ phase: 'paused' }), undefined)).toBeNull();
    expect(announcement(file({ phase: 'stored' }), saidOf(file({ phase: 'stored' })))).toBeNull();
  });
});
