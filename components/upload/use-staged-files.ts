'use client';

import { useEffect, useRef, useState } from 'react';
import { type FileRequestView } from '@/domain/case-view';
import { type FileView } from '@/domain/file-view';
import { MAX_FILES_PER_CASE } from '@/domain/limits';
import { guessFileKind } from '@/lib/file-kind/guess-file-kind';
import { HEAD_BYTES } from '@/lib/file-kind/sniff-format';
import { type BrowserFile } from '@/lib/upload/browser/browser-file';
import { type UploadQueue } from '@/lib/upload/engine';
import { assignRequest, placeChosen, type StagedFile } from './staged-file';

export type StagedFilesOptions = {
  readonly queue: UploadQueue | null;
  readonly requests: readonly FileRequestView[];
  readonly unfinished: readonly FileView[];
  readonly cameFor: string | null;
};

export type StagedFiles = {
  readonly staged: readonly StagedFile[];
  /** Sentences about what was not simply added. */
  readonly notes: readonly string[];
  readonly choose: (files: readonly BrowserFile[]) => Promise<void>;
  readonly change: (id: string, change: Partial<Pick<StagedFile, 'kind' | 'requestId'>>) => void;
  readonly remove: (id: string) => void;
  /** Hands everything to the queue, which begins at once. */
  readonly send: () => void;
};

/** The files between being chosen and being sent. */
export function useStagedFiles(options: StagedFilesOptions): StagedFiles {
  const [staged, setStaged] = useState<readonly StagedFile[]>([]);
  const [notes, setNotes] = useState<readonly string[]>([]);
  // Files are looked at one after another; what was staged meanwhile counts.
  const current = useRef<readonly StagedFile[]>([]);
  const hasLeftPage = useRef(false);
  const put = (next: readonly StagedFile[]) => {
    current.current = next;
    setStaged(next);
    if (!hasLeftPage.current) options.queue?.expect(next[0]?.source ?? null);
  };
  const { queue } = options;
  // Who leaves the page leaves what was chosen, and what is still being looked at.
  useEffect(() => {
    hasLeftPage.current = false;
    return () => {
      hasLeftPage.current = true;
      queue?.expect(null);
    };
  }, [queue]);

  const choose = async (files: readonly BrowserFile[]) => {
    const said: string[] = [];
    options.queue?.wake();
    // What this device remembers is looked through first, else a file that it began would be begun a second time.
    await options.queue?.restore();
    for (const file of files.slice(0, MAX_FILES_PER_CASE)) {
      const note = await placeFile(file, options, current.current, (one) => put([...current.current, one]));
      if (note) said.push(note);
    }
    if (files.length === 0) said.push('No file could be read from what you chose.');
    if (files.length > MAX_FILES_PER_CASE) said.push(`A case takes ${MAX_FILES_PER_CASE} files. Pack the rest into one archive.`);
    setNotes(said);
  };
  const change: StagedFiles['change'] = (id, changes) => put(current.current.map((file) => (file.id === id ? { ...file, ...changes } : file)));
  const remove = (id: string) => put(current.current.filter((file) => file.id !== id));
  const send = () => {
    for (const { source, kind, requestId } of current.current) options.queue?.add({ source, kind, ...(requestId ? { requestId } : {}) });
    put([]);
    setNotes([]);
  };
  return { staged, notes, choose, change, remove, send };
}

/** Puts one chosen file where it belongs; answers a sentence where that is not the list of new files. */
async function placeFile(source: BrowserFile, { queue, requests, unfinished, cameFor }: StagedFilesOptions, staged: readonly StagedFile[], stage: (file: StagedFile) => void): Promise<string | null> {
  const placement = placeChosen(source, { queue: queue?.getSnapshot().files ?? [], unfinished, staged });
  switch (placement.is) {
    case 'reattach':
      queue?.attach(placement.localId, source);
      return `${source.name} is recognised: only what is missing is sent.`;
    case 'continue': {
      const { id, kind, requestId } = placement.file;
      queue?.add({ source, kind, fileId: id, ...(requestId ? { requestId } : {}) });
      return `${source.name} is recognised: only what is missing is sent.`;
    }
    case 'duplicate':
      return `${source.name} is in the list already.`;
    case 'too_large':
      return `${source.name} is larger than 64 GiB. Split it, or ask support for another way.`;
    case 'new': {
      const head = await source.read(0, Math.min(HEAD_BYTES, source.sizeBytes)).catch(() => null);
      if (head === null) return `${source.name} cannot be read. It may be locked or in use; try a copy of it.`;
      const guess = guessFileKind(source.name, head);
      stage({ id: crypto.randomUUID(), source, guess, ...assignRequest(guess, requests, cameFor) });
      return null;
    }
  }
}
