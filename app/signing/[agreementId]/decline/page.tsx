import { type Metadata } from 'next';
import { ReasonForm } from '@/components/nda/reason-form';
import { PageBody } from '@/components/shell/page-body';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeading } from '@/components/ui/page-heading';
import { decline } from '../../actions';
import { enterSigning, type SigningParams } from '../../enter-signing';

export const metadata: Metadata = { title: 'Decline' };

/** The signatory does not sign. */
export default async function DeclinePage({ params }: SigningParams) {
  const { session } = await enterSigning(params, 'sign');
  return (
    <PageBody width="narrow">
      <PageHeading caption={`Signing for ${session.agreement.partyName ?? 'your organization'}`} title="Decline to sign" lead="The agreement ends with that. Your colleague and the vendor read your reason, and a new agreement can be begun." />
      <ReasonForm action={decline} agreementId={session.agreement.id} label="Why do you not sign?" hint="Such as: clause 12 names courts that we cannot accept." submitLabel="Decline" />
      <LinkButton href={`/signing/${session.agreement.id}/read`} variant="secondary">Back to the text</LinkButton>
    </PageBody>
  );
}
