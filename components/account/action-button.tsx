'use client';

import { type ReactNode, useActionState } from 'react';
import { EMPTY_FORM, type FormAction } from '@/lib/form-state';
import { type ButtonSize, type ButtonVariant } from '../ui/button-classes';
import { HiddenFields } from '../ui/hidden-fields';
import { SubmitButton } from '../ui/submit-button';

export type ActionButtonProps = {
  readonly action: FormAction;
  /** Hidden fields. */
  readonly values?: Readonly<Record<string, string>>;
  readonly children: ReactNode;
  readonly pendingLabel?: string;
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
};

/** One button that does one thing at once; where it does not work, the reason stands below it. */
export function ActionButton({ action, values = {}, children, pendingLabel, variant = 'secondary', size = 'sm' }: ActionButtonProps) {
  const [state, submit] = useActionState(action, EMPTY_FORM);
  return (
    <form action={submit}>
      <HiddenFields values={values} />
      <SubmitButton variant={variant} size={size} pendingLabel={pendingLabel}>
        {children}
      </SubmitButton>
      {!state.ok && state.message ? (
        <p role="alert" className="mt-1 max-w-[48ch] text-sm text-danger">
          {state.message}
        </p>
      ) : null}
    </form>
  );
}
