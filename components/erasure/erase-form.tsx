'use client';

import { type FormAction } from '@/lib/form-state';
import { ActionForm } from '../ui/action-form';
import { SubmitButton } from '../ui/submit-button';
import { TextField } from '../ui/text-field';
import { type EraseScope } from './what-goes';

export type EraseFormProps = { readonly action: FormAction; readonly reference: string; /** Null for everything of the case. */ readonly fileId: string | null; readonly scope: EraseScope };

const ORDER: Readonly<Record<EraseScope, string>> = { file: 'Stop and erase this file', results: 'Erase what was made of it', case: 'Stop and erase everything' };

/** Orders an erasure, confirmed by typing the reference. Works without script. */
export function EraseForm({ action, reference, fileId, scope }: EraseFormProps) {
  return (
    <ActionForm action={action} values={{ reference, ...(fileId === null ? {} : { fileId }) }} narrow>
      {(state) => (
        <>
          <TextField
            name="confirmation"
            label="Type the reference of the case"
            hint={<>It is <span className="font-mono">{reference}</span>. Nothing brings back what is erased.</>}
            error={state.fields?.confirmation}
            defaultValue={state.values?.confirmation}
            autoComplete="off"
            spellCheck={false}
            width="half"
          />
          <SubmitButton variant="danger" pendingLabel="Ordering">
            {ORDER[scope]}
          </SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
