'use client';

import { useRef } from 'react';
import { type BrowserFile } from '@/lib/upload/browser/browser-file';
import { filesFromInput } from '@/lib/upload/browser/chosen-files';
import { Button } from '../ui/button';

/** Asks for one file that was begun before. Drawn in the browser only, so that nothing is chosen before the page can take it. */
export function ChooseAgainButton({ name, onChosen }: { readonly name: string; readonly onChosen: (file: BrowserFile) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const chosen = (target: HTMLInputElement) => {
    const [file] = filesFromInput(target.files);
    if (file) onChosen(file);
    target.value = '';
  };
  return (
    <>
      <Button size="sm" onClick={() => input.current?.click()} aria-label={`Choose ${name} again`}>
        Choose the file again
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        autoComplete="off"
        aria-label={`${name}, again`}
        onChange={({ target }) => chosen(target)}
      />
    </>
  );
}
