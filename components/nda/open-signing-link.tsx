'use client';

import { useActionState } from 'react';
import { EMPTY_FORM, type FormAction } from '@/lib/form-state';
import { WithLinkSecret } from '../account/with-link-secret';
import { FormErrorSummary } from '../ui/form-error-summary';
import { SubmitButton } from '../ui/submit-button';

/** Opens the agreement by the secret of a mailed link, when a person presses the button. */
export function OpenSigningLink({ action }: { readonly action: FormAction }) {
  const [state, send] = useActionState(action, EMPTY_FORM);
  return (
    <WithLinkSecret>
      {(secret) => (
        <form action={send} className="space-y-4">
          <FormErrorSummary state={state} />
          <input type="hidden" name="token" value={secret} />
          {state.code === 'link_invalid' ? <p>Ask the colleague who sent it for a new link. Reminders hold a new one too; only the newest works.</p> : <SubmitButton pendingLabel="Opening">Open the agreement</SubmitButton>}
        </form>
      )}
    </WithLinkSecret>
  );
}
