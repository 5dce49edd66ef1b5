'use client';

import { type ReactNode, useState } from 'react';
import { type FormState } from '@/lib/form-state';
import { Alert } from './alert';
import { Button } from './button';
import { type ButtonSize, type ButtonVariant } from './button-classes';
import { Dialog } from './dialog';
import { HiddenFields } from './hidden-fields';
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
  /** A server action made by `formAction`, or a function of the same shape. The dialog closes once it answers `ok`; else it shows why not. */
  readonly action: (previous: FormState, form: FormData) => Promise<FormState | void> | void;
  /** Hidden fields of the form. */
  readonly values?: Readonly<Record<string, string>>;
};

const BEFORE: FormState = { ok: true };

/** Asks before something is done that cannot easily be taken back. */
export function ConfirmDialog({ triggerLabel, triggerVariant = 'secondary', triggerSize = 'md', title, children, confirmLabel, pendingLabel, cancelLabel = 'Cancel', tone = 'primary', action, values = {} }: ConfirmDialogProps) {
  const [isOpen, setIsOpen] = useState(false);
  const [refused, setRefused] = useState<FormState>(BEFORE);
  const change = (open: boolean) => {
    setRefused(BEFORE);
    setIsOpen(open);
  };
  const confirm = async (form: FormData) => {
    const answer = await action(BEFORE, form);
    if (answer && !answer.ok) setRefused(answer);
    else change(false);
  };
  return (
    <>
      <Button variant={triggerVariant} size={triggerSize} onClick={() => change(true)}>
        {triggerLabel}
      </Button>
      <Dialog open={isOpen} onClose={() => change(false)} title={title}>
        <form action={confirm} className="space-y-4">
          <HiddenFields values={values} />
          {refused.ok ? null : (
            <Alert tone="danger" role="alert" title={refused.message ?? 'This did not work.'}>
              {refused.reference ? <p className="text-sm">Reference for support: <span className="font-mono">{refused.reference}</span></p> : null}
            </Alert>
          )}
          <div className="space-y-3">{children}</div>
          <div className="flex flex-wrap gap-2">
            <SubmitButton variant={tone} pendingLabel={pendingLabel}>
              {confirmLabel}
            </SubmitButton>
            <Button onClick={() => change(false)}>{cancelLabel}</Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
