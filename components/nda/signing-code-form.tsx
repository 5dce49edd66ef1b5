'use client';

import { useActionState } from 'react';
import { EMPTY_FORM, type FormAction } from '@/lib/form-state';
import { ActionButton } from '../account/action-button';
import { FormErrorSummary } from '../ui/form-error-summary';
import { SubmitButton } from '../ui/submit-button';
import { TextField } from '../ui/text-field';

export type SigningCodeFormProps = { readonly action: FormAction; readonly sendAgain: FormAction; readonly agreementId: string };

/** The one-time code. */
export function SigningCodeForm({ action, sendAgain, agreementId }: SigningCodeFormProps) {
  const [state, send] = useActionState(action, EMPTY_FORM);
  return (
    <div className="space-y-5">
      <form action={send} noValidate className="space-y-4">
        <FormErrorSummary state={state} />
        <input type="hidden" name="agreementId" value={agreementId} />
        <TextField name="code" label="Code" hint="Six digits, for 15 minutes." error={state.fields?.code} inputMode="numeric" autoComplete="one-time-code" maxLength={12} width="short" className="font-mono tracking-widest" />
        <SubmitButton pendingLabel="Checking">Confirm and read</SubmitButton>
      </form>
      <ActionButton action={sendAgain} values={{ agreementId }} pendingLabel="Sending">
        Mail me a new code
      </ActionButton>
    </div>
  );
}
