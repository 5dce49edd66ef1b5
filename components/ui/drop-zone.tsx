'use client';

import { type DragEvent, type ReactNode, useEffect, useState } from 'react';
import { classNames } from './class-names';

export type DropZoneProps = { readonly icon: ReactNode; readonly title: string; readonly hint: string; readonly onDrop: (data: DataTransfer) => void; readonly children: ReactNode };

/** A place to drop files on, with the buttons for those who choose them as its children. A drop that misses it does nothing. */
export function DropZone({ icon, title, hint, onDrop, children }: DropZoneProps) {
  const [isOver, setIsOver] = useState(false);
  useKeepMissedDrops();
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    onDrop(event.dataTransfer);
  };
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
      {icon}
      <p className="mt-2 font-medium">{title}</p>
      <p className="text-sm text-muted">{hint}</p>
      {children}
    </div>
  );
}

/** A file that misses the zone would otherwise be opened in place of the page, and end what is being sent. */
function useKeepMissedDrops(): void {
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
