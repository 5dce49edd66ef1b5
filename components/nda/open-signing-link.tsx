'use client';

import { useActionState } from 'react';
import { EMPTY_FORM, type FormAction } from '@/lib/form-state';
import { useLinkSecret } from '../account/use-link-secret';
import { Alert } from '../ui/alert';
import { FormErrorSummary } from '../ui/form-error-summary';
import { SubmitButton } from '../ui/submit-button';

/** Uses the mailed link up when a person presses the button, not by itself: programs that scan mail open links. */
export function OpenSigningLink({ action }: { readonly action: FormAction }) {
  const link = useLinkSecret();
  const [state, send] = useActionState(action, EMPTY_FORM);
  if (link === 'reading') return <p className="text-muted">Reading the link. This page needs JavaScript: the link&apos;s secret never leaves your browser before you press the button.</p>;
  if (link.secret === null) {
    return (
      <Alert tone="warning" title="The link is not complete">
        Open it from the mail again, or copy all of it, to the last character.
      </Alert>
    );
  }
  return (
    <form action={send} className="space-y-4">
      <FormErrorSummary state={state} />
      <input type="hidden" name="token" value={link.secret} />
      {state.code === 'link_invalid' ? <p>Ask the colleague who sent it for a new link. Reminders hold a new one too; only the newest works.</p> : <SubmitButton pendingLabel="Opening">Open the agreement</SubmitButton>}
    </form>
  );
}
