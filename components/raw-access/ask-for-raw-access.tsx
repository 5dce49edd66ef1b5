'use client';

import { FILE_KIND_LABELS } from '@/domain/file-kinds';
import { type FileView } from '@/domain/file-view';
import { MAX_RAW_ACCESS_HOURS } from '@/domain/raw-access';
import { type FormAction } from '@/lib/form-state';
import { formatBytes } from '@/lib/format/bytes';
import { ActionForm } from '../ui/action-form';
import { CheckList } from '../ui/check-list';
import { SelectField } from '../ui/select-field';
import { SubmitButton } from '../ui/submit-button';
import { TextArea } from '../ui/text-area';

export type AskForRawAccessProps = { readonly reference: string; readonly files: readonly Pick<FileView, 'id' | 'name' | 'kind' | 'sizeBytes'>[]; readonly action: FormAction };

/** Asks to reach the raw bytes of named files, with a reason, for some hours (P-LIMITED). */
export function AskForRawAccess({ reference, files, action }: AskForRawAccessProps) {
  const hours = Array.from({ length: MAX_RAW_ACCESS_HOURS }, (_, at) => ({ value: String(at + 1), label: at === 0 ? '1 hour' : `${at + 1} hours` }));
  return (
    <ActionForm action={action} values={{ reference }}>
      {(state) => (
        <>
          <CheckList name="fileIds" label="Files" hint="Each can be read once. Name no more than you need." options={files.map((file) => ({ value: file.id, label: file.name ?? 'A file', hint: `${FILE_KIND_LABELS[file.kind]}${file.sizeBytes === null ? '' : `, ${formatBytes(file.sizeBytes)} in storage`}` }))} error={state.fields?.fileIds} />
          <TextArea name="reason" rows={3} label="Why the bytes themselves are needed" hint="The second person decides by it, and the customer reads it." defaultValue={state.values?.reason ?? ''} error={state.fields?.reason} />
          <SelectField key={`hours-${state.values?.hours ?? ''}`} name="hours" label="For how long, once it is granted" options={hours} defaultValue={state.values?.hours ?? '1'} error={state.fields?.hours} />
          <SubmitButton pendingLabel="Asking" size="sm">
            Ask for raw access
          </SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
