'use client';

import { useEffect, useRef, useState } from 'react';
import { type FileSnapshot } from '@/lib/upload/snapshot';
import { announcement, type Said, saidOf } from './upload-words';

/** Says each ten percent, and each change that asks for attention, to screen readers. */
export function UploadAnnouncer({ files }: { readonly files: readonly FileSnapshot[] }) {
  const said = useRef(new Map<string, Said>());
  const [words, setWords] = useState('');
  useEffect(() => {
    const news = files.flatMap((file) => announcement(file, said.current.get(file.localId)) ?? []);
    said.current = new Map(files.map((file) => [file.localId, saidOf(file)]));
    if (news.length > 0) setWords(news.join(' '));
  }, [files]);
  return (
    <p className="sr-only" role="status" aria-live="polite">
      {words}
    </p>
  );
}
