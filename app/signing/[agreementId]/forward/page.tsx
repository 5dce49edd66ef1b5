import { type Metadata } from 'next';
import { ForwardForm } from '@/components/nda/agreement-form';
import { PageBody } from '@/components/shell/page-body';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeading } from '@/components/ui/page-heading';
import { forward } from '../../actions';
import { enterSigning, type SigningParams } from '../../enter-signing';

export const metadata: Metadata = { title: 'Pass it on' };

/** The signatory is not the one to sign. */
export default async function ForwardPage({ params }: SigningParams) {
  const { session } = await enterSigning(params, 'sign');
  return (
    <PageBody width="narrow">
      <PageHeading caption={`Signing for ${session.agreement.partyName ?? 'your organization'}`} title="Somebody else has to sign" lead="Name the person who may sign. They get a link of their own; yours ends at that moment." />
      <ForwardForm action={forward} agreementId={session.agreement.id} />
      <LinkButton href={`/signing/${session.agreement.id}/read`} variant="secondary">Back to the text</LinkButton>
    </PageBody>
  );
}
