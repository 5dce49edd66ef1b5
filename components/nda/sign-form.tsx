'use client';

import Link from 'next/link';
import { useActionState, useState } from 'react';
import { EMPTY_FORM, type FormAction } from '@/lib/form-state';
import { Checkbox } from '../ui/checkbox';
import { FormErrorSummary } from '../ui/form-error-summary';
import { RadioGroup } from '../ui/radio-group';
import { SubmitButton } from '../ui/submit-button';
import { DrawSignature } from './draw-signature';

export type SignFormProps = { readonly action: FormAction; readonly agreementId: string; readonly sha256: string; readonly name: string; readonly partyName: string; readonly readPath: string };

/** The two consents, the look of the signature, and the button that signs: nothing happens before it is pressed. */
export function SignForm({ action, agreementId, sha256, name, partyName, readPath }: SignFormProps) {
  const [state, send] = useActionState(action, EMPTY_FORM);
  const [appearance, setAppearance] = useState<string>('typed');
  const { fields, values } = state;
  return (
    <form action={send} noValidate className="space-y-6">
      <FormErrorSummary state={state} />
      {state.code === 'nda_document_changed' ? <Link className="link inline-block min-h-6 font-medium" href={readPath}>Read it again</Link> : null}
      <input type="hidden" name="agreementId" value={agreementId} />
      <input type="hidden" name="sha256" value={sha256} />
      <div className="space-y-3">
        <Checkbox name="electronic" label="I agree to sign this agreement electronically and to receive it as an electronic record." error={fields?.electronic} defaultChecked={values?.electronic === 'on'} />
        <Checkbox name="authority" label={`I am authorised to sign for ${partyName} and to bind it.`} error={fields?.authority} defaultChecked={values?.authority === 'on'} />
      </div>
      <RadioGroup
        name="appearance"
        label="Your signature"
        error={fields?.appearance}
        defaultValue={appearance}
        onChange={setAppearance}
        inline
        options={[{ value: 'typed', label: 'Typed' }, { value: 'drawn', label: 'Drawn' }]}
      />
      {appearance === 'typed' ? (
        <p className="rounded border bg-sunken px-4 py-5 text-2xl break-words italic" dir="auto">{name}</p>
      ) : (
        <DrawSignature error={fields?.signature} />
      )}
      <div>
        <SubmitButton pendingLabel="Signing" className="max-w-full py-2 text-left whitespace-normal! [overflow-wrap:anywhere]">Sign for {partyName}</SubmitButton>
        <p className="mt-2 text-sm text-muted">A simple electronic signature. The time, your name, title and address, and the hash of the document are kept as evidence for both sides.</p>
      </div>
    </form>
  );
}
