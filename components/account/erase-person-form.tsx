'use client';

import { type FormEvent, useActionState } from 'react';
import { EMPTY_FORM, type FormAction } from '@/lib/form-state';
import { Alert } from '../ui/alert';
import { Checkbox } from '../ui/checkbox';
import { FormErrorSummary } from '../ui/form-error-summary';
import { SubmitButton } from '../ui/submit-button';
import { TextField } from '../ui/text-field';

/** Whom to erase, by the address of their account. */
export function ErasePersonForm({ action }: { readonly action: FormAction }) {
  const [state, submit] = useActionState(action, EMPTY_FORM);
  // React empties a form once its action has ended, also one that has to be corrected.
  const keepWhatWasTyped = (event: FormEvent) => {
    if (!state.ok) event.preventDefault();
  };
  return (
    <form action={submit} onReset={keepWhatWasTyped} noValidate className="space-y-4">
      <FormErrorSummary state={state} />
      {state.ok && state.message ? (
        <Alert tone="success" role="status">
          {state.message}
        </Alert>
      ) : null}
      <TextField name="email" label="E-mail address of the account" type="email" autoComplete="off" spellCheck={false} autoCapitalize="none" width="half" defaultValue={state.values?.email ?? ''} error={state.fields?.email} />
      <Checkbox name="confirmed" label="This person is to be erased. I know that it cannot be taken back." error={state.fields?.confirmed} />
      <SubmitButton variant="danger" pendingLabel="Erasing">
        Erase this person
      </SubmitButton>
    </form>
  );
}
