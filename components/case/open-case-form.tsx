'use client';

import { useActionState, useDeferredValue, useEffect, useState } from 'react';
import { CASE_ENVIRONMENT_LABELS, CASE_ENVIRONMENTS, SEVERITIES, SEVERITY_LABELS } from '@/domain/cases';
import { EMPTY_FORM, type FormAction } from '@/lib/form-state';
import { Alert } from '../ui/alert';
import { FormErrorSummary } from '../ui/form-error-summary';
import { LinkButton } from '../ui/link-button';
import { RadioGroup } from '../ui/radio-group';
import { SubmitButton } from '../ui/submit-button';
import { TextArea } from '../ui/text-area';
import { TextField } from '../ui/text-field';
import { PersonalDataWarning } from './personal-data-warning';

export type OpenCaseFormProps = {
  readonly action: FormAction;
  /** The idempotency key where scripts do not run; each form that is shown makes its own. */
  readonly firstKey: string;
};

/** What a customer fills in to open a case. Sending it twice opens one case. */
export function OpenCaseForm({ action, firstKey }: OpenCaseFormProps) {
  const [state, send] = useActionState(action, EMPTY_FORM);
  const key = useFormKey(firstKey);
  const [typed, setTyped] = useState({ title: '', description: '' });
  const looked = useDeferredValue(typed);
  const field = (name: string) => ({ name, defaultValue: state.values?.[name], error: state.fields?.[name] });

  return (
    <form action={send} noValidate className="space-y-6">
      <FormErrorSummary state={state} />
      <input type="hidden" name="idempotencyKey" value={key} />
      <TextField label="Title" hint="What is wrong, in a few words. For example: OutOfMemoryError every second night." maxLength={120} required {...field('title')} onChange={({ target }) => setTyped({ ...typed, title: target.value })} />
      <div className="grid gap-6 sm:grid-cols-2">
        <TextField label="Product" hint="Its name, such as Example Server." maxLength={80} required autoComplete="off" {...field('product')} />
        <TextField label="Version" hint="As the product says it, such as 8.3.1." maxLength={40} required autoComplete="off" {...field('productVersion')} />
      </div>
      <RadioGroup
        label="Environment"
        inline
        required
        options={CASE_ENVIRONMENTS.map((value) => ({ value, label: CASE_ENVIRONMENT_LABELS[value] }))}
        {...field('environment')}
      />
      <RadioGroup label="How severe is it?" required options={SEVERITIES.map((value) => ({ value, label: SEVERITY_LABELS[value] }))} {...field('severity')} />
      <div className="space-y-3">
        <TextArea
          label="What happened?"
          hint="When it began, what you saw, what you tried. Please paste no personal data: no names, e-mail addresses, network addresses, passwords or tokens. This text is read by support every day and kept as long as the case."
          rows={8}
          required
          {...field('description')}
          onChange={({ target }) => setTyped({ ...typed, description: target.value })}
        />
        <PersonalDataWarning text={`${looked.title}\n${looked.description}`} />
      </div>
      <Alert title="What comes next">The policy and the NDA, then the files. You can leave at any step and come back later.</Alert>
      <div className="flex flex-wrap gap-2">
        <SubmitButton pendingLabel="Opening the case">Open the case</SubmitButton>
        <LinkButton href="/cases" variant="secondary">
          Cancel
        </LinkButton>
      </div>
    </form>
  );
}

/**
 * One key for each time that the form is shown: pressing twice opens one case, while going back and describing another
 * problem opens another.
 */
function useFormKey(firstKey: string): string {
  const [key, setKey] = useState(firstKey);
  useEffect(() => {
    // Missing where the page was not loaded over HTTPS or from this machine.
    if (typeof crypto.randomUUID === 'function') setKey(crypto.randomUUID());
  }, []);
  return key;
}
