'use client';

import { type ReactNode, useState } from 'react';
import { Button } from './button';
import { type ButtonSize, type ButtonVariant } from './button-classes';
import { Dialog } from './dialog';
import { SubmitButton } from './submit-button';

export type ConfirmDialogProps = {
  /** On the button that opens the dialog. */
  readonly triggerLabel: ReactNode;
  readonly triggerVariant?: ButtonVariant;
  readonly triggerSize?: ButtonSize;
  readonly title: ReactNode;
  /** What will happen, and whether it can be undone. Fields of the form may stand here. */
  readonly children: ReactNode;
  readonly confirmLabel: string;
  readonly pendingLabel?: string;
  readonly cancelLabel?: string;
  readonly tone?: 'primary' | 'danger';
  /** A server action or a function; the dialog closes once it is done. */
  readonly action: (form: FormData) => void | Promise<void>;
  /** Hidden fields of the form. */
  readonly values?: Readonly<Record<string, string>>;
};

/** Asks before something is done that cannot easily be taken back. */
export function ConfirmDialog({ triggerLabel, triggerVariant = 'secondary', triggerSize = 'md', title, children, confirmLabel, pendingLabel, cancelLabel = 'Cancel', tone = 'primary', action, values = {} }: ConfirmDialogProps) {
  const [open, setOpen] = useState(false);
  const confirm = async (form: FormData) => {
    await action(form);
    setOpen(false);
  };
  return (
    <>
      <Button variant={triggerVariant} size={triggerSize} onClick={() => setOpen(true)}>
        {triggerLabel}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={title}>
        <form action={confirm} className="space-y-4">
          {Object.entries(values).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <div className="space-y-3">{children}</div>
          <div className="flex flex-wrap gap-2">
            <SubmitButton variant={tone} pendingLabel={pendingLabel}>
              {confirmLabel}
            </SubmitButton>
            <Button onClick={() => setOpen(false)}>{cancelLabel}</Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
