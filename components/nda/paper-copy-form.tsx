'use client';

import { useState } from 'react';
import { EMPTY_FORM, type FormState } from '@/lib/form-state';
import { sendPaperCopy } from '@/lib/signature/send-paper-copy';
import { FormErrorSummary } from '../ui/form-error-summary';
import { SubmitButton } from '../ui/submit-button';
import { TextField } from '../ui/text-field';
import { AgreementFields, type AgreementFieldsProps } from './agreement-fields';

/** Hands in an agreement that was signed on paper. The file goes by its own request: forms carry no files. */
export function PaperCopyForm({ reference, defaults, replaces }: Omit<AgreementFieldsProps, 'state'>) {
  const [state, setState] = useState<FormState>(EMPTY_FORM);
  const send = async (form: FormData) => {
    const answer = await sendPaperCopy(reference, form);
    if (answer.ok) window.location.assign(answer.path);
    else setState({ ...answer.state, values: Object.fromEntries([...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string')) });
  };
  return (
    <form action={send} noValidate className="space-y-5">
      <FormErrorSummary state={state} />
      <AgreementFields state={state} reference={reference} defaults={defaults} replaces={replaces} />
      <TextField name="copy" type="file" accept="application/pdf,image/jpeg,image/png" label="The signed copy" hint="PDF, JPEG or PNG, at most 20 MB. All pages in one file." error={state.fields?.copy} />
      <SubmitButton pendingLabel="Sending">Hand it in</SubmitButton>
    </form>
  );
}
