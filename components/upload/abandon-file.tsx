'use client';

import { useRouter } from 'next/navigation';
import { type FormAction, type FormState } from '@/lib/form-state';
import { ConfirmDialog } from '../ui/confirm-dialog';

/** Gives an unfinished upload up, after asking. */
export function AbandonFile({ action, fileId, name }: { readonly action: FormAction; readonly fileId: string; readonly name: string }) {
  const router = useRouter();
  const abandon = async (previous: FormState, form: FormData) => {
    const answer = await action(previous, form);
    if (answer.ok) router.refresh();
    return answer;
  };
  return (
    <ConfirmDialog triggerLabel="Give this file up" title="Give up sending this file?" confirmLabel="Give it up" pendingLabel="Giving it up" cancelLabel="Keep it" tone="danger" action={abandon} values={{ fileId }}>
      <p className="wrap-anywhere">{name}</p>
      <p>What was stored of it is deleted from storage, and it cannot be gone on with. Your own copy stays where it is; you can send it as a new file at any time.</p>
    </ConfirmDialog>
  );
}
