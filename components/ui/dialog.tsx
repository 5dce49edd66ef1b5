'use client';

import { X } from 'lucide-react';
import { type ReactNode, type SyntheticEvent, useEffect, useId, useRef } from 'react';

export type DialogProps = { readonly open: boolean; readonly onClose: () => void; readonly title: ReactNode; readonly children: ReactNode };

/**
 * A modal dialog on the browser's own `<dialog>`: the page behind is inert, Escape closes, the focus goes back to where
 * it was. (It needs no inline style, which the content security policy refuses.)
 */
export function Dialog({ open, onClose, title, children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // `close` comes a task after the focus is back at the button behind, which may have opened the dialog again by then.
  // So `cancel`, which comes before, is what closes; of `close`, only one that still holds counts.
  // The backdrop is the dialog's own box; a file input within cancels too.
  const closeIfOwn = (event: SyntheticEvent) => (event.target === element.current ? onClose() : undefined);
  const closeUnlessOpenAgain = () => (element.current?.open ? undefined : onClose());
  useEffect(() => {
    const dialog = element.current;
    if (!dialog) return;
    if (open && !dialog.open) dialog.showModal();
    if (!open && dialog.open) dialog.close();
  }, [open]);
  return (
    <dialog ref={element} className="dialog" aria-labelledby={titleId} onCancel={closeIfOwn} onClose={closeUnlessOpenAgain} onClick={closeIfOwn}>
      {open ? (
        <div className="p-4 sm:p-6">
          <div className="flex items-start justify-between gap-4">
            <h2 id={titleId} className="text-lg font-semibold">
              {title}
            </h2>
            <button type="button" onClick={onClose} aria-label="Close" className="-m-1 inline-flex size-8 flex-none items-center justify-center rounded hover:bg-sunken">
              <X aria-hidden className="size-5" />
            </button>
          </div>
          <div className="mt-3">{children}</div>
        </div>
      ) : null}
    </dialog>
  );
}
