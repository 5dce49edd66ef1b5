'use client';

import { useId, useState } from 'react';
import { MAX_EXTENSION_DAYS } from '@/domain/retention';
import { EMPTY_FORM, type FormAction, type FormState } from '@/lib/form-state';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { FormErrorSummary } from '../ui/form-error-summary';
import { SelectField } from '../ui/select-field';
import { SubmitButton } from '../ui/submit-button';
import { TextArea } from '../ui/text-area';

const DAYS = Array.from({ length: MAX_EXTENSION_DAYS }, (_, at) => ({ value: String(at + 1), label: at === 0 ? 'One day' : `${at + 1} days` }));

/** Support asks to keep a file longer; the customer is told, and only then the date moves. */
export function ExtendFile({ fileId, action }: { readonly fileId: string; readonly action: FormAction }) {
  const [isOpen, setIsOpen] = useState(false);
  const [state, setState] = useState<FormState>(EMPTY_FORM);
  const id = useId();
  const open = (next: boolean) => {
    setState(EMPTY_FORM);
    setIsOpen(next);
  };
  const send = async (form: FormData) => {
    const answer = await action(EMPTY_FORM, form);
    if (answer.ok) open(false);
    else setState(answer);
  };
  return (
    <>
      <Button size="sm" onClick={() => open(true)}>
        Keep it longer
      </Button>
      <Dialog open={isOpen} onClose={() => open(false)} title="Keep this file longer?">
        <form action={send} noValidate className="space-y-4">
          <FormErrorSummary state={state} fieldIds={{ days: `${id}-days`, reason: `${id}-reason` }} />
          <input type="hidden" name="fileId" value={fileId} />
          <p>The customer gets a notice with the days and the reason. The date moves once it was handed to mail, and they can object at any time.</p>
          <SelectField key={`days-${state.values?.days ?? ''}`} id={`${id}-days`} name="days" label="How much longer" emptyLabel="Choose" options={DAYS} defaultValue={state.values?.days ?? ''} error={state.fields?.days} />
          <TextArea id={`${id}-reason`} name="reason" rows={3} label="Why" hint="The customer reads this sentence." defaultValue={state.values?.reason ?? ''} error={state.fields?.reason} />
          <div className="flex flex-wrap gap-2">
            <SubmitButton pendingLabel="Proposing">Propose it</SubmitButton>
            <Button onClick={() => open(false)}>Cancel</Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
