'use client';

import { type FormAction } from '@/lib/form-state';
import { ActionForm } from '../ui/action-form';
import { SubmitButton } from '../ui/submit-button';
import { TextArea } from '../ui/text-area';

export type ReasonFormProps = { readonly action: FormAction; readonly agreementId: string; readonly label: string; readonly hint: string; readonly submitLabel: string };

/** Something that ends, with the reason for it. */
export function ReasonForm({ action, agreementId, label, hint, submitLabel }: ReasonFormProps) {
  return (
    <ActionForm action={action} values={{ agreementId }}>
      {(state) => (
        <>
          <TextArea name="reason" label={label} hint={hint} rows={4} error={state.fields?.reason} defaultValue={state.values?.reason} />
          <SubmitButton variant="danger" pendingLabel="Recording">{submitLabel}</SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
