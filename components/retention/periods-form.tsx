'use client';

import { type RetentionPeriods } from '@/domain/settings';
import { type FormAction } from '@/lib/form-state';
import { ActionForm } from '../ui/action-form';
import { SubmitButton } from '../ui/submit-button';
import { TextField } from '../ui/text-field';

type PeriodsFormProps = { readonly action: FormAction; readonly periods: RetentionPeriods; readonly longest: RetentionPeriods };

/** The periods after which data is erased: shorter than the policy's, never longer. */
export function PeriodsForm({ action, periods, longest }: PeriodsFormProps) {
  return (
    <ActionForm action={action} narrow>
      {(state) => (
        <>
          <TextField key={`raw-${periods.raw_file}`} name="rawDays" type="number" min={1} max={longest.raw_file} inputMode="numeric" className="max-w-32" label="Raw files, days" hint={`From the moment a file is stored. From 1 to ${longest.raw_file}.`} defaultValue={state.values?.rawDays ?? String(periods.raw_file)} error={state.fields?.rawDays} />
          <TextField key={`analysis-${periods.analysis_output}`} name="analysisDays" type="number" min={1} max={longest.analysis_output} inputMode="numeric" className="max-w-32" label="Results of automated analysis, days" hint={`From 1 to ${longest.analysis_output}.`} defaultValue={state.values?.analysisDays ?? String(periods.analysis_output)} error={state.fields?.analysisDays} />
          <p className="text-muted">Results of manual analysis live one day, which is the least.</p>
          <SubmitButton pendingLabel="Setting">Set the periods</SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
