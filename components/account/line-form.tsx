'use client';

import { type ComponentProps, type FormEvent, useActionState } from 'react';
import { EMPTY_FORM, type FormAction } from '@/lib/form-state';
import { Alert } from '../ui/alert';
import { type ButtonVariant } from '../ui/button-classes';
import { FormErrorSummary } from '../ui/form-error-summary';
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
export function LineForm({ action, field, initial = '', values = {}, submitLabel, submitVariant, pendingLabel }: LineFormProps) {
  const [state, submit] = useActionState(action, EMPTY_FORM);
  // React empties a form once its action has ended, also one that has to be corrected, and under the hands of who types already.
  const keepWhatWasTyped = (event: FormEvent) => {
    if (!state.ok) event.preventDefault();
  };
  return (
    <form action={submit} onReset={keepWhatWasTyped} noValidate className="space-y-4">
      <FormErrorSummary state={state} />
      {state.ok && state.message ? (
        <Alert tone="success" role="status">
          {state.message}
        </Alert>
      ) : null}
      {Object.entries(values).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <TextField {...field} defaultValue={state.values?.[field.name] ?? initial} error={state.fields?.[field.name]} />
      <SubmitButton variant={submitVariant} pendingLabel={pendingLabel}>{submitLabel}</SubmitButton>
    </form>
  );
}
