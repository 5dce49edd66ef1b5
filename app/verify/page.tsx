import { type Metadata } from 'next';
import { VerifyPdfForm } from '@/components/nda/verify-pdf-form';
import { PageBody } from '@/components/shell/page-body';
import { PageHeading } from '@/components/ui/page-heading';

export const metadata: Metadata = { title: 'Check a signed agreement' };

/** Where anybody who has an agreement checks it, without an account. */
export default function VerifyPage() {
  return (
    <PageBody width="narrow">
      <PageHeading title="Check a signed agreement" lead="Is this PDF exactly what both sides signed here? Its SHA-256 is worked out in your browser and compared with what the portal stored. The file itself stays with you unless you send it to have its signatures checked." />
      <VerifyPdfForm />
    </PageBody>
  );
}
