import { type Metadata } from 'next';
import { OpenSigningLink } from '@/components/nda/open-signing-link';
import { PageBody } from '@/components/shell/page-body';
import { PageHeading } from '@/components/ui/page-heading';
import { openLink } from '../actions';

export const metadata: Metadata = { title: 'Sign an agreement' };

/** Where the mailed link of a signatory leads. Its secret stands behind `#`. */
export default function SigningLinkPage() {
  return (
    <PageBody width="narrow">
      <PageHeading title="An agreement waits for you" lead="You were asked to sign a mutual non-disclosure agreement for your organization. You need no account. Nothing is signed before you have read it and pressed the last button." />
      <OpenSigningLink action={openLink} />
    </PageBody>
  );
}
