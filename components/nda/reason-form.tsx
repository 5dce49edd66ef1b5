'use client';

import { useActionState } from 'react';
import { EMPTY_FORM, type FormAction } from '@/lib/form-state';
import { FormErrorSummary } from '../ui/form-error-summary';
import { SubmitButton } from '../ui/submit-button';
import { TextArea } from '../ui/text-area';

export type ReasonFormProps = { readonly action: FormAction; readonly agreementId: string; readonly label: string; readonly hint: string; readonly submitLabel: string };

/** Something that ends, with the reason for it. */
export function ReasonForm({ action, agreementId, label, hint, submitLabel }: ReasonFormProps) {
  const [state, send] = useActionState(action, EMPTY_FORM);
  return (
    <form action={send} noValidate className="space-y-4">
      <FormErrorSummary state={state} />
      <input type="hidden" name="agreementId" value={agreementId} />
      <TextArea name="reason" label={label} hint={hint} rows={4} error={state.fields?.reason} defaultValue={state.values?.reason} />
      <SubmitButton variant="danger" pendingLabel="Recording">{submitLabel}</SubmitButton>
    </form>
  );
}
