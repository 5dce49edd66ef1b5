import { describe, expect, it } from 'vitest';
import { type FileRequestView } from '@/domain/case-view';
import { type FileView } from '@/domain/file-view';
import { MAX_FILE_BYTES } from '@/domain/limits';
import { type FileKindGuess } from '@/lib/file-kind/guess-file-kind';
import { BrowserFile } from '@/lib/upload/browser/browser-file';
import { type FileSnapshot } from '@/lib/upload/snapshot';
import { assignRequest, placeChosen, type StagedFile, unrequestedKinds } from './staged-file';

const chosen = { name: 'heap.hprof', sizeBytes: 100, lastModifiedMs: 5 };
const inQueue = (changes: Partial<FileSnapshot>) => ({ localId: 'l', name: 'heap.hprof', sizeBytes: 100, needs: null, phase: 'sending', ...changes }) as FileSnapshot;
const atPortal = (changes: Partial<FileView>) => ({ id: 'f', name: 'heap.hprof', rawSizeBytes: 100, state: 'uploading', sentBy: 'you', ...changes }) as FileView;
const request = (id: string, kind: FileRequestView['kind'], isWaiting = true): FileRequestView => ({ id, kind, purpose: 'p', status: 'open', createdAt: '', endedAt: null, sentFiles: 0, isWaiting });
const guess = (kind: FileKindGuess['kind'], confidence: FileKindGuess['confidence'] = 'certain'): FileKindGuess => ({ kind, confidence, format: 'unknown', reason: '' });
const staged = (changes: Partial<StagedFile> = {}): StagedFile => ({ id: 's', source: new BrowserFile(new File(['x'.repeat(100)], 'heap.hprof', { lastModified: 5 })), kind: 'heap_dump', guess: guess('heap_dump'), requestId: null, ...changes });
const nothing = { queue: [], unfinished: [], staged: [] };

describe('a chosen file', () => {
  it('is recognised by name and size where this page waits for it', () => {
    expect(placeChosen(chosen, { ...nothing, queue: [inQueue({ needs: 'file', phase: 'paused' })] })).toEqual({ is: 'reattach', localId: 'l' });
    expect(placeChosen({ ...chosen, sizeBytes: 101 }, { ...nothing, queue: [inQueue({ needs: 'file', phase: 'paused' })] })).toEqual({ is: 'new' });
  });

  it('goes on where the portal holds a part of it, whoever began it', () => {
    for (const sentBy of ['you', 'colleague', 'upload_key'] as const) expect(placeChosen(chosen, { ...nothing, unfinished: [atPortal({ sentBy })] })).toMatchObject({ is: 'continue', file: { id: 'f' } });
    for (const other of [{ state: 'stored' as const }, { name: 'other' }, { rawSizeBytes: null }]) {
      expect(placeChosen(chosen, { ...nothing, unfinished: [atPortal(other)] })).toEqual({ is: 'new' });
    }
  });

  it('is not taken twice, but may be chosen again after a failure', () => {
    expect(placeChosen(chosen, { ...nothing, queue: [inQueue({})] })).toEqual({ is: 'duplicate' });
    expect(placeChosen(chosen, { ...nothing, staged: [staged()] })).toEqual({ is: 'duplicate' });
    expect(placeChosen(chosen, { ...nothing, queue: [inQueue({ phase: 'cancelled' })] })).toEqual({ is: 'new' });
  });

  it('is refused above the largest size', () => {
    expect(placeChosen({ ...chosen, sizeBytes: MAX_FILE_BYTES }, nothing)).toEqual({ is: 'new' });
    expect(placeChosen({ ...chosen, sizeBytes: MAX_FILE_BYTES + 1 }, nothing)).toEqual({ is: 'too_large' });
  });
});

describe('the request that a file answers', () => {
  const requests = [request('r1', 'heap_dump'), request('r2', 'os_log'), request('r3', 'heap_dump'), request('r4', 'database_backup', false)];

  it('is a waiting one of its kind', () => {
    expect(assignRequest(guess('os_log'), requests, null)).toEqual({ kind: 'os_log', requestId: 'r2' });
    expect(assignRequest(guess('database_backup'), requests, null)).toEqual({ kind: 'database_backup', requestId: null });
  });

  it('is the one that the person came for, where the content does not speak against it', () => {
    expect(assignRequest(guess('heap_dump'), requests, 'r3')).toEqual({ kind: 'heap_dump', requestId: 'r3' });
    expect(assignRequest(guess('other', 'unsure'), requests, 'r3')).toEqual({ kind: 'heap_dump', requestId: 'r3' });
    expect(assignRequest(guess('database_backup'), requests, 'r3')).toEqual({ kind: 'database_backup', requestId: null });
    expect(assignRequest(guess('os_log'), requests, 'unknown')).toEqual({ kind: 'os_log', requestId: 'r2' });
  });

  it('is missing for the kinds that are questioned', () => {
    expect(unrequestedKinds([staged(), staged(), staged({ kind: 'os_log' }), staged({ kind: 'other', requestId: 'r' })])).toEqual(['heap_dump', 'os_log']);
  });
});
