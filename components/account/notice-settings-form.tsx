'use client';

import { type FormEvent, useActionState } from 'react';
import { EMPTY_FORM, type FormAction } from '@/lib/form-state';
import { Alert } from '../ui/alert';
import { Checkbox } from '../ui/checkbox';
import { FormErrorSummary } from '../ui/form-error-summary';
import { SubmitButton } from '../ui/submit-button';

export type NoticeSettingsFormProps = { readonly action: FormAction; readonly settings: readonly { readonly topic: string; readonly label: string; readonly byMail: boolean }[] };

/** A box for each topic; what is ticked is mailed. */
export function NoticeSettingsForm({ action, settings }: NoticeSettingsFormProps) {
  const [state, submit] = useActionState(action, EMPTY_FORM);
  // The boxes stay as they were ticked: React would set them back to how the page came.
  const keep = (event: FormEvent) => event.preventDefault();
  return (
    <form action={submit} onReset={keep} className="space-y-4">
      <FormErrorSummary state={state} />
      {state.ok && state.message ? (
        <Alert tone="success" role="status">
          {state.message}
        </Alert>
      ) : null}
      <div className="space-y-3">
        {settings.map(({ topic, label, byMail }) => (
          <Checkbox key={topic} id={`topic-${topic}`} name="topic" value={topic} label={label} defaultChecked={byMail} />
        ))}
      </div>
      <SubmitButton pendingLabel="Saving">Save</SubmitButton>
    </form>
  );
}
