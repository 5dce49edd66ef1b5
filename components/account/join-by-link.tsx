'use client';

import { type FormAction } from '@/lib/form-state';
import { Alert } from '../ui/alert';
import { ActionButton } from './action-button';
import { useLinkSecret } from './use-link-secret';

/** Joins by the secret of an invitation's link, when a person presses the button. */
export function JoinByLink({ action }: { readonly action: FormAction }) {
  const link = useLinkSecret();
  if (link === 'reading') return <p className="text-muted">Reading the invitation. This page needs JavaScript.</p>;
  if (link.secret === null) {
    return (
      <Alert tone="warning" title="The link is not complete">
        Open it from the mail again, or copy all of it, to the last character.
      </Alert>
    );
  }
  return (
    <ActionButton action={action} values={{ token: link.secret }} variant="primary" size="md" pendingLabel="Joining">
      Join the organization
    </ActionButton>
  );
}
