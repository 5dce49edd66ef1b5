'use client';

import { type ChangeEvent, useRef, useState } from 'react';
import { MAX_OUTPUT_BYTES } from '@/domain/manual-output';
import { type FormAction } from '@/lib/form-state';
import { type DialogForm, FormDialog } from '../ui/form-dialog';
import { TextArea } from '../ui/text-area';
import { TextField } from '../ui/text-field';

const NOT_TEXT = 'This file is not plain text. Copy what matters into the field below.';
const TOO_LARGE = 'This file is larger than 1 MB. Keep what matters.';

/** The text of a small file, or why it cannot be taken. UTF-8, as text files are. */
async function readText(file: File): Promise<{ readonly text: string } | { readonly problem: string }> {
  if (file.size > MAX_OUTPUT_BYTES) return { problem: TOO_LARGE };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
    return text.includes('\0') ? { problem: NOT_TEXT } : { text };
  } catch {
    return { problem: NOT_TEXT };
  }
}

/** Staff write down what they found in a file, or take it from a small text file of theirs. */
export function WriteOutput({ fileId, action }: { readonly fileId: string; readonly action: FormAction }) {
  return (
    <FormDialog triggerLabel="Write a result" title="Write down what you found" submitLabel="Show it to the customer" pendingLabel="Writing it" action={action} values={{ fileId }} fields={['title', 'body']}>
      {(form) => <ResultFields {...form} />}
    </FormDialog>
  );
}

function ResultFields({ state, idOf }: DialogForm) {
  const [problem, setProblem] = useState<string>();
  const body = useRef<HTMLTextAreaElement>(null);
  const take = async (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? [];
    if (!file) return;
    const read = await readText(file);
    setProblem('problem' in read ? read.problem : undefined);
    if ('text' in read && body.current) body.current.value = read.text;
  };
  return (
    <>
      <p>The customer is told and can read it here for one day; then it is erased. Keep content of the file out of it where you can.</p>
      <TextField id={idOf('title')} name="title" label="Title" defaultValue={state.values?.title ?? ''} error={state.fields?.title} />
      <div className="space-y-1">
        <label htmlFor={idOf('take')} className="block font-medium">Take it from a text file</label>
        <input id={idOf('take')} type="file" accept="text/plain,.txt,.log,.md,.csv,.json" className="block max-w-full text-sm" onChange={(event) => void take(event)} aria-describedby={problem ? idOf('problem') : undefined} />
        {problem ? <p id={idOf('problem')} role="alert" className="text-sm text-danger">{problem}</p> : null}
      </div>
      <TextArea ref={body} id={idOf('body')} name="body" rows={8} label="Result" hint="Plain text, at most 1 MB." defaultValue={state.values?.body ?? ''} error={state.fields?.body} />
    </>
  );
}
