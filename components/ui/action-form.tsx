'use client';

import { type FormEvent, type ReactNode, useActionState } from 'react';
import { EMPTY_FORM, type FormAction, type FormState } from '@/lib/form-state';
import { Alert } from './alert';
import { FormErrorSummary } from './form-error-summary';

export type ActionFormProps = {
  readonly action: FormAction;
  /** Fields stay as they are also after an answer that went well, as with settings. */
  readonly keepsAnswers?: boolean;
  /** The fields and the button, made from the last answer. */
  readonly children: (state: FormState) => ReactNode;
};

/** The frame of a form: what went wrong, what went right, and what is asked. */
export function ActionForm({ action, keepsAnswers = false, children }: ActionFormProps) {
  const [state, submit] = useActionState(action, EMPTY_FORM);
  // React empties a form once its action has ended, also one that has to be corrected, and under the hands of who types already.
  const keepWhatWasTyped = (event: FormEvent) => {
    if (keepsAnswers || !state.ok) event.preventDefault();
  };
  return (
    <form action={submit} onReset={keepWhatWasTyped} noValidate className="space-y-4">
      <FormErrorSummary state={state} />
      {state.ok && state.message ? (
        <Alert tone="success" role="status">
          {state.message}
        </Alert>
      ) : null}
      {children(state)}
    </form>
  );
}
