import { type Metadata } from 'next';
import { AgreementForm } from '@/components/nda/agreement-form';
import { getProfile } from '@/server/user/get-profile';
import { signNowAction } from '../actions';
import { enterNdaForm, NdaFormPage, type NdaFormParams } from '../nda-form-page';

export const metadata: Metadata = { title: 'Sign now' };

/** The details of an agreement that the signed-in customer signs in person. */
export default async function SignNowPage(props: NdaFormParams) {
  const { actor, reference, defaults, inForce, replaces } = await enterNdaForm(props);
  const { name } = await getProfile({ actor });
  return (
    <NdaFormPage reference={reference} inForce={inForce} replaces={replaces} title="Sign now" lead="The details that stand in the agreement. Next, a code is mailed to you, and you read the text.">
      <AgreementForm action={signNowAction} reference={reference} defaults={defaults} replaces={replaces} signatory={{ name: name ?? '' }} />
    </NdaFormPage>
  );
}
