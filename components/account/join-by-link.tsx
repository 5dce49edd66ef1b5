'use client';

import { type FormAction } from '@/lib/form-state';
import { ActionButton } from './action-button';
import { WithLinkSecret } from './with-link-secret';

/** Joins by the secret of an invitation's link, when a person presses the button. */
export function JoinByLink({ action }: { readonly action: FormAction }) {
  return (
    <WithLinkSecret>
      {(secret) => (
        <ActionButton action={action} values={{ token: secret }} variant="primary" size="md" pendingLabel="Joining">
          Join the organization
        </ActionButton>
      )}
    </WithLinkSecret>
  );
}
