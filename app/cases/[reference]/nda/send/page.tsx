import { type Metadata } from 'next';
import { AgreementForm } from '@/components/nda/agreement-form';
import { sendToSignatoryAction } from '../actions';
import { enterNdaForm, NdaFormPage, type NdaFormParams } from '../nda-form-page';

export const metadata: Metadata = { title: 'Send to our signatory' };

/** The details of an agreement that somebody else signs. */
export default async function SendToSignatoryPage(props: NdaFormParams) {
  const { reference, defaults, inForce, replaces } = await enterNdaForm(props);
  return (
    <NdaFormPage reference={reference} inForce={inForce} replaces={replaces} title="Send to our signatory" lead="The person whom you name gets a link by e-mail, reads the agreement and signs it, without an account.">
      <AgreementForm action={sendToSignatoryAction} reference={reference} defaults={defaults} replaces={replaces} signatory={null} />
    </NdaFormPage>
  );
}
