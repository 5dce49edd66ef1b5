import { type Metadata } from 'next';
import { PaperCopyForm } from '@/components/nda/paper-copy-form';
import { enterNdaForm, NdaFormPage, type NdaFormParams } from '../nda-form-page';

export const metadata: Metadata = { title: 'Upload a signed copy' };

/** Hands in an agreement that was signed on paper. */
export default async function PaperCopyPage(props: NdaFormParams) {
  const { reference, defaults, inForce, replaces } = await enterNdaForm(props);
  return (
    <NdaFormPage reference={reference} inForce={inForce} replaces={replaces} title="Upload a signed copy" lead="A scan or PDF of the agreement, signed on paper. Support looks at it; until then it does not count. It is shown as a paper copy on file, never as verified.">
      <PaperCopyForm reference={reference} defaults={defaults} replaces={replaces} />
    </NdaFormPage>
  );
}
