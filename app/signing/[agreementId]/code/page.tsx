import { type Metadata } from 'next';
import { SigningCodeForm } from '@/components/nda/signing-code-form';
import { PageBody } from '@/components/shell/page-body';
import { PageHeading } from '@/components/ui/page-heading';
import { confirmCode, sendCodeAgain } from '../../actions';
import { enterSigning, type SigningParams } from '../../enter-signing';

export const metadata: Metadata = { title: 'Confirm your address' };

/** The e-mail check: a code to the address of the signatory, whoever opened the link. */
export default async function SigningCodePage({ params }: SigningParams) {
  const { session } = await enterSigning(params, 'code');
  return (
    <PageBody width="narrow">
      <PageHeading caption={`Signing for ${session.agreement.partyName ?? 'your organization'}`} title="Confirm your address" lead="A code was mailed just now. It proves that the mailbox is yours." />
      <p>
        Mailed to <strong className="font-semibold wrap-anywhere">{session.signatory.email}</strong>.
      </p>
      <SigningCodeForm action={confirmCode} sendAgain={sendCodeAgain} agreementId={session.agreement.id} />
    </PageBody>
  );
}
