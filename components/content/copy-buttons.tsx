'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { CopyButton } from '../ui/copy-button';

type Place = { readonly holder: HTMLElement; readonly code: string };

/** Puts a copy button above each `<pre>` inside. Without JavaScript the text stays as it is. */
export function CopyButtons({ children }: { readonly children: ReactNode }) {
  const root = useRef<HTMLDivElement>(null);
  const [places, setPlaces] = useState<readonly Place[]>([]);
  useEffect(() => {
    const found = [...(root.current?.querySelectorAll('pre') ?? [])].map((block) => {
      const holder = document.createElement('div');
      holder.className = 'code-tools';
      block.before(holder);
      return { holder, code: (block.textContent ?? '').replace(/\n$/, '') };
    });
    setPlaces(found);
    return () => found.forEach(({ holder }) => holder.remove());
  }, []);
  return (
    <div ref={root}>
      {children}
      {places.map(({ holder, code }, at) => createPortal(<CopyButton text={code} label="Copy" />, holder, String(at)))}
    </div>
  );
}
