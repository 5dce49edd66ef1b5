'use client';

import { type FormState } from '@/lib/form-state';
import { RadioGroup } from '../ui/radio-group';
import { TextField } from '../ui/text-field';

export type AgreementFieldsProps = { readonly state: FormState; readonly reference: string; readonly defaults: { readonly partyName: string; readonly scope: 'organization' | 'case' }; /** The agreement in force whose place this one takes. */ readonly replaces?: string | undefined };

/** Whom the agreement binds and what it covers: the same on each way to a signature. */
export function AgreementFields({ state, reference, defaults, replaces }: AgreementFieldsProps) {
  const { fields, values } = state;
  return (
    <>
      {replaces ? <input type="hidden" name="replaces" value={replaces} /> : null}
      <RadioGroup
        name="scope"
        label="What should it cover?"
        error={fields?.scope}
        defaultValue={values?.scope ?? defaults.scope}
        options={[
          { value: 'organization', label: 'All cases of our organization', hint: 'Also later ones, for two years. Signed once.' },
          { value: 'case', label: `Only case ${reference}`, hint: 'It ends 30 days after the case was closed.' },
        ]}
      />
      <TextField name="partyName" label="Legal name of your organization" hint="As it stands in the register of companies." error={fields?.partyName} defaultValue={values?.partyName ?? defaults.partyName} autoComplete="organization" />
      <TextField name="partyAddress" label="Registered address" hint="In one line: street, town, country." error={fields?.partyAddress} defaultValue={values?.partyAddress} autoComplete="street-address" />
    </>
  );
}

/** Who signs. A name may be in any script that the document's fonts have; otherwise a Latin form is asked for. */
export function SignatoryFields({ state, defaults, isYou }: { readonly state: FormState; readonly defaults?: { readonly name: string }; readonly isYou: boolean }) {
  const { fields, values } = state;
  return (
    <>
      <TextField name="name" label={isYou ? 'Your full name' : 'Full name of the signatory'} hint="In your own script, as it should stand in the agreement." error={fields?.name} defaultValue={values?.name ?? defaults?.name} autoComplete={isYou ? 'name' : 'off'} width="half" />
      <TextField name="title" label={isYou ? 'Your title' : 'Title'} hint="Such as Managing Director." error={fields?.title} defaultValue={values?.title} autoComplete={isYou ? 'organization-title' : 'off'} width="half" />
      {isYou ? null : <TextField name="email" type="email" label="E-mail address of the signatory" hint="The link and a code go there, and to nobody else." error={fields?.email} defaultValue={values?.email} autoComplete="off" width="half" />}
    </>
  );
}
