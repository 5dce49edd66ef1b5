'use client';

import { FILE_KIND_LABELS, FILE_KINDS } from '@/domain/file-kinds';
import { type FormAction } from '@/lib/form-state';
import { ActionForm } from '../ui/action-form';
import { SelectField } from '../ui/select-field';
import { SubmitButton } from '../ui/submit-button';
import { TextArea } from '../ui/text-area';

/** Asks the customer for a file of a kind, with what it is needed for (P-MIN). */
export function AskForFile({ reference, action }: { readonly reference: string; readonly action: FormAction }) {
  return (
    <ActionForm action={action} values={{ reference }}>
      {(state) => (
        <>
          <SelectField key={`kind-${state.values?.kind ?? ''}`} name="kind" label="Kind of file" emptyLabel="Choose one" options={FILE_KINDS.map((value) => ({ value, label: FILE_KIND_LABELS[value] }))} defaultValue={state.values?.kind ?? ''} error={state.fields?.kind} />
          <TextArea name="purpose" rows={3} label="What it is needed for" hint="The customer reads this sentence and decides by it. Ask for no more than the diagnosis needs." defaultValue={state.values?.purpose ?? ''} error={state.fields?.purpose} />
          <SubmitButton pendingLabel="Asking" size="sm">
            Ask for this file
          </SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
