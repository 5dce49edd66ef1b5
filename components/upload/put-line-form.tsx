'use client';

import { useActionState } from 'react';
import { FILE_KIND_LABELS, FILE_KINDS, type FileKind } from '@/domain/file-kinds';
import { EMPTY_FORM, type FormAction } from '@/lib/form-state';
import { Checkbox } from '../ui/checkbox';
import { CodeBlock } from '../ui/code-block';
import { FormErrorSummary } from '../ui/form-error-summary';
import { SelectField } from '../ui/select-field';
import { SubmitButton } from '../ui/submit-button';
import { TextField } from '../ui/text-field';
import { PutLineSteps } from './put-line-steps';

export type PutLineFormProps = {
  readonly reference: string;
  /** Kinds that support waits for. */
  readonly asked: readonly FileKind[];
  readonly issue: FormAction;
  readonly renew: FormAction;
  readonly finish: FormAction;
};

const DESCRIBE = 'gzip -k FILE\nwc -c < FILE.gz\nsha256sum FILE.gz';

/** Describes a file that its sender compressed, and gets the line that sends it. */
export function PutLineForm({ reference, asked, issue, renew, finish }: PutLineFormProps) {
  const [state, send] = useActionState(issue, EMPTY_FORM);
  const { fileId, expiresAt } = state.ok ? (state.values ?? {}) : {};
  if (state.secret && fileId && expiresAt) return <PutLineSteps fileId={fileId} issued={{ line: state.secret, expiresAt }} renew={renew} finish={finish} />;
  const field = (name: string) => ({ name, defaultValue: state.values?.[name], error: state.fields?.[name] });
  return (
    <form action={send} noValidate className="space-y-6">
      <FormErrorSummary state={state} />
      <input type="hidden" name="reference" value={reference} />
      <CodeBlock code={DESCRIBE} label="Compress the file, and print the size and the SHA-256 of what came out" />
      <TextField label="Name of the .gz file" hint="The name alone, without its folder. A name of plain letters and digits is safest." required autoComplete="off" spellCheck={false} {...field('name')} />
      <TextField label="Size in bytes" hint="What wc -c printed." inputMode="numeric" width="half" required autoComplete="off" {...field('sizeBytes')} />
      <TextField label="SHA-256" hint="What sha256sum printed; the whole line will do. On macOS: shasum -a 256 FILE.gz" className="font-mono" required autoComplete="off" spellCheck={false} {...field('sha256')} />
      <SelectField
        label="What is it?"
        emptyLabel="Choose one"
        options={FILE_KINDS.map((kind) => ({ value: kind, label: asked.includes(kind) ? `${FILE_KIND_LABELS[kind]} (support asked for it)` : FILE_KIND_LABELS[kind] }))}
        required
        key={state.values?.kind}
        {...field('kind')}
      />
      <Checkbox label="If nobody asked for this kind: it is needed to find the cause, so send it." name="unasked" error={state.fields?.unasked} defaultChecked={state.values?.unasked === 'on'} />
      <SubmitButton pendingLabel="Making the line">Make the curl line</SubmitButton>
    </form>
  );
}
