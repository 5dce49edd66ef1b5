'use client';

import { useActionState } from 'react';
import { EMPTY_FORM, type FormAction } from '@/lib/form-state';
import { FormErrorSummary } from '../ui/form-error-summary';
import { SubmitButton } from '../ui/submit-button';
import { TextField } from '../ui/text-field';
import { type EraseScope } from './what-goes';

export type EraseFormProps = { readonly action: FormAction; readonly reference: string; /** Null for everything of the case. */ readonly fileId: string | null; readonly scope: EraseScope };

const ORDER: Readonly<Record<EraseScope, string>> = { file: 'Stop and erase this file', results: 'Erase what was made of it', case: 'Stop and erase everything' };

/** Orders an erasure, confirmed by typing the reference. Works without script. */
export function EraseForm({ action, reference, fileId, scope }: EraseFormProps) {
  const [state, send] = useActionState(action, EMPTY_FORM);
  return (
    <form action={send} noValidate className="max-w-xl space-y-4">
      <FormErrorSummary state={state} />
      <input type="hidden" name="reference" value={reference} />
      {fileId === null ? null : <input type="hidden" name="fileId" value={fileId} />}
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
    </form>
  );
}
