'use client';

import { type FormAction } from '@/lib/form-state';
import { ActionForm } from '../ui/action-form';
import { Checkbox } from '../ui/checkbox';
import { SubmitButton } from '../ui/submit-button';
import { TextField } from '../ui/text-field';

/** Whom to erase, by the address of their account. */
export function ErasePersonForm({ action }: { readonly action: FormAction }) {
  return (
    <ActionForm action={action}>
      {(state) => (
        <>
          <TextField name="email" label="E-mail address of the account" type="email" autoComplete="off" spellCheck={false} autoCapitalize="none" width="half" defaultValue={state.values?.email ?? ''} error={state.fields?.email} />
          <Checkbox name="confirmed" label="This person is to be erased. I know that it cannot be taken back." error={state.fields?.confirmed} />
          <SubmitButton variant="danger" pendingLabel="Erasing">
            Erase this person
          </SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
