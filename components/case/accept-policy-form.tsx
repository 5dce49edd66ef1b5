'use client';

import { useActionState } from 'react';
import { EMPTY_FORM, type FormAction } from '@/lib/form-state';
import { Checkbox } from '../ui/checkbox';
import { FormErrorSummary } from '../ui/form-error-summary';
import { LinkButton } from '../ui/link-button';
import { SubmitButton } from '../ui/submit-button';

export type AcceptPolicyFormProps = { readonly action: FormAction; readonly reference: string; readonly version: string; readonly sha256: string; readonly organizationName: string };

/** One box and one button. Version and hash of what was shown go along, so that nothing else can be accepted. */
export function AcceptPolicyForm({ action, reference, version, sha256, organizationName }: AcceptPolicyFormProps) {
  const [state, send] = useActionState(action, EMPTY_FORM);
  return (
    <form action={send} noValidate className="space-y-4">
      <FormErrorSummary state={state} />
      {state.code === 'policy_outdated' ? (
        <LinkButton href={`/cases/${reference}/policy?again=${version}`} variant="secondary">
          Read the version in force
        </LinkButton>
      ) : null}
      <input type="hidden" name="reference" value={reference} />
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name="sha256" value={sha256} />
      <Checkbox name="accepted" required label={`I have read version ${version} of the policy and accept it for ${organizationName} and this case.`} error={state.fields?.accepted} />
      <div className="flex flex-wrap gap-2">
        <SubmitButton pendingLabel="Recording">Accept the policy</SubmitButton>
        <LinkButton href={`/cases/${reference}`} variant="secondary">
          Not now
        </LinkButton>
      </div>
      <p className="text-sm text-muted">The portal records the version, the hash of its text, your account and the time.</p>
    </form>
  );
}
