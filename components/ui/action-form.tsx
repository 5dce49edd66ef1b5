'use client';

import { type FormEvent, type ReactNode, useActionState } from 'react';
import { EMPTY_FORM, type FormAction, type FormState } from '@/lib/form-state';
import { Alert } from './alert';
import { classNames } from './class-names';
import { FormErrorSummary } from './form-error-summary';
import { HiddenFields } from './hidden-fields';

export type ActionFormProps = {
  readonly action: FormAction;
  /** Hidden fields. */
  readonly values?: Readonly<Record<string, string>>;
  /** The ids of fields that are not their names: a page may have several forms. */
  readonly fieldIds?: Readonly<Record<string, string>>;
  /** Fields stay as they are also after an answer that went well, as with settings. */
  readonly keepsAnswers?: boolean;
  /** No wider than is read at ease. */
  readonly narrow?: boolean;
  /** The fields and the button, made from the last answer. */
  readonly children: (state: FormState) => ReactNode;
};

/** The frame of a form: what went wrong, what went right, and what is asked. */
export function ActionForm({ action, values = {}, fieldIds, keepsAnswers = false, narrow = false, children }: ActionFormProps) {
  const [state, submit] = useActionState(action, EMPTY_FORM);
  // React empties a form once its action has ended, also one that has to be corrected, and under the hands of who types already.
  const keepWhatWasTyped = (event: FormEvent) => {
    if (keepsAnswers || !state.ok) event.preventDefault();
  };
  return (
    <form action={submit} onReset={keepWhatWasTyped} noValidate className={classNames('space-y-4', narrow && 'max-w-xl')}>
      <FormErrorSummary state={state} fieldIds={fieldIds} />
      {state.ok && state.message ? (
        <Alert tone="success" role="status">
          {state.message}
        </Alert>
      ) : null}
      <HiddenFields values={values} />
      {children(state)}
    </form>
  );
}
