'use client';

import { type FormAction } from '@/lib/form-state';
import { ActionForm } from '../ui/action-form';
import { Checkbox } from '../ui/checkbox';
import { SubmitButton } from '../ui/submit-button';

export type NoticeSettingsFormProps = { readonly action: FormAction; readonly settings: readonly { readonly topic: string; readonly label: string; readonly byMail: boolean }[] };

/** A box for each topic; what is ticked is mailed. */
export function NoticeSettingsForm({ action, settings }: NoticeSettingsFormProps) {
  return (
    <ActionForm action={action} keepsAnswers>
      {() => (
        <>
          <div className="space-y-3">
            {settings.map(({ topic, label, byMail }) => (
              <Checkbox key={topic} id={`topic-${topic}`} name="topic" value={topic} label={label} defaultChecked={byMail} />
            ))}
          </div>
          <SubmitButton pendingLabel="Saving">Save</SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
