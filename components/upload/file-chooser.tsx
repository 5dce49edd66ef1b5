'use client';

import { FolderUp, UploadCloud } from 'lucide-react';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { type BrowserFile } from '@/lib/upload/browser/browser-file';
import { filesFromDrop, filesFromInput } from '@/lib/upload/browser/chosen-files';
import { Button } from '../ui/button';
import { classNames } from '../ui/class-names';
import { useEarlyChoice } from './use-early-choice';

/** Files by dropping them, or by choosing files or a folder. Every way gives the same list. */
export function FileChooser({ onChosen }: { readonly onChosen: (files: readonly BrowserFile[]) => void }) {
  const filesInput = useRef<HTMLInputElement>(null);
  const folderInput = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  useKeepMissedDrops();

  const drop = async (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    onChosen(await filesFromDrop(event.dataTransfer));
  };
  const chosen = (input: HTMLInputElement) => {
    onChosen(filesFromInput(input.files));
    // The same file can be chosen again, such as after it was cancelled.
    input.value = '';
  };
  useEarlyChoice(filesInput, chosen);
  useEarlyChoice(folderInput, chosen);
  return (
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
      className={classNames('rounded border-2 border-dashed px-4 py-8 text-center', isOver ? 'border-accent bg-accent-tint' : 'border-field')}
    >
      <UploadCloud aria-hidden className="mx-auto size-7 text-muted" />
      <p className="mt-2 font-medium">Drop files or folders here</p>
      <p className="text-sm text-muted">Nothing is sent before you press Send.</p>
      <div className="mt-4 flex flex-wrap justify-center gap-2">
        <Button variant="primary" onClick={() => filesInput.current?.click()}>
          Choose files
        </Button>
        <Button onClick={() => folderInput.current?.click()}>
          <FolderUp aria-hidden className="size-4" /> Choose a folder
        </Button>
      </div>
      <input ref={filesInput} type="file" multiple hidden autoComplete="off" aria-label="Files to send" onChange={({ target }) => chosen(target)} />
      <input ref={folderInput} type="file" multiple hidden autoComplete="off" aria-label="Folder to send" onChange={({ target }) => chosen(target)} {...{ webkitdirectory: '' }} />
    </div>
  );
}

/** A file that misses the zone would otherwise be opened in place of the page, and end what is being sent. */
export function useKeepMissedDrops(): void {
  useEffect(() => {
    const keep = (event: Event) => event.preventDefault();
    window.addEventListener('dragover', keep);
    window.addEventListener('drop', keep);
    return () => {
      window.removeEventListener('dragover', keep);
      window.removeEventListener('drop', keep);
    };
  }, []);
}
