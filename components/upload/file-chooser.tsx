'use client';

import { FolderUp, UploadCloud } from 'lucide-react';
import { useRef } from 'react';
import { type BrowserFile } from '@/lib/upload/browser/browser-file';
import { filesFromDrop, filesFromInput } from '@/lib/upload/browser/chosen-files';
import { Button } from '../ui/button';
import { DropZone } from '../ui/drop-zone';
import { useEarlyChoice } from './use-early-choice';

/** Files by dropping them, or by choosing files or a folder. Every way gives the same list. */
export function FileChooser({ onChosen }: { readonly onChosen: (files: readonly BrowserFile[]) => void }) {
  const filesInput = useRef<HTMLInputElement>(null);
  const folderInput = useRef<HTMLInputElement>(null);
  const chosen = (input: HTMLInputElement) => {
    onChosen(filesFromInput(input.files));
    // The same file can be chosen again, such as after it was cancelled.
    input.value = '';
  };
  useEarlyChoice(filesInput, chosen);
  useEarlyChoice(folderInput, chosen);
  return (
    <DropZone icon={<UploadCloud aria-hidden className="mx-auto size-7 text-muted" />} title="Drop files or folders here" hint="Nothing is sent before you press Send." onDrop={(data) => void filesFromDrop(data).then(onChosen)}>
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
    </DropZone>
  );
}
