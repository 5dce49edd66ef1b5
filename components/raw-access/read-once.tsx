'use client';

import { useState } from 'react';
import { type FormState } from '@/lib/form-state';
import { ConfirmDialog } from '../ui/confirm-dialog';

export type ReadOnceProps = { readonly grantId: string; readonly fileId: string; readonly what: string; readonly claim: (previous: FormState, form: FormData) => Promise<FormState> };

/** Claims the one read of a file by a form of this page, and then follows it to the bytes as a download. */
export function ReadOnce({ grantId, fileId, what, claim }: ReadOnceProps) {
  const [hasBegun, setHasBegun] = useState(false);
  const begin = async (previous: FormState, form: FormData): Promise<FormState> => {
    const answer = await claim(previous, form);
    if (answer.ok) {
      setHasBegun(true);
      window.location.assign(`/api/raw-access/${grantId}/files/${fileId}`);
    }
    return answer;
  };
  if (hasBegun) return <p role="status" className="text-sm">The download has begun. Reload to see how it ended.</p>;
  return (
    <ConfirmDialog triggerLabel={<>Read once<span className="sr-only">: {what}</span></>} triggerSize="sm" title="Read this file now?" confirmLabel="Read it" pendingLabel="Beginning" action={begin} values={{ grantId, fileId }}>
      <p>It can be read once under this grant. The copy carries the grant and your pseudonym in its name, and the customer sees that you took it. Delete it when you are done.</p>
    </ConfirmDialog>
  );
}
