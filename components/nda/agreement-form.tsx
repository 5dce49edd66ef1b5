'use client';

import { type FormAction } from '@/lib/form-state';
import { ActionForm } from '../ui/action-form';
import { SubmitButton } from '../ui/submit-button';
import { AgreementFields, type AgreementFieldsProps, SignatoryFields } from './agreement-fields';

export type AgreementFormProps = Omit<AgreementFieldsProps, 'state'> & { readonly action: FormAction; readonly signatory: { readonly name: string } | null };

/** The details of an agreement: signed by the person who fills this in (`signatory`), or sent to somebody else (null). */
export function AgreementForm({ action, reference, defaults, replaces, signatory }: AgreementFormProps) {
  return (
    <ActionForm action={action} values={{ reference }}>
      {(state) => (
        <>
          <AgreementFields state={state} reference={reference} defaults={defaults} replaces={replaces} />
          <SignatoryFields state={state} isYou={signatory !== null} defaults={signatory ?? undefined} />
          <SubmitButton pendingLabel="Sending">{signatory ? 'Go on: mail me a code' : 'Send to the signatory'}</SubmitButton>
        </>
      )}
    </ActionForm>
  );
}

/** Gives an agreement that waits to another signatory. */
export function ForwardForm({ action, agreementId, defaults }: { readonly action: FormAction; readonly agreementId: string; readonly defaults?: { readonly name: string } }) {
  return (
    <ActionForm action={action} values={{ agreementId }}>
      {(state) => (
        <>
          <SignatoryFields state={state} isYou={false} defaults={defaults} />
          <SubmitButton pendingLabel="Sending">Send to this person</SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
