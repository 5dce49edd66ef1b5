'use client';

import { FILE_KIND_LABELS } from '@/domain/file-kinds';
import { MAX_SHARING_DAYS, type SharedFileFact } from '@/domain/sharing';
import { formatBytes } from '@/lib/format/bytes';
import { type FormAction } from '@/lib/form-state';
import { ActionForm } from '../ui/action-form';
import { CheckList } from '../ui/check-list';
import { Checkbox } from '../ui/checkbox';
import { SubmitButton } from '../ui/submit-button';
import { TextArea } from '../ui/text-area';
import { TextField } from '../ui/text-field';

export type AskForSharingProps = { readonly reference: string; readonly files: readonly SharedFileFact[]; readonly action: FormAction };

/** The page has other forms with a purpose and days. */
const FIELD_IDS = { recipientEmail: 'sharing-recipient', purpose: 'sharing-purpose', fileIds: 'sharing-files', days: 'sharing-days' } as const;

/** Asks the customer to let one subcontractor see the results of named files (P-SHARE). */
export function AskForSharing({ reference, files, action }: AskForSharingProps) {
  return (
    <ActionForm action={action} values={{ reference }} fieldIds={FIELD_IDS}>
      {(state) => (
        <>
          <TextField name="recipientEmail" id={FIELD_IDS.recipientEmail} type="email" autoComplete="off" width="half" label="E-mail address of the recipient" hint="One person. They are told once the customer approved, not before." defaultValue={state.values?.recipientEmail ?? ''} error={state.fields?.recipientEmail} />
          <TextArea name="purpose" id={FIELD_IDS.purpose} rows={3} label="What the recipient is needed for" hint="The customer reads this sentence and decides by it; the recipient reads it too." defaultValue={state.values?.purpose ?? ''} error={state.fields?.purpose} />
          <CheckList
            name="fileIds"
            id={FIELD_IDS.fileIds}
            label="Files whose results are shared"
            hint="The recipient sees their kind, size and state, and what was found in them: no names, and never the files themselves."
            options={files.map((file) => ({ value: file.fileId, label: file.name ?? 'A file', hint: factsOf(file) }))}
            error={state.fields?.fileIds}
          />
          <Checkbox name="withCaseNotes" id="sharing-case-notes" label="Also the notes of manual analysis that are about the case as a whole" defaultChecked={state.values?.withCaseNotes === 'on'} />
          <TextField name="days" id={FIELD_IDS.days} type="number" min={1} max={MAX_SHARING_DAYS} width="short" label="For how many days" hint={`Counted from now; ${MAX_SHARING_DAYS} at most.`} defaultValue={state.values?.days ?? '7'} error={state.fields?.days} />
          <SubmitButton pendingLabel="Asking" size="sm">
            Ask the customer
          </SubmitButton>
        </>
      )}
    </ActionForm>
  );
}

function factsOf({ kind, rawSizeBytes }: SharedFileFact): string {
  return `${FILE_KIND_LABELS[kind]}${rawSizeBytes === null ? '' : `, ${formatBytes(rawSizeBytes)}`}`;
}
