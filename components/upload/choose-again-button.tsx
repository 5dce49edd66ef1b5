'use client';

import { useRef } from 'react';
import { type BrowserFile } from '@/lib/upload/browser/browser-file';
import { filesFromInput } from '@/lib/upload/browser/chosen-files';
import { Button } from '../ui/button';
import { useEarlyChoice } from './use-early-choice';

/** Asks for one file that was begun before. */
export function ChooseAgainButton({ name, onChosen }: { readonly name: string; readonly onChosen: (file: BrowserFile) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const chosen = (target: HTMLInputElement) => {
    const [file] = filesFromInput(target.files);
    if (file) onChosen(file);
    target.value = '';
  };
  useEarlyChoice(input, chosen);
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
