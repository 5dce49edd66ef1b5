'use client';

import { type FormAction } from '@/lib/form-state';
import { ActionForm } from '../ui/action-form';
import { Checkbox } from '../ui/checkbox';
import { SubmitButton } from '../ui/submit-button';
import { TextField } from '../ui/text-field';

type CountersignFormProps = { readonly action: FormAction; readonly agreementId: string; readonly name: string; readonly vendorName: string };

/** The vendor's signature, by a named person. */
export function CountersignForm({ action, agreementId, name, vendorName }: CountersignFormProps) {
  return (
    <ActionForm action={action} values={{ agreementId }} narrow>
      {({ fields, values }) => (
        <>
          <TextField name="name" label="Your full name" error={fields?.name} defaultValue={values?.name ?? name} autoComplete="name" width="half" />
          <TextField name="title" label="Your title" error={fields?.title} defaultValue={values?.title} autoComplete="organization-title" width="half" />
          <Checkbox name="authority" label={`I have read the document and am authorised to sign for ${vendorName}.`} error={fields?.authority} />
          <SubmitButton pendingLabel="Signing">Countersign for {vendorName}</SubmitButton>
        </>
      )}
    </ActionForm>
  );
}

/** Puts a paper copy on file. */
export function AcceptPaperForm({ action, agreementId }: { readonly action: FormAction; readonly agreementId: string }) {
  return (
    <ActionForm action={action} values={{ agreementId }}>
      {(state) => (
        <>
          <Checkbox name="seen" label="I have looked at the copy: both sides signed the whole agreement." error={state.fields?.seen} />
          <SubmitButton pendingLabel="Recording">Put it on file</SubmitButton>
        </>
      )}
    </ActionForm>
  );
}

/** A standing approval in the name of the person who gives it. */
export function ApprovalForm({ action, name }: { readonly action: FormAction; readonly name: string }) {
  return (
    <ActionForm action={action} narrow>
      {({ fields, values }) => (
        <>
          <TextField name="name" label="Your full name" error={fields?.name} defaultValue={values?.name ?? name} autoComplete="name" width="half" />
          <TextField name="title" label="Your title" error={fields?.title} defaultValue={values?.title} autoComplete="organization-title" width="half" />
          <SubmitButton pendingLabel="Recording">Countersign in my name from now on</SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
