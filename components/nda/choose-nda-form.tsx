'use client';

import { type FormAction } from '@/lib/form-state';
import { ActionForm } from '../ui/action-form';
import { RadioGroup } from '../ui/radio-group';
import { SubmitButton } from '../ui/submit-button';

export type ChooseNdaFormProps = { readonly action: FormAction; readonly reference: string; readonly choice: 'undecided' | 'without' | 'sign_later' };

/** Go on without an NDA, or not now. Both let files be sent, and both can be changed while the case is open. */
export function ChooseNdaForm({ action, reference, choice }: ChooseNdaFormProps) {
  return (
    <ActionForm action={action} values={{ reference }}>
      {(state) => (
        <>
          <RadioGroup
            name="choice"
            label="How do you want to go on?"
            error={state.fields?.choice}
            defaultValue={state.values?.choice ?? (choice === 'undecided' ? undefined : choice)}
            options={[
              {
                value: 'without',
                label: 'Go on without an NDA',
                hint: 'The policy still binds us: purpose, access, erasure. What you do without is a contract of its own on confidentiality, signed by both sides.',
              },
              {
                value: 'sign_later',
                label: 'Not now: we may sign it later',
                hint: 'You can send meanwhile. What you send before an NDA is signed is covered by the policy alone. The step stays open as a reminder.',
              },
            ]}
          />
          <SubmitButton pendingLabel="Recording">{choice === 'undecided' ? 'Go on' : 'Save the change'}</SubmitButton>
          <p className="text-sm text-muted">You can change this as long as the case is open.</p>
        </>
      )}
    </ActionForm>
  );
}
