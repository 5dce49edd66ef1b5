'use client';

import { type ComponentProps } from 'react';
import { type FormAction } from '@/lib/form-state';
import { ActionForm } from '../ui/action-form';
import { type ButtonVariant } from '../ui/button-classes';
import { SubmitButton } from '../ui/submit-button';
import { TextField } from '../ui/text-field';

export type LineFormProps = {
  readonly action: FormAction;
  readonly field: Pick<ComponentProps<typeof TextField>, 'name' | 'label' | 'hint' | 'type' | 'autoComplete' | 'maxLength' | 'inputMode' | 'optional' | 'required' | 'width' | 'spellCheck' | 'autoCapitalize'>;
  /** What stands in the field before it was sent. */
  readonly initial?: string;
  readonly values?: Readonly<Record<string, string>>;
  readonly submitLabel: string;
  readonly submitVariant?: ButtonVariant;
  readonly pendingLabel: string;
};

/** A form with one question: the field, what went wrong, what went right, and the button. */
export function LineForm({ action, field, initial = '', values, submitLabel, submitVariant, pendingLabel }: LineFormProps) {
  return (
    <ActionForm action={action} values={values}>
      {(state) => (
        <>
          <TextField {...field} defaultValue={state.values?.[field.name] ?? initial} error={state.fields?.[field.name]} />
          <SubmitButton variant={submitVariant} pendingLabel={pendingLabel}>{submitLabel}</SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
