'use client';

import { useActionState } from 'react';
import { EMPTY_FORM, type FormAction } from '@/lib/form-state';
import { Alert } from '../ui/alert';
import { FormErrorSummary } from '../ui/form-error-summary';
import { RadioGroup } from '../ui/radio-group';
import { SubmitButton } from '../ui/submit-button';
import { TextField } from '../ui/text-field';
import { STAFF_ROLE_OPTIONS } from './staff-role-options';

/** Makes an account for somebody who works for the vendor. */
export function AddStaff({ action }: { readonly action: FormAction }) {
  const [state, send] = useActionState(action, EMPTY_FORM);
  return (
    <form action={send} className="space-y-4" noValidate>
      <FormErrorSummary state={state} />
      {state.ok && state.message ? <Alert tone="success" role="status" title={state.message} /> : null}
      <TextField name="email" type="email" label="E-mail address" hint="They sign in with it. It gets a message that the account is there." autoComplete="off" defaultValue={state.values?.email ?? ''} error={state.fields?.email} width="half" />
      <RadioGroup key={state.values?.role ?? ''} name="role" label="Role" options={STAFF_ROLE_OPTIONS} defaultValue={state.values?.role} error={state.fields?.role} />
      <SubmitButton pendingLabel="Adding" size="sm">
        Add this person
      </SubmitButton>
    </form>
  );
}
