'use client';

import { useActionState } from 'react';
import { FILE_KIND_LABELS, FILE_KINDS } from '@/domain/file-kinds';
import { EMPTY_FORM, type FormAction } from '@/lib/form-state';
import { Alert } from '../ui/alert';
import { FormErrorSummary } from '../ui/form-error-summary';
import { SelectField } from '../ui/select-field';
import { SubmitButton } from '../ui/submit-button';
import { TextArea } from '../ui/text-area';

/** Asks the customer for a file of a kind, with what it is needed for (P-MIN). */
export function AskForFile({ reference, action }: { readonly reference: string; readonly action: FormAction }) {
  const [state, send] = useActionState(action, EMPTY_FORM);
  return (
    <form action={send} className="space-y-4" noValidate>
      <FormErrorSummary state={state} />
      {state.ok && state.message ? <Alert tone="success" role="status" title={state.message} /> : null}
      <input type="hidden" name="reference" value={reference} />
      <SelectField key={`kind-${state.values?.kind ?? ''}`} name="kind" label="Kind of file" emptyLabel="Choose one" options={FILE_KINDS.map((value) => ({ value, label: FILE_KIND_LABELS[value] }))} defaultValue={state.values?.kind ?? ''} error={state.fields?.kind} />
      <TextArea name="purpose" rows={3} label="What it is needed for" hint="The customer reads this sentence and decides by it. Ask for no more than the diagnosis needs." defaultValue={state.values?.purpose ?? ''} error={state.fields?.purpose} />
      <SubmitButton pendingLabel="Asking" size="sm">
        Ask for this file
      </SubmitButton>
    </form>
  );
}
