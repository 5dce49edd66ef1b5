'use client';

import { useActionState } from 'react';
import { EMPTY_FORM, type FormAction } from '@/lib/form-state';
import { FormErrorSummary } from '../ui/form-error-summary';
import { SubmitButton } from '../ui/submit-button';
import { MadeKey } from './made-key';

export type MakeKeyProps = { readonly action: FormAction; readonly reference: string; readonly portalUrl: string };

/** Makes a key and shows it. What is shown stays until the page is left, also while the list below it is brought up to date. */
export function MakeKey({ action, reference, portalUrl }: MakeKeyProps) {
  const [state, submit] = useActionState(action, EMPTY_FORM);
  return (
    <div className="space-y-4">
      <form action={submit} className="space-y-4">
        <FormErrorSummary state={state} />
        <input type="hidden" name="reference" value={reference} />
        <SubmitButton variant="secondary" pendingLabel="Making the key">
          {state.secret ? 'Make another key' : 'Make an upload key'}
        </SubmitButton>
      </form>
      {state.secret ? <MadeKey portalUrl={portalUrl} secret={state.secret} /> : null}
    </div>
  );
}
