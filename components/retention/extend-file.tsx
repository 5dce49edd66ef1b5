'use client';

import { MAX_EXTENSION_DAYS } from '@/domain/retention';
import { type FormAction } from '@/lib/form-state';
import { FormDialog } from '../ui/form-dialog';
import { SelectField } from '../ui/select-field';
import { TextArea } from '../ui/text-area';

const DAYS = Array.from({ length: MAX_EXTENSION_DAYS }, (_, at) => ({ value: String(at + 1), label: at === 0 ? 'One day' : `${at + 1} days` }));

/** Support asks to keep a file longer; the customer is told, and only then the date moves. */
export function ExtendFile({ fileId, action }: { readonly fileId: string; readonly action: FormAction }) {
  return (
    <FormDialog triggerLabel="Keep it longer" title="Keep this file longer?" submitLabel="Propose it" pendingLabel="Proposing" action={action} values={{ fileId }} fields={['days', 'reason']}>
      {({ state, idOf }) => (
        <>
          <p>The customer gets a notice with the days and the reason. The date moves once it was handed to mail, and they can object at any time.</p>
          <SelectField key={`days-${state.values?.days ?? ''}`} id={idOf('days')} name="days" label="How much longer" emptyLabel="Choose" options={DAYS} defaultValue={state.values?.days ?? ''} error={state.fields?.days} />
          <TextArea id={idOf('reason')} name="reason" rows={3} label="Why" hint="The customer reads this sentence." defaultValue={state.values?.reason ?? ''} error={state.fields?.reason} />
        </>
      )}
    </FormDialog>
  );
}
