'use client';

import { useActionState } from 'react';
import { EMPTY_FORM, type FormAction } from '@/lib/form-state';
import { FormErrorSummary } from '../ui/form-error-summary';
import { SubmitButton } from '../ui/submit-button';
import { AgreementFields, type AgreementFieldsProps, SignatoryFields } from './agreement-fields';

export type AgreementFormProps = Omit<AgreementFieldsProps, 'state'> & { readonly action: FormAction; readonly signatory: { readonly name: string } | null };

/** The details of an agreement: signed by the person who fills this in (`signatory`), or sent to somebody else (null). */
export function AgreementForm({ action, reference, defaults, replaces, signatory }: AgreementFormProps) {
  const [state, send] = useActionState(action, EMPTY_FORM);
  return (
    <form action={send} noValidate className="space-y-5">
      <FormErrorSummary state={state} />
      <input type="hidden" name="reference" value={reference} />
      <AgreementFields state={state} reference={reference} defaults={defaults} replaces={replaces} />
      <SignatoryFields state={state} isYou={signatory !== null} defaults={signatory ?? undefined} />
      <SubmitButton pendingLabel="Sending">{signatory ? 'Go on: mail me a code' : 'Send to the signatory'}</SubmitButton>
    </form>
  );
}

/** Gives an agreement that waits to another signatory. */
export function ForwardForm({ action, agreementId, defaults }: { readonly action: FormAction; readonly agreementId: string; readonly defaults?: { readonly name: string } }) {
  const [state, send] = useActionState(action, EMPTY_FORM);
  return (
    <form action={send} noValidate className="space-y-5">
      <FormErrorSummary state={state} />
      <input type="hidden" name="agreementId" value={agreementId} />
      <SignatoryFields state={state} isYou={false} defaults={defaults} />
      <SubmitButton pendingLabel="Sending">Send to this person</SubmitButton>
    </form>
  );
}
