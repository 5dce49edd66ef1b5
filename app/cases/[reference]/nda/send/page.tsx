import { type Metadata } from 'next';
import { AgreementForm } from '@/components/nda/agreement-form';
import { type CaseParams } from '../../open-case-page';
import { sendToSignatoryAction } from '../actions';
import { enterNdaForm, NdaFormPage } from '../nda-form-page';

export const metadata: Metadata = { title: 'Send to our signatory' };

/** The details of an agreement that somebody else signs. */
export default async function SendToSignatoryPage({ params }: CaseParams) {
  const { reference, defaults } = await enterNdaForm(params);
  return (
    <NdaFormPage reference={reference} title="Send to our signatory" lead="The person whom you name gets a link by e-mail, reads the agreement and signs it, without an account.">
      <AgreementForm action={sendToSignatoryAction} reference={reference} defaults={defaults} signatory={null} />
    </NdaFormPage>
  );
}
