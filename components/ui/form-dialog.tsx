'use client';

import { type ReactNode, useId, useState } from 'react';
import { EMPTY_FORM, type FormAction, type FormState } from '@/lib/form-state';
import { Button } from './button';
import { Dialog } from './dialog';
import { FormErrorSummary } from './form-error-summary';
import { HiddenFields } from './hidden-fields';
import { SubmitButton } from './submit-button';

/** The answer that the form got last, and the id of a field in this dialog: there may be several on a page. */
export type DialogForm = { readonly state: FormState; readonly idOf: (name: string) => string };

export type FormDialogProps = {
  /** On the button that opens the dialog. */
  readonly triggerLabel: string;
  readonly title: string;
  readonly submitLabel: string;
  readonly pendingLabel: string;
  readonly action: FormAction;
  /** Hidden fields of the form. */
  readonly values: Readonly<Record<string, string>>;
  /** Names of the fields that an error can stand at. */
  readonly fields: readonly string[];
  readonly children: (form: DialogForm) => ReactNode;
};

/** A form in a dialog, which closes once its action answers `ok`; else it shows why not, and what was typed stays. */
export function FormDialog({ triggerLabel, title, submitLabel, pendingLabel, action, values, fields, children }: FormDialogProps) {
  const [isOpen, setIsOpen] = useState(false);
  const [state, setState] = useState<FormState>(EMPTY_FORM);
  const id = useId();
  const idOf = (name: string) => `${id}-${name}`;
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
        {triggerLabel}
      </Button>
      <Dialog open={isOpen} onClose={() => open(false)} title={title}>
        <form action={send} noValidate className="space-y-4">
          <FormErrorSummary state={state} fieldIds={Object.fromEntries(fields.map((name) => [name, idOf(name)]))} />
          <HiddenFields values={values} />
          {children({ state, idOf })}
          <div className="flex flex-wrap gap-2">
            <SubmitButton pendingLabel={pendingLabel}>{submitLabel}</SubmitButton>
            <Button onClick={() => open(false)}>Cancel</Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
